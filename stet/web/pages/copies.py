"""The other pages that carry a page's story, and what was corrected at one of them and stands at another."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from archive.copies.carriers import copies
from archive.copies.uncorrected import corrections
from stet.web.pages.lookup import Url, Version, ask, find, unknown
from stet.web.rendering import page
from stet.web.room import Archive

MOST = 20
"""Pages listed."""
CORRECTIONS = 30
"""Corrected sentences listed."""

router = APIRouter(include_in_schema=False)


@router.get("/copies")
def show(request: Request, archive: Archive, url: Url = "", v: Version = None) -> Response:
    """The copies of what stands at the page, or stood there with that version."""
    if not url.strip():
        return ask(request)
    with archive.reading() as db:
        found = find(db, url)
        if found is None:
            return unknown(request, url)
        story = copies(db, found, v, limit=MOST)
        corrected = corrections(db, story)
    return page(
        request,
        "copies.html",
        page_url=found.url,
        story=story,
        corrections=corrected[:CORRECTIONS],
        more=max(0, len(corrected) - CORRECTIONS),
    )
