"""The page of the service's status, and the record of it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from support.desk import START
from support.web import reading_room

from archive import outbox
from archive.opening import open_for_writing, transaction
from stet.records import status_record
from stet.status import Status, holdings

if TYPE_CHECKING:
    from pathlib import Path

    from support.web import Served


def said(served: Served) -> str:
    return " ".join(str(served.page("/status").text_content()).split())


def test_a_room_alone_says_so_and_tells_what_the_archive_does(served: Served) -> None:
    page = served.page("/status")
    assert len(page.xpath("//h1")) == 1
    assert "Served alone." in said(served)
    figures = {
        each.findtext("dt"): " ".join(each.find("dd").text_content().split())
        for each in page.xpath("//dl[@class='figures']/div")
    }
    assert figures["Pages"] == "2"
    assert figures["Snapshots"] == "5"
    assert figures["Last capture"] == "2026-01-01 13:30 UTC"
    assert not page.xpath("//h2[@id='jobs']")


def test_what_was_logged_is_shown_and_nothing_in_it_is_markup(archive_path: Path) -> None:
    with reading_room(archive_path) as room:
        record = logging.LogRecord("here", logging.ERROR, "", 0, "no <script>alert(1)</script>\u202e", (), None)
        room.room.troubles.handle(record)
        page = room.page("/status")
        (shown,) = page.xpath("//ol[@class='troubles']/li")
        assert "no <script>alert(1)</script>" in shown.text_content()
        assert "\u202e" not in page.text_content()
        assert not page.xpath("//li//script")


def test_the_particulars_of_what_was_logged_are_shown(archive_path: Path) -> None:
    said = {"event": "source failing", "source": "<b>Example</b>"}
    with reading_room(archive_path) as room:
        room.room.troubles.handle(logging.LogRecord("here", logging.WARNING, "", 0, said, (), None))
        (shown,) = room.page("/status").xpath("//ol[@class='troubles']/li")
    assert [each.text_content() for each in shown.xpath(".//dt | .//dd")] == ["source", "<b>Example</b>"]


def test_how_each_rule_of_notifications_does_is_told_to_people_and_programs(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db, transaction(db):
        outbox.enrol(db, {"corrections": ["t"], "quiet": ["t"]}, now=START)
        drafts = [outbox.Draft(("corrections",), "t", f"m{number}", (number,)) for number in (1, 2)]
        outbox.put(db, drafts, considered={"corrections": 2}, now=START)
        outbox.end(db, 1, outbox.State.SENT, now=START)
        outbox.take(db, 2)
        outbox.again(db, 2, at=START, error="it answered <503>")
    with reading_room(path) as room:
        rows = room.page("/status").xpath("//section[@aria-labelledby='notifications']//tbody/tr")
        told = room.get("/api/v1/status").json()["notifications"]
    shown = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    at = "2026-01-01 12:00 UTC"
    assert shown == [
        ["corrections", at, "1", "1", "0", "0", at, "it answered <503>"],
        ["quiet", "–", "0", "0", "0", "0", "–", ""],
    ]
    assert [(each["rule"], each["sent"], each["waiting"]) for each in told] == [("corrections", 1, 1), ("quiet", 0, 0)]


def test_the_record_is_json_and_tells_of_no_daemon_where_there_is_none(served: Served) -> None:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    with served.room.readers.reading() as db:
        record = status_record(Status(now, None, holdings(db, now), ()))
    assert json.loads(json.dumps(record)) == record
    assert record["daemon"] is None
    assert record["now"] == "2026-01-02T00:00:00.000Z"
