"""What a text states that can be checked: numbers, dates, names, quotations, links, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from archive.compare.facts.dates import dates
from archive.compare.facts.lexicon import any_of, lexicon
from archive.compare.facts.names import names
from archive.compare.facts.numerals import numbers
from archive.compare.facts.quotations import quotations
from archive.compare.facts.spans import Span, apart_from, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.compare.facts.lexicon import Lexicon


class FactKind(StrEnum):
    """What sort of thing is stated."""

    NUMBER = "number"
    DATE = "date"
    """A day, a month, a year, an hour."""
    NAME = "name"
    QUOTE = "quote"
    LINK = "link"
    """A web or mail address or a handle, as far as a reader sees it."""
    HEDGE = "hedge"
    """A word that says no, or that says not to be sure."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing stated, and where: `text[start:end]` is its wording, `value` what it is compared by."""

    kind: FactKind
    text: str
    value: str
    start: int
    end: int


def facts(text: str, language: str | None, *, common: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """What the text states, in the order in which it begins; what stands inside of a quotation too.

    `language` is ISO 639-1; None is taken for English, and for a language that is not known only figures, capitals
    and marks are. `common` are words that the article around the text has in lower case (see `names`). Links, dates,
    names and numbers do not overlap: the 11 of `11 January`, or the 101 of `Airbase 101`, is no number of its own.
    """
    words = lexicon(language)
    links = [Span(*found.span(), found[0].casefold()) for found in _LINK.finditer(text)] if _may_link(text) else []
    days = list(apart_from(dates(text, words), links))
    counted = list(apart_from(numbers(text, words), merged(links, days)))
    in_words = [span for span in counted if text[span.start].isalpha()]
    # Else `Port Lund on Sunday` would be one name.
    called = names(_masked(text, merged(links, days, in_words)), language, words, common=common)
    counted = list(apart_from(counted, called))
    by_kind = {
        FactKind.LINK: links,
        FactKind.DATE: days,
        FactKind.NAME: called,
        FactKind.NUMBER: counted,
        FactKind.QUOTE: quotations(text),
        FactKind.HEDGE: list(_hedges(text, words)),
    }
    return tuple(sorted(_facts(text, by_kind.items()), key=lambda fact: (fact.start, -fact.end)))


def _masked(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans made commas, place for place."""
    pieces, at = [], 0
    for start, end, _ in spans:
        pieces += [text[at:start], "," * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _facts(text: str, by_kind: Iterable[tuple[FactKind, Iterable[Span]]]) -> Iterator[Fact]:
    for kind, spans in by_kind:
        for start, end, value in spans:
            yield Fact(kind, text[start:end], value, start, end)


_LINK = re.compile(
    r"https?://[^\s<>\"'”’»)]*[\w/]|www\.[\w.-]+\w(?:/[^\s<>\"'”’»)]*[\w/])?|[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}\w{2,24}"
    r"|(?<![\w@])@\w{2,30}|(?<![\w.@-])(?:[\w-]{1,63}\.){1,8}(?:com|org|net|gov|edu|info|co\.uk|de|fr|es|it|pt|nl|eu)\b(?:/[\w/.-]*\w)?",
    re.IGNORECASE,
)


def _may_link(text: str) -> bool:
    return "@" in text or "://" in text or "." in text[:-1]


def _hedges(text: str, words: Lexicon) -> Iterator[Span]:
    """Every word that says no has the value `not`: what matters is whether one is there."""
    contracted = "'" in text or "’" in text
    for found in _hedge_pattern(words, contracted=contracted).finditer(text):
        word = found[0].lower().replace("’", "'")
        # `May` is a month.
        if word in words.negations or word.endswith("n't"):
            yield Span(found.start(), found.end(), "not")
        elif not (word == "may" and found[0] != "may"):
            yield Span(found.start(), found.end(), word)


@cache
def _hedge_pattern(words: Lexicon, *, contracted: bool) -> re.Pattern[str]:
    """`contracted` is whether `wouldn't` may be there, which takes longer to look for."""
    known = any_of({*words.negations, *words.hedges}).replace("'", "['’]")
    also = "|[a-z]+n['’]t" if contracted else ""
    return re.compile(rf"(?<![\w-])(?:{known}{also})(?![\w])", re.IGNORECASE)
