"""A small bar chart of the edits of each day, as the path of an SVG."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

DAYS = 30
WIDTH, HEIGHT = 6 * DAYS, 32
"""In the units of the path: each day is 6 wide, of which its bar takes 4."""


@dataclass(frozen=True, slots=True)
class Bars:
    """The last DAYS days, the oldest first, with the edits of each."""

    days: tuple[tuple[str, int], ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def path(self) -> str:
        """A bar for each day with edits, from the ground up, at least a unit high."""
        highest = max(edits for _, edits in self.days)
        return "".join(
            f"M{6 * place + 1} {HEIGHT}v-{max(round(HEIGHT * edits / highest), 1)}h4V{HEIGHT}z"
            for place, (_, edits) in enumerate(self.days)
            if edits
        )

    @property
    def said(self) -> str:
        """The same in words."""
        total = sum(edits for _, edits in self.days)
        if not total:
            return f"no edits in {DAYS} days"
        day, most = max(self.days, key=lambda each: each[1])
        return f"{_edits(total)} in {DAYS} days, most on {day}: {most}; {self.days[-1][1]} today"


def bars(edits_by_day: Mapping[str, int], now: datetime) -> Bars:
    """The chart of the days until `now`, in UTC."""
    days = [(now - timedelta(days=ago)).date().isoformat() for ago in reversed(range(DAYS))]
    return Bars(tuple((day, edits_by_day.get(day, 0)) for day in days))


def _edits(count: int) -> str:
    return f"{count:,} edit" if count == 1 else f"{count:,} edits"
