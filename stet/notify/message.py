"""Changes as people are told of them: a title, and a text of bounded length, the heaviest change first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.text.cutting import cut
from archive.models import EventKind
from stet.paths import page_path
from stet.render.kinds import KINDS
from stet.render.plain import plain
from stet.render.times import minute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stet.notify.parcel import Parcel, Told

LONGEST = 4_000
"""Characters of a text, also where a service takes more: who wants all of it follows the links."""
LONGEST_TITLE = 120
_LONGEST_WORDING = 300
_LONGEST_URL = 1_000
_FOR_THE_REST = 60
"""Characters left for the number of those that find no room."""
_BETWEEN = "\n\n"

_CALL = "@"
_NO_CALL = "@\u2060"
"""In a chat `@everyone` rings for everyone, also where a newspaper wrote it."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to people."""

    title: str
    body: str


def message(parcel: Parcel, *, longest: int = LONGEST) -> Message:
    """The parcel's changes in words; title and text together have at most `longest` characters (at least 100)."""
    changes = sorted(parcel.told, key=lambda told: (-told.change.weight, told.change.id))
    longest = min(longest, LONGEST)
    title = cut(_title(parcel), min(LONGEST_TITLE, longest // 4))
    room = longest - len(title) - _FOR_THE_REST
    if not changes:
        return Message(title, cut("Notifications arrive here.", room))
    paragraphs: list[str] = []
    for told in changes:
        paragraph = "\n".join(_lines(told, parcel.room))
        if paragraphs and len(paragraph) > room:
            break
        paragraphs.append(cut(paragraph, room))
        room -= len(paragraph) + len(_BETWEEN)
    if left := len(changes) - len(paragraphs):
        paragraphs.append(_rest(left, parcel.room))
    return Message(title, _BETWEEN.join(paragraphs))


def _title(parcel: Parcel) -> str:
    number = len(parcel.told)
    count = "a test" if not number else "1 change" if number == 1 else f"{number} changes"
    return f"{plain(', '.join(parcel.rules))}: {count}"


def _rest(number: int, room: str | None) -> str:
    said = f"and {number} more"
    there = f"{said}: {room}"
    return there if room is not None and len(there) + len(_BETWEEN) <= _FOR_THE_REST else said


def _lines(told: Told, room: str | None) -> Iterator[str]:
    change = told.change
    source = f" ({_quoted(change.source)})" if change.source else ""
    yield f"{KINDS[EventKind(change.kind)]}: {_quoted(change.title or change.url)}{source}"
    yield from _wordings(told)
    yield f"Weight {change.weight:.2f}, seen {minute(change.observed_at)}"
    yield cut(plain(change.url), _LONGEST_URL)
    if room is not None:
        yield cut(f"{room.rstrip('/')}{page_path(change.url, change.versions)}", _LONGEST_URL)


def _wordings(told: Told) -> Iterator[str]:
    """What was there before, and what came."""
    details = told.change.details
    match told.change.kind:
        case EventKind.CORRECTION_ADDED | EventKind.CORRECTION_REMOVED:
            yield _quoted(" ".join(map(str, details.get("corrections", ()))))
        case EventKind.TEXT_CHANGED | EventKind.RETURNED if told.heaviest is not None:
            yield from _became(told.heaviest.before, told.heaviest.after)
        case EventKind.HEADLINE_CHANGED | EventKind.BYLINE_CHANGED | EventKind.MOVED:
            yield from _became(_text(details.get("before")), _text(details.get("after")))


def _became(before: str | None, after: str | None) -> Iterator[str]:
    if before:
        yield f"− {_quoted(before)}"
    if after:
        yield f"+ {_quoted(after)}"


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def _quoted(text: str) -> str:
    return cut(plain(text).replace(_CALL, _NO_CALL), _LONGEST_WORDING)
