"""What the service tells of itself: the page and the API show the same."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from archive import outbox
from archive.figures import figures
from scheduler import frontier

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from archive.figures import Figures
    from archive.outbox import State, Tally
    from scheduler.frontier import Queue
    from scheduler.running import DaemonState
    from stet.logs import Trouble

VERSION = version("stet-news")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive tells."""

    archive: Figures
    queue: Queue
    notifications: tuple[Tally, ...]
    """How each rule of notifications does, by name."""
    notified: Mapping[tuple[str, State], int]
    """Deliveries that have ended since the daemon was started, by rule and what became of them."""
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """The service at one moment."""

    now: datetime
    daemon: DaemonState | None
    """None where the reading room is served alone."""
    holdings: Holdings
    troubles: tuple[Trouble, ...]
    """The last warnings and errors, the newest first."""
    version: str = VERSION


def holdings(db: Database, now: datetime, *, started_at: datetime | None = None) -> Holdings:
    """Count what is there, what is due and what was told; `started_at` is the daemon's start, where there is one."""
    return Holdings(
        figures(db),
        frontier.queue(db, now=now),
        tuple(outbox.tallies(db)),
        {} if started_at is None else outbox.ended(db, since=started_at),
        now,
    )
