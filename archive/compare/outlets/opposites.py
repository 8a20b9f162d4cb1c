"""What aligned sentences turn round: a word of opposite meaning, or who did it to whom."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.compare.facts.facts import Fact, FactKind
from archive.compare.facts.lexicon import lexicon
from archive.compare.facts.reversals import are_opposed, has_opposite
from archive.compare.outlets.differing import ToldDifferently, between
from archive.compare.outlets.features import folded, stem
from archive.compare.outlets.surroundings import closeness, surrounded
from archive.compare.text.common_words import is_common
from archive.compare.text.conventions import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.passage import Sentence
    from archive.compare.outlets.surroundings import Stated


def reversals(
    a: Sequence[Sentence], b: Sequence[Sentence], pair: Alignment, language: str | None
) -> Iterator[ToldDifferently]:
    """Words that only one side has, of which one says the opposite of the other of the same thing.

    In other words than each other's, sentences have many such; there only a denial tells.
    """
    ours, theirs = _turning(a, pair.a, language), _turning(b, pair.b, language)
    known_a, known_b = {each.fact.value for each in ours}, {each.fact.value for each in theirs}
    denials = lexicon(language).negations
    for one in [each for each in ours if each.fact.value not in known_b][:_MOST]:
        for other in [each for each in theirs if each.fact.value not in known_a][:_MOST]:
            said = (one.fact.text.lower(), other.fact.text.lower())
            tells = pair.wording >= _ALIKE or not denials.isdisjoint(said)
            if tells and are_opposed(*said, language) and closeness(one, other) >= _OF_ONE_THING:
                yield between(one, other)


def swaps(a: Sequence[Sentence], b: Sequence[Sentence], pair: Alignment) -> Iterator[ToldDifferently]:
    """Two names that changed places around the same words: who beat whom."""
    found_a, found_b = list(_acting(a, pair.a)), list(_acting(b, pair.b))
    for place, one, other, said in found_a:
        for other_place, first, second, said_there in found_b:
            if (one.value, other.value, said) == (second.value, first.value, said_there):
                about = " ".join(said)
                yield ToldDifferently(FactKind.NAME, about, one.text, first.text, place, other_place)


_OF_ONE_THING = 0.45
"""How close two words must be to be said of the same thing: right beside the same word, or nearly."""

_MOST = 40
"""Words of each side that are tried with each of the other."""

_BETWEEN = 60
"""Characters between two names of which one does something to the other."""

_ALIKE = 0.6
"""How alike the wording must be for any opposite to tell."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_CLEAN = re.compile(r"[\w -]+")
_PASSIVE = words("by von vom durch por par da dal dalla pelo pela door")


def _turning(sentences: Sequence[Sentence], places: Iterable[int], language: str | None) -> list[Stated]:
    """The words that have an opposite and are part of no name, number, date or quotation, each as if it were a fact."""
    found: list[Stated] = []
    for place in places:
        plain = sentences[place].plain
        apart = [fact for fact in sentences[place].facts if fact.kind is not FactKind.HEDGE]
        found += [
            surrounded(plain, Fact(FactKind.HEDGE, word[0], stem(folded(word[0])), word.start(), word.end()), place)
            for word in _WORD.finditer(plain)
            if has_opposite(word[0].lower(), language)
            and not any(fact.start <= word.start() < fact.end for fact in apart)
        ]
    return found


def _acting(sentences: Sequence[Sentence], places: Iterable[int]) -> Iterator[tuple[int, Fact, Fact, tuple[str, ...]]]:
    """Two names one after the other, and the stems of the words between them, where nothing else stands there."""
    for place in places:
        names = [fact for fact in sentences[place].facts if fact.kind is FactKind.NAME]
        for one, other in pairwise(names):
            text = sentences[place].plain[one.end : other.start]
            said = folded(text).split()
            stems = tuple(stem(word) for word in said if not is_common(word))
            if stems and len(text) <= _BETWEEN and _CLEAN.fullmatch(text) and not _PASSIVE & set(said):
                yield place, one, other, stems
