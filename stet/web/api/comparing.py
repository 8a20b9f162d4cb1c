"""Two versions of a page compared, two pages compared, and the pages that carry one story."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from archive.compare.outlets.comparison import compare as compare_articles
from archive.compare.versions.parts import Part
from archive.copies.carriers import MIN_SHARE
from archive.copies.carriers import copies as carrying
from archive.copies.uncorrected import corrections
from archive.rarity import ArchiveRarity
from stet.named import known_page, known_version, seen_version
from stet.records import compare_record, copies_records, diff_record
from stet.render.sheet import lay_out
from stet.sheets import two
from stet.web.api.answers import NAMED, RESPONSES, answer, listing
from stet.web.api.models.comparison import Comparison
from stet.web.api.models.diff import Diff
from stet.web.api.models.lists import Copies
from stet.web.api.parameters import LAST_VERSION, URL_EXAMPLE, Url, page_or_version
from stet.web.room import Archive

router = APIRouter(prefix="/api/v1", tags=["comparing"], responses={**RESPONSES, **NAMED})


@router.get(
    "/diff",
    operation_id="diffSnapshots",
    summary="Two snapshots of a page compared",
    response_description="What changed between the two.",
    response_model=Diff,
)
def diff(
    *,
    archive: Archive,
    url: Url,
    before: Annotated[
        int | None,
        Query(
            alias="from",
            ge=1,
            le=LAST_VERSION,
            description="The older version; by default the one that stood before `to`.",
            examples=[1],
        ),
    ] = None,
    after: Annotated[
        int | None,
        Query(
            alias="to",
            ge=1,
            le=LAST_VERSION,
            description="The newer version; by default the last one, or the one that the page last went back to.",
            examples=[2],
        ),
    ] = None,
    only: Annotated[
        tuple[Part, ...],
        Query(description="These parts alone; may be repeated. By default all.", examples=[["headline", "text"]]),
    ] = (),
    context: Annotated[
        int,
        Query(ge=0, le=1_000, description="Unchanged sentences told of around each change.", examples=[1]),
    ] = 0,
    whole: Annotated[
        bool,
        Query(alias="all", description="All unchanged sentences too, whatever `context` says.", examples=[False]),
    ] = False,
) -> Response:
    """The sentences that came, went, were reworded or moved, with how much each change matters and why. By default
    those of the last change that was seen: a new version, or the return to an earlier one."""
    with archive.reading() as db:
        found = two(db, known_page(db, url), before, after)
    return answer(diff_record(lay_out(*found, parts=only or tuple(Part), context=context, whole=whole)))


@router.get(
    "/compare",
    operation_id="comparePages",
    summary="Two pages' articles compared",
    response_description="What one has that the other has too.",
    response_model=Comparison,
)
def compare(
    archive: Archive,
    a: Annotated[str, page_or_version("The first page", f"{URL_EXAMPLE}@1")],
    b: Annotated[str, page_or_version("The second page", "https://other.example/ships")],
) -> Response:
    """Which sentences of the two tell the same, which facts both state, and what they tell differently. An observation
    of two texts: who took from whom it does not say."""
    with archive.reading() as db:
        one, other = seen_version(db, a), seen_version(db, b)
        comparison = compare_articles(one.snapshot.article, other.snapshot.article, ArchiveRarity(db))
    return answer(compare_record(one, other, comparison))


@router.get(
    "/copies",
    operation_id="listCopies",
    summary="The pages that carry a page's story",
    response_description="The page asked about, then the others.",
    response_model=Copies,
)
def copies(
    *,
    request: Request,
    archive: Archive,
    url: Annotated[str, page_or_version("The page", URL_EXAMPLE)],
    min_share: Annotated[
        float,
        Query(ge=0, le=1, description="The least part of either text that the other must have.", examples=[MIN_SHARE]),
    ] = MIN_SHARE,
    limit: Annotated[int, Query(ge=1, le=100, description="That many other pages at most.", examples=[20])] = 20,
) -> Response:
    """How much of the story each has, which of them was seen with it first, and which still say what was corrected at
    one of them. The list is told whole: `next` is null."""
    with archive.reading() as db:
        page, version = known_version(db, url)
        story = carrying(db, page, version, min_share=min_share, limit=limit)
        corrected = corrections(db, story)
    return listing(request, list(copies_records(story, corrected)))
