"""Once for each event, to each target, whatever the other side does and whenever the daemon dies."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from standardwebhooks.webhooks import Webhook
from support.archived import rows
from support.corrected import corrects
from support.receiver import OTHER_SECRET, SECRET
from support.waiting import wait_until

from archive.models import Outcome
from archive.opening import transaction
from archive.stream import last_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from support.daemon import Daemon
    from support.desk import Desk
    from support.receiver import Received, Receiver

    Start = Callable[..., AbstractContextManager[Daemon]]

ENDS_WITHIN = 10.0


def test_what_came_within_the_interval_is_one_message(start: Start, told: Receiver, desk: Desk) -> None:
    rule = {"name": "all", "urls": [told.apprise()], "webhooks": [told.webhook()]}
    with start(rule, interval="4s") as daemon:
        corrects(desk, 1)
        daemon.wait_for("notified", times=2)
        first, second = corrects(desk, 2), corrects(desk, 3)
        daemon.wait_for("notified", times=4)
    assert [len(post.event_ids) for post in told.at("program")] == [1, 2]
    assert told.at("program")[1].event_ids == [first, second]
    assert [post.data["title"] for post in told.at("people")] == ["all: 1 change", "all: 2 changes"]


def test_an_event_that_several_rules_want_is_told_to_a_target_once_and_names_them(
    start: Start, told: Receiver, desk: Desk, database: Path
) -> None:
    both = {"urls": [told.apprise()], "webhooks": [told.webhook()]}
    with start(
        {"name": "corrections", "kinds": ["correction_added"], **both},
        {"name": "all", "min_weight": 0, **both},
        {"name": "gone", "kinds": ["gone"], **both},
    ) as daemon:
        first, second = corrects(desk, 1), corrects(desk, 2)
        desk.finds(Outcome.GONE)
        everything = [(last_id(desk.db),)]
        wait_until(
            lambda: (
                rows(database, "select distinct considered from notification_rules") == everything
                and not rows(database, "select 1 from deliveries where state != 'sent'")
            ),
            daemon.told,
        )
    posts = told.at("program")
    rules = {event: post.data["data"]["rules"] for post in posts for event in post.event_ids}
    assert len(rules) == sum(len(post.event_ids) for post in posts)
    assert rules[first] == rules[second] == ["corrections", "all"]
    assert rules[last_id(desk.db)] == ["all", "gone"]
    titles = [post.data["title"] for post in told.at("people")]
    assert {title.split(":")[0] for title in titles} == {"corrections, all", "all, gone"}


def test_a_new_rule_and_one_that_comes_back_start_from_then_on(
    start: Start, told: Receiver, desk: Desk, database: Path
) -> None:
    old, new = ({"name": name, "webhooks": [told.webhook(name)]} for name in ("old", "new"))
    corrects(desk, 1)
    with start(old) as daemon:
        first = corrects(desk, 2)
        daemon.wait_for("notified")
        daemon.signal()
        assert daemon.ended(ENDS_WITHIN) == 0
    between = corrects(desk, 3)
    with start(old, new) as daemon:
        daemon.wait_for("notified")
        last = corrects(desk, 4)
        daemon.wait_for("notified", times=3)
        daemon.signal()
        assert daemon.ended(ENDS_WITHIN) == 0
    with start(new):
        assert rows(database, "select name from notification_rules") == [("new",)]
    assert [post.event_ids for post in told.at("old")] == [[first], [between], [last]]
    assert [post.event_ids for post in told.at("new")] == [[last]]


def test_a_target_that_fails_is_told_again_until_it_takes_it(start: Start, told: Receiver, desk: Desk) -> None:
    def answer(post: Received) -> tuple[int, dict[str, str]]:
        return (200, {}) if len(told.at(post.path[1:])) > 2 else (503, {})

    told.answer = answer
    rule = {"name": "all", "urls": [told.apprise()], "webhooks": [told.webhook("program", OTHER_SECRET, SECRET)]}
    with start(rule) as daemon:
        corrects(desk, 1)
        daemon.wait_for("notified", times=2)
        assert len(daemon.logged("notification not taken, will be tried again", level="warning")) == 2
    assert len(told.at("people")) == 3
    posts = told.at("program")
    assert len(posts) == 3
    assert len({(post.headers["webhook-id"], post.body) for post in posts}) == 1
    for secret in (SECRET, OTHER_SECRET):
        Webhook(secret).verify(posts[-1].body, posts[-1].headers)


def test_what_is_never_taken_is_given_up_with_one_line(
    start: Start, told: Receiver, desk: Desk, database: Path
) -> None:
    told.answer = lambda _: (500, {})
    with start({"name": "all", "webhooks": [told.webhook()]}, give_up_after="500ms") as daemon:
        corrects(desk, 1)
        daemon.wait_for("notification given up")
        (line,) = daemon.logged("notification given up")
    assert line["reason"] == "it answered 500"
    assert line["attempts"] == len(told.posts) > 1
    assert rows(database, "select state, last_error from deliveries") == [("failed", "it answered 500")]


def test_a_target_that_asks_for_a_pause_or_wants_no_more_is_left_alone(
    start: Start, told: Receiver, desk: Desk, database: Path
) -> None:
    def answer(post: Received) -> tuple[int, dict[str, str]]:
        return {"/busy": (429, {"Retry-After": "3600"}), "/gone": (410, {})}.get(post.path, (200, {}))

    told.answer = answer
    rule = {"name": "all", "webhooks": [told.webhook(path) for path in ("busy", "gone", "fine")]}
    with start(rule) as daemon:
        for number in (1, 2, 3):
            corrects(desk, number)
            daemon.wait_for("notified", times=number)
        assert daemon.logged("notification given up", target="webhooks.1 (127.0.0.1)")
        daemon.signal()
        assert daemon.ended(ENDS_WITHIN) == 0
    assert [len(told.at(path)) for path in ("busy", "gone", "fine")] == [1, 1, 3]
    assert rows(database, "select count(*) from deliveries where state = 'waiting'") == [(3 + 2,)]


def test_a_target_that_hangs_holds_up_neither_the_others_nor_the_end(
    start: Start, told: Receiver, desk: Desk, database: Path
) -> None:
    let_go = threading.Event()

    def answer(post: Received) -> tuple[int, dict[str, str]]:
        if post.path.startswith("/hangs"):
            let_go.wait(60)
        return 200, {}

    told.answer = answer
    rule = {
        "name": "all",
        "urls": [f"{told.apprise('hangs-too')}?rto=60", told.apprise()],
        "webhooks": [told.webhook("hangs"), told.webhook()],
    }
    try:
        with start(rule) as daemon:
            for number in (1, 2):
                corrects(desk, number)
                daemon.wait_for("notified", times=2 * number)
            wait_until(lambda: told.at("hangs") and told.at("hangs-too"))
            daemon.signal()
            assert daemon.ended(ENDS_WITHIN) == 0
            assert "Traceback" not in daemon.told()
    finally:
        let_go.set()
    assert [len(told.at(path)) for path in ("hangs", "hangs-too", "people", "program")] == [1, 1, 2, 2]
    assert rows(database, "select state, count(*) from deliveries group by 1 order by 1") == [
        ("sending", 2),
        ("sent", 4),
        ("waiting", 2),
    ]


def test_killed_while_it_was_sent_people_are_not_told_again_and_programs_can_tell(
    start: Start, told: Receiver, desk: Desk, database: Path
) -> None:
    let_go = threading.Event()

    def answer(_: Received) -> tuple[int, dict[str, str]]:
        let_go.wait(60)
        return 200, {}

    told.answer = answer
    rule = {"name": "all", "urls": [f"{told.apprise()}?rto=60"], "webhooks": [told.webhook()]}
    try:
        with start(rule) as daemon:
            corrects(desk, 1)
            wait_until(lambda: told.at("people") and told.at("program"), daemon.told)
            daemon.kill()
    finally:
        let_go.set()
    assert rows(database, "select distinct state from deliveries") == [("sending",)]
    with start(rule) as daemon:
        daemon.wait_for("notification not sent again: it may have gone out", target="urls.0 (json)")
        daemon.wait_for("notified", target="webhooks.0 (127.0.0.1)")
        # The next one shows that nothing else was on its way.
        corrects(desk, 2)
        daemon.wait_for("notified", times=3)
    assert [post.data["title"] for post in told.at("people")] == ["all: 1 change"] * 2
    first, again, other = told.at("program")
    assert (first.headers["webhook-id"], first.body) == (again.headers["webhook-id"], again.body)
    assert other.event_ids != first.event_ids
    states = rows(database, "select state, count(*) from deliveries group by 1 order by 1")
    assert states == [("sent", 3), ("unknown", 1)]


def test_killed_before_it_was_sent_it_is_sent_by_the_next(start: Start, told: Receiver, desk: Desk) -> None:
    rule = {"name": "all", "urls": [told.apprise()]}
    with start(rule, interval="1h") as daemon:
        daemon.kill()
    event = corrects(desk, 1)
    with start(rule) as daemon:
        daemon.wait_for("notified")
    assert event
    assert len(told.posts) == 1


def test_an_archive_that_is_locked_for_a_while_costs_no_message(start: Start, told: Receiver, desk: Desk) -> None:
    with start({"name": "all", "webhooks": [told.webhook()]}) as daemon:
        with transaction(desk.db):
            assert daemon.status is None
        corrects(desk, 1)
        daemon.wait_for("notified")
    assert len(told.posts) == 1


def test_what_is_secret_is_nowhere(start: Start, told: Receiver, desk: Desk, database: Path) -> None:
    told.answer = lambda _: (500, {}) if len(told.posts) < 4 else (200, {})
    token = "tokenthatnobodymaysee"  # noqa: S105
    webhook = told.webhook(f"program-{token}")
    with start({"name": "all", "urls": [told.apprise(f"people-{token}")], "webhooks": [webhook]}) as daemon:
        corrects(desk, 1)
        daemon.wait_for("notified", times=2)
        daemon.signal()
        assert daemon.ended(ENDS_WITHIN) == 0
    kept = "".join(daemon.lines).encode() + b"".join(path.read_bytes() for path in database.parent.glob("stet.db*"))
    assert len(told.at(f"people-{token}")) > 1
    for secret in (token, SECRET, SECRET.removeprefix("whsec_")):
        assert secret.encode() not in kept
