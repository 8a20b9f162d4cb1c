"""Stored bodies read again by today's extraction, so that what reads otherwise because we do is told as that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from archive import pages
from archive.errors import BodyMissing
from archive.models import Finding, Outcome, Replay
from archive.reextraction import ReplayFirst, stored_capture
from crawler.reading import read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlite_utils import Database

    from archive.models import Capture, Memory
    from archive.writer import Writer
    from crawler.extraction import ExtractionSettings
    from crawler.pool import ExtractionPool

T = TypeVar("T")


async def store_comparably(
    store: Callable[[Finding], Awaitable[T]],
    finding: Finding,
    writer: Writer,
    pool: ExtractionPool,
    *,
    settings: ExtractionSettings,
    memory: Memory,
) -> T:
    """`store(finding)`, with a replay of what stands at its page where the archive asks for one."""
    while True:
        try:
            return await store(finding)
        except ReplayFirst as first:
            # Another process may put another version there meanwhile: then that is asked for.
            page_id, version = first.page_id, first.version
        found = await _replayed(writer, pool, page_id, version, settings=settings, memory=memory)
        finding = replace(finding, replay=Replay(page_id, version, found))


async def read_again(
    capture: Capture, pool: ExtractionPool, *, settings: ExtractionSettings, memory: Memory
) -> Finding:
    """What today's extraction makes of a stored capture; without an article, and with the reason, where it is none.

    Raises PoolUnusable.
    """
    # Without the digest, by which it would be passed over as the body that was last read.
    finding = await read(capture, pool, settings=settings, memory=replace(memory, body_digest=None))
    if finding.article is None:
        return replace(finding, detail=f"today's extraction takes the stored body for none: {finding.detail}")
    return finding


async def _replayed(
    writer: Writer,
    pool: ExtractionPool,
    page_id: int,
    version: int,
    *,
    settings: ExtractionSettings,
    memory: Memory,
) -> Finding:
    def load(db: Database) -> Capture:
        return stored_capture(db, pages.get(db, page_id), version)

    try:
        capture = await writer.write(load)
    except BodyMissing as missing:
        return Finding(Outcome.ERROR, detail=str(missing))
    return await read_again(capture, pool, settings=settings, memory=memory)
