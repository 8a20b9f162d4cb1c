"""A page's history: when it was looked at, what it said, and what changed between any two of its versions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from archive import bodies, history, snapshots
from archive.compare.text.words import mark
from archive.credits import contributors
from archive.headlines import headlines
from archive.stream import Wanted, newest_looks
from archive.timeline import timeline
from archive.times import iso
from scheduler import controls
from stet.render.html import render_fragment
from stet.render.outline import outline
from stet.render.plain import plain
from stet.render.sheet import lay_out
from stet.render.timeline import SPANS, chart
from stet.sheets import two
from stet.web.entries import entries
from stet.web.memento.links import page_links
from stet.web.pages.lookup import Url, Version, ask, find, unknown
from stet.web.rendering import page
from stet.web.room import Archive, InRoom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.between import Between
    from archive.compare.text.words import Mark
    from archive.headlines import Headline
    from archive.models import Snapshot

PER_PAGE = 25
"""Versions listed at a time."""
CHOICES = 100
"""Versions to choose from in a list; of a page with more, the numbers are written."""
HAPPENED = 10
"""Looks of which it is told what they brought; the feed has more."""
HEADLINES = 20
NOTICES = 20
CHANGES = 40
"""Changes shown at first, of two versions that differ in more."""
ALL_CHANGES = 1_000
"""Changes shown where all were asked for."""
UNFOLDED = 30
"""Unchanged sentences in a row that can be read among the changes; of more only the number is said."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Worded:
    """A headline, and the words by which it differs from the one before."""

    headline: Headline
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two versions, as HTML."""

    html: str
    has_more: bool
    """Whether there are more changes than it shows."""


@router.get("/page")
def show(
    request: Request,
    archive: Archive,
    room: InRoom,
    *,
    url: Url = "",
    before: Annotated[Version, Query(alias="from")] = None,
    after: Annotated[Version, Query(alias="to")] = None,
    until: Version = None,
    every: Annotated[bool, Query(alias="all")] = False,
) -> Response:
    """The page, with the changes from one version to another, by default the last ones."""
    if not url.strip():
        return ask(request)
    with archive.reading() as db:
        found = find(db, url)
        if found is None:
            return unknown(request, url)
        may_check = controls.may_check(db, found, room.clock())
        standing = history.standing(db, found)
        last = standing.last_version
        chosen = before is not None or after is not None
        is_one = chosen and before == after
        compared = two(db, found, before, after) if not is_one and (last > 1 or chosen) else None
        shown = compared.after if compared else snapshots.load(db, found, after) if last else None
        versions = history.listed(db, found, until=until or last, limit=PER_PAGE)
        times = history.times(db, found, limit=CHOICES) if last <= CHOICES else []
        stood = headlines(db, found)
        looks = timeline(db, found, spans=SPANS)
        happened = newest_looks(db, Wanted(page_id=found.id), limit=HAPPENED + 1)
        told = entries(db, happened[:HAPPENED])
        notices = history.notices(db, found, limit=NOTICES)
        is_kept = shown is not None and bodies.is_kept(db, snapshots.body_digest(db, found, shown.version))
    changes = None
    if compared:
        changes = _rendered(*compared, most=ALL_CHANGES) if every else _changes(*compared)
    return page(
        request,
        "page.html",
        headers={"Link": page_links(request, found.url)},
        page_url=found.url,
        may_check=may_check,
        page=found,
        standing=standing,
        now=iso(room.clock()),
        is_fetched=room.running is not None and room.running.feed.is_fetching(found.id),
        happened=told,
        more_happened=len(happened) > HAPPENED,
        compared=compared,
        is_one=is_one,
        changes=changes,
        every=every,
        shown=shown,
        is_kept=is_kept,
        versions=versions,
        older=versions[-1].version - 1 if versions else 0,
        until=until,
        times=times,
        headlines=_worded(stood),
        more_headlines=max(0, len(stood) - HEADLINES),
        looks=looks,
        chart=None if looks is None else chart(looks),
        notices=notices,
        contributors=contributors(shown.article.credits, shown.article.language) if shown else (),
    )


def _worded(stood: Sequence[Headline]) -> list[Worded]:
    """The newest first."""
    pairs = list(zip([None, *stood], stood, strict=False))[-HEADLINES:]
    return [
        Worded(each, mark(plain(before.title if before else each.title), plain(each.title)))
        for before, each in reversed(pairs)
    ]


@lru_cache(maxsize=128)
def _changes(before: Snapshot, after: Snapshot, known: Between) -> Changes:
    """The first ones. Versions never change, and the same two are asked for again and again."""
    return _rendered(before, after, known, most=CHANGES)


def _rendered(before: Snapshot, after: Snapshot, known: Between, *, most: int) -> Changes:
    sheet = lay_out(before, after, known)
    total = sum(len(section.entries) for section in outline(sheet))
    return Changes(render_fragment(sheet, most=most, unfolded=UNFOLDED), has_more=total > most)
