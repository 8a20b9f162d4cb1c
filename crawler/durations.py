"""Durations as people write them: `90s`, `15m`, `1h30m`, `3d`, `2w`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|[smhdw])")
_WHOLE = re.compile(rf"(?:{_PART.pattern}\s*)+", re.IGNORECASE)
LONGEST = timedelta(days=36_500)


def parse_duration(text: str) -> timedelta:
    """`1h30m` as a timedelta. Raises ValueError, naming the text, for anything else or more than a century."""
    if not _WHOLE.fullmatch(text.strip().lower()):
        raise ValueError(f"{text!r} is no duration; write it as 90s, 15m, 1h30m, 3d or 2w")
    parts = _PART.findall(text.lower())
    total = sum((_bounded(float(number), _UNITS[unit]) for number, unit in parts), timedelta())
    if total > LONGEST:
        raise ValueError(f"{text!r} is longer than a century")
    return total


def _bounded(number: float, unit: str) -> timedelta:
    try:
        return timedelta(**{unit: number})
    except OverflowError:
        return timedelta.max / 2


def _from_config(value: object) -> object:
    if isinstance(value, str):
        return parse_duration(value)
    if isinstance(value, bool) or not isinstance(value, timedelta):
        raise ValueError(f"{value!r} is no duration; write it with a unit, as 90s, 15m, 1h30m, 3d or 2w")  # noqa: TRY004
    return value


def _seconds_from_config(value: object) -> object:
    return parse_duration(value).total_seconds() if isinstance(value, str) else value


Duration = Annotated[timedelta, BeforeValidator(_from_config)]
"""A pydantic field that reads such a duration."""

Seconds = Annotated[float, BeforeValidator(_seconds_from_config), Field(ge=0, allow_inf_nan=False)]
"""A pydantic field that holds seconds, and reads a number of them or such a duration."""
