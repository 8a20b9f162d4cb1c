"""What bot checks, pages that need script, and consent texts give away about themselves: `signs.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOKED_AT = 200_000
"""Characters of a page in which a bot check shows; the checks themselves have some 2,000 to 60,000."""

_VALUES = re.compile(
    r"\b(?:src|href|action|id|class|name)\s{0,3}=\s{0,3}(?:\"([^\"]{1,400})|'([^']{1,400})|([^\s\"'<>]{1,400}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """One kind of bot check, by what its markup holds."""

    reason: str
    value: re.Pattern[str]
    script: re.Pattern[str]
    examples: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoScript:
    """How a page says in one language that it needs script."""

    language: str
    says: re.Pattern[str]
    examples: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """How a consent text speaks in one language."""

    language: str
    words: re.Pattern[str]
    ours: re.Pattern[str]
    choice: re.Pattern[str]
    """A button's whole label."""
    examples: tuple[str, ...]
    never: tuple[str, ...]


def challenge(source: str) -> str | None:
    """What kind of bot check the page's markup is; None of any other page."""
    head = source[:LOOKED_AT]
    values = {value for found in _VALUES.finditer(head) for value in found.groups() if value}
    parts = {part for value in values for part in (value, *value.split())}
    return next((known.reason for known in challenges() if _has(known, head, parts)), None)


def asks_for_script(line: str) -> bool:
    """Whether a line to browsers without script says that nothing is to be read there."""
    return any(known.says.search(line) for known in noscripts())


@cache
def challenges() -> tuple[Challenge, ...]:
    return tuple(
        Challenge(
            table["reason"],
            re.compile(table["value"], re.IGNORECASE),
            re.compile(table["script"]),
            _strings(table["example"]),
            _strings(table["never"]),
        )
        for table in _tables()["challenge"]
    )


@cache
def noscripts() -> tuple[NoScript, ...]:
    return tuple(
        NoScript(
            table["language"],
            re.compile(table["says"], re.IGNORECASE),
            _strings(table["example"]),
            _strings(table["never"]),
        )
        for table in _tables()["noscript"]
    )


@cache
def consents() -> tuple[Consent, ...]:
    return tuple(
        Consent(
            table["language"],
            re.compile(rf"\b(?:{table['words']})\b", re.IGNORECASE),
            re.compile(rf"\b(?:{table['ours']})\b", re.IGNORECASE),
            re.compile(rf"\W{{0,3}}(?:{table['choice']})\W{{0,3}}", re.IGNORECASE),
            _strings(table["example"]),
            _strings(table["never"]),
        )
        for table in _tables()["consent"]
    )


def _has(known: Challenge, source: str, parts: Iterable[str]) -> bool:
    return known.script.search(source) is not None or any(map(known.value.search, parts))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("signs.toml").read_text("utf-8"))


def _strings(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
