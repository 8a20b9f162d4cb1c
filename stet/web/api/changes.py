"""The stream of events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from archive.stream import Place, newest
from stet.named import known_page
from stet.records import change_record
from stet.web.api.answers import NAMED, PAGED, RESPONSES, listing
from stet.web.api.models.lists import Changes
from stet.web.api.parameters import LONGEST_URL, MOST, PER_PAGE, URL_EXAMPLE, refuse_unknown_source
from stet.web.filters import EventFilter
from stet.web.room import Archive, InRoom

router = APIRouter(prefix="/api/v1", tags=["changes"], responses=RESPONSES)


class _Asked(EventFilter):
    """Which events of which page are asked for, and from where on."""

    url: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_URL,
        description="Events of that page only.",
        examples=[URL_EXAMPLE],
    )
    before: str | None = Field(
        default=None,
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z_[0-9]{1,18}$",
        description="Only what comes after that place of the list, as `next` has it: an event's time and id.",
        examples=["2026-12-31T12:00:00.000Z_17"],
    )
    limit: int = Field(default=PER_PAGE, ge=1, le=MOST, description="That many items at most.", examples=[20])

    @property
    def place(self) -> Place | None:
        """The event before which to go on."""
        if self.before is None:
            return None
        observed_at, _, event_id = self.before.partition("_")
        return Place(observed_at, int(event_id))


@router.get(
    "/changes",
    operation_id="listChanges",
    summary="What happened to the pages, newest first",
    response_description="Events.",
    response_model=Changes,
    responses={**NAMED, **PAGED},
)
def changes(request: Request, room: InRoom, archive: Archive, asked: Annotated[_Asked, Query()]) -> Response:
    """The events that are asked for. `next` goes on with older ones; what is recorded meanwhile does not shift it."""
    with archive.reading() as db:
        refuse_unknown_source(db, room.config, asked.source)
        page_id = None if asked.url is None else known_page(db, asked.url).id
        found = newest(db, asked.wanted(page_id=page_id), before=asked.place, limit=asked.limit + 1)
    shown = found[: asked.limit]
    last = shown[-1].place if len(found) > asked.limit else None
    return listing(request, [change_record(change) for change in shown], before=last)
