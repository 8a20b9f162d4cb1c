"""Credits taken apart: who is named in them, and what they did where it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archive.credit_words import ADDITIONAL_AFTER, AGENCIES, PARTICLES, POSTS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.credit_words import CreditWords

MAX_CREDIT = 2_000
"""Characters of one credit that are read."""

MAX_NAME = 80
MAX_NAME_WORDS = 7

INITIALS = 5
"""Letters up to which a word in lower case ("jpa") is somebody's initials."""

AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who is named in a credit."""

    name: str
    """As the credit has it, without place, post and a full stop at its end."""
    did: str | None
    """`reporting`, `additional reporting`, `writing`, `editing`, `photography`, `translation`, `contributing`, `agency`
    and the like; None where it is not said."""


def contributors(credits: Iterable[str], language: str | None = None) -> tuple[Contributor, ...]:  # noqa: A002
    """The people and agencies named in `credits`, in order, each once for each thing they did.

    A credit is read in the language whose words it has the most of; `language` (ISO 639-1) decides a draw.
    """
    found = (contributor for credit in credits for contributor in _read(credit[:MAX_CREDIT], language))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Grammar:
    """One language's words, compiled."""

    language: str
    before: re.Pattern[str]
    """Words for the work with what leads from them to the name."""
    after: re.Pattern[str]
    work: tuple[tuple[re.Pattern[str], str], ...]
    led: tuple[tuple[re.Pattern[str], str], ...]
    said_after: tuple[tuple[re.Pattern[str], str], ...]
    additional: re.Pattern[str]
    separator: re.Pattern[str]
    place: re.Pattern[str]


_CLAUSE_END = re.compile(r"[;|\n•·]|(?<=[^\W\d_]{3})[.](?=\s|$)")
_LISTED = re.compile(r"\s*[/,;]\s*|\s+(?:&|and|und|et)\s+")
_POST = re.compile(POSTS)
_WORD = re.compile(r"\S+")
_TRIMMED = ' \t\r\n.,:;()[]{}"“”„«»*_|/–—-'
_SHUT = re.compile(r"[)\].,;:]")


def _read(credit: str, language: str | None) -> Iterator[Contributor]:
    grammar = max(_grammars(), key=lambda each: (_fits(each, credit), each.language == language))
    if not _fits(grammar, credit):
        yield from _bare(credit)
        return
    carried: tuple[str, ...] = ()
    for clause in _split(_CLAUSE_END, credit):
        named = list(_clause(clause, grammar, carried))
        carried = named[-1][1] if named else ()
        for name, works in named:
            yield from _did(name, works)


def _did(name: str, works: tuple[str, ...]) -> Iterator[Contributor]:
    is_agency = name.lower() in AGENCIES
    for work in works:
        yield Contributor(name, AGENCY if is_agency and work == "contributing" else work)


def _bare(credit: str) -> Iterator[Contributor]:
    """A credit that is nothing but names ("(jpa/dpa)"); any other says nothing of people."""
    parts = [part for part in _split(_LISTED, credit.strip(_TRIMMED)) if part]
    names = [_name(part) for part in parts]
    if len(names) == 1 and names[0].islower() and names[0] not in AGENCIES and credit.strip()[0] not in "([":
        return  # a word, and nothing that says that it is somebody's initials
    if all(name and name == part.strip(_TRIMMED) for name, part in zip(names, parts, strict=True)):
        for name in names:
            yield Contributor(name, AGENCY if name.lower() in AGENCIES else None)


