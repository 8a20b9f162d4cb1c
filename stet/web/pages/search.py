"""Search: full text over all that was ever seen."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from archive.search.hits import LIMIT, SearchTooLong
from archive.search.hits import search as find
from archive.search.query import MAX_LENGTH, QueryError
from stet.named import refuse_unknown_source, source_names
from stet.render.hits import ranges
from stet.web.filters import SEARCHED_WITHIN, SearchFilter
from stet.web.rendering import page
from stet.web.room import Archive, InRoom

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.search.hits import Hit

FURTHEST = 980
"""Hits that may be passed over: they are found again for each page of those after them."""

router = APIRouter(include_in_schema=False)


class Searched(SearchFilter):
    """What is looked for."""

    q: str = Field(default="", max_length=MAX_LENGTH)
    offset: int = Field(default=0, ge=0, le=FURTHEST)


@router.get("/search")
def search(request: Request, room: InRoom, archive: Archive, asked: Annotated[Searched, Query()]) -> Response:
    """The form, and what is found once there is a query."""
    hits: tuple[Hit, ...] | None = None
    problem = literal = None
    status = HTTPStatus.OK
    with archive.reading() as db:
        refuse_unknown_source(db, room.config, asked.source)
        sources = source_names(db, room.config)
        try:
            hits = _found(db, asked) if asked.q.strip() else None
        except QueryError as error:
            status = HTTPStatus.BAD_REQUEST
            problem, literal = f"This cannot be searched for: {error}.", error.literal
        except SearchTooLong as error:
            status = HTTPStatus.SERVICE_UNAVAILABLE
            problem = f"Given up: {error}."
    following = asked.offset + LIMIT
    return page(
        request,
        "search.html",
        status=status,
        asked=asked,
        # Times as they were typed.
        given={name: text for name, text in request.query_params.items() if text and name != "offset"},
        sources=sources,
        hits=None if hits is None else hits[:LIMIT],
        previous=max(asked.offset - LIMIT, 0) if asked.offset else None,
        following=following if hits is not None and len(hits) > LIMIT and following <= FURTHEST else None,
        ranges=ranges,
        problem=problem,
        literal=literal,
    )


def _found(db: Database, asked: Searched) -> tuple[Hit, ...]:
    """The hits of a page, and one more if there are more."""
    return find(
        db,
        asked.q,
        source=asked.source,
        since=asked.since,
        until=asked.until,
        removed=asked.removed,
        limit=LIMIT + 1,
        offset=asked.offset,
        seconds=SEARCHED_WITHIN,
    )
