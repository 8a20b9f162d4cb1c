"""A page's timeline as shapes to be drawn: versions above a line, looks at the page below it."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive.timeline import Span, Timeline

SPANS = 120
"""What the looks are counted into."""

WIDTH, HEIGHT = 720, 72
LINE = 40
"""How far below the top the line is."""

_STEP = WIDTH / SPANS
_DEEPEST = 26
_SHALLOWEST = 6


@dataclass(frozen=True, slots=True)
class Dot:
    """Versions that were first seen within a span."""

    x: float
    radius: float
    """The larger, the more the heaviest change among them weighs."""
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The shapes, from left to right."""

    bars: Mapping[str, str]
    """The looks that `read`, were `away` or `failed`, those of each kind as one path of bars."""
    dots: tuple[Dot, ...]
    width: int = WIDTH
    height: int = HEIGHT
    line: int = LINE


def chart(timeline: Timeline) -> Chart:
    """The timeline drawn; many looks make a bar longer by their logarithm."""
    most = max(span.looks for span in timeline.spans)
    bars: dict[str, list[str]] = {}
    for span in timeline.spans:
        for kind, bar in _bars(span, most):
            bars.setdefault(kind, []).append(bar)
    return Chart(
        {kind: "".join(drawn) for kind, drawn in bars.items()},
        tuple(
            Dot(round((span.place + 0.5) * _STEP, 1), round(3.5 + 4.5 * span.weight, 1), span.versions)
            for span in timeline.spans
            if span.versions
        ),
    )


def _bars(span: Span, most: int) -> Iterator[tuple[str, str]]:
    """One under the other: what was read, what was away, what failed."""
    whole = _SHALLOWEST + (_DEEPEST - _SHALLOWEST) * (log(span.looks) / log(most) if most > 1 else 0)
    y = LINE + 3.0
    for kind, looks in (("read", span.read), ("away", span.away), ("failed", span.failed)):
        if looks:
            width = 1.5 if kind == "failed" else _STEP - 1.5
            height = whole * looks / span.looks
            x = (span.place + 0.5) * _STEP - width / 2
            yield kind, f"M{x:.5g} {y:.4g}h{width:.3g}v{height:.4g}h-{width:.3g}z"
            y += height
