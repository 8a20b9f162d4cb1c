"""The newsroom served over HTTP/1.1 on loopback, with a log of what was asked for."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from time import monotonic
from typing import TYPE_CHECKING, Any

from stet.newsroom.exchange import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from socket import socket

    from stet.newsroom.newsroom import Newsroom

IDLE_SECONDS = 30.0
"""How long a connection is kept without a request."""
STOP_SECONDS = 5.0
"""How long a stop waits for answers that are being written."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request and what it was answered with."""

    at: float
    """time.monotonic() when its headers had been read."""
    method: str
    path: str
    """With the query."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""


class Served:
    """A newsroom that is being served."""

    def __init__(self, url: str, log: list[Request]) -> None:
        self.url = url
        self._log = log

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests so far, in the order in which they were answered."""
        return tuple(self._log)

    def requested(self, path: str) -> tuple[Request, ...]:
        """The requests for one path, query included."""
        return tuple(request for request in self.requests if request.path == path)


@contextmanager
def serve(
    newsroom: Newsroom,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    before: Callable[[str], object] | None = None,
) -> Iterator[Served]:
    """Serve from a thread until the block ends; 127.0.0.2, 127.0.0.3 … make further hosts.

    `before` is called with each path before it is answered: a test can hold an answer back there.
    Raises OSError where the address is taken, and at the end what went wrong in answering, if anything.
    """
    log: list[Request] = []
    server = _Server(newsroom, host, port, log, before)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="newsroom", daemon=True)
    thread.start()
    try:
        yield Served(server.url, log)
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()
    if server.errors:
        raise server.errors[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        newsroom: Newsroom,
        host: str,
        port: int,
        log: list[Request],
        before: Callable[[str], object] | None,
    ) -> None:
        self.newsroom, self.log, self.before = newsroom, log, before
        self.errors: list[BaseException] = []
        self._connections: set[socket] = set()
        self._closed = threading.Condition()
        super().__init__((host, port), _Handler)
        self.url = f"http://{host}:{self.server_address[1]}"

    def hang_up(self) -> None:
        """End the connections that clients keep open, and wait for their threads."""
        with self._closed:
            for connection in self._connections:
                _shut(connection)
            self._closed.wait_for(lambda: not self._connections, STOP_SECONDS)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._closed:
            self._connections.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:
        super().close_request(request)
        with self._closed:
            self._connections.discard(request)
            self._closed.notify_all()

    def handle_error(self, *_connection: Any) -> None:
        """Say nothing of clients that hang up; keep anything else for the end."""
        error = sys.exception()
        if error is not None and not isinstance(error, OSError):
            self.errors.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Newsroom/1"
    sys_version = ""
    timeout = IDLE_SECONDS
    # Headers and body leave in one packet, so that Nagle's algorithm has nothing to hold back.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        at = monotonic()
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.server.before is not None:
            self.server.before(self.path)
        page = self.server.newsroom.page(self.path, self.server.url)
        response = answer(page, self.command, headers)
        self.server.log.append(Request(at, self.command, self.path, response.status, headers))
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(response.body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet: what was asked for is in the log of requests."""


def _shut(connection: socket) -> None:
    try:
        connection.shutdown(SHUT_RDWR)
    except OSError:
        # The client was faster.
        return
