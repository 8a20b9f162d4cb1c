"""Compare: the articles of two pages side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from archive.compare.outlets.comparison import compare as compare_articles
from archive.rarity import ArchiveRarity
from stet.named import seen_version
from stet.render.comparison_html import render_comparison_fragment
from stet.web.filters import Asked
from stet.web.rendering import page
from stet.web.room import Archive

LONGEST = 100_000
"""Characters of both texts together; comparing them takes half a second, in which the process does little else."""

router = APIRouter(include_in_schema=False)


class Compared(Asked):
    """Two pages, each `URL` or `URL@N`."""

    a: str | None = Field(default=None, max_length=2_000)
    b: str | None = Field(default=None, max_length=2_000)


@router.get("/compare")
def compare(request: Request, archive: Archive, asked: Annotated[Compared, Query()]) -> Response:
    """The form, and the comparison once both pages are given."""
    if asked.a is None or asked.b is None:
        return page(request, "compare.html", asked=asked, seen=None, comparison=None, longest=LONGEST)
    with archive.reading() as db:
        one, other = seen_version(db, asked.a.strip()), seen_version(db, asked.b.strip())
        if sum(len(each.snapshot.article.text) for each in (one, other)) > LONGEST:
            raise HTTPException(
                413,
                f"The two texts have more than {LONGEST:,} characters, which take too long to compare in the reading "
                "room; `stet compare` on the command line takes texts of any length.",
            )
        found = compare_articles(one.snapshot.article, other.snapshot.article, ArchiveRarity(db))
    # All that is put into the fragment is escaped there.
    fragment = Markup(render_comparison_fragment(one, other, found))  # noqa: S704
    return page(request, "compare.html", asked=asked, seen=(one, other), comparison=fragment, longest=LONGEST)
