"""What keeps the archive's file in shape while the daemon runs for months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.writer import Writer

logger = structlog.stdlib.get_logger(__name__)


async def keep_house(writer: Writer) -> None:
    """Let SQLite refresh its statistics, and say how much there is."""
    try:
        counts = await writer.write(_work)
    except ArchiveError as error:
        logger.error("housekeeping failed", reason=str(error))  # noqa: TRY400
        return
    logger.info("archive", **counts)


def _work(db: Database) -> dict[str, int]:
    db.execute("pragma optimize")
    pages, watched, due = db.execute(
        "select count(*), sum(watched), sum(watched and next_check_at is not null) from pages"
    ).fetchone()
    (snapshots,) = db.execute("select count(*) from snapshots").fetchone()
    return {"pages": pages, "watched": watched or 0, "scheduled": due or 0, "snapshots": snapshots}
