"""SIGKILL at any moment, again and again: nothing that was acknowledged is lost, and nothing is there twice."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from support.archived import assert_sound, kept, known_as, on_show, rows, shows
from support.daemon import Daemon, alive, descendants, running, source, write_config
from support.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from stet.newsroom import Newsroom, Served

KILLS_AT_FIRST = 8
"""While the stories are fetched for the first time."""
KILLS_LATER = 13
"""While they are looked at again, and change."""
SEED = 20_261_123


def test_killed_at_random_moments(newsroom: Newsroom, served: Served, tmp_path: Path, database: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same moments each time
    config = write_config(tmp_path, source(served.url), schedule={"lease": "500ms"})
    acknowledged: set[str] = set()
    for number in range(KILLS_AT_FIRST):
        if len(kept(database)) > len(newsroom.paths) / 2:
            # The first crawl once more, since by now much of it is done.
            _forget(database)
            acknowledged = set()
        with running(config, database) as daemon:
            if number % 4 == 0:
                _kill(daemon, chance.uniform(0.0, 1.0), database, acknowledged)
            else:
                daemon.wait_for("checked", outcome="new", times=chance.randint(1, 3))
                _kill(daemon, chance.uniform(0.0, 0.05), database, acknowledged)
    for number in range(KILLS_LATER):
        with running(config, database) as daemon:
            daemon.wait_for("checked", times=chance.randint(1, 8))
            for _ in range(number % 3):
                newsroom.advance()
            _kill(daemon, chance.uniform(0.0, 0.3), database, acknowledged)
    with running(config, database) as daemon:
        while newsroom.advance():
            pass
        said = on_show(newsroom, served.url)
        wait_until(lambda: shows(database, said), daemon.told)
        wait_until(lambda: rows(database, "select 1 from pages where state = 'gone'"), daemon.told)
        _note(database, acknowledged)
        daemon.signal()
        assert daemon.ended(within=10) == 0
    assert set(kept(database).values()) >= acknowledged
    assert_sound(database)
    assert "Traceback" not in daemon.told(), daemon.told()


def _kill(daemon: Daemon, after: float, database: Path, acknowledged: set[str]) -> None:
    """SIGKILL after some seconds of following what it does; then hold it to its word."""
    moment = time.monotonic() + after
    while time.monotonic() < moment:
        _note(database, acknowledged)
    workers = descendants(daemon.pid)
    daemon.kill()
    told = {
        (urlsplit(record["url"]).path, record["version"])
        for record in daemon.logged("checked")
        if record["outcome"] in {"new", "changed"}
    }
    there = set(kept(database).values())
    assert there >= acknowledged
    assert known_as(database) >= told
    acknowledged |= there
    if there:
        assert_sound(database)
    wait_until(lambda: not alive(workers), "the end of the workers")


def _note(database: Path, acknowledged: set[str]) -> None:
    """What a reader has seen, it may count on: the digests of all snapshots."""
    acknowledged |= set(kept(database).values())


def _forget(database: Path) -> None:
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
