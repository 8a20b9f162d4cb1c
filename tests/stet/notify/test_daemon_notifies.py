"""The real daemon tells of what the newsroom changed: once, grouped, whatever the other side does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from standardwebhooks.webhooks import Webhook
from support.archived import assert_sound, rows
from support.daemon import Daemon, running, source, write_config
from support.receiver import SECRET
from support.waiting import wait_until

from stet.newsroom import Newsroom, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.receiver import Receiver

    from stet.newsroom import Change, Served

ENDS_WITHIN = 10.0


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom(opened=datetime.now(UTC) - timedelta(hours=6))


@pytest.fixture
def served(newsroom: Newsroom) -> Iterator[Served]:
    with serve(newsroom) as site:
        yield site


def configured(folder: Path, served: Served, *rules: dict[str, Any], **notify: Any) -> Path:
    settings = {"interval": "100ms", "retry_after": "100ms", "rules": list(rules), **notify}
    return write_config(folder, source(served.url), notify=settings)


def until_corrected(newsroom: Newsroom) -> Change:
    """Take the script's steps up to one that adds a correction."""
    while (change := newsroom.advance()) is not None:
        if "correction_added" in change.events:
            return change
    raise AssertionError("the script has no correction")


def seen_all(daemon: Daemon, newsroom: Newsroom) -> None:
    daemon.wait_for("checked", outcome="new", times=len(newsroom.paths))


def test_a_correction_is_told_to_people_and_programs(
    newsroom: Newsroom, served: Served, told: Receiver, tmp_path: Path, database: Path
) -> None:
    rule = {
        "name": "corrections",
        "kinds": ["correction_added"],
        "urls": [told.apprise()],
        "webhooks": [told.webhook()],
    }
    with running(configured(tmp_path, served, rule), database) as daemon:
        seen_all(daemon, newsroom)
        change = until_corrected(newsroom)
        wait_until(lambda: told.at("people") and told.at("program"), daemon.told)
        daemon.wait_for("notified", times=2)
        daemon.signal()
        assert daemon.ended(ENDS_WITHIN) == 0
    (post,) = told.at("program")
    Webhook(SECRET).verify(post.body, post.headers)
    assert post.data["type"] == "stet.changes"
    assert post.data["data"]["rules"] == ["corrections"]
    (event,) = post.data["data"]["events"]
    assert event["kind"] == "correction_added"
    assert change.path in event["url"]
    (message,) = told.at("people")
    assert message.data["title"] == "corrections: 1 change"
    assert event["url"] in message.data["message"]
    assert rows(database, "select distinct state, attempts from deliveries") == [("sent", 1)]
    assert_sound(database)
    assert "Traceback" not in daemon.told(), daemon.told()
