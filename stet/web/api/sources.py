"""How sources do, and what they repeat from article to article."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from archive import boilerplate
from stet.health import health
from stet.records import boilerplate_record, source_record
from stet.web.api.answers import RESPONSES, UNKNOWN, listing
from stet.web.api.models.lists import Lines, Sources
from stet.web.api.parameters import PER_PAGE, Limit, refuse_unknown_source
from stet.web.room import Archive, InRoom

router = APIRouter(prefix="/api/v1", tags=["sources"], responses=RESPONSES)


@router.get(
    "/sources",
    operation_id="listSources",
    summary="How each source does",
    response_description="All sources.",
    response_model=Sources,
)
def sources(
    request: Request,
    room: InRoom,
    archive: Archive,
    days: Annotated[int, Query(ge=1, le=3_650, description="Rates are counted over so many days.", examples=[7])] = 7,
) -> Response:
    """Pages, last success, error rate and edits of each source that the archive or the configuration has. The list is
    told whole: `next` is null."""
    with archive.reading() as db:
        now = room.clock()
        rows = health(room.config, db, since=now - timedelta(days=days), now=now)
    return listing(request, [source_record(row) for row in rows])


@router.get(
    "/boilerplate",
    operation_id="listBoilerplate",
    summary="The lines that a source repeats",
    response_description="Learned and nearly learned lines.",
    response_model=Lines,
    responses=UNKNOWN,
)
def lines(
    request: Request,
    room: InRoom,
    archive: Archive,
    source: Annotated[
        str, Query(min_length=1, max_length=200, description="The source, by its name.", examples=["Example Daily"])
    ],
    limit: Limit = PER_PAGE,
) -> Response:
    """Lines that recur in a source's articles: those that are learned count as none of an article's text. They are
    ranked, so that there is no way to go on after `limit`: `next` is null."""
    with archive.reading() as db:
        refuse_unknown_source(db, room.config, source)
        found = boilerplate.listing(db, source) or []
    return listing(request, [boilerplate_record(source, line, share) for line, share in found[:limit]])
