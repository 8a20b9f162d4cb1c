"""A page's snapshots: listed, whole, block by block; and its headlines."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from archive import pages, snapshots
from archive.headlines import headlines as all_headlines
from archive.times import iso
from stet.named import known_page
from stet.records import block_record, headline_record, log_record, show_record
from stet.web.api.answers import OF_PAGE, OF_PAGE_PAGED, RESPONSES, answer, listing
from stet.web.api.models.history import Snapshot
from stet.web.api.models.lists import Blocks, Headlines, Log
from stet.web.api.parameters import LAST_VERSION, PER_PAGE, Limit, Url, Version
from stet.web.filters import Moment
from stet.web.room import Archive

router = APIRouter(prefix="/api/v1", tags=["pages"], responses=RESPONSES)


@router.get(
    "/log",
    operation_id="listSnapshots",
    summary="The snapshots of a page, newest first",
    response_description="Snapshots, without their texts.",
    response_model=Log,
    responses=OF_PAGE_PAGED,
)
def log(
    *,
    request: Request,
    archive: Archive,
    url: Url,
    before: Annotated[
        int | None, Query(ge=1, le=LAST_VERSION, description="Only versions before that one.", examples=[10])
    ] = None,
    limit: Limit = PER_PAGE,
) -> Response:
    """Each distinct state of the article that was seen at the page, with what happened when it came."""
    with archive.reading() as db:
        page = known_page(db, url)
        snapshots.refuse_unread(page)
        found = snapshots.history(db, page, before=before, limit=limit + 1)
        told_at = pages.told_at(db, page)
    shown = found[:limit]
    return listing(
        request,
        [log_record(snapshot) for snapshot in shown],
        before=shown[-1].version if len(found) > limit else None,
        modified=told_at,
    )


@router.get(
    "/headlines",
    operation_id="listHeadlines",
    summary="The headlines of a page, newest first",
    response_description="Headlines, and when each was seen.",
    response_model=Headlines,
    responses=OF_PAGE_PAGED,
)
def headlines(
    *,
    request: Request,
    archive: Archive,
    url: Url,
    before: Annotated[
        Moment | None,
        Query(description="Only those first seen before that time.", examples=["2026-12-31T12:00:00.000Z"]),
    ] = None,
    limit: Limit = PER_PAGE,
) -> Response:
    """Each headline for as long as it stood; those that the page showed in turn with it are its variants."""
    with archive.reading() as db:
        page = known_page(db, url)
        snapshots.refuse_unread(page)
        stood = all_headlines(db, page)
        told_at = pages.told_at(db, page)
    found = [each for each in reversed(stood) if before is None or each.first_seen_at < iso(before)]
    shown = found[:limit]
    return listing(
        request,
        [headline_record(headline) for headline in shown],
        before=shown[-1].first_seen_at if len(found) > limit else None,
        modified=told_at,
    )


@router.get(
    "/show",
    operation_id="getSnapshot",
    summary="One snapshot of a page, whole",
    response_description="The snapshot.",
    response_model=Snapshot,
    responses=OF_PAGE,
)
def show(archive: Archive, url: Url, version: Version = None) -> Response:
    """The article as it was read, with what stood around it, and what read it."""
    with archive.reading() as db:
        page = known_page(db, url)
        snapshot = snapshots.load(db, page, version)
        told_at = pages.told_at(db, page)
    return answer(show_record(snapshot), modified=told_at)


@router.get(
    "/blocks",
    operation_id="listBlocks",
    summary="One snapshot of a page, block by block",
    response_description="All blocks of the snapshot.",
    response_model=Blocks,
    responses=OF_PAGE,
)
def blocks(request: Request, archive: Archive, url: Url, version: Version = None) -> Response:
    """The pieces of the page in their order: what each is, why, and whether it is part of the article's text."""
    with archive.reading() as db:
        page = known_page(db, url)
        article = snapshots.load(db, page, version).article
        told_at = pages.told_at(db, page)
    return listing(request, [block_record(block, article) for block in article.blocks], modified=told_at)
