"""What tells a sentence cut into several from one that was edited beside something new."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.compare.text.similarity import Wording

CONTAINED = 0.4
"""The share of a part's letters that must be in the whole at the least."""

OF_WHOLE = 0.7
"""The share of the whole's letters that must be in the parts."""

MOST_PARTS = 6


def is_cut(whole: Wording, parts: Sequence[Wording]) -> bool:
    """Whether the parts together say what the whole says, and each says something that no other does.

    Words count by their letters, in the order in which they stand in a part, and not where only a short one is shared.
    """
    # How many letters they can share in order is told faster than where those stand, and is mostly too few.
    if not _suffices(whole, parts, [LCSseq.similarity(whole.in_order, part.in_order) for part in parts]):
        return False
    alone = [_letters(_shared(whole.order, whole.sizes, part.order), whole.sizes) for part in parts]
    if not _suffices(whole, parts, alone):
        return False
    # The part that has most of its own is served first, each letter of the whole once.
    by_share = sorted(range(len(parts)), key=lambda place: -alone[place] / (parts[place].size or 1))
    served = [parts[place] for place in by_share]
    shares = _shares(whole, served)
    if not _suffices(whole, served, shares):
        return False
    spared = sum(shares) - max(_LEAST_OWN, _OWN * whole.size)
    return all(sum(_shares(whole, [*served[:place], *served[place + 1 :]])) <= spared for place in range(len(served)))


def runs(places: Sequence[int]) -> Iterator[range]:
    """The runs of two and more places that follow one another, out of rising ones; none longer than a cut has parts."""
    for start, place in enumerate(places):
        for length in range(2, MOST_PARTS + 1):
            if start + length > len(places) or places[start + length - 1] != place + length - 1:
                break
            yield range(place, place + length)


# By hand, on sentences cut and sentences edited beside others.
_OF_PART = 0.5
_NEARLY_ALL = 0.9
_OWN = 0.06
_LEAST_OWN = 6
_LEAST_SHARED = 4
"""Letters of a run of shared words that is no chance."""


def _suffices(whole: Wording, parts: Sequence[Wording], shares: Sequence[int]) -> bool:
    """Whether so many letters of each part are enough of the whole and of each part."""
    found = sum(shares)
    if found < OF_WHOLE * whole.size:
        return False
    least = CONTAINED if found >= _NEARLY_ALL * whole.size else _OF_PART
    return all(share >= least * part.size > 0 for share, part in zip(shares, parts, strict=True))


def _shares(whole: Wording, parts: Sequence[Wording]) -> list[int]:
    """How many letters of each part are in what the parts before it leave of the whole."""
    order, sizes = whole.order, whole.sizes
    shares = []
    for part in parts:
        runs = _shared(order, sizes, part.order)
        shares.append(_letters(runs, sizes))
        kept = [slice(one.stop, two.start) for one, two in pairwise([range(0), *runs, range(len(order), len(order))])]
        order = "".join(order[piece] for piece in kept)
        sizes = tuple(chain.from_iterable(sizes[piece] for piece in kept))
    return shares


def _shared(order: str, sizes: Sequence[int], part: str) -> list[range]:
    """Where in the order of the whole a part's words stand, those that are no chance."""
    blocks = LCSseq.opcodes(order, part).as_matching_blocks()
    return [range(a, a + size) for a, _, size in blocks if size and sum(sizes[a : a + size]) >= _LEAST_SHARED]


def _letters(runs: Sequence[range], sizes: Sequence[int]) -> int:
    return sum(sum(sizes[run.start : run.stop]) for run in runs)
