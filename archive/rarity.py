"""How rare words are in the archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.compare.outlets.rarity import Counts

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlite_utils import Database


class ArchiveRarity:
    """Rarity by how many of the archive's pages have a word, looked up for all words at once.

    No more than the first `SEEN` snapshots that have a word are looked at, so that a large archive costs no more than
    a small one: how close they lie together tells how many there are.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, words: Collection[str]) -> dict[str, float]:
        """See archive.compare.outlets.rarity.Rarity."""
        first, last, pages = self._db.execute(_EXTENT).fetchone()
        if last is None:
            return Counts().of(words)
        found = self._db.execute(_HITS, {"words": json.dumps(sorted(words)), "seen": SEEN})
        counts = {}
        # A page with many versions has each of its words in all of them, and is one text.
        texts = min(pages, last - first + 1)
        for word, hit in found:
            hits, furthest = json.loads(hit)
            among = (furthest if hits == SEEN else last) - first + 1
            counts[word] = round(texts * hits / among)
        return Counts(texts, counts).of(words)


SEEN = 500
"""Snapshots: so many of 100,000 are the share from which on a word is rare (see archive.compare.outlets.rarity)."""

# Ids count on, so that nothing need be counted.
_EXTENT = """
    select (select min(id) from snapshots), (select max(id) from snapshots), (select max(page_id) from snapshots)
"""

_HITS = """
    select value, (
        select json_array(count(*), max(rowid))
        from (
            select rowid from snapshots_fts
            where snapshots_fts match '"' || replace(value, '"', '""') || '"' order by rowid limit :seen
        )
    )
    from json_each(:words)
"""
