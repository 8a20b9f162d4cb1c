"""What each version changed is kept as data, and the views answer one question each."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.desk import BODY, Desk, article, identity

from archive.compare.versions.diff import diff
from archive.compare.weights.weight import weigh
from archive.events import WEIGHTS
from archive.models import EventKind, Finding, Home, Outcome, Replay
from archive.reextraction import record_replay
from archive.stream import Wanted, changes
from archive.times import iso

if TYPE_CHECKING:
    from sqlite_utils import Database

NOTICE = "Correction: there were 241 ships, not 214."
EDITED = (BODY[0].replace("214", "241"), *BODY[1:])


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db, source="Courier")


def test_an_edit_is_a_row_for_each_sentence_that_changed(desk: Desk) -> None:
    desk.reads(article())
    seen = iso(desk.now)
    desk.reads(article(*EDITED, "The quay is 300 metres long."))
    edits = list(desk.db["edits"].rows)
    assert [(row["action"], row["before"], row["after"]) for row in edits] == [
        ("edit", BODY[0], EDITED[0]),
        ("addition", None, "The quay is 300 metres long."),
    ]
    (first, _) = edits
    assert (first["url"], first["source"]) == (identity().url, "Courier")
    assert (first["from_version"], first["to_version"]) == (1, 2)
    assert (first["last_seen_at"], first["observed_at"]) == (seen, iso(desk.now))
    assert json.loads(first["kinds"]) == ["number"]
    assert 0 < first["weight"] <= 1
    (counted,) = desk.db["diffs"].rows
    assert (counted["edits"], counted["additions"], counted["deletions"], counted["splits"]) == (1, 1, 0, 0)


def test_what_is_kept_of_an_edit_is_its_weight(desk: Desk) -> None:
    was = article("Talks with Lopez and Smith went on.", "They ended.", title="Talks On Steel With Lopez Failed")
    became = article("Talks with Lopez and Smith went on.", "They ended.", title="Talks On Steel With Smith Failed")
    desk.reads(was)
    desk.reads(became)
    weight = weigh(diff(was, became))
    (kept,) = desk.db["diffs"].rows
    assert (kept["weight"], json.loads(kept["kinds"])) == (weight.value, list(weight.kinds)) == (0.9, ["name"])
    (told,) = desk.db.execute("select weight from events where kind = 'headline_changed'").fetchone()
    assert told == 0.9


def test_a_split_is_one_row_with_its_shape(desk: Desk) -> None:
    long = "The harbour office counted 214 ships in March, and officials said that the quay would reopen on Monday."
    cut = "The harbour office counted 214 ships in March. Officials said that the quay would reopen on Monday."
    desk.reads(article(long, BODY[2]))
    desk.reads(article(cut, BODY[2]))
    (row,) = desk.db["edits"].rows
    assert (row["shape"], row["before"], row["after"]) == ("split", long, cut)


def test_an_edit_without_a_word_about_it_is_in_the_view_of_unmarked_ones(desk: Desk) -> None:
    for path, corrections in (("silent", ()), ("open", (NOTICE,))):
        desk.reads(article(modified="2026-01-01T09:00:00Z"), identity(path))
        desk.reads(
            article(*EDITED, corrections=corrections, modified=f"2026-01-01T{'12' if corrections else '09'}:00:00Z"),
            identity(path),
        )
    found = {row["url"]: row for row in desk.db["unmarked"].rows}
    silent = found.pop(identity("silent").url)
    assert 0.5 < silent["score"] <= 1
    assert all(row["score"] < 0.5 for row in found.values())
    assert json.loads(silent["evidence"])
    assert (silent["from_version"], silent["to_version"], silent["edits"]) == (1, 2, 1)


def test_a_correction_is_a_row_from_its_coming_to_its_going(desk: Desk) -> None:
    looks = []
    for found in (article(), article(corrections=(NOTICE,)), article(corrections=(NOTICE,)), article(), article()):
        desk.reads(found)
        looks.append(iso(desk.now))
    (row,) = desk.db["corrections"].rows
    assert (row["correction"], row["version"]) == (NOTICE, 2)
    assert (row["last_seen_without_at"], row["first_seen_at"]) == (looks[0], looks[1])
    assert (row["last_seen_at"], row["removed_at"]) == (looks[2], looks[3])


def test_a_correction_that_stands_through_edits_is_one_row_and_not_removed(desk: Desk) -> None:
    desk.reads(article(corrections=(NOTICE,)))
    first = iso(desk.now)
    desk.reads(article(*EDITED, corrections=(NOTICE, "Update: the quay is open.")))
    last = iso(desk.now)
    desk.finds(Outcome.GONE)
    rows = {row["correction"]: row for row in desk.db["corrections"].rows}
    assert len(rows) == 2
    notice = rows[NOTICE]
    assert (notice["last_seen_without_at"], notice["first_seen_at"]) == (None, first)
    assert (notice["last_seen_at"], notice["removed_at"]) == (last, None)


def test_a_notice_that_went_and_came_back_is_two_rows(desk: Desk) -> None:
    with_it, without = article(corrections=(NOTICE,)), article()
    looks = []
    for found in (without, with_it, with_it, without, without, with_it, with_it, without):
        desk.reads(found)
        desk.now += timedelta(days=1)
        looks.append(iso(desk.now - timedelta(days=1)))
    rows = sorted(desk.db["corrections"].rows, key=lambda row: row["first_seen_at"])
    spans = [
        (row["last_seen_without_at"], row["first_seen_at"], row["last_seen_at"], row["removed_at"]) for row in rows
    ]
    assert spans == [tuple(looks[:2] + looks[2:4]), tuple(looks[4:8])]
    assert {(row["correction"], row["version"]) for row in rows} == {(NOTICE, 2)}


def test_a_notice_set_in_other_type_is_the_same_one(desk: Desk) -> None:
    straight, curly = "Correction: the minister didn't resign.", "Correction: the minister didn’t resign."
    desk.reads(article(corrections=(straight,)))
    first = iso(desk.now)
    desk.reads(article(*EDITED, corrections=(curly,)))
    last = iso(desk.now)
    desk.reads(article(*EDITED))
    (row,) = desk.db["corrections"].rows
    assert row["correction"] == straight
    assert (row["first_seen_at"], row["last_seen_at"], row["removed_at"]) == (first, last, iso(desk.now))


def test_a_notice_that_was_read_anew_stands_as_it_is_read_today(desk: Desk) -> None:
    recorded = desk.reads(article(*BODY, NOTICE))
    assert recorded.page.version is not None
    again = Finding(Outcome.NEW, article(corrections=(NOTICE,)), extractor="test 2")
    record_replay(desk.db, Replay(recorded.page.id, recorded.page.version, again), now=desk.now)
    (row,) = desk.db["corrections"].rows
    assert (row["first_seen_at"], row["last_seen_without_at"], row["removed_at"]) == (iso(desk.now), None, None)


def test_a_page_that_leads_to_another_one_is_not_seen_with_its_notice(desk: Desk) -> None:
    desk.reads(article(corrections=(NOTICE,)))
    seen = iso(desk.now)
    desk.reads(article(), identity("other"))
    desk.reads(article(), home=Home(identity("other"), by_redirect=True))
    (row,) = desk.db["corrections"].rows
    assert (row["last_seen_at"], row["removed_at"]) == (seen, None)
    (version,) = desk.db.execute("select version from captures order by id desc limit 1").fetchone()
    assert version is None


def test_a_headline_is_a_row_from_when_it_stands(desk: Desk) -> None:
    desk.reads(article(title="A"))
    seen = iso(desk.now)
    desk.reads(article(title="B"))
    first, second = desk.db["headline_history"].rows
    assert (first["before"], first["after"], first["observed_at"]) == (None, "A", seen)
    assert (second["before"], second["after"], second["last_seen_at"]) == ("A", "B", seen)
    assert (second["from_version"], second["to_version"]) == (1, 2)


def test_a_page_that_comes_back_with_another_headline_has_it_once(desk: Desk) -> None:
    desk.reads(article(title="A"))
    desk.finds(Outcome.GONE)
    desk.reads(article(*EDITED, title="B"))
    assert [row["after"] for row in desk.db["headline_history"].rows] == ["A", "B"]


def test_each_event_has_a_weight_to_choose_by(desk: Desk) -> None:
    desk.reads(article())
    desk.reads(article(*EDITED))
    desk.reads(article(*EDITED, modified="2026-01-02T09:00:00Z"))
    desk.finds(Outcome.GONE)
    assert all(0 <= change.weight <= 1 for change in changes(desk.db))
    assert [change.kind for change in changes(desk.db, Wanted(min_weight=0.5))] == ["text_changed", "gone"]
    assert [change.kind for change in changes(desk.db, Wanted(min_weight=1))] == ["gone"]
    assert len(list(changes(desk.db, Wanted(min_weight=0)))) == 4


@pytest.mark.parametrize("view", ["edits", "unmarked", "headline_history", "headlines", "corrections"])
@pytest.mark.parametrize("column", ["url", "source"])
def test_a_view_is_asked_by_url_or_source_without_reading_it_all(desk: Desk, view: str, column: str) -> None:
    plan = desk.db.execute(f"explain query plan select * from {view} where {column} = 'x'").fetchall()
    whole = [
        step for *_, step in plan if step.startswith("SCAN") and "VIRTUAL TABLE" not in step and "CONSTANT" not in step
    ]
    assert whole == []


def test_kinds_of_event_that_are_not_weighed_have_a_weight() -> None:
    weighed = {EventKind.HEADLINE_CHANGED, EventKind.TEXT_CHANGED, EventKind.BYLINE_CHANGED}
    assert set(WEIGHTS) == set(EventKind) - weighed
