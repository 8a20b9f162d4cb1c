"""Home: the stream of changes, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import Field, field_validator, model_validator
from starlette.responses import Response

from archive import pages
from archive.models import EventKind
from archive.stream import Place, last_id, newest_looks, next_looks
from archive.times import iso, parse_iso
from stet.named import refuse_unknown_source
from stet.render.kinds import KINDS
from stet.web.entries import entries
from stet.web.filters import ChangeFilter
from stet.web.rendering import page
from stet.web.room import Archive, InRoom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

PER_PAGE = 50
MOST_SOURCES = 200
"""So many are offered to choose from; where there are more, a source's name is typed."""

router = APIRouter(include_in_schema=False)


class _Asked(ChangeFilter):
    """Which changes, and from which place of the stream on: `2026-01-31T12:00:00.000Z_17`."""

    before: str = Field(default="", max_length=60)
    after: str = Field(default="", max_length=60)

    @field_validator("before", "after")
    @classmethod
    def _is_a_place(cls, given: str) -> str:
        if given:
            _place(given)
        return given

    @model_validator(mode="after")
    def _has_one_direction(self) -> Self:
        if self.before and self.after:
            raise ValueError("only one of before and after can be asked for")
        return self


@router.get("/")
def changes(request: Request, archive: Archive, room: InRoom, asked: Annotated[_Asked, Query()]) -> Response:
    """The changes that are asked for: the newest, or those before or after a place."""
    with archive.reading() as db:
        sources = pages.sources(db)
        refuse_unknown_source(db, room.config, asked.source)
        known = last_id(db)
        if asked.after:
            found = next_looks(db, asked.wanted(), after=_place(asked.after), limit=PER_PAGE)
            goes_on = True
        else:
            before = _place(asked.before) if asked.before else None
            found = newest_looks(db, asked.wanted(), before=before, limit=PER_PAGE + 1)
            goes_on = len(found) > PER_PAGE
        found = found[:PER_PAGE]
        shown = entries(db, found)
    filters = [(name, value) for name, value in request.query_params.multi_items() if value and name not in _PLACES]
    is_leafing = bool(asked.before or asked.after)
    return page(
        request,
        "changes.html",
        entries=shown,
        filters=asked,
        given={**dict.fromkeys(_FIELDS, ""), **dict(filters)},
        kinds=KINDS,
        sources=sources if len(sources) <= MOST_SOURCES else [],
        applied=list(_applied(filters)),
        is_leafing=is_leafing,
        newest=_link("/", filters),
        newer=_link("/", filters, after=found[0][0].place) if found and is_leafing else "",
        older=_link("/", filters, before=found[-1][-1].place) if found and goes_on else "",
        feeds={"atom": _link("/changes.atom", filters), "json": _link("/changes.json", filters)},
        live="" if is_leafing else _link("/changes/live", filters, last=known),
    )


def _place(text: str) -> Place:
    """Raises ValueError."""
    at, _, number = text.partition("_")
    if not (number.isascii() and number.isdigit() and len(number) < _DIGITS):
        raise ValueError(f"{text} is not a place in the stream, as 2026-01-31T12:00:00.000Z_17 is")
    return Place(iso(parse_iso(at)), int(number))


_DIGITS = 19
"""Of the largest id that SQLite has."""

_PLACES = ("before", "after")
_FIELDS = {
    "text": "words",
    "source": "source",
    "kind": "kind",
    "min_weight": "weight at least",
    "since": "seen from",
    "until": "seen before",
}


def _applied(filters: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Each filter: what it is of, its value, and the address of the page without it."""
    for place, (name, value) in enumerate(filters):
        shown = KINDS[EventKind(value)] if name == "kind" else value
        yield _FIELDS[name], shown, _link("/", filters[:place] + filters[place + 1 :])


def _link(path: str, filters: list[tuple[str, str]], **more: Place | int) -> str:
    asked = [*filters, *((name, str(at)) for name, at in more.items())]
    return f"{path}?{urlencode(asked)}" if asked else path
