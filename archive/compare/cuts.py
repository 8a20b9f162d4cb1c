"""What tells a sentence cut into several from one that was edited beside something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.compare.similarity import Wording

CONTAINED = 0.4
"""The share of a part's letters that must be in the whole at the least."""

MOST_PARTS = 6


def is_cut(whole: Wording, parts: Sequence[Wording]) -> bool:
    """Whether the parts together say what the whole says, and each says something that no other does.

    Words count by their letters, in the order in which they stand in a part, and not where only a short one is shared.
    """
    shares = _shares(whole, parts)
    total, found = whole.size, sum(shares)
    if not found or found < _OF_WHOLE * total:
        return False
    least = CONTAINED if found >= _NEARLY_ALL * total else _OF_PART
    if any(share < least * part.size for share, part in zip(shares, parts, strict=True)):
        return False
    own = max(_LEAST_OWN, _OWN * total)
    return all(found - sum(_shares(whole, [*parts[:place], *parts[place + 1 :]])) >= own for place in range(len(parts)))


def runs(places: Sequence[int]) -> Iterator[range]:
    """The runs of two and more places that follow one another, out of rising ones; none longer than a cut has parts."""
    for start, place in enumerate(places):
        for length in range(2, MOST_PARTS + 1):
            if start + length > len(places) or places[start + length - 1] != place + length - 1:
                break
            yield range(place, place + length)


# By hand, on sentences cut and sentences edited beside others.
_OF_WHOLE = 0.7
_OF_PART = 0.5
_NEARLY_ALL = 0.9
_OWN = 0.06
_LEAST_OWN = 6
_LEAST_SHARED = 4
"""Letters of a run of shared words that is no chance."""


def _shares(whole: Wording, parts: Sequence[Wording]) -> list[int]:
    """How many letters of each part are in the whole, each of them once; the part that has most of its own is served
    first."""
    order, sizes = whole.order, whole.sizes
    alone = [sum(sum(sizes[place] for place in run) for run in _shared(order, sizes, part.order)) for part in parts]
    shares = [0] * len(parts)
    for owner in sorted(range(len(parts)), key=lambda owner: -alone[owner] / (parts[owner].size or 1)):
        taken = {place for run in _shared(order, sizes, parts[owner].order) for place in run}
        shares[owner] = sum(sizes[place] for place in taken)
        order = "".join(sign for place, sign in enumerate(order) if place not in taken)
        sizes = tuple(size for place, size in enumerate(sizes) if place not in taken)
    return shares


def _shared(order: str, sizes: Sequence[int], part: str) -> list[range]:
    """Where in the order of the whole a part's words stand, those that are no chance."""
    blocks = LCSseq.opcodes(order, part).as_matching_blocks()
    found = [range(block.a, block.a + block.size) for block in blocks]
    return [run for run in found if sum(sizes[place] for place in run) >= _LEAST_SHARED]
