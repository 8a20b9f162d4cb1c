"""Adding one row to a table with an integer key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database


def insert(db: Database, table: str, row: Mapping[str, object]) -> int:
    """Insert `row` and return its id."""
    key = db.table(table).insert(dict(row)).last_pk
    if not isinstance(key, int):
        raise TypeError(f"{table} has no integer key")
    return key
