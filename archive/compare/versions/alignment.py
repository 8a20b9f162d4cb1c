"""Which sentences of one text became which of another."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

from archive.compare.versions.candidates import candidates
from archive.compare.versions.heaviest_chain import heaviest_chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.compare.versions.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of the older text and what it is in the newer, by their places; of a split or merge, a run of them."""

    before: range
    after: range
    similarity: float
    moved: bool


def align(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Pairs of sentences in normal form, each in at most one, in the order of the newer text.

    First the equal ones, as many as possible in order, then wherever they went; then edited, split and merged ones
    in the place where they stood, so that the sum over all sentences of how alike they are to what they are paired
    with is the largest; then those elsewhere, the most alike first. Moved are the fewest that leave the rest in order.
    The texts the other way round give the same pairs the other way round.
    """
    if list(before) > list(after):
        turned = [Pair(pair.after, pair.before, pair.similarity, pair.moved) for pair in align(after, before)]
        return sorted(turned, key=lambda pair: pair.after.start)
    anchors = _equal_in_order(before, after)
    equal = anchors + _equal_elsewhere(before, after, anchors)
    pairs = [(range(left, left + 1), range(right, right + 1), 1.0) for left, right in equal]
    pairs += [(each.left, each.right, each.similarity) for each in _edited(before, after, anchors, equal)]
    in_order = set(heaviest_chain([(left, right, 1.0) for left, right, _ in pairs]))
    return sorted(
        (Pair(left, right, alike, place not in in_order) for place, (left, right, alike) in enumerate(pairs)),
        key=lambda pair: pair.after.start,
    )


IN_PLACE = 0.4
"""The similarity from which two sentences between the same neighbours are one, edited."""

ELSEWHERE = 0.6
"""The same without the neighbours' evidence."""

FAR_BETTER = 0.2
"""By how much a partner elsewhere must be more alike to win over the one in place."""

_SHARED_ELSEWHERE = 12
"""Letters in shared words that an edited sentence must have to be known again elsewhere."""

_LARGEST_TABLE = 400_000_000
"""Cells, at one bit each; 20,000 sentences against as many."""


def _equal_in_order(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """A longest common subsequence, or for enormous texts nearly so."""
    if len(before) * len(after) > _LARGEST_TABLE:
        same = _equal_elsewhere(before, after, [])
        chain = heaviest_chain([(range(left, left + 1), range(right, right + 1), 1.0) for left, right in same])
        return [same[place] for place in chain]
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(sentence, len(numbers)) for sentence in before]
    right = [numbers.setdefault(sentence, len(numbers)) for sentence in after]
    return [
        (block.a + step, block.b + step)
        for block in LCSseq.opcodes(left, right).as_matching_blocks()
        for step in range(block.size)
    ]


def _equal_elsewhere(
    before: Sequence[str], after: Sequence[str], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Equal ones among the rest, the first with the first."""
    taken_before, taken_after = {left for left, _ in taken}, {right for _, right in taken}
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for left, sentence in enumerate(before):
        if left not in taken_before:
            places[sentence].append(left)
    return [
        (places[sentence].popleft(), right)
        for right, sentence in enumerate(after)
        if right not in taken_after and places.get(sentence)
    ]


def _edited(
    before: Sequence[str],
    after: Sequence[str],
    anchors: Sequence[tuple[int, int]],
    equal: Sequence[tuple[int, int]],
) -> list[Candidate]:
    """Pairs of unequal sentences that are alike enough."""
    found = candidates(before, after, anchors, equal, at_least=IN_PLACE)
    chosen = _in_place(found)
    used_left = {place for each in chosen for place in each.left}
    used_right = {place for each in chosen for place in each.right}
    for each in sorted(found, key=lambda each: (-each.weight, each.left.start, each.right.start)):
        alike = each.similarity >= ELSEWHERE and each.shared >= _SHARED_ELSEWHERE
        if alike and used_left.isdisjoint(each.left) and used_right.isdisjoint(each.right):
            chosen.append(each)
            used_left.update(each.left)
            used_right.update(each.right)
    return chosen


def _in_place(found: Sequence[Candidate]) -> list[Candidate]:
    """The pairs in place that keep their order and are together the most alike."""
    elsewhere_left: defaultdict[int, float] = defaultdict(float)
    elsewhere_right: defaultdict[int, float] = defaultdict(float)
    for each in found:
        if not each.in_place:
            for places, best in ((each.left, elsewhere_left), (each.right, elsewhere_right)):
                for place in places:
                    best[place] = max(best[place], each.similarity)
    fit = [
        each
        for each in found
        if each.in_place
        and max(*(elsewhere_left[place] for place in each.left), *(elsewhere_right[place] for place in each.right))
        < each.similarity + FAR_BETTER
    ]
    return [fit[place] for place in heaviest_chain([(each.left, each.right, each.weight) for each in fit])]
