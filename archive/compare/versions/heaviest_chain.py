"""The heaviest chain: which pairs of places keep their order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def heaviest_chain(pairs: Sequence[tuple[range, range, float]]) -> list[int]:
    """Which of the (left, right, weight) pairs follow one another on both sides, with the largest sum of weights.

    The sides are runs of places, one or more, of which no two in the chain overlap. The answer is places in
    `pairs`, rising on both sides. With runs of one and weights of 1 it is a longest increasing subsequence.
    O(n log n), by a Fenwick tree of best chains over where the right sides stop.
    """
    stops = sorted({right.stop for _, right, _ in pairs})
    ends = {stop: rank for rank, stop in enumerate(stops, start=1)}
    heaviest, last = [0.0] * (len(stops) + 1), [-1] * (len(stops) + 1)
    weights, links = [0.0] * len(pairs), [-1] * len(pairs)
    by_stop = iter([*sorted(range(len(pairs)), key=lambda place: pairs[place][0].stop), None])
    ended = next(by_stop)
    for place in sorted(range(len(pairs)), key=lambda place: pairs[place][0].start):
        left, right, weight = pairs[place]
        while ended is not None and pairs[ended][0].stop <= left.start:
            rank = ends[pairs[ended][1].stop]
            while rank < len(heaviest):
                if weights[ended] > heaviest[rank]:
                    heaviest[rank], last[rank] = weights[ended], ended
                rank += rank & -rank
            ended = next(by_stop)
        rank = bisect_right(stops, right.start)
        longest = 0.0
        while rank > 0:
            if heaviest[rank] > longest:
                longest, links[place] = heaviest[rank], last[rank]
            rank &= rank - 1
        weights[place] = longest + weight
    place = max(range(len(pairs)), key=weights.__getitem__, default=-1)
    found = []
    while place >= 0:
        found.append(place)
        place = links[place]
    return found[::-1]
