"""What the status page, the API and the metrics look at: the daemon in its loop, the archive not too often."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from scheduler.running import DaemonState, state
from stet.status import Holdings, Status, holdings
from stet.web.room import InRoom, Room


def counted(room: Room) -> Holdings:
    """The archive's figures, of some seconds ago perhaps. Raises ArchiveError."""

    def count() -> Holdings:
        with room.readers.reading() as db:
            return holdings(db, room.clock(), started_at=room.running.started_at if room.running else None)

    return room.holdings.get(count)


async def _daemon(room: InRoom) -> DaemonState | None:
    return None if room.running is None else state(room.running)


InState = Annotated[DaemonState | None, Depends(_daemon)]
"""For endpoints that run in threads; it is looked at in the loop, before."""


def _status(room: InRoom, daemon: InState) -> Status:
    return Status(room.clock(), daemon, counted(room), room.troubles.last)


InStatus = Annotated[Status, Depends(_status)]
"""The service's status, for a page or a program."""
