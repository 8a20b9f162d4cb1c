"""`stet changes` and `stet sources`: what happened, and how the sources do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.cli import configure, stet, stet_each
from support.desk import Desk, article, identity

from archive.models import Home, Outcome
from archive.opening import open_for_writing
from stet.newsroom.script import BRIDGE, BRIDGE_NOTICE, GLACIER, MAYOR, STRIKE

if TYPE_CHECKING:
    from pathlib import Path

    from support.chronicle import Chronicle

NOON = "2026-01-01T12:00:00Z"


def test_changes_are_one_stream_in_the_order_observed(chronicle: Chronicle) -> None:
    ran = stet(chronicle.folder, "changes", "--json")
    assert (ran.status, ran.stderr) == (0, "")
    assert [record["observed_at"] for record in ran.records] == sorted(r["observed_at"] for r in ran.records)
    kinds = [record["kind"] for record in ran.records]
    assert kinds.count("first_seen") == len(chronicle.paths)
    assert {"gone", "moved", "paywalled", "unpaywalled", "returned", "correction_added"} <= set(kinds)
    (gone,) = (record for record in ran.records if record["kind"] == "gone")
    assert gone["url"] == chronicle.url(MAYOR)
    keys = {"id", "observed_at", "source", "url", "kind", "version", "title", "weight", "variant_of", "details"}
    assert set(gone) == keys
    assert gone["weight"] == 1
    assert (gone["details"]["before"], gone["details"]["after"], gone["details"]["status"]) == ("live", "gone", 410)
    assert gone["details"]["last_seen_at"] < gone["observed_at"]


def test_changes_can_be_chosen_by_time_kind_and_source(chronicle: Chronicle) -> None:
    calls = [
        ["--since", "1h"],
        ["--since", "2020-01-01"],
        ["--since", "2999-01-31T12:00Z"],
        ["--kind", "gone", "--kind", "moved"],
        ["--source", "Courier"],
    ]
    lately, ever, never, chosen, ours = stet_each(chronicle.folder, [["changes", "--json", *call] for call in calls])
    assert lately.records == ever.records == ours.records != []
    assert never.records == []
    assert sorted(record["kind"] for record in chosen.records) == ["gone", "moved"]


def test_changes_for_people_are_a_line_each(chronicle: Chronicle) -> None:
    ran = stet(chronicle.folder, "changes", "--kind", "correction_added")
    (line,) = ran.stdout.splitlines()
    assert "correction_added" in line
    assert chronicle.url(BRIDGE) in line
    assert BRIDGE_NOTICE in line


def test_changes_that_weigh_little_can_be_left_out(chronicle: Chronicle) -> None:
    everything, heavy, gravest = stet_each(
        chronicle.folder, [["changes", "--json", "--min-weight", weight] for weight in ("0", "0.3", "1")]
    )
    assert heavy.records == [record for record in everything.records if record["weight"] >= 0.3]
    kinds = {record["kind"] for record in heavy.records}
    assert not kinds & {"first_seen", "moved", "dates_changed"}
    assert {"text_changed", "gone", "correction_added"} <= kinds
    assert {"gone", "correction_added"} <= {record["kind"] for record in gravest.records}


def test_a_number_that_changed_without_a_word_is_told_as_that(chronicle: Chronicle) -> None:
    call = ["changes", "--kind", "text_changed"]
    as_json, for_people = stet_each(chronicle.folder, [[*call, "--json"], call])
    told = {record["url"]: record["details"] for record in as_json.records}
    silent, corrected = told[chronicle.url(STRIKE)], told[chronicle.url(BRIDGE)]
    assert "number" in silent["kinds"]
    assert silent["unmarked"] > 0.5 > corrected["unmarked"]
    assert (silent["from_version"], silent["to_version"], silent["edits"]) == (1, 2, 1)
    (line,) = (line for line in for_people.stdout.splitlines() if chronicle.url(STRIKE) in line)
    assert "number" in line


def test_a_change_for_people_has_the_looks_between_which_it_happened(chronicle: Chronicle) -> None:
    as_json, for_people = stet_each(
        chronicle.folder, [["changes", *form, "--kind", "gone", "--kind", "returned"] for form in (["--json"], [])]
    )
    gone = next(record for record in as_json.records if record["kind"] == "gone")
    seen, missed = gone["details"]["last_seen_at"], gone["observed_at"]
    lines = for_people.stdout.splitlines()
    (line,) = (line for line in lines if " gone " in line and "returned" not in line)
    assert line.endswith(f"(seen {seen[11:19]}Z, not there {missed[11:19]}Z)")
    assert any(line.endswith(f"(gone {missed[11:19]}Z, live {line[11:19]}Z)") for line in lines)


def test_a_line_for_people_has_what_was_before_and_what_came_of_it(tmp_path: Path) -> None:
    configure(tmp_path)
    page, home = identity("a"), identity("b")
    esc = "\x1b]0;owned\x07"
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article(title="Ships return"), page)
        desk.reads(article(title=f"Ships {esc}stay", authors=("Bo Marsh", "Ada Lin"), modified=NOON), page)
        desk.reads(article(title="Ships return"), page)
        desk.finds(Outcome.PAYWALLED, page, detail="a prompt to subscribe")
        desk.reads(article(title="Ships return"), page)
        desk.finds(Outcome.GONE, page)
        desk.reads(article(title="S" * 500, corrections=("Correction: 241 ships.",)), page)
        desk.reads(article(title="S" * 500), page, home=Home(home, by_redirect=True))
    ran = stet(tmp_path, "changes")
    assert "\x1b" not in ran.stdout
    # The first of each kind.
    lines = {line.split()[1]: line for line in reversed(ran.stdout.splitlines())}
    assert "Ships return → Ships ]0;ownedstay  (seen 12:15:00Z, not there 12:30:00Z)" in lines["headline_changed"]
    assert "Ada Lin → Bo Marsh; Ada Lin" in lines["byline_changed"]
    assert f"modified: none → {NOON}" in lines["dates_changed"]
    assert "  live → paywalled  (live 12:45:00Z, paywalled 13:00:00Z)" in lines["paywalled"]
    assert "  paywalled → live  (paywalled 13:00:00Z, live 13:15:00Z)" in lines["unpaywalled"]
    assert "  live → gone  (seen 13:15:00Z, not there 13:30:00Z)" in lines["gone"]
    assert f"  {page.url} → {home.url}  " in lines["moved"]
    assert "v2 → v1  Ships ]0;ownedstay → Ships return  (" in lines["returned"]
    assert all(len(line) < 800 for line in ran.stdout.splitlines())


def test_a_headline_on_trial_is_told_once_and_as_a_variant(chronicle: Chronicle) -> None:
    as_json, for_people = stet_each(chronicle.folder, [["changes", "--json"], ["changes"]])
    told = [record for record in as_json.records if record["url"] == chronicle.url(GLACIER)]
    assert [(record["kind"], record["variant_of"]) for record in told] == [
        ("first_seen", None),
        ("headline_changed", 1),
        ("returned", None),
    ]
    assert sum("variant of v1" in line for line in for_people.stdout.splitlines()) == 1


def test_a_source_that_nobody_knows_is_wrong_usage(chronicle: Chronicle) -> None:
    ran = stet(chronicle.folder, "changes", "--source", "Nobody")
    assert (ran.status, ran.stdout) == (2, "")
    assert "No source is named Nobody" in ran.stderr
    assert "Courier" in ran.stderr


def test_a_time_or_kind_that_is_none_is_wrong_usage(chronicle: Chronicle) -> None:
    wrong = (
        ["--since", "yesterday"],
        ["--since", "0001-01-01T00:00+14:00"],
        ["--kind", "exploded"],
        ["--min-weight", "2"],
    )
    for ran in stet_each(chronicle.folder, [["changes", *call] for call in wrong]):
        assert (ran.status, ran.stdout) == (2, "")
        assert "Invalid value" in ran.stderr


def test_sources_tell_their_health(chronicle: Chronicle) -> None:
    as_json, for_people = stet_each(chronicle.folder, [["sources", "--json"], ["sources"]])
    assert (as_json.status, as_json.stderr) == (0, "")
    courier = next(record for record in as_json.records if record["source"] == "Courier")
    assert courier["pages"] >= len(chronicle.paths)
    assert courier["edits"] == sum(each["edits"] for each in courier["edits_by_day"]) == 3
    assert {"due", "next_due_at", "discovery_error", "learned_lines"} <= set(courier)
    assert courier["error_rate"] == 0
    assert courier["last_success_at"]
    assert for_people.status == 0
    assert "Courier" in for_people.stdout
