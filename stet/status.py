"""What the service tells of itself: the page and the API show the same."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from archive.figures import figures
from scheduler import frontier

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from archive.figures import Figures
    from scheduler.frontier import Queue
    from scheduler.running import DaemonState
    from stet.logs import Trouble

VERSION = version("stet-news")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive tells."""

    archive: Figures
    queue: Queue
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


def holdings(db: Database, now: datetime) -> Holdings:
    """Count what is there and what is due."""
    return Holdings(figures(db), frontier.queue(db, now=now), now)
