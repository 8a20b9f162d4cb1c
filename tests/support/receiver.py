"""Who is told: an HTTP server on loopback that notes what it is sent, and answers as the test says."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECRET = "whsec_dGhlIGZpcnN0IHNlY3JldCBvZiB0aGVzZSB0ZXN0cyE="  # noqa: S105
OTHER_SECRET = "whsec_YW5vdGhlciBzZWNyZXQgb2YgdGhlc2UgdGVzdHMuLi4="  # noqa: S105


@dataclass(frozen=True)
class Received:
    """One POST."""

    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        return dict(json.loads(self.body))

    @property
    def event_ids(self) -> list[int]:
        """Of a webhook."""
        return [event["id"] for event in self.data["data"]["events"]]


@dataclass
class Receiver:
    """What came, and how it is answered."""

    port: int = 0
    posts: list[Received] = field(default_factory=list)
    answer: Callable[[Received], tuple[int, dict[str, str]]] = lambda _: (200, {})
    """May wait."""

    def apprise(self, path: str = "people") -> str:
        return f"json://127.0.0.1:{self.port}/{path}"

    def webhook(self, path: str = "program", *secrets: str) -> dict[str, object]:
        return {"url": f"http://127.0.0.1:{self.port}/{path}", "secrets": list(secrets or (SECRET,))}

    def at(self, path: str) -> list[Received]:
        """What came to that path."""
        return [post for post in list(self.posts) if post.path == f"/{path}"]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """One that listens. Answers that still wait in the end are broken off with the process."""
    here = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            post = Received(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            here.posts.append(post)
            status, headers = here.answer(post)
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    here.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
