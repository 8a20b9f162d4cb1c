"""What was said where an event happened: the text that it is about, and the sentences that changed with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

MOST = 200
"""Sentences; of an article that was rewritten the heaviest are enough."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A sentence before and after; None where it came or went."""

    before: str | None
    after: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of the event's version, or of the one that stood there last; and what changed, the heaviest first."""

    text: str = ""
    edited: tuple[Edited, ...] = ()


def wording(db: Database, event_id: int) -> Wording:
    """What was said where that event happened."""
    text = db.execute(
        """select snapshots.text from events join pages on pages.id = events.page_id
           join snapshots on snapshots.page_id = events.page_id
            and snapshots.version = coalesce(events.version, pages.version)
           where events.id = ?""",
        [event_id],
    ).fetchone()
    edited = db.execute(
        """select actions.before, actions.after, actions.weight
           from events join actions on actions.capture_id = events.capture_id
           where events.id = ? order by actions.weight desc, actions.position limit ?""",
        [event_id, MOST],
    )
    return Wording(text[0] if text else "", tuple(Edited(*row) for row in edited))
