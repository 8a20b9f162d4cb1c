"""A stretch of a text, and what it comes to."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Span(NamedTuple):
    """Places in a text, and the value by which what stands there is compared."""

    start: int
    end: int
    value: str


def apart_from(spans: Iterable[Span], taken: Iterable[Span]) -> Iterator[Span]:
    """Those of the spans that overlap none of those taken; both in order, neither overlapping itself."""
    others = iter(taken)
    other = next(others, None)
    for span in spans:
        while other is not None and other.end <= span.start:
            other = next(others, None)
        if other is None or other.start >= span.end:
            yield span


def merged(*sorted_apart: Iterable[Span]) -> list[Span]:
    """Several kinds of spans as one list in order."""
    return sorted(chain.from_iterable(sorted_apart))
