"""A server on loopback that sends exactly the bytes it is told to, well-formed or not."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class BadServer:
    """Answers each path with its bytes; a path without any is 404. `asked` lists the paths in order."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.asked: list[str] = []
        self.arrived = threading.Condition()
        self._answers: dict[str, Iterable[bytes]] = {}
        self._silent: set[str] = set()

    def on(self, path: str, *pieces: bytes, endless: bytes | None = None) -> str:
        """Answer `path` with these pieces, then with `endless` until the client goes; gives its URL."""
        self._answers[path] = pieces if endless is None else _Endless(pieces, endless)
        return self.url + path

    def html(self, path: str, body: bytes, content_type: str = "text/html; charset=utf-8", *headers: str) -> str:
        """Answer `path` with a 200 and that body; gives its URL."""
        return self.on(path, head("200 OK", f"Content-Type: {content_type}", *headers, length=len(body)), body)

    def silence(self, path: str) -> str:
        """Take requests for `path` and never answer them; gives its URL."""
        self._silent.add(path)
        return self.url + path

    def wait_for(self, path: str) -> None:
        """Return once `path` has been asked for."""
        with self.arrived:
            self.arrived.wait_for(lambda: path in self.asked, timeout=120)

    def answer(self, path: str) -> Iterable[bytes]:
        """What to send for `path`; notes that it was asked for."""
        with self.arrived:
            self.asked.append(path)
            self.arrived.notify_all()
        return self._answers.get(path, (head("404 Not Found", length=0),))

    def is_silent(self, path: str) -> bool:
        return path in self._silent


def head(status: str, *headers: str, length: int | None = None) -> bytes:
    """The head of an answer after which the connection closes."""
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close"]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "", ""]).encode()


@contextmanager
def serve_badly() -> Iterator[BadServer]:
    """Serve from a thread until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.bad = BadServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.bad
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Endless:
    def __init__(self, pieces: tuple[bytes, ...], endless: bytes) -> None:
        self._pieces, self._endless = pieces, endless

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces
        while True:
            yield self._endless


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    bad: BadServer


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        # A client that goes away while it is being answered is what many of these answers are for.
        try:
            line = self.rfile.readline().decode("latin-1").split()
            while self.rfile.readline().strip():
                pass
            if len(line) < 2:
                return
            answer = self.server.bad.answer(line[1])
            if self.server.bad.is_silent(line[1]):
                self.rfile.read(1)
                return
            for piece in answer:
                self.wfile.write(piece)
        except OSError:
            return
