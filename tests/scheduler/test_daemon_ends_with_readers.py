"""How `stet run` ends while readers ask, a program does not answer, and a tab is open."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests
from support.archived import assert_sound, rows
from support.daemon import running, source, write_config
from support.receiver import receiver
from support.signing import PASSWORD, keys
from support.waiting import PATIENCE, wait_until

from stet.newsroom import Newsroom, serve

if TYPE_CHECKING:
    from pathlib import Path

    from support.daemon import Daemon

ENDS_WITHIN = 10.0


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "stet.db"


def test_it_ends_in_time_whoever_still_asks_and_whoever_does_not_answer(tmp_path: Path, database: Path) -> None:
    newsroom = Newsroom()
    with ExitStack() as opened:
        site, hook = opened.enter_context(serve(newsroom)), opened.enter_context(receiver())
        hanging = opened.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
        webhook = {"url": f"http://127.0.0.1:{hanging.getsockname()[1]}/", "secrets": hook.webhook()["secrets"]}
        config = write_config(
            tmp_path,
            source(site.url),
            web={"port": 0, **keys()},
            notify={
                "interval": "100ms",
                "rules": [{"name": "r", "kinds": ["correction_added"], "webhooks": [webhook]}],
            },
        )
        with running(config, database) as daemon:
            daemon.wait_for("checked", outcome="new", times=len(newsroom.paths))
            while (change := newsroom.advance()) and "correction_added" not in change.events:
                pass
            wait_until(lambda: rows(database, "select state from deliveries where state = 'sending'"), "sending")
            room = daemon.logged("reading room")[0]["url"].rstrip("/")
            stream = opened.enter_context(requests.get(f"{room}/changes/live", stream=True, timeout=PATIENCE))
            half = opened.enter_context(closing(_half_a_request(room)))
            with ThreadPoolExecutor(2) as readers:
                over = threading.Event()
                for path in ("/search?q=the+a", "/sign-in"):
                    readers.submit(_ask_until_it_ends, room, path, over)
                try:
                    _end(daemon)
                finally:
                    over.set()
            half.close()
            stream.close()
        assert_sound(database)
        # What nobody has taken waits for the next start, or is on its way still.
        assert rows(database, "select distinct state from deliveries") in ([("sending",)], [("waiting",)])


def _end(daemon: Daemon) -> None:
    daemon.signal()
    assert daemon.ended(ENDS_WITHIN) == 0
    assert daemon.logged("stopped")
    assert "Traceback" not in daemon.told(), daemon.told()


def _half_a_request(room: str) -> socket.socket:
    where = urlsplit(room)
    asking = socket.create_connection((where.hostname, where.port or 80), timeout=PATIENCE)
    asking.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npass")
    return asking


def _ask_until_it_ends(room: str, path: str, over: threading.Event) -> None:
    """Also while it ends, so that something is under way."""
    try:
        while not over.is_set():
            if path == "/sign-in":
                requests.post(room + path, {"password": PASSWORD}, timeout=PATIENCE, allow_redirects=False)
            else:
                requests.get(room + path, timeout=PATIENCE)
    except requests.RequestException:
        return
