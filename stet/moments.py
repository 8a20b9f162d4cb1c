"""Times as people give them: a date, a time, or how long ago it was."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.times import parse_iso
from crawler.durations import parse_duration


def parse_moment(text: str) -> datetime:
    """`2026-01-31`, `2026-01-31T12:00Z`, or `2d` for two days ago. Raises ValueError."""
    try:
        return parse_iso(text)
    except (ValueError, OverflowError):
        pass
    try:
        return datetime.now(UTC) - parse_duration(text)
    except (ValueError, OverflowError) as error:
        raise ValueError(
            f"{text!r} is neither a time (2026-01-31, 2026-01-31T12:00Z) nor a duration ago (90m, 2d)."
        ) from error
