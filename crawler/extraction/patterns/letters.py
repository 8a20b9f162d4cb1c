"""With which letters a line can begin that an expression takes, so that most expressions are never tried on it."""

from __future__ import annotations

import re

FIGURE = "0"
"""What stands for all figures."""

LOOKED_AT = 8
"""Characters of a line among which its first letter stands, if any expression that begins with letters takes it."""

_LEADING = re.compile(r"(?:\\W\{0,3\}|\\W\{0,2\}|\\b)+")
"""What the expressions allow before the first letter: a dash, a bracket, a quote."""

_MARK = re.compile(r"(?:\\[^\w\s]|[^\w\s\\()\[\].^$|?*+{}])\??")
"""One mark that is written as itself, which may be left out."""

_GROUPS = ("(?:", "(?-i:", "(?i:")


def first_letter(line: str) -> str:
    """The first letter of a line in lower case, or FIGURE; empty where it has neither near its start."""
    for character in line[:LOOKED_AT]:
        if character.isalnum():
            return FIGURE if character.isdecimal() else character
    return ""


def first_letters(expression: str) -> frozenset[str] | None:
    """The letters, in lower case, with which a line that the expression takes begins; None where that cannot be told.

    Only what our expressions are written with is understood: letters, figures, marks before them, groups,
    alternatives, sets of letters, and what may be left out of these.
    """
    found: set[str] = set()
    for alternative in _alternatives(expression):
        letters = _of_sequence(alternative)
        if letters is None:
            return None
        found |= letters
    return frozenset(found)


def _of_sequence(text: str) -> frozenset[str] | None:
    while leading := _LEADING.match(text) or _MARK.match(text):
        text = text[leading.end() :]
    letters, rest = _first_item(text)
    if letters is None:
        return None
    if rest.startswith(("?", "*", "{0")):
        others = first_letters(_behind_quantifier(rest))
        return None if others is None else letters | others
    return letters


def _first_item(text: str) -> tuple[frozenset[str] | None, str]:
    """The letters of the first group, set or letter, and what follows it."""
    opening = next((group for group in _GROUPS if text.startswith(group)), None)
    if opening is not None:
        end = _end(text, 0)
        return first_letters(text[len(opening) : end]), text[end + 1 :]
    if text.startswith("["):
        end = text.find("]")
        return (frozenset(text[1:end].lower()) if text[1:end].isalpha() else None), text[end + 1 :]
    if text.startswith(r"\d"):
        return frozenset(FIGURE), text[2:]
    return (frozenset(text[0].lower()) if text[:1].isalpha() else None), text[1:]


def _behind_quantifier(text: str) -> str:
    rest = text[text.index("}") + 1 :] if text[0] == "{" else text[1:]
    return rest.removeprefix("?")


def _alternatives(text: str) -> list[str]:
    """The parts between the bars that stand in no group."""
    found, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "|":
            found.append(text[start:at])
            start = at + 1
        at = _end(text, at) + 1
    return [*found, text[start:]]


def _end(text: str, at: int) -> int:
    """The index at which the item that begins at `at` ends: an escape, a set, a group, a character."""
    if text[at] == "\\":
        return at + 1
    if text[at] == "[":
        at += 2 if text[at + 1 : at + 2] in {"]", "^"} else 1
        while text[at] != "]":
            at = _end(text, at) + 1 if text[at] == "\\" else at + 1
    elif text[at] == "(":
        at += 1
        while text[at] != ")":
            at = _end(text, at) + 1
    return at
