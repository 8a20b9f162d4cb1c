"""What the status page, the API and the metrics look at: the daemon in its loop, the archive not too often."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from scheduler.running import DaemonState, state
from stet.status import Holdings, Status, holdings
from stet.web.room import InRoom, Room

if TYPE_CHECKING:
    from fastapi import FastAPI

COUNTED_EVERY = 10.0
"""Seconds: however often it is asked for, the archive is not counted more often."""


class Counted:
    """The archive's figures, counted anew once they are old: by one, while the others wait."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._lock = Lock()
        self._last: Holdings | None = None

    def holdings(self) -> Holdings:
        """Raises ArchiveError."""
        with self._lock:
            now = self._room.clock()
            if self._last is None or (now - self._last.counted_at).total_seconds() >= COUNTED_EVERY:
                with self._room.readers.reading() as db:
                    self._last = holdings(db, now)
            return self._last


def install(app: FastAPI, room: Room) -> None:
    """Have the application count its archive."""
    app.state.counted = Counted(room)


async def _daemon(room: InRoom) -> DaemonState | None:
    return None if room.running is None else state(room.running)


Daemon = Annotated[DaemonState | None, Depends(_daemon)]
"""For endpoints that run in threads; it is looked at in the loop, before."""


async def _counted(request: Request) -> Counted:
    found: Counted = request.app.state.counted
    return found


InArchive = Annotated[Counted, Depends(_counted)]


def _status(room: InRoom, daemon: Daemon, counted: InArchive) -> Status:
    return Status(room.clock(), daemon, counted.holdings(), room.troubles.last)


InStatus = Annotated[Status, Depends(_status)]
"""The service's status, for a page or a program."""
