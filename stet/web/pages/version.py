"""One version of a page, as it was read: its text, what was set aside and why, and what read it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from archive import bodies, history, provenance, sightings, snapshots
from archive.credits import contributors
from archive.models import Role
from scheduler import controls
from stet.web.pages.lookup import Url, Version, ask, find, unknown
from stet.web.rendering import page
from stet.web.room import Archive, InRoom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.models import Article, Block

PART = 60_000
"""Bytes of text shown at a time; at least one block."""

router = APIRouter(include_in_schema=False)

_BESIDE = frozenset({Role.CORRECTION, Role.CREDIT, Role.CAPTION, Role.POST})
"""What is no text, and read with it all the same."""


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that follow on each other and are shown together."""

    kind: str
    """A role, or `aside` for what was set aside."""
    blocks: tuple[Block, ...]


@router.get("/version")
def show(
    request: Request,
    archive: Archive,
    room: InRoom,
    *,
    url: Url = "",
    v: Version = None,
    part: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """That version, or the one that stands there."""
    if not url.strip():
        return ask(request)
    with archive.reading() as db:
        found = find(db, url)
        if found is None:
            return unknown(request, url)
        may_check = controls.may_check(db, found, room.clock())
        snapshot = snapshots.load(db, found, v)
        last = snapshots.last_version(db, found)
        edited = history.listed(db, found, until=snapshot.version, limit=1)[0].edited
        seen = sightings.first_seen(db, found, snapshot.version)
        read_by = provenance.of_version(db, found, snapshot.version)
        is_kept = bodies.is_kept(db, snapshots.body_digest(db, found, snapshot.version))
    parts = _parts(snapshot.article.blocks)
    if part > len(parts):
        raise HTTPException(404, f"version {snapshot.version} of {found.url} has {len(parts)} parts")
    article = snapshot.article
    return page(
        request,
        "version.html",
        page_url=found.url,
        is_watched=found.watched,
        may_check=may_check,
        page=found,
        snapshot=snapshot,
        article=article,
        runs=list(_runs(parts[part - 1], article)),
        part=part,
        parts=len(parts),
        before=snapshot.version - 1,
        after=snapshot.version + 1 if snapshot.version < last else None,
        edited=edited,
        seen=seen,
        read_by=read_by,
        is_kept=is_kept,
        contributors=contributors(article.credits, article.language),
    )


def _parts(blocks: tuple[Block, ...]) -> list[list[Block]]:
    parts: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        size += len(block.text.encode(errors="replace"))
        if parts[-1] and size > PART:
            parts.append([])
            size = len(block.text.encode(errors="replace"))
        parts[-1].append(block)
    return parts


def _runs(blocks: list[Block], article: Article) -> Iterator[Run]:
    def kind(block: Block) -> str:
        return block.role.value if block.role in article.text_roles | _BESIDE else "aside"

    for name, run in groupby(blocks, key=kind):
        yield Run(name, tuple(run))
