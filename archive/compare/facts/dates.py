"""Days, months, years and hours that a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archive.compare.facts.lexicon import any_of
from archive.compare.facts.spans import Span, apart_from, merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.compare.facts.lexicon import Lexicon


def dates(text: str, words: Lexicon) -> list[Span]:
    """The dates, in order; the value is `2017-01-11` as far as it is known: `--01-11` without a year, `2017-01` without
    a day, `mon` for a weekday, `17:30` for an hour, the word for a relative day."""
    calendar = _calendar(words)
    # The more a pattern takes, the earlier it has its turn.
    found: list[Span] = []
    for pattern in calendar.patterns if _FIGURE.search(text) else calendar.in_words:
        spans = (_span(one, calendar) for one in pattern.finditer(text))
        found = merged(found, apart_from((span for span in spans if span.value), found))
    return found


@dataclass(frozen=True, slots=True)
class _Calendar:
    months: dict[str, int]
    weekdays: dict[str, str]
    patterns: tuple[re.Pattern[str], ...]
    in_words: tuple[re.Pattern[str], ...]
    """Those of them that find something in a text without figures."""


_FIGURE = re.compile(r"\d")
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|ª|\.)?"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@cache
def _calendar(words: Lexicon) -> _Calendar:
    months = {form: number for number, forms in enumerate(words.months, start=1) for form in forms.split()}
    weekdays = {form: WEEKDAYS[number] for number, forms in enumerate(words.weekdays) for form in forms.split()}
    month = rf"(?P<month>{any_of(months)})(?![\w])\.?"
    of = r"[ \u00a0](?:of |de |del |d')?"
    before = rf"(?:(?<![\w])(?:{any_of(words.before_year)})[ -])"
    weekday = rf"(?P<weekday>{any_of(weekdays)})(?![\w])"
    relative = rf"(?P<relative>{any_of(words.relative_days)})(?![\w])"
    named = rf"{before}(?P<core>(?P<named>{any_of(form for form in months if len(form) >= _NAMED)}))(?!\w)"
    sources = (
        rf"{_YEAR}-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)",
        r"(?P<day>[0-3]?\d)[./](?P<month_number>[01]?\d)[./](?P<year>(?:19|20)\d\d)",
        rf"{month} {_DAY}(?!\d)(?:,? {_YEAR})?",
        rf"{_DAY}{of}{month}(?:{of[:-1]}?[ ,]{{0,2}}{_YEAR})?" if words.months else "(?!)",
        rf"{month}{of}{_YEAR}",
        r"(?P<hour>[0-2]?\d)(?:[:.h](?P<minute>[0-5]\d))?[ \u00a0]?(?P<half>[ap])\.?m\b\.?",
        r"(?P<hour>[01]?\d|2[0-3])[:h](?P<minute>[0-5]\d)(?!\w)(?: (?:uhr|uur)\b)?",
        r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d) (?:uhr|uur)\b",
        r"(?P<hour>[01]?\d|2[0-3])[ \u00a0](?:uhr|uur|h)\b",
        *(weekday, relative, named),
        rf"{before}(?P<core>{_YEAR})(?![\w%]|[.,]\d| (?:people|men|women|euros?|dollars?|pounds?)\b)",
        rf"(?<=\(){_YEAR}(?=[)–-])",
        rf"(?<![$€£]){_YEAR}(?=[.,;)]?$|[.,;)] )",
        rf"{_YEAR}(?=[–-](?:19|20)\d\d(?!\w))",
        rf"(?<=\d\d\d\d[–-]){_YEAR}(?!\w)",
    )
    return _Calendar(months, weekdays, _compiled(sources), _compiled((weekday, relative, named)))


def _compiled(sources: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w.,/])(?:{one})", re.IGNORECASE) for one in sources)


_NAMED = 3
"""Letters of a month's name that needs no day beside it."""


def _span(found: re.Match[str], calendar: _Calendar) -> Span:
    start = found.start("core") if "core" in found.re.groupindex else found.start()
    return Span(start, found.end(), _value(found, calendar))


def _value(found: re.Match[str], calendar: _Calendar) -> str:
    parts = found.groupdict()
    if parts.get("weekday"):
        # `Sun` and `Mon` are words too; without their capital they are nothing else.
        return calendar.weekdays[parts["weekday"].lower()] if _is_written_as_name(parts["weekday"], calendar) else ""
    if parts.get("relative"):
        return parts["relative"].lower()
    if parts.get("hour"):
        hour = (
            int(parts["hour"]) % 12 + 12 * (parts["half"].lower() == "p") if parts.get("half") else int(parts["hour"])
        )
        return f"{hour:02}:{int(parts.get('minute') or 0):02}"
    name = parts.get("month") or parts.get("named")
    if name and not _is_written_as_name(name, calendar):
        return ""
    number = calendar.months[name.lower()] if name else int(parts.get("month_number") or 0)
    day = int(parts.get("day") or 0)
    if number > 12 or day > 31:  # noqa: PLR2004
        return ""
    year = parts.get("year") or ("-" if number else "")
    return f"{year}{f'-{number:02}' if number else ''}{f'-{day:02}' if day else ''}"


def _is_written_as_name(word: str, calendar: _Calendar) -> bool:
    """English and German write months and weekdays with a capital; `may` and `march` are verbs."""
    return not word.islower() or "monday" not in calendar.weekdays
