"""Sources that fail are told of when they start and when they recover, and others go on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.archived import assert_sound, rows
from support.cli import stet
from support.daemon import running, source, write_config
from support.waiting import wait_until

from stet.newsroom import Newsroom, Response, serve

if TYPE_CHECKING:
    from pathlib import Path

    from stet.newsroom import Request, Served

HTML = Response(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Please wait</title><p>Checking you.</p>")


def health(config: Path, database: Path, name: str = "Newsroom") -> dict[str, Any]:
    """What `stet sources --json` says of one source."""
    records = stet(config.parent, "sources", "--config", config, "--db", database, "--json").records
    return next(record for record in records if record["source"] == name)


def test_a_feed_that_fails_while_pages_answer_is_told_of_once(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url, sitemaps=[], sections=[]))
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new", times=len(newsroom.paths))
        assert health(config, database)["failing_since"] is None

        newsroom.answer_with("/feed.xml", HTML)
        daemon.wait_for("source failing", source="Newsroom")
        tried, checked = len(served.requested("/feed.xml")), len(daemon.logged("checked"))
        wait_until(lambda: len(served.requested("/feed.xml")) >= tried + 3)
        daemon.wait_for("checked", times=checked + 20)
        failing = health(config, database)
        assert failing["failing_since"]
        assert failing["last_error"] == f"{served.url}/feed.xml is an HTML page, not a feed"

        newsroom.answer_with("/feed.xml", None)
        daemon.wait_for("source recovered", source="Newsroom", failing_since=failing["failing_since"])
        assert health(config, database)["failing_since"] is None

        newsroom.answer_with("/feed.xml", Response(500, {}, b""))
        daemon.wait_for("source failing", reason=f"{served.url}/feed.xml: HTTP 500 Internal Server Error")
        daemon.signal()
        assert daemon.ended(10) == 0
    assert len(daemon.logged("source failing")) == 2
    assert len(daemon.logged("source recovered")) == 1


def test_pages_that_all_fail_are_an_outage_while_the_feed_answers(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url))
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new", times=len(newsroom.paths))
        for path in newsroom.paths:
            newsroom.answer_with(path, Response(500, {}, b""))
        daemon.wait_for("source failing", reason="HTTP 500 Internal Server Error: the page gives no article")
        found = len(daemon.logged("discovered"))
        daemon.wait_for("discovered", times=found + 3)
        for path in newsroom.paths:
            newsroom.answer_with(path, None)
        daemon.wait_for("source recovered")
        daemon.signal()
        assert daemon.ended(10) == 0
    assert len(daemon.logged("source failing")) == 1
    assert len(daemon.logged("source recovered")) == 1
    assert rows(database, "select count(*) from snapshots") == [(len(newsroom.paths),)]


def test_an_outage_leaves_the_host_alone_and_no_other(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    with serve(Newsroom(seed=2), host="127.0.0.2") as other:
        config = write_config(tmp_path, source(served.url), source(other.url, "Other"))
        with running(config, database) as daemon:
            daemon.wait_for("checked", outcome="new", times=2 * len(newsroom.paths))
            newsroom.outage(on=True)
            daemon.wait_for("source failing", source="Newsroom")
            errors = len(daemon.logged("checked", outcome="error"))
            daemon.wait_for("checked", outcome="error", times=errors + 2)
            elsewhere = len(other.requests)
            wait_until(lambda: len(other.requests) > elsewhere + 5)
            assert health(config, database)["failing_since"]
            assert health(config, database, "Other")["failing_since"] is None
            newsroom.outage(on=False)
            daemon.wait_for("source recovered", source="Newsroom")
            daemon.signal()
            assert daemon.ended(10) == 0
    for event in ("source failing", "source recovered"):
        assert [record["source"] for record in daemon.logged(event)] == ["Newsroom"]
    # The answers that asked for the pause are recorded; what was turned away meanwhile is not.
    recorded = rows(database, "select status, detail from captures where outcome = 'error'")
    assert recorded
    for status, detail in recorded:
        assert status == 503
        assert str(detail).endswith("it is left alone for 1 s")
    asked = [request for request in served.requests if request.status == 503]
    assert len(recorded) <= len(asked)
    _assert_left_alone(served.requests)
    assert rows(database, "select count(*) from events where kind not in ('first_seen')") == [(0,)]
    assert_sound(database)


def _assert_left_alone(requests: tuple[Request, ...]) -> None:
    """None was sent within the second after a 503, but those that were on their way when it came."""
    turned_away = sorted(request.at for request in requests if request.status == 503)
    bursts = [turned_away[0]]
    for at in turned_away:
        if at - bursts[-1] >= 0.9:
            bursts.append(at)
    assert len(bursts) >= 2
    for began in bursts:
        inside = [request for request in requests if began + 0.4 < request.at < began + 0.9]
        assert inside == []
