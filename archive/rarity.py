"""How rare words are in the archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.compare.outlets.rarity import Counts

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlite_utils import Database


class ArchiveRarity:
    """Rarity by how many of the archive's pages have a word, looked up for all words at once."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, words: Collection[str]) -> dict[str, float]:
        """See archive.compare.rarity.Rarity."""
        pages, snapshots = self._db.execute("select count(distinct page_id), count(*) from snapshots").fetchone()
        rows = self._db.execute(
            "select term, doc from snapshots_vocab where term in (select value from json_each(?))",
            [json.dumps(sorted(words))],
        )
        # A page with many versions has each of its words in all of them, and is one text.
        counts = {term: round(versions * pages / snapshots) for term, versions in rows}
        return Counts(pages, counts).of(words)