def _clause(clause: str, grammar: _Grammar, carried: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, what they did) for one clause; `carried` is the work of the clause before, which a list may go on with."""
    marks = list(grammar.before.finditer(clause))
    if marks:
        ends = [*(mark.start() for mark in marks[1:]), len(clause)]
        for mark, end in zip(marks, ends, strict=True):
            works = _works(mark.group(), grammar)
            for name, _ in _names(clause[mark.end() : end], grammar):
                yield name, works
        return
    said = grammar.after.search(clause)
    if said:
        works = _works(said.group(), grammar)
        for name, _ in _names(clause[: said.start()], grammar):
            yield name, works
        for name, placed in _names(clause[said.end() :], grammar):
            if placed:
                yield name, works
    elif carried:
        for name, _ in _names(clause, grammar):
            yield name, carried


def _works(mark: str, grammar: _Grammar) -> tuple[str, ...]:
    for expression, work in (*grammar.led, *grammar.said_after):
        if expression.fullmatch(mark.strip()):
            return (work,)
    found = sorted(
        (place.start(), work) for expression, work in grammar.work for place in expression.finditer(mark.lower())
    )
    more = "additional " if grammar.additional.search(mark) else ""
    return tuple(dict.fromkeys(more + work for _, work in found))


def _names(text: str, grammar: _Grammar) -> Iterator[tuple[str, bool]]:
    """The names in a list of them, each with whether a place is given for it."""
    after_place = False
    for part in _split(grammar.separator, text):
        at = grammar.place.search(part)
        own = part[: at.start()] if at else part
        name = _name(own)
        # "in Hamilton, Bermuda": what the place lies in, and no mononym
        goes_on = after_place and not at and len(own.split()) == 1
        if name and not goes_on:
            yield name, at is not None
        after_place = at is not None or goes_on


def _name(part: str) -> str:
    """The name that the text begins with, after a post ("staff writer"); "" where it begins with none."""
    post = _POST.match(part := part.strip(_TRIMMED))
    start = post.end() if post else 0
    end = start
    has_name = False
    for number, word in enumerate(_WORD.finditer(part, start)):
        text = word.group().strip(_TRIMMED)
        if not text or (word.group()[0] in "([" and number):
            break
        if _is_capital(text):
            has_name = True
            end = word.end()
        elif text.lower() not in PARTICLES and text.lower() not in {"the", "l’", "l'"}:
            break
        if _SHUT.search(word.group()[-1]) and not _is_abbreviated(word.group()):
            break
        if number >= MAX_NAME_WORDS:
            return ""
    name = part[start:end].strip(_TRIMMED)
    for article in ("The ", "the ", "L’", "L'", "l’", "l'"):
        if name.removeprefix(article).lower() in AGENCIES:
            name = name.removeprefix(article)
    if has_name:
        return name if len(name) <= MAX_NAME else ""
    return part if (part.isalpha() and len(part) <= INITIALS) or part.lower() in AGENCIES else ""


def _is_capital(word: str) -> bool:
    """Whether it may be a word of a name: a capital ("d’Orsay" too), or a letter of a script without any."""
    letters = word.partition("’")[2] or word.partition("'")[2] or word
    for first in (word[0], letters[0]):
        if first.isalpha() and first == first.upper():
            return True
    return "-" in word and any(part[:1].isupper() for part in word.split("-"))


def _is_abbreviated(word: str) -> bool:
    """ "J.", "J.R.", "Dr.", "Jr.": a full stop that ends no sentence."""
    return word.endswith(".") and ("." in word[:-1] or len(word) <= 3)  # noqa: PLR2004


def _split(expression: re.Pattern[str], text: str) -> list[str]:
    return [part for part in expression.split(text) if part and not part.isspace()]


def _fits(grammar: _Grammar, credit: str) -> int:
    """How many characters of the credit are this language's words."""
    return sum(len(mark.group()) for each in (grammar.before, grammar.after) for mark in each.finditer(credit))


@cache
def _grammars() -> tuple[_Grammar, ...]:
    return tuple(_grammar(words) for words in WORDS)


def _grammar(words: CreditWords) -> _Grammar:
    work = f"(?:{'|'.join(words.work)})"
    further = rf"(?:(?:{words.further})\s+)?" if words.further else ""
    one = rf"{further}{work}(?:\s+(?:{ADDITIONAL_AFTER}))?"
    many = rf"{one}(?:(?:\s*,\s*(?:(?:{words.joint})\s+)?|\s+(?:{words.joint})\s+){one}){{0,4}}"
    led = "|".join(words.led)
    # the name follows at once, so that a word in the middle of a sentence is no credit
    before = (
        rf"(?<![\w’'-])(?:{many}(?:\s+(?:{words.by})(?:\s*:\s*|\s+|(?<=[’']))|\s*:\s*)|(?:{led})\s*)(?=\W{{0,3}}\w)"
    )
    additional = "|".join(expression for expression in (words.further, ADDITIONAL_AFTER) if expression)
    return _Grammar(
        words.language,
        _compiled(before),
        _compiled(rf"(?<=\s)(?:{'|'.join(words.after)})(?!\w)"),
        _table(words.work),
        _table(words.led),
        _table(words.after),
        _compiled(rf"\b(?:{additional})\b"),
        _compiled(rf"\s*[,/]\s*(?:(?:{words.joint})\s+)?|\s+(?:{words.joint})\s+|\n"),
        _compiled(rf"(?:^|\s)(?:{words.place})\s"),
    )


def _table(words: dict[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_compiled(rf"(?<!\w)(?:{expression})(?!\w)"), work) for expression, work in words.items())


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
