"""The health of all sources: those that the archive knows, and those that the configuration alone has yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.health import SourceHealth, source_health

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from stet.config import Config


def health_of_all(db: Database, config: Config, *, since: datetime) -> list[SourceHealth]:
    """One line for each source, and one for the pages that are of none; rates are counted from `since` on."""
    rows = source_health(db, since=since)
    seen = {row.source for row in rows}
    never = [
        SourceHealth(one.name, 0, 0, 0, None, None, None, 0, 0, 0) for one in config.sources if one.name not in seen
    ]
    return [*rows, *never]
