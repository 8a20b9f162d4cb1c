"""Two outlets' articles compared: what one tells that the other tells too, and what it tells otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.outlets.agreement import agreement
from archive.compare.outlets.crosswise import align_crosswise
from archive.compare.outlets.fact_sets import shared_names, shared_numbers, shared_quotes
from archive.compare.outlets.features import weigh
from archive.compare.outlets.kinship import kinship
from archive.compare.outlets.passage import passages, without_first_words
from archive.compare.outlets.told_differently import told_differently
from archive.compare.outlets.verdict import Verdict, shares, verdict

if TYPE_CHECKING:
    from archive.compare.outlets.agreement import Agreement
    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.differing import ToldDifferently
    from archive.compare.outlets.fact_sets import Shared
    from archive.compare.outlets.passage import Sentence
    from archive.compare.outlets.rarity import Rarity
    from archive.compare.outlets.verdict import Shares
    from archive.models import Article


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """The facts of two texts side by side."""

    numbers: Shared
    quotes: Shared
    names: Shared
    told_differently: tuple[ToldDifferently, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles side by side. Indexes count the sentences of each text from 0."""

    sentences_a: tuple[Sentence, ...]
    sentences_b: tuple[Sentence, ...]
    alignments: tuple[Alignment, ...]
    """In the order of `a`; a sentence is in one of them at most."""
    facts: SharedFacts
    shares: Shares
    """What the verdict is made of; how much is in the alignments that held."""
    verdict: Verdict

    @property
    def only_a(self) -> tuple[int, ...]:
        """The sentences of `a` that `b` has nothing of."""
        aligned = {place for each in self.alignments for place in each.a}
        return tuple(place for place in range(len(self.sentences_a)) if place not in aligned)

    @property
    def only_b(self) -> tuple[int, ...]:
        aligned = {place for each in self.alignments for place in each.b}
        return tuple(place for place in range(len(self.sentences_b)) if place not in aligned)

    @property
    def coverage_a(self) -> float:
        """The share of the words of `a`, from 0 to 1, that stands in aligned sentences."""
        return self.shares.coverage_a

    @property
    def coverage_b(self) -> float:
        return self.shares.coverage_b


def compare(a: Article, b: Article, rarity: Rarity) -> Comparison:
    """Both articles' texts compared, sentence by sentence, with words weighed by their rarity in the archive."""
    one, other = passages(a, b)
    features = weigh(one, other, rarity)
    kin = kinship(features)
    alignments = align_crosswise(one.sentences, other.sentences, features, kin)
    agreed = agreement(one.sentences, other.sentences, alignments)
    judged = verdict(
        shares(one.sentences, other.sentences, alignments, kin, agreed),
        same_language=same_language(a.language, b.language),
    )
    alignments = tuple(each for each in alignments if _holds(each, judged, agreed))
    named, other_named = without_first_words(one, other)
    return Comparison(
        sentences_a=one.sentences,
        sentences_b=other.sentences,
        alignments=alignments,
        facts=SharedFacts(
            numbers=shared_numbers(named, other_named),
            quotes=shared_quotes(named, other_named),
            names=shared_names(named, other_named),
            # Of two events nothing is told differently, though a sentence of one mould is in both.
            told_differently=()
            if judged is Verdict.UNRELATED
            else told_differently(named, other_named, alignments, retold=judged is not Verdict.RELATED),
        ),
        shares=shares(one.sentences, other.sentences, alignments, kin, agreed),
        verdict=judged,
    )


def _holds(pair: Alignment, judged: Verdict, agreed: Agreement) -> bool:
    """Whether an alignment holds, for what the texts are to each other: of one mould is not of one event."""
    if judged is Verdict.UNRELATED:
        return pair.wording >= _CARRIED
    return judged is not Verdict.RELATED or pair in agreed.kept


_CARRIED = 0.95
"""How alike the wording is of a line that strangers both carry."""


def same_language(one: str | None, other: str | None) -> bool:
    """Whether two articles are in one language, as far as anybody knows."""
    return not one or not other or one.partition("-")[0].lower() == other.partition("-")[0].lower()
