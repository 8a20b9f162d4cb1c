"""Home: the stream of changes, newest first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from archive.stream import newest
from stet.web.filters import Filters
from stet.web.rendering import page
from stet.web.room import Archive

PER_PAGE = 50

router = APIRouter(include_in_schema=False)


@router.get("/")
def changes(request: Request, archive: Archive, filters: Filters) -> Response:
    """The newest events that are asked for."""
    with archive.reading() as db:
        found = newest(db, filters.wanted(), limit=PER_PAGE)
    return page(request, "changes.html", changes=found, filters=filters)
