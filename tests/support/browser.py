"""A real Chromium, where there is one, and what it asked the network for."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Without one the test is skipped, but in CI, which installs it."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium is installed, and in CI the browser's tests must run")
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        # As root, and in containers, Chromium's own sandbox cannot be set up.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


class Canary:
    """A port of loopback that notes whoever so much as connects."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.9", 0))
        self.address = f"127.0.0.9:{self._listener.getsockname()[1]}"
        self.visits: list[str] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(0.2)
            with connection:
                try:
                    asked = connection.recv(200)
                except OSError:
                    asked = b""
                self.visits.append(asked.split(b"\r\n")[0].decode("latin-1") or "a connection")


@contextmanager
def canary() -> Iterator[Canary]:
    """A canary that sits there until the block ends."""
    bird = Canary()
    try:
        yield bird
    finally:
        bird.close()
