"""A page that is corrected again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.desk import BODY, article

if TYPE_CHECKING:
    from support.desk import Desk


def corrects(desk: Desk, number: int) -> int:
    """The desk's page gets its `number`th correction; the id of the event."""
    notices = tuple(f"Correction {each}: it was not so." for each in range(1, number + 1))
    desk.reads(article(*BODY, corrections=notices))
    (found,) = desk.db.execute("select max(id) from events where kind = 'correction_added'").fetchone()
    return int(found)
