"""Times in words: those of the archive in UTC, those that a page states as it states them."""

from __future__ import annotations

from datetime import datetime

from archive.times import iso


def minute(at: str, beside: str | None = None) -> str:
    """`2026-01-31 12:00 UTC`, for the archive's ISO time; to the second where `beside` falls into the same minute."""
    return second(at) if beside and beside[:_MINUTE] == at[:_MINUTE] else f"{at[:_MINUTE].replace('T', ' ')} UTC"


def second(at: str) -> str:
    """`2026-01-31 12:00:05 UTC`, for the archive's ISO time."""
    return f"{at[:_SECOND].replace('T', ' ')} UTC"


def to_the_second(at: str) -> str:
    """`2026-01-31 12:00:05Z`, as tables show it."""
    return f"{at[:_SECOND].replace('T', ' ')}Z"


def to_the_minute(at: str) -> str:
    """`2026-01-31 12:00Z`, as tables show it."""
    return f"{at[:_MINUTE].replace('T', ' ')}Z"


def instant(stated: str) -> str | None:
    """As the archive writes it; None where no zone is given, or no time of day, so that it is no one moment."""
    try:
        moment = datetime.fromisoformat(stated)
        return None if moment.tzinfo is None else iso(moment)
    except (ValueError, OverflowError):
        return None


_MINUTE = len("2026-01-31T12:00")
_SECOND = len("2026-01-31T12:00:05")
