"""A receiver on loopback, and a daemon that has nothing to fetch while the test records what is to be told."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from support.archived import rows
from support.daemon import running, write_config
from support.desk import Desk, article
from support.receiver import receiver
from support.waiting import wait_until

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from support.daemon import Daemon
    from support.receiver import Receiver

    Start = Callable[..., AbstractContextManager[Daemon]]


@pytest.fixture
def told() -> Iterator[Receiver]:
    with receiver() as here:
        yield here


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "stet.db"


@pytest.fixture
def desk(database: Path) -> Iterator[Desk]:
    """Records in the archive that the daemon watches; one page is there already."""
    with open_for_writing(database) as db:
        desk = Desk(db)
        desk.reads(article())
        yield desk


@pytest.fixture
def start(tmp_path: Path, database: Path, desk: Desk) -> Start:
    """Starts the daemon with these rules, and waits until it has taken them in."""

    @contextmanager
    def started(*rules: dict[str, Any], **notify: Any) -> Iterator[Daemon]:
        settings = {"interval": "100ms", "retry_after": "100ms", "rules": list(rules), **notify}
        with running(write_config(tmp_path, notify=settings), database) as daemon:
            names = {(rule["name"],) for rule in rules}
            wait_until(lambda: set(rows(database, "select name from notification_rules")) == names, daemon.told)
            yield daemon

    return started
