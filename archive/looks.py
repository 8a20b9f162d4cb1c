"""What single looks at pages found changed in their text: the heaviest edit of each, to be shown beside its events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

LONGEST = 5_000
"""Characters read of a sentence on either side."""


@dataclass(frozen=True, slots=True)
class HeaviestEdit:
    """The sentence edit of a capture that weighs most, and how many there are."""

    action: str
    """`addition`, `deletion`, `edit` or `refactor`."""
    before: str | None
    after: str | None
    kinds: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class Look:
    """What a capture showed besides its events."""

    language: str | None
    """Of the article as it stood then, or stands."""
    unmarked: float
    """The score for an edit that nothing on the page tells of, from 0 to 1."""
    edit: HeaviestEdit | None
    """None where no sentence changed."""


def looks(db: Database, capture_ids: Iterable[int]) -> dict[int, Look]:
    """The captures by their ids."""
    rows = db.execute(
        f"""
        select captures.id, snapshots.language, coalesce(diffs.unmarked, 0.0),
               actions.action, substr(actions.before, 1, {LONGEST}), substr(actions.after, 1, {LONGEST}), actions.kinds,
               diffs.additions + diffs.deletions + diffs.edits + diffs.refactors
        from json_each(:captures) as asked
        cross join captures on captures.id = asked.value
        join pages on pages.id = captures.page_id
        left join snapshots on snapshots.page_id = pages.id
             and snapshots.version = coalesce(captures.version, pages.version)
        left join diffs on diffs.capture_id = captures.id
        left join actions on actions.rowid = (
            select heaviest.rowid from actions as heaviest where heaviest.capture_id = captures.id
            order by heaviest.weight desc, heaviest.rowid limit 1)
        """,  # noqa: S608
        {"captures": json.dumps(list(dict.fromkeys(capture_ids)))},
    )
    return {
        capture_id: Look(
            language,
            unmarked,
            None if action is None else HeaviestEdit(action, before, after, tuple(json.loads(kinds)), of or 1),
        )
        for capture_id, language, unmarked, action, before, after, kinds, of in rows
    }
