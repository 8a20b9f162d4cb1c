"""What the reading room is made of: the archive to read, and the daemon where it serves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, HTTPException, Request

from archive.health import SourceHealth
from archive.reading import Readers
from scheduler.running import Running
from stet.logs import Troubles
from stet.status import Holdings
from stet.web.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from stet.config import Config


HEALTH_SECONDS = 15.0
"""Over a million captures the sources' health takes some tenths of a second."""
COUNTED_SECONDS = 10.0
"""However often it is asked for, the archive is not counted more often."""


@dataclass(frozen=True, slots=True)
class Health:
    """The health of all sources at that time."""

    at: datetime
    sources: tuple[SourceHealth, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What a request is answered from."""

    config: Config
    readers: Readers
    clock: Callable[[], datetime]
    running: Running | None = None
    """The daemon that serves it; None where it is served alone, over an archive that is only read."""
    health: Kept[Health] = field(default_factory=lambda: Kept(HEALTH_SECONDS))
    holdings: Kept[Holdings] = field(default_factory=lambda: Kept(COUNTED_SECONDS))
    troubles: Troubles = field(default_factory=Troubles)
    """What was logged as a warning or an error, where that is kept."""


def room(request: Request) -> Room:
    """The room that the request came to."""
    found: Room = request.app.state.room
    return found


# What an endpoint depends on is a coroutine wherever it does no work: FastAPI sends others to a thread each, which
# waits for the interpreter beside a crawl.


async def _room(request: Request) -> Room:
    return room(request)


async def readers(request: Request) -> Readers:
    """The archive's readers: `with readers.reading() as db` in an endpoint that is no coroutine."""
    return room(request).readers


async def running(request: Request) -> Running:
    """The daemon, to be steered."""
    found = room(request).running
    if found is None:
        raise HTTPException(HTTPStatus.FORBIDDEN, "There is no daemon here to do it.")
    return found


InRoom = Annotated[Room, Depends(_room)]
Archive = Annotated[Readers, Depends(readers)]
InDaemon = Annotated[Running, Depends(running)]
