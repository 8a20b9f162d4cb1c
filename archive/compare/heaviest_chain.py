"""The heaviest chain: which pairs of places keep their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def heaviest_chain(pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """Which of the (left, right, weight) pairs rise together, strictly, with the largest sum of weights.

    The answer is places in `pairs`, rising. With weights of 1 it is a longest increasing subsequence.
    O(n log n), by a Fenwick tree of best chains over the right places.
    """
    ranks = {right: rank for rank, right in enumerate(sorted({right for _, right, _ in pairs}), start=1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    before = [-1] * len(pairs)
    end = (0.0, -1)
    # Of pairs with the same left place the larger right comes first, so that no two of them can chain.
    for place in sorted(range(len(pairs)), key=lambda place: (pairs[place][0], -pairs[place][1])):
        _, right, weight = pairs[place]
        rank = ranks[right] - 1
        longest = (0.0, -1)
        while rank > 0:
            longest = max(longest, best[rank], key=_weight)
            rank &= rank - 1
        before[place] = longest[1]
        chain = (longest[0] + weight, place)
        end = max(end, chain, key=_weight)
        rank = ranks[right]
        while rank < len(best):
            best[rank] = max(best[rank], chain, key=_weight)
            rank += rank & -rank
    found = []
    place = end[1]
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _weight(chain: tuple[float, int]) -> float:
    return chain[0]
