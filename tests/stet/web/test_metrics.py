"""What Prometheus is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families
from support.daemon import running, source, write_config
from support.desk import START
from support.waiting import wait_until
from support.web import reading_room

from archive import outbox
from archive.opening import open_for_writing, transaction
from stet.newsroom import Newsroom, serve

if TYPE_CHECKING:
    from support.web import Served

DOCUMENT = (Path(__file__).parents[3] / "docs/metrics.md").read_text(encoding="utf-8")


Labels = tuple[tuple[str, str], ...]


def told(text: str) -> dict[str, dict[Labels, float]]:
    """The value of each series, by the name of its metric and its labels."""
    found: dict[str, dict[Labels, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def documented(chapter: str) -> set[str]:
    (_, rest) = DOCUMENT.split(f"## {chapter}\n")
    rows = [line for line in rest.split("\n## ")[0].splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])}


def named(text: str) -> set[str]:
    """The metrics, those too that have no series yet."""
    return set(re.findall("^# TYPE ([a-z_]+) ", text, re.MULTILINE))


def test_the_document_names_every_metric_of_a_room_alone_and_no_other(served: Served) -> None:
    answer = served.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert named(answer.text) == documented("Both tell")


def test_a_room_alone_tells_what_its_archive_holds(served: Served) -> None:
    metrics = told(served.get("/metrics").text)
    assert metrics["stet_pages"] == {(): 2}
    assert metrics["stet_snapshots"] == {(): 5}
    assert metrics["stet_archive_readable"] == {(): 1}
    assert metrics["stet_last_capture_timestamp_seconds"][()] > 1.7e9


def test_what_waits_to_be_told_is_counted_by_rule(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db, transaction(db):
        outbox.enrol(db, {"corrections": ["t"]}, now=START)
        outbox.put(db, [outbox.Draft(("corrections",), "t", "m", (1,))], considered={"corrections": 1}, now=START)
    with reading_room(path) as room:
        metrics = told(room.get("/metrics").text)
    assert metrics["stet_notifications_waiting"] == {(("rule", "corrections"),): 1}


def test_each_room_counts_for_itself(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with open_for_writing(path):
        pass
    with reading_room(path) as other:
        assert told(other.get("/metrics").text)["stet_pages"] == {(): 0}
        assert told(other.get("/metrics").text)["stet_last_capture_timestamp_seconds"] == {(): 0}
    assert told(served.get("/metrics").text)["stet_pages"] == {(): 2}


def test_an_archive_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path):
        pass
    # While the first connection is in use, the room opens another one.
    with reading_room(path) as room, room.room.readers.reading():
        path.write_bytes(b"no archive any more" * 1_000)
        assert told(room.get("/metrics").text)["stet_archive_readable"] == {(): 0}


@pytest.mark.parametrize("reactor", ["asyncio", "none"])
def test_the_daemon_tells_of_its_work_and_ends_in_time_with_readers_connected(reactor: str, tmp_path: Path) -> None:
    newsroom = Newsroom()
    with serve(newsroom) as site, requests.Session() as reader:
        config = write_config(tmp_path, source(site.url), crawl={"reactor": reactor})
        with running(config, tmp_path / "stet.db") as daemon:
            daemon.wait_for("reading room")
            room = daemon.logged("reading room")[0]["url"].rstrip("/")
            daemon.wait_for("checked", outcome="new", times=len(newsroom.paths))
            wait_until(lambda: reader.get(f"{room}/ready").status_code == 200, "being ready")
            text = reader.get(f"{room}/metrics").text
            status = reader.get(f"{room}/status").text
            daemon.signal()
            # The reader's connection stays open meanwhile.
            assert daemon.ended(10) == 0
    metrics = told(text)
    new = metrics["stet_fetches_total"][("outcome", "new"), ("source", "Newsroom")]
    assert new == metrics["stet_events_total"][(("kind", "first_seen"),)] == len(newsroom.paths)
    assert metrics["stet_extraction_seconds_count"][()] >= new
    assert metrics["stet_download_latency_seconds_count"][()] >= new
    assert metrics["stet_download_latency_seconds_sum"][()] > 0
    assert named(text) == documented("Both tell") | documented("The daemon tells")
    for job in ("tick", "housekeeping", "discover Newsroom"):
        assert job in status
