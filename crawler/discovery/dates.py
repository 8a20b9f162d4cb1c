"""Dates as feeds and sitemaps write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def iso_utc(text: object) -> str | None:
    """ISO 8601 in UTC for a W3C or RFC 5322 date; a day without a time stays a day. None if it is no date.

    Where no zone is given, UTC is taken.
    """
    if not isinstance(text, str):
        return None
    text = text.strip()
    if _DAY.fullmatch(text):
        return text if _parsed(date.fromisoformat, text) else None
    found = _parsed(datetime.fromisoformat, text) or _parsed(parsedate_to_datetime, text)
    if not isinstance(found, datetime):
        return None
    try:
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None
    return found.isoformat(timespec="seconds")


def latest_instant(*dates: str | None) -> datetime | None:
    """The latest moment that these outcomes of `iso_utc` allow; a day counts to its end."""
    return max((_instant(text) for text in dates if text), default=None)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _parsed(parse: Callable[[str], date], text: str) -> date | None:
    try:
        return parse(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _instant(text: str) -> datetime:
    if _DAY.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    return datetime.fromisoformat(text)
