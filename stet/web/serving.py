"""Serving the reading room: in the daemon's own loop, or alone."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
import uvicorn
from anyio.to_thread import current_default_thread_limiter

from archive.reading import Readers
from crawler.identity import identity
from stet.web.app import create_app
from stet.web.rendering import templates
from stet.web.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from scheduler.running import Companion, Running
    from stet.config import Config, WebSettings
    from stet.logs import Troubles

AT_ONCE = 200
"""Connections; more get 503 at once."""
THREADS = 4
"""Requests that are worked on at one time; the others wait in the order in which they came. All that render want the
one interpreter, and the crawl's loop would come last among forty."""
ANSWERED_WITHIN = 1
"""Seconds at the end for answers that are under way."""

logger = structlog.stdlib.get_logger(__name__)


class AddressTaken(Exception):
    """The address cannot be listened at. The message says what to do."""


def listen(settings: WebSettings) -> socket.socket:
    """A socket at the configured address. Raises AddressTaken."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        listener = socket.create_server(address, family=family, backlog=AT_ONCE)
        # Connections have it from here: asyncio sets it only where a socket names its protocol, and without it each
        # answer of two pieces waits 40 ms for the acknowledgement of the first.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        raise AddressTaken(
            f"the reading room cannot be served at {settings.host}:{settings.port}: {error.strerror}; "
            "choose another `web.host` or `web.port`"
        ) from error
    return listener


def beside_the_crawl(config: Config, listener: socket.socket, troubles: Troubles) -> Companion:
    """The reading room as it runs in the daemon."""

    async def companion(running: Running) -> None:
        with Readers(config.database) as readers:
            await serve(
                create_app(Room(config, readers, running.clock, running, troubles=troubles)), listener, running.ending
            )

    return companion


async def serve(app: FastAPI, listener: socket.socket, ending: asyncio.Event) -> None:
    """Answer requests until `ending` is set."""
    # Its warnings are of requests that are none, which strangers send as they like.
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    current_default_thread_limiter().total_tokens = THREADS
    server = _Server(
        uvicorn.Config(
            app,
            lifespan="off",
            http="httptools",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=AT_ONCE,
            timeout_graceful_shutdown=ANSWERED_WITHIN,
        )
    )
    await asyncio.to_thread(_prepare)
    logger.info("reading room", url=address(listener))
    serving = asyncio.create_task(server.serve([listener]))
    ended = asyncio.create_task(ending.wait())
    try:
        await asyncio.wait((serving, ended), return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended.cancel()
        # What is cut off at the end is no defect.
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
        app.state.live.end()
        server.should_exit = True
    await serving


def address(listener: socket.socket) -> str:
    """The URL of the room that is served there."""
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _prepare() -> None:
    """What the first readers would wait for, and each of them do, a second long: the templates and the suffix list."""
    for name in templates().list_templates():
        templates().get_template(name)
    identity("https://www.example.com/")


class _Server(uvicorn.Server):
    """Signals are whose loop it is."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
