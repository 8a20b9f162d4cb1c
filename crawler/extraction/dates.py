"""Dates as pages write them, to ISO 8601: as precise as the page says, in the offset it says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = 1900
SLACK = timedelta(days=3)
"""How far after today a date may lie: time zones, and stories dated to the morning's paper."""

_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_ISO_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?$")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?$")


def iso(value: object, *, today: date) -> str | None:
    """ISO 8601, or None where the value is no date, or none that a page of today can have.

    A date stays a date, minutes stay minutes; UTC is written Z, and a zero fraction of a second is left out.
    """
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= 64:  # noqa: PLR2004
        return None
    try:
        found = _parse(value.strip())
    except (ValueError, OverflowError):
        return None
    if found is None:
        return None
    day = date.fromisoformat(found[:10])
    return found if day.year >= EARLIEST and day <= today + SLACK else None


def _parse(text: str) -> str | None:
    if match := _ISO_DATE.match(text):
        return date(*map(int, match.groups())).isoformat()
    if match := _ISO_TIME.match(text):
        day, hour, minute, second, fraction, offset = match.groups()
        return _time(day, (hour, minute, second), fraction or "") + _offset(offset)
    if match := _COMPACT.match(text):
        year, month, number, hour, minute, second, zulu = match.groups()
        day = date(int(year), int(month), int(number)).isoformat()
        return _time(day, (hour, minute, second), "") + _offset(zulu) if hour else day
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if "," in text or re.match(r"\d{1,2} \w{3} \d{4}", text):
        found = parsedate_to_datetime(text)
        return found.isoformat().replace("+00:00", "Z")
    return None


def _time(day: str, clock: tuple[str, str, str | None], fraction: str) -> str:
    hour, minute, second = clock
    written = f"{day}T{int(hour):02}:{minute}" + (f":{second}" if second is not None else "")
    datetime.fromisoformat(written)
    return f"{written}.{fraction[:6]}" if fraction.strip("0") else written


def _offset(offset: str | None) -> str:
    if offset is None:
        return ""
    digits = offset.replace(":", "")
    if digits.upper() in {"Z", "UTC", "GMT"} or not digits[1:].strip("0"):
        return "Z"
    digits = digits.ljust(5, "0")
    if int(digits[1:3]) > 18 or int(digits[3:5]) > 59:  # noqa: PLR2004
        raise ValueError("no such offset")
    return f"{digits[:3]}:{digits[3:5]}"
