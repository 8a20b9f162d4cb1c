"""Sources: how each does, what it was edited, and what it repeats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from archive import boilerplate, pages
from archive.errors import UnknownSource
from archive.health import most_edited, recent_failures
from archive.times import iso
from stet.health import condition
from stet.health import health as health_of_all
from stet.web.bars import DAYS, bars
from stet.web.filters import Asked
from stet.web.rendering import page
from stet.web.room import Archive, Health, InRoom, Room

if TYPE_CHECKING:
    from typing import Self

PER_PAGE = 50
RATES_DAYS = 7
FAILURES = 20
PAGES = 10
LINES = 100

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """When and over how long the figures were reckoned."""

    at: str
    kept: int
    """Seconds until they are reckoned again."""
    days: int = DAYS
    rates_days: int = RATES_DAYS

    @classmethod
    def of(cls, room: Room, health: Health) -> Self:
        return cls(iso(health.at), round(room.health.seconds))


class Listed(Asked):
    """Which of the sources are shown."""

    offset: int = Field(default=0, ge=0, le=1_000_000)


class Named(Asked):
    """One source."""

    name: str = Field(max_length=200)


@router.get("/sources")
def sources(request: Request, room: InRoom, asked: Annotated[Listed, Query()]) -> Response:
    """All sources."""
    health = _health(room)
    shown = health.sources[asked.offset : asked.offset + PER_PAGE]
    following = asked.offset + PER_PAGE
    return page(
        request,
        "sources.html",
        sources=[(each, condition(each), bars(each.edits_by_day, health.at)) for each in shown],
        total=len(health.sources),
        previous=max(asked.offset - PER_PAGE, 0) if asked.offset else None,
        following=following if following < len(health.sources) else None,
        reckoned=_Reckoned.of(room, health),
    )


@router.get("/source")
def source(request: Request, room: InRoom, archive: Archive, asked: Annotated[Named, Query()]) -> Response:
    """One source."""
    health = _health(room)
    found = next((each for each in health.sources if each.source == asked.name), None)
    if found is None:
        raise UnknownSource(f"no source is named {asked.name}; /sources lists those there are")
    with archive.reading() as db:
        lines = boilerplate.listing(db, asked.name) or []
        failures = recent_failures(db, asked.name, limit=FAILURES)
        edited = most_edited(db, asked.name, since=health.at - timedelta(days=DAYS), limit=PAGES)
    return page(
        request,
        "source.html",
        source=found,
        condition=condition(found),
        bars=bars(found.edits_by_day, health.at),
        lines=lines[:LINES],
        untold=max(len(lines) - LINES, 0),
        failures=failures,
        edited=edited,
        reckoned=_Reckoned.of(room, health),
    )


def _health(room: Room) -> Health:
    def reckon() -> Health:
        now = room.clock().astimezone(UTC)
        since, edits_since = now - timedelta(days=RATES_DAYS), now - timedelta(days=DAYS)
        with room.readers.reading() as db:
            return Health(now, tuple(health_of_all(room.config, db, since=since, now=now, edits_since=edits_since)))

    health = room.health.get(reckon)
    # Who has just paused a source is to see that it is.
    with room.readers.reading() as db:
        paused = pages.paused_sources(db)
    return Health(health.at, tuple(replace(each, paused_at=paused.get(each.source or "")) for each in health.sources))
