"""Whether the date that an article gives itself advanced."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Advance(StrEnum):
    """What the dates that an article gives itself, before and after, say of each other."""

    ADVANCED = "advanced"
    STAYED = "stayed"
    """The same moment, however it is written, or an earlier one."""
    UNCLEAR = "unclear"
    """One cannot be read, or they are of other precision or without a time zone: either may be."""
    ABSENT = "absent"
    """There is none after."""


def advance(before: str | None, after: str | None) -> Advance:
    """Whether an ISO 8601 date of any precision is later than another for sure.

    A date is all the time it may mean: `2026-01-01` is a day, and without a time zone it is that day anywhere on
    earth. A date where there was none is an advance.
    """
    said, says = (before or "").strip(), (after or "").strip()
    if not says:
        return Advance.ABSENT
    if said == says:
        return Advance.STAYED
    was, came = _read(said), _read(says)
    if came is None or (said and was is None):
        return Advance.UNCLEAR
    return _between(was, came) if was else Advance.ADVANCED


def _between(was: _Time, came: _Time) -> Advance:
    if was.is_local != came.is_local:
        was, came = (each.anywhere() if each.is_local else each for each in (was, came))
    if came.start >= was.end:
        return Advance.ADVANCED
    is_within = was.start < came.start or was.end < came.end
    return Advance.UNCLEAR if is_within and came.end > was.start else Advance.STAYED


class _Time(NamedTuple):
    """From `start` up to and without `end`, since the epoch."""

    start: timedelta
    end: timedelta
    is_local: bool
    """Without a time zone."""

    def anywhere(self) -> _Time:
        """The same by the clock of any time zone."""
        return _Time(self.start - _EASTERNMOST, self.end + _WESTERNMOST, is_local=True)


_EASTERNMOST = timedelta(hours=14)
_WESTERNMOST = timedelta(hours=12)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 40

_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")
_DAY = re.compile(r"\d{4}-?\d\d-?\d\d|\d{4}-?W\d\d-?\d")
_MINUTE = re.compile(r".{8,10}[T ]\d\d(?::?\d\d)?(?:Z|[+-]\d\d:?(?:\d\d)?)?", re.IGNORECASE)


def _read(text: str) -> _Time | None:
    written = text.strip()
    try:
        if len(written) > _LONGEST:
            return None
        if found := _MONTH.fullmatch(written):
            year, month = int(found[1]), int(found[2] or 1)
            start = datetime(year, month, 1, tzinfo=UTC) - _EPOCH
            return _Time(start, start + timedelta(days=31 if found[2] else 366), is_local=True)
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    offset = moment.utcoffset() or timedelta()
    start = moment.replace(tzinfo=UTC) - _EPOCH - offset
    return _Time(start, start + _length(written, moment), is_local=moment.tzinfo is None)


def _length(written: str, moment: datetime) -> timedelta:
    if _DAY.fullmatch(written):
        return timedelta(days=1)
    if _MINUTE.fullmatch(written):
        return timedelta(minutes=1)
    return timedelta(microseconds=1) if moment.microsecond else timedelta(seconds=1)
