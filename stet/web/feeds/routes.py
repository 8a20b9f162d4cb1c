"""Where the feeds are: each page that has one, with `.atom` or `.json` after its name."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from archive.search.hits import search as find
from archive.search.query import MAX_LENGTH
from archive.stream import newest_looks
from stet.named import known_page, refuse_unknown_source
from stet.paths import page_path
from stet.render.plain import plain
from stet.web.addresses import absolute
from stet.web.entries import entries
from stet.web.feeds import atom, items, jsonfeed
from stet.web.feeds.feed import Feed, Item
from stet.web.filters import LONGEST_URL, SEARCHED_WITHIN, ChangeFilter, Filters, SearchFilter
from stet.web.room import Archive, InRoom

MOST = 50
"""Items of a feed."""
RECENT = timedelta(days=30)
"""How far back a search's feed looks, unless it is told."""

router = APIRouter(include_in_schema=False)


class Format(StrEnum):
    """How a feed is written."""

    ATOM = "atom"
    JSON = "json"


class _PageAsked(ChangeFilter):
    """Which of a page's changes."""

    url: str = Field(min_length=1, max_length=LONGEST_URL)


class _SearchAsked(SearchFilter):
    """What is searched for, as on the page."""

    q: str = Field(min_length=1, max_length=MAX_LENGTH)


@router.get("/changes.{form}")
def of_changes(request: Request, room: InRoom, archive: Archive, form: Format, asked: Filters) -> Response:
    """The newest changes that are asked for. 404 where the source is not known."""
    with archive.reading() as db:
        refuse_unknown_source(db, room.config, asked.source)
        found = entries(db, newest_looks(db, asked.wanted(), limit=MOST))
    title = "Changes seen by Stet" if asked.source is None else f"Changes at {asked.source}, seen by Stet"
    told = tuple(items.of_entry(request, entry) for entry in found)
    return _answer(request, form, title, f"/?{request.url.query}", told)


@router.get("/page.{form}")
def of_page(
    request: Request, room: InRoom, archive: Archive, form: Format, asked: Annotated[_PageAsked, Query()]
) -> Response:
    """The newest changes of one page. 404 where it, or the source, is not known."""
    with archive.reading() as db:
        refuse_unknown_source(db, room.config, asked.source)
        page = known_page(db, asked.url)
        found = entries(db, newest_looks(db, asked.wanted(page_id=page.id), limit=MOST))
    title = f"Changes of {page.title or page.url}, seen by Stet"
    told = tuple(items.of_entry(request, entry) for entry in found)
    return _answer(request, form, title, page_path(page.url), told)


@router.get("/search.{form}")
def of_search(
    request: Request, room: InRoom, archive: Archive, form: Format, asked: Annotated[_SearchAsked, Query()]
) -> Response:
    """The pages found, by when the version that matches was seen, or its text was gone; newest first.

    `since` and `until` are bounds of that time. 404 where the source is not known.
    """
    with archive.reading() as db:
        refuse_unknown_source(db, room.config, asked.source)
        hits = find(
            db,
            asked.q,
            source=asked.source,
            since=asked.since or room.clock() - RECENT,
            until=asked.until,
            removed=asked.removed,
            newest=True,
            limit=MOST,
            seconds=SEARCHED_WITHIN,
        )
    found = sorted((items.of_hit(request, hit) for hit in hits), key=lambda item: item.at, reverse=True)
    what = "Removed text" if asked.removed else "Text"
    return _answer(request, form, f"{what} with {asked.q}, seen by Stet", f"/search?{request.url.query}", tuple(found))


def _answer(request: Request, form: Format, title: str, shown: str, found: tuple[Item, ...]) -> Response:
    asked = f"?{request.url.query}" if request.url.query else ""
    feed = Feed(
        title=plain(title),
        url=absolute(request, request.url.path + asked),
        page=absolute(request, shown.rstrip("?")),
        items=found,
    )
    # No Last-Modified: an event may be recorded after others that were observed later.
    headers = {"Cache-Control": "no-cache"}
    if form is Format.ATOM:
        return Response(atom.as_atom(feed), media_type=atom.MEDIA_TYPE, headers=headers)
    return Response(jsonfeed.as_json_feed(feed), media_type=jsonfeed.MEDIA_TYPE, headers=headers)
