"""Which extraction, and which settings, read what the archive keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from archive.models import Finding
    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Provenance:
    """What read an article. `settings_digest` is None in rows older than it."""

    extractor: str
    settings_digest: str | None


@dataclass(frozen=True, slots=True)
class Today:
    """What reads articles today: one extraction, and the settings' digest by source."""

    extractor: str
    settings: Mapping[str, str]
    otherwise: str
    """The settings' digest for pages of any other source, and of none."""


def of_finding(finding: Finding) -> Provenance:
    """What read the finding's article."""
    return Provenance(finding.extractor, finding.settings_digest)


def of_version(db: Database, page: Page, version: int | None) -> Provenance:
    """The last that read a version as it stands."""
    row = db.execute(
        """select coalesce(replayed_by, extractor, ''), iif(replayed_by is null, settings_digest, replayed_settings)
           from snapshots where page_id = ? and version = ?""",
        [page.id, version],
    ).fetchone()
    return Provenance(*row)


def confirm(db: Database, page: Page, version: int, by: Provenance) -> None:
    """Note that this extraction too reads the version as it stands."""
    if of_version(db, page, version) != by:
        db.execute(
            "update snapshots set replayed_by = ?, replayed_settings = ? where page_id = ? and version = ?",
            [by.extractor, by.settings_digest, page.id, version],
        )


def outdated(db: Database, today: Today, *, source: str | None = None) -> list[int]:
    """The ids of the pages whose standing version was last read by another extraction, or by other settings."""
    rows = db.execute(
        """
        select pages.id from pages
        join snapshots on snapshots.page_id = pages.id and snapshots.version = pages.version
        left join sources on sources.id = pages.source_id
        where (:source is null or sources.name = :source)
          and (coalesce(replayed_by, extractor) is not :extractor
               or iif(replayed_by is null, settings_digest, replayed_settings)
                  is not coalesce((select value from json_each(:settings) where key = sources.name), :otherwise))
        order by pages.id
        """,
        {
            "source": source,
            "extractor": today.extractor,
            "settings": json.dumps(dict(today.settings)),
            "otherwise": today.otherwise,
        },
    )
    return [page_id for (page_id,) in rows]
