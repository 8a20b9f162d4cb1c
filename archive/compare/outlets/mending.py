"""Acronyms that a machine's rewording tore apart (`U. s.`, `US. S.`, `U.S. S.`), put together again."""

from __future__ import annotations

import re


def mended(text: str) -> str:
    """The text, in normal form, with each acronym as its letters: `U.S.`, `U. s.` and `USA` are all `US`."""
    return _USA.sub("US", _DOTTED.sub(_letters, _TORN.sub(_whole, text)))


def is_torn(before: str, after: str) -> bool:
    """Whether an acronym was torn apart where one piece of a text ends and the next begins, or right before that."""
    tail = before[-_LOOK_BACK:]
    return bool(_TORN_AT_END.search(tail) or _TORN_AT_END.search(f"{tail} {after.partition(' ')[0]}"))


_HEAD = r"(?<![\w.])(?P<head>(?:[A-Z]\.){1,5}|[A-Z]{2,5}\.)"
_REST = r"(?P<rest>(?: [A-Za-z]\.(?!\w))+)"
_TORN = re.compile(rf"{_HEAD}{_REST}")
_TORN_AT_END = re.compile(rf"{_HEAD}{_REST}$")
_DOTTED = re.compile(r"(?<![\w.])(?P<head>(?:[A-Z]\.){2,6})(?P<rest>)(?!\w)")
_USA = re.compile(r"(?<!\w)USA(?!\w)")
_LOOK_BACK = 40


def _whole(found: re.Match[str]) -> str:
    """The acronym's letters; with a full stop before a capital, so that the two make no name."""
    follows = found.string[found.end() : found.end() + 2].strip()
    return _letters(found) + ("." if follows.isupper() else "")


def _letters(found: re.Match[str]) -> str:
    """The acronym's letters, those dropped that the tearing doubled."""
    head = found["head"].replace(".", "")
    rest = re.sub(r"[. ]", "", found["rest"]).upper()
    letters = head if len(head) > 1 and set(rest) <= {*head, "S"} else head + rest
    return re.sub(r"(.)\1+$", r"\1", letters)
