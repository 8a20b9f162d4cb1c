"""An article made ready to be compared with another outlet's: its sentences, and what each of them states."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.compare.facts.facts import FactKind, facts
from archive.compare.facts.quotations import quotations
from archive.compare.outlets.mending import is_torn, mended
from archive.compare.text.normalise import normalise
from archive.compare.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.compare.facts.facts import Fact
    from archive.models import Article


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands."""

    text: str
    """As it was written."""
    paragraph: int
    """Counted from 1, over the lines of the article's text that show anything."""
    plain: str
    """In normal form, acronyms mended, cut off where it is longer than any sentence."""
    facts: tuple[Fact, ...]
    """What `plain` states, with places in it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An article's text."""

    language: str | None
    headline: Sentence
    """As of paragraph 0."""
    sentences: tuple[Sentence, ...]
    quotes: tuple[tuple[str, str], ...]
    """Each quotation's value and wording, as whole as its paragraph has it."""


def passages(a: Article, b: Article) -> tuple[Passage, Passage]:
    """Both articles' texts, sentence by sentence: what one of them writes without a capital is no name in the other."""
    common = _lower_case_words(a.text) | _lower_case_words(b.text)
    return _passage(a, common), _passage(b, common)


def without_first_words(one: Passage, other: Passage) -> tuple[Passage, Passage]:
    """The two without the names that have their capital only where a sentence begins: there anything has one."""
    known = {word for text in (one, other) for word in _named_within(text)}
    return _only_names(one, known), _only_names(other, known)


def _passage(article: Article, common: frozenset[str]) -> Passage:
    language = article.language

    def read(text: str, number: int) -> Sentence:
        plain = _undated(mended(normalise(_SPACED_MARK.sub(r"\1\2", text))[:_LONGEST]))
        return Sentence(text, number, plain, tuple(filter(_says_something, facts(plain, language, common=common))))

    shown = [line for line in article.text.splitlines() if normalise(line)]
    found = [
        read(text, number)
        for number, line in enumerate(shown, start=1)
        for text in _whole_sentences(line, language)
        if normalise(text)
    ]
    quotes = ((said.value, line[said.start : said.end]) for line in shown for said in quotations(line))
    return Passage(language, read(article.title, 0), tuple(found), tuple(quotes))


_LONGEST = 4000

# « Oui »: once the marks are straight, nobody could tell which of them opens.
_SPACED_MARK = re.compile(r"([«‹])\s|\s([»›])")

# PARIS, Oct 3 (Agency) - : of the agency's filing, not of the story.
_DATELINE = re.compile(r"[A-ZÀ-Þ][^()\n]{1,60} \([^()\n]{2,40}\) ?[-–:] (?=\S)")
_WORD = re.compile(r"[^\W\d_]{2,}")


def _says_something(fact: Fact) -> bool:
    """Whether it is more than a letter of an acronym or of initials that was torn off."""
    return fact.kind is not FactKind.NAME or len(fact.value) > 1


def _undated(sentence: str) -> str:
    """The sentence without the dateline it opens with."""
    return _DATELINE.sub("", sentence, count=1) if _DATELINE.match(sentence) else sentence


def _whole_sentences(line: str, language: str | None) -> Iterator[str]:
    """The sentences of a paragraph, those joined that only a torn acronym cut."""
    pieces = sentences(line, language)
    held: list[str] = []
    for piece, following in pairwise([*pieces, ""]):
        held.append(piece)
        so_far = " ".join(held[-2:])
        fragment = bool(following) and (
            not _WORD.search(following) or not _WORD.search(piece) or is_torn(so_far, following)
        )
        if not fragment:
            yield " ".join(held)
            held = []


def _lower_case_words(text: str) -> frozenset[str]:
    """The words of a text that have no capital."""
    return frozenset(word for word in _WORD.findall(text) if word.islower())


def _named_within(text: Passage) -> Iterator[str]:
    """The words of names that stand within a sentence, or beside another word of a name."""
    for sentence in (text.headline, *text.sentences):
        for fact in sentence.facts:
            if fact.kind is FactKind.NAME and not (_opens(fact) and sentence.paragraph):
                yield from fact.value.split()


def _opens(name: Fact) -> bool:
    """Whether it is but a word with which a sentence begins."""
    return name.start <= _OPENING and name.text[1:].islower() and name.text.isalpha()


_OPENING = 2


def _only_names(text: Passage, known: set[str]) -> Passage:
    return replace(
        text,
        sentences=tuple(
            replace(
                sentence,
                facts=tuple(
                    fact
                    for fact in sentence.facts
                    if fact.kind is not FactKind.NAME or not _opens(fact) or fact.value in known
                ),
            )
            for sentence in text.sentences
        ),
    )
