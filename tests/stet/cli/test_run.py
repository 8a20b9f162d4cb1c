"""`stet run` with the reading room: what keeps it from starting, and what only is told."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from support.cli import stet
from support.daemon import running, source, write_config
from support.signing import keys

from stet.newsroom import Newsroom, serve

if TYPE_CHECKING:
    from pathlib import Path


ENDS_WITHIN = 10.0
WITHOUT_THE_EXTRA = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"fastapi", "starlette", "uvicorn", "jinja2", "argon2", "prometheus_client"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
"""
"""As a `sitecustomize.py`: Python without what the extra `web` brings."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "stet.db"


def test_where_its_port_is_taken_it_says_so_and_fetches_nothing(tmp_path: Path, database: Path) -> None:
    with serve(Newsroom()) as site, closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        config = write_config(tmp_path, source(site.url), web={"port": port})
        ran = stet(tmp_path, "run", "--config", config, "--db", database)
        assert ran.status == 1
        assert f"127.0.0.1:{port}" in ran.stderr
        assert "Traceback" not in ran.stderr
        assert site.requests == ()


def test_without_the_extra_it_crawls_and_says_that_nothing_is_served(
    tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_THE_EXTRA, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with serve(Newsroom()) as site, running(write_config(tmp_path, source(site.url)), database) as daemon:
        daemon.wait_for("the reading room is not served: pip install 'stet-news[web]', or set `web.serve: false`")
        daemon.wait_for("checked", outcome="new")
        daemon.signal()
        assert daemon.ended(ENDS_WITHIN) == 0
    alone = stet(tmp_path, "serve", "--db", database, PYTHONPATH=str(tmp_path))
    assert (alone.status, "stet-news[web]" in alone.stderr) == (1, True)


@pytest.mark.parametrize(
    ("web", "is_told"),
    [({"host": "0.0.0.0"}, True), ({"host": "0.0.0.0", "sign_in_to_read": True, **keys()}, False), ({}, False)],
)
def test_it_says_where_everybody_can_read(
    tmp_path: Path, database: Path, web: dict[str, object], *, is_told: bool
) -> None:
    with running(write_config(tmp_path, web={"port": 0, **web}), database) as daemon:
        daemon.wait_for("reading room")
        told = daemon.logged("everybody who reaches this machine can read the archive; see `web.sign_in_to_read`")
        assert bool(told) == is_told
