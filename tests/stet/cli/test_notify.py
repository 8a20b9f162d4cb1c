"""`stet notify`: who is told, how that goes, and whether it would arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.cli import configure, stet
from support.desk import Desk, article
from support.receiver import receiver

from archive import outbox
from archive.opening import open_for_writing, transaction
from archive.outbox import Draft, State
from stet.config import load
from stet.notify.targets import routes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.receiver import Receiver


@pytest.fixture
def told() -> Iterator[Receiver]:
    with receiver() as here:
        yield here


def rules(told: Receiver) -> list[dict[str, Any]]:
    return [
        {"name": "people", "urls": [told.apprise()]},
        {"name": "programs", "webhooks": [told.webhook("one"), told.webhook("two")]},
    ]


def test_a_test_says_what_became_of_each_message(told: Receiver, tmp_path: Path) -> None:
    configure(tmp_path, notify={"rules": rules(told)})
    ran = stet(tmp_path, "notify", "--test", "--json")
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.records == [
        {"rule": "people", "target": "urls.0 (json)", "sent": True, "error": None},
        {"rule": "programs", "target": "webhooks.0 (127.0.0.1)", "sent": True, "error": None},
        {"rule": "programs", "target": "webhooks.1 (127.0.0.1)", "sent": True, "error": None},
    ]
    assert told.at("people")[0].data["title"] == "people: a test"
    assert told.at("one")[0].data["type"] == "stet.test"
    assert not (tmp_path / "stet.db").exists()


def test_one_that_fails_is_told_of_and_so_is_the_exit_status(told: Receiver, tmp_path: Path) -> None:
    told.answer = lambda post: (404 if post.path == "/two" else 200, {})
    configure(tmp_path, notify={"rules": rules(told)})
    ran = stet(tmp_path, "notify", "--test", "programs")
    assert ran.status == 1
    assert ran.stdout.splitlines() == [
        "programs  webhooks.0 (127.0.0.1)  sent",
        "programs  webhooks.1 (127.0.0.1)  failed: it answered 404",
    ]
    assert told.at("people") == []


def test_without_test_it_shows_how_each_target_does(told: Receiver, tmp_path: Path) -> None:
    configure(tmp_path, notify={"rules": rules(told)})
    leads = routes(load(tmp_path / "config.yaml").notify)
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article())
        with transaction(db):
            outbox.enrol(db, {lead.rule.name: [one.digest for one in lead.targets] for lead in leads}, now=desk.now)
            one, two = (Draft(("programs",), target.digest, f"m{n}", (1,)) for n, target in enumerate(leads[1].targets))
            outbox.put(db, [one, two], considered={"programs": 1}, now=desk.now)
            outbox.end(db, 1, State.SENT, now=desk.now)
            outbox.take(db, 2)
            outbox.again(db, 2, at=desk.now, error="it answered 500")
    ran = stet(tmp_path, "notify", "--json")
    assert ran.status == 0
    never, sent, failing = ran.records
    assert never == {
        "rule": "people",
        "target": "urls.0 (json)",
        "sent": 0,
        "last_sent_at": None,
        "waiting": 0,
        "given_up": 0,
        "unknown": 0,
        "failing_since": None,
        "last_error": None,
    }
    assert (sent["sent"], sent["last_sent_at"], sent["failing_since"]) == (1, "2026-01-01T12:15:00.000Z", None)
    assert (failing["waiting"], failing["last_error"]) == (1, "it answered 500")
    assert failing["failing_since"] == "2026-01-01T12:15:00.000Z"
    table = stet(tmp_path, "notify").stdout.splitlines()
    assert len(table) == 4
    assert table[3].split("  ")[0] == "programs"
    assert "it answered 500" in table[3]
    assert told.posts == []


def test_rules_that_are_not_there_are_said_so(told: Receiver, tmp_path: Path) -> None:
    configure(tmp_path, notify={"rules": rules(told)})
    ran = stet(tmp_path, "notify", "--test", "nobody")
    assert (ran.status, ran.stdout) == (2, "")
    assert "No rule is named nobody; there are: people, programs." in ran.stderr
    configure(tmp_path)
    ran = stet(tmp_path, "notify", "--test")
    assert (ran.status, ran.stderr) == (0, "stet: no rule in `notify.rules`\n")


def test_without_apprise_its_addresses_are_a_clear_error_and_webhooks_work(told: Receiver, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "sitecustomize.py").write_text(
        "import importlib.util\nfound = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: None if name == 'apprise' else found(name, package)\n"
    )
    people, programs = rules(told)
    configure(tmp_path, notify={"rules": [people]})
    for command in (["notify", "--test"], ["run"]):
        ran = stet(tmp_path, *command, PYTHONPATH=str(tmp_path / "without"))
        assert ran.status == 2
        assert "pip install 'stet-news[notify]'" in ran.stderr
    configure(tmp_path, notify={"rules": [programs]})
    assert stet(tmp_path, "notify", "--test", PYTHONPATH=str(tmp_path / "without")).status == 0
    assert len(told.posts) == 2
