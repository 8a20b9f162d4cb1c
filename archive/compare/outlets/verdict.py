"""What one text is to another: a copy, a rewrite, related, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.compare.text.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.compare.outlets.agreement import Agreement
    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.kinship import Kinship
    from archive.compare.outlets.passage import Sentence


class Verdict(StrEnum):
    """An observation of two texts; who took from whom it does not say."""

    COPY = "copy"
    """Most of one stands in the other in nearly its wording; shortened, it is one still."""
    REWRITE = "rewrite"
    """The substance of one stands in the other in other words, or a substantial part of it in its own."""
    RELATED = "related"
    """The same event or topic, each with reporting of its own."""
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of each text is in the other, from 0 to 1, by words."""

    coverage_a: float
    """The share of `a` that stands in aligned sentences."""
    coverage_b: float
    kept: float
    """The larger of the two, without sentences of which the numbers conflict."""
    worded: float
    """The share of the shorter text that the other has in nearly its wording, without those likewise."""
    kinship: Kinship
    agreement: float
    """How well aligned sentences agree about numbers and dates."""
    opens_alike: bool
    """Whether the opening sentences do."""


def verdict(found: Shares, *, same_language: bool) -> Verdict:
    """The verdict; of texts in two languages, or that open with other news, no more is said than that they are related.

    Thresholds calibrated on the pairs in tests/archive/compare/outlets/pairs; benchmarks/compare.py measures them.
    """
    degree = found.kinship.degree
    agrees = found.agreement >= _AGREEING or degree * found.agreement >= _OUTWEIGHING
    is_of_the_same = degree >= _KIN and agrees if found.kinship.is_told else found.kept >= _TOUCHED
    if not is_of_the_same and not (found.kept >= _RETOLD and found.opens_alike):
        return Verdict.UNRELATED
    if not same_language or not found.opens_alike:
        return Verdict.RELATED
    if found.worded >= _COPIED:
        return Verdict.COPY
    specific = found.kinship.specific if found.kinship.is_told else _KEPT
    is_retold = specific >= _KEPT and found.kept >= (_RETOLD if specific < _NEARLY_ALL else _RETOLD_IN_BRIEF)
    if is_retold or found.worded >= _TAKEN:
        return Verdict.REWRITE
    return Verdict.RELATED


_KIN = 0.37
"""The degree of kinship from which two texts are of one event or topic."""

_AGREEING, _OUTWEIGHING = 0.75, 0.4
"""The agreement from which nothing speaks against that; where more conflicts, what it comes to times the kinship."""

_TOUCHED = 0.15
"""The coverage from which they are, where there are too few names to tell."""

_COPIED, _TAKEN = 0.42, 0.35
"""The share of the shorter text in nearly its wording from which it is a copy, or a rewrite at least."""

_RETOLD, _KEPT = 0.66, 0.5
"""The coverage from which a text is a rewrite, and the share of names and numbers that a rewrite keeps."""

_RETOLD_IN_BRIEF, _NEARLY_ALL = 0.6, 0.8
"""The same of one that keeps nearly all of them."""


def shares(
    a: Sequence[Sentence],
    b: Sequence[Sentence],
    alignments: Iterable[Alignment],
    kinship: Kinship,
    agreed: Agreement,
) -> Shares:
    """How much of each text the alignments cover."""
    words_a, words_b = _words(a), _words(b)
    covered_a = covered_b = kept_a = kept_b = worded_a = worded_b = 0.0
    for each in alignments:
        here_a, here_b = sum(words_a[place] for place in each.a), sum(words_b[place] for place in each.b)
        covered_a, covered_b = covered_a + here_a, covered_b + here_b
        if each not in agreed.kept:
            continue
        kept_a, kept_b = kept_a + here_a, kept_b + here_b
        if each.wording >= _NEARLY:
            worded_a, worded_b = worded_a + here_a * each.wording, worded_b + here_b * each.wording
    total_a, total_b = max(sum(words_a), 1), max(sum(words_b), 1)
    return Shares(
        coverage_a=round(covered_a / total_a, 3),
        coverage_b=round(covered_b / total_b, 3),
        kept=round(max(kept_a / total_a, kept_b / total_b), 3),
        worded=round(min(worded_a / total_a if total_a <= total_b else worded_b / total_b, 1.0), 3),
        kinship=kinship,
        agreement=round(agreed.degree, 3),
        opens_alike=agreed.opens_alike,
    )


_NEARLY = 0.75
"""The likeness of wording from which a sentence was taken as it stood, or nearly."""


def _words(sentences: Iterable[Sentence]) -> list[int]:
    return [count_words(sentence.text) for sentence in sentences]
