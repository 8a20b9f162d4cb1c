"""What the reading room is made of: the archive to read, and the daemon where it serves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from archive.reading import Readers
from stet.logs import Troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scheduler.running import Running
    from stet.config import Config


@dataclass(frozen=True, slots=True)
class Room:
    """What a request is answered from."""

    config: Config
    readers: Readers
    clock: Callable[[], datetime]
    running: Running | None = None
    """The daemon that serves it; None where it is served alone, over an archive that is only read."""
    troubles: Troubles = field(default_factory=Troubles)
    """What was logged as a warning or an error, where that is kept."""


def room(request: Request) -> Room:
    """The room that the request came to."""
    found: Room = request.app.state.room
    return found


def readers(request: Request) -> Readers:
    """The archive's readers: `with readers.reading() as db` in an endpoint that is no coroutine."""
    return room(request).readers


InRoom = Annotated[Room, Depends(room)]
Archive = Annotated[Readers, Depends(readers)]
