"""`stet serve`: the reading room alone, over an archive that is only read."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click
import structlog

from archive.reading import Readers
from stet.cli.common import FAILED, command, fail
from stet.logs import kept_troubles

if TYPE_CHECKING:
    import socket

    from stet.config import Config, WebSettings
    from stet.web.room import Room

logger = structlog.stdlib.get_logger(__name__)


@command
@click.option("--host", metavar="H", help="Instead of the configured address, such as 0.0.0.0.")
@click.option("--port", type=click.IntRange(0, 65535), help="Instead of the configured port; 0: any that is free.")
def serve(settings: Config, *, host: str | None, port: int | None) -> None:
    """Serve the web page, read-only, until SIGTERM or SIGINT."""
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update={"web": settings.web.model_copy(update=given)})
    with listening(settings.web) as listener:
        serve_alone(settings, listener)


def listening(web: WebSettings) -> socket.socket:
    """A socket at the configured address; where there can be none, the command ends."""
    try:
        from stet.web.serving import AddressTaken, listen  # noqa: PLC0415 - only where the extra is there
    except ImportError:
        fail("the web page needs packages that are not installed: pip install 'stet-news[web]'", FAILED)
    try:
        return listen(web)
    except AddressTaken as error:
        fail(str(error), FAILED)


def serve_alone(settings: Config, listener: socket.socket) -> None:
    """Serve the configured archive there until SIGTERM or SIGINT. Raises ArchiveError."""
    from stet.web.room import Room  # noqa: PLC0415

    with Readers(settings.database) as readers, kept_troubles() as troubles:
        room = Room(settings, readers, lambda: datetime.now(UTC), troubles=troubles)
        tell_who_can_read(settings.web)
        asyncio.run(_until_signalled(room, listener))


def tell_who_can_read(web: WebSettings) -> None:
    """Warn where that is everybody who reaches this machine: a firewall may be in between, and may not."""
    if not web.sign_in_to_read and not _is_loopback(web.host):
        logger.warning(
            "everybody who reaches this machine can read the archive; see `web.sign_in_to_read`", host=web.host
        )


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def _until_signalled(room: Room, listener: socket.socket) -> None:
    from stet.web.app import create_app  # noqa: PLC0415
    from stet.web.serving import serve  # noqa: PLC0415

    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    await serve(create_app(room), listener, ending)
