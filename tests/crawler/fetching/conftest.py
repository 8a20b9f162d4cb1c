"""A server on loopback that answers as badly as it is told to, and ways to fetch from it."""

from __future__ import annotations

import base64
import json
import pickle
import socket
import socketserver
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from crawler.loop import crawl_pages, run
from crawler.settings import CrawlSettings
from crawler.spider import PageRequest

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable, Iterator

    from archive.models import Capture

QUICK: dict[str, Any] = {
    "allow_private": True,
    "autothrottle": False,
    "concurrency_per_host": 16,
    "delay": 0.0,
    "obey_robots": False,
    "reactor": "none",
    "retries": 0,
    "retry_backoff": 0.001,
    "timeout": 10.0,
}
"""Settings for tests that are not about what they change."""
TLS_HANDSHAKE = b"\x16"


@dataclass(frozen=True)
class Hit:
    """A request that arrived."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass(frozen=True)
class Reply:
    """What to answer: well-formed HTTP from `status`, `headers` and `body`, or `raw` as it is.

    `stall` keeps the connection open until the client goes; `endless` repeats a piece until then.
    """

    status: int = 200
    body: bytes = b"<p>Hello.</p>"
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    stall: bool = False
    endless: bytes | None = None
    pause: float = 0.0

    def head(self) -> bytes:
        if self.raw is not None:
            return self.raw
        names = {name.lower() for name, _ in self.headers}
        lines = [f"HTTP/1.1 {self.status} X", *(f"{name}: {value}" for name, value in self.headers)]
        if "content-length" not in names and "transfer-encoding" not in names:
            lines.append(f"Content-Length: {len(self.body)}")
        if "content-type" not in names:
            lines.append("Content-Type: text/html; charset=utf-8")
        lines.append("Connection: close")
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass
class Site:
    """A site on one loopback address. Of several replies to a path, the last one stays."""

    host: str
    port: int
    routes: dict[str, list[Reply]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    connections: int = 0

    def on(self, path: str, **reply: Any) -> Site:
        """Answers `path` so; said again, so the next time."""
        self.routes.setdefault(path, []).append(Reply(**reply))
        return self

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [hit.path for hit in self.hits]

    def times(self, *paths: str) -> list[float]:
        return [hit.at for hit in self.hits if not paths or hit.path in paths]

    def wait_for_hits(self, count: int) -> None:
        """Returns when so many requests have arrived."""
        while len(self.hits) < count:
            time.sleep(0.01)

    def reply(self, path: str) -> Reply:
        replies = self.routes.get(path, [Reply(status=404)])
        return replies.pop(0) if len(replies) > 1 else replies[0]


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.connections += 1
        try:
            if self.rfile.peek(1).startswith(TLS_HANDSHAKE):
                self.wfile.write(b"HTTP/1.1 400 Plain HTTP here\r\n\r\n")
                return
            line = self.rfile.readline().decode("latin-1").split()
            headers = {}
            while (header := self.rfile.readline().decode("latin-1").strip()) != "":
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            if len(line) < 2:
                return
            site.hits.append(Hit(line[1], headers, time.monotonic()))
            self._answer(site.reply(line[1]))
        except OSError:
            return

    def _answer(self, reply: Reply) -> None:
        self.wfile.write(reply.head())
        self.wfile.flush()
        if reply.stall:
            self.connection.settimeout(60)
            self.connection.recv(1)
        while reply.endless is not None:
            self.wfile.write(reply.endless)
            self.wfile.flush()
            # The client's going away shows in the write; the pause is the drip.
            time.sleep(reply.pause)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    site: Site


@pytest.fixture
def make_site() -> Iterator[Callable[..., Site]]:
    """Starts sites, each on an address of its own if asked for one."""
    yield from _sites()


@pytest.fixture(scope="module")
def make_module_site() -> Iterator[Callable[..., Site]]:
    yield from _sites()


def _sites() -> Iterator[Callable[..., Site]]:
    servers: list[_Server] = []

    def make(host: str = "127.0.0.1", *, tls: ssl.SSLContext | None = None) -> Site:
        server = _Server((host, 0), _Handler)
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.site = Site(host, server.server_address[1])
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server.site

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


class Fetch(Protocol):
    """Fetches URLs or page requests; gives the captures in the order asked."""

    def __call__(self, *pages: str | PageRequest, **settings: Any) -> list[Capture]: ...


@pytest.fixture(scope="session")
def fetch() -> Fetch:
    """Without a reactor, in this process."""
    return fetch_here


@pytest.fixture(scope="session")
def fetch_with_reactor() -> Fetch:
    """With the reactor, in a process of its own."""
    return fetch_in_reactor


@pytest.fixture(scope="module", params=["none", "asyncio"])
def fetch_either_way(request: pytest.FixtureRequest) -> Fetch:
    """Both ways, one after the other."""
    return fetch_here if request.param == "none" else fetch_in_reactor


def fetch_here(*pages: str | PageRequest, **settings: Any) -> list[Capture]:
    asked = [PageRequest(page) if isinstance(page, str) else page for page in pages]
    crawl = CrawlSettings(**{**QUICK, **settings})
    delivered: list[tuple[PageRequest, Capture]] = []

    async def requests() -> AsyncIterator[PageRequest]:
        for page in asked:
            yield page

    async def deliver(page: PageRequest, capture: Capture) -> None:
        delivered.append((page, capture))

    run(lambda: crawl_pages(requests(), deliver, crawl), crawl)
    assert len(delivered) == len(asked)
    return [next(capture for page, capture in delivered if page is one) for one in asked]


def fetch_in_reactor(*pages: str | PageRequest, **settings: Any) -> list[Capture]:
    asked = [PageRequest(page) if isinstance(page, str) else page for page in pages]
    work = {"pages": [(p.url, p.etag, p.last_modified) for p in asked], "settings": settings}
    return pickle.loads(base64.b64decode(run_script(_FETCH, json.dumps(work)).stdout.split()[-1]))  # noqa: S301


def run_script(script: str, given: str = "", **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs a script with warnings as errors; it finds `QUICK` and what it is given on stdin."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", f"QUICK = {QUICK!r}\n{script}"],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=options.pop("check", True),
        **options,
    )


_FETCH = """
import base64, json, pickle, sys
from crawler.loop import crawl_pages, run
from crawler.settings import CrawlSettings
from crawler.spider import PageRequest

work = json.load(sys.stdin)
crawl = CrawlSettings(**{**QUICK, **work["settings"], "reactor": "asyncio"})
asked = [PageRequest(url, n, etag, modified) for n, (url, etag, modified) in enumerate(work["pages"])]
delivered = []

async def requests():
    for page in asked:
        yield page

async def deliver(page, capture):
    delivered.append((page.page_id, capture))

run(lambda: crawl_pages(requests(), deliver, crawl), crawl)
assert sorted(n for n, _ in delivered) == list(range(len(asked)))
print(base64.b64encode(pickle.dumps([c for _, c in sorted(delivered, key=lambda d: d[0])])).decode())
"""


@pytest.fixture
def closed_port() -> int:
    """A port on loopback at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
