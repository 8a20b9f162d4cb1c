"""Full text over all snapshots."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from archive.reading import PATIENCE
from archive.search.hits import LIMIT
from archive.search.hits import search as find
from archive.search.query import MAX_LENGTH
from stet.records import search_record
from stet.web.api.answers import NAMED, RESPONSES, listing
from stet.web.api.models.lists import Hits
from stet.web.api.parameters import MOST, refuse_unknown_source
from stet.web.filters import Moment
from stet.web.room import Archive, InRoom

router = APIRouter(prefix="/api/v1", tags=["search"], responses={**RESPONSES, **NAMED})


@router.get(
    "/search",
    operation_id="searchSnapshots",
    summary="The pages of which a version matches, the best first",
    response_description="One hit a page.",
    response_model=Hits,
)
def search(
    *,
    request: Request,
    room: InRoom,
    archive: Archive,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=MAX_LENGTH,
            description='Words that all have to be there, in any order. "A phrase", a beginning*, title: or text: '
            "before a word, AND, OR, NOT, (parentheses) and NEAR(a b, 5) mean what they do in SQLite's FTS5.",
            examples=["harbour"],
        ),
    ],
    removed: Annotated[
        bool,
        Query(
            description="Only text that stood in earlier versions, and does not in the one that stands.",
            examples=[False],
        ),
    ] = False,
    source: Annotated[
        str | None,
        Query(max_length=200, description="Pages of that source only, by its name.", examples=["Example Daily"]),
    ] = None,
    since: Annotated[
        Moment | None,
        Query(description="Versions captured then or later: a time, or how long ago.", examples=["2026-01-01"]),
    ] = None,
    until: Annotated[
        Moment | None,
        Query(description="Versions captured before: a time, or how long ago.", examples=["2026-12-31T12:00:00Z"]),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="That many pages at most.", examples=[LIMIT])] = LIMIT,
) -> Response:
    """Titles and texts of all versions are searched. Hits are ranked, so that there is no way to go on after `limit`:
    `next` is null."""
    with archive.reading() as db:
        refuse_unknown_source(db, room.config, source)
        hits = find(db, q, source=source, since=since, until=until, removed=removed, limit=limit, seconds=PATIENCE)
    return listing(request, [search_record(hit) for hit in hits])
