"""What one fetch does to the archive, the frontier and the health of its source, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from support.desk import START, article, identity

from archive.models import Capture, Failure, FailureKind, Finding, Outcome
from archive.opening import open_for_writing, transaction
from archive.times import parse_iso
from scheduler import frontier, sources
from scheduler.policy import RecheckPolicy
from scheduler.storing import is_held, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils import Database

    from archive.recording import Recorded

PAGE = identity()
HELD = Failure(FailureKind.HELD, "left alone for 60 s", retry_after=60.0)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_for_writing(tmp_path / "stet.db") as opened:
        frontier.watch(opened, PAGE, now=START, source="News")
        yield opened


def capture(*, at: datetime = START, status: int | None = 200, failure: Failure | None = None) -> Capture:
    return Capture(PAGE.url, at, PAGE.url, status, (), b"<html>", failure=failure)


def stored(db: Database, finding: Finding, *, at: datetime = START, source: str | None = "News") -> Recorded:
    with transaction(db):
        return store(db, PAGE, capture(at=at), finding, source=source, policy=RecheckPolicy())


def reads(db: Database, *, at: datetime = START, **different: Any) -> Recorded:
    return stored(db, Finding(Outcome.NEW, article(**different), extractor="test 1"), at=at)


def waits(db: Database, since: datetime = START) -> timedelta | None:
    (due,) = db.execute("select next_check_at from pages").fetchone()
    return None if due is None else parse_iso(due) - since


def health(db: Database) -> dict[str, Any]:
    return next(db.table("sources").rows_where("name = ?", ["News"]))


def test_an_article_just_published_is_looked_at_soon(db: Database) -> None:
    reads(db, published="2026-01-01T11:30:00Z")
    assert waits(db) == timedelta(minutes=15)


def test_an_article_that_is_old_when_found_is_not_looked_at_as_if_it_were_fresh(db: Database) -> None:
    reads(db, published="2025-12-20T08:00:00Z")
    assert waits(db) == timedelta(days=3)


def test_a_date_that_lies_ahead_tells_nothing(db: Database) -> None:
    reads(db, published="2031-01-01T08:00:00Z", modified="someday")
    assert waits(db) == timedelta(minutes=15)


def test_a_change_makes_an_old_article_fresh(db: Database) -> None:
    reads(db, published="2025-12-20T08:00:00Z")
    later = START + timedelta(days=3)
    reads(db, at=later, published="2025-12-20T08:00:00Z", title="Ships return, and leave")
    assert waits(db, later) == timedelta(minutes=15)


def test_a_failure_waits_longer_each_time_and_is_forgotten_after_a_success(db: Database) -> None:
    failed = Finding(Outcome.ERROR, detail="refused")
    waited = []
    for _ in range(3):
        stored(db, failed)
        waited.append(waits(db))
    assert waited == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    reads(db)
    stored(db, failed)
    assert waits(db) == timedelta(minutes=5)


def test_three_pages_in_a_row_make_a_failing_source_and_one_makes_it_well(db: Database) -> None:
    failed = Finding(Outcome.ERROR, detail="HTTP 500")
    for number in range(1, 4):
        stored(db, failed, at=START + timedelta(minutes=number))
        assert (health(db)["failing_since"] is None) == (number < 3)
    assert health(db)["last_error"] == "HTTP 500"
    stored(db, failed, at=START + timedelta(minutes=4))
    assert health(db)["failing_since"] == "2026-01-01T12:03:00.000Z"
    reads(db)
    assert health(db)["failing_since"] is None


def test_a_source_that_shuts_us_out_is_failing(db: Database) -> None:
    for _ in range(3):
        stored(db, Finding(Outcome.BLOCKED, detail="HTTP 403 Forbidden: the page forbids access"))
    assert health(db)["failing_since"]


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.NOT_ARTICLE])
def test_a_page_that_is_none_for_us_says_nothing_of_its_source(outcome: Outcome, db: Database) -> None:
    for _ in range(5):
        stored(db, Finding(outcome, detail="no"))
    assert health(db)["failing_since"] is None
    assert health(db)["last_success_at"] is None


def test_a_doubted_text_is_looked_at_again_soon_and_whole_and_is_no_failure(db: Database) -> None:
    whole = article(*(f"Quay {number} of the harbour was open again by the morning." for number in range(12)))
    stored(db, Finding(Outcome.NEW, whole, extractor="test 1"))
    at = START + timedelta(hours=5)
    assert stored(db, Finding(Outcome.NEW, article(), extractor="test 1"), at=at).doubted
    assert waits(db, at) == RecheckPolicy().confirm_after
    lease = frontier.on_demand(db, PAGE)
    assert (lease.etag, lease.last_modified, lease.memory.body_digest) == (None, None, None)
    assert health(db)["failures"] == 0
    at += RecheckPolicy().confirm_after
    assert stored(db, Finding(Outcome.NEW, article(), extractor="test 1"), at=at).outcome is Outcome.CHANGED
    assert waits(db, at) == timedelta(minutes=15)


def test_discovery_and_pages_fail_and_recover_each_by_itself(db: Database) -> None:
    sources.discovered(db, "News", ["the feed is HTML"], now=START)
    began = health(db)["failing_since"]
    assert began
    for _ in range(5):
        reads(db)
        assert (health(db)["failing_since"], health(db)["last_error"]) == (began, "the feed is HTML")
    for _ in range(3):
        stored(db, Finding(Outcome.ERROR, detail="HTTP 500"))
    sources.discovered(db, "News", [], now=START)
    assert health(db)["failing_since"] == began
    reads(db)
    assert health(db)["failing_since"] is None


def test_only_what_was_never_asked_is_put_back_without_a_record() -> None:
    assert is_held(capture(status=None, failure=HELD))
    assert not is_held(capture(status=503, failure=HELD))
    assert not is_held(capture(status=None, failure=replace(HELD, kind=FailureKind.FAILED)))
    assert not is_held(capture())
