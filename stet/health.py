"""How the sources do: those of the archive, and those that are configured and were never looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.health import SourceHealth, source_health

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from stet.config import Config

TROUBLED = 0.1
"""The error rate from which a source does not do well."""


def health(
    config: Config, db: Database, *, since: datetime, now: datetime, edits_since: datetime | None = None
) -> list[SourceHealth]:
    """The health of each source, those never looked at last; see archive.health.source_health."""
    seen = source_health(db, since=since, now=now, edits_since=edits_since)
    names = {each.source for each in seen}
    return [*seen, *(SourceHealth(each.name) for each in config.sources if each.name not in names)]


def condition(source: SourceHealth) -> str:
    """How a source does, in a word or two."""
    if source.paused_at is not None:
        return "Paused"
    if source.failing_since is not None:
        return "Failing"
    if source.discovery_error is not None:
        return "Feeds cannot be read"
    if source.last_success_at is None:
        return "Not looked at yet"
    if source.error_rate is None:
        return "Not fetched lately"
    return "Troubled" if source.error_rate >= TROUBLED else "Well"
