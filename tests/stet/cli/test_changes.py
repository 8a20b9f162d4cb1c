"""`stet changes` and `stet sources`: what happened, and how the sources do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.cli import stet, stet_each

from stet.newsroom.script import BRIDGE, BRIDGE_NOTICE, MAYOR

if TYPE_CHECKING:
    from support.chronicle import Chronicle


def test_changes_are_one_stream_in_the_order_observed(chronicle: Chronicle) -> None:
    ran = stet(chronicle.folder, "changes", "--json")
    assert (ran.status, ran.stderr) == (0, "")
    assert [record["observed_at"] for record in ran.records] == sorted(r["observed_at"] for r in ran.records)
    kinds = [record["kind"] for record in ran.records]
    assert kinds.count("first_seen") == len(chronicle.paths)
    assert {"gone", "moved", "paywalled", "returned", "correction_added"} <= set(kinds)
    (gone,) = (record for record in ran.records if record["kind"] == "gone")
    assert gone["url"] == chronicle.url(MAYOR)
    assert set(gone) == {"observed_at", "source", "url", "kind", "version", "title", "details"}


def test_changes_can_be_chosen_by_time_kind_and_source(chronicle: Chronicle) -> None:
    calls = [
        ["--since", "1h"],
        ["--since", "2020-01-01"],
        ["--since", "2999-01-31T12:00Z"],
        ["--kind", "gone", "--kind", "moved"],
        ["--source", "Courier"],
        ["--source", "Nobody"],
    ]
    lately, ever, never, chosen, ours, nobodys = stet_each(
        chronicle.folder, [["changes", "--json", *call] for call in calls]
    )
    assert lately.records == ever.records == ours.records != []
    assert never.records == nobodys.records == []
    assert sorted(record["kind"] for record in chosen.records) == ["gone", "moved"]


def test_changes_for_people_are_a_line_each(chronicle: Chronicle) -> None:
    ran = stet(chronicle.folder, "changes", "--kind", "correction_added")
    (line,) = ran.stdout.splitlines()
    assert "correction_added" in line
    assert chronicle.url(BRIDGE) in line
    assert BRIDGE_NOTICE in line


def test_a_time_or_kind_that_is_none_is_wrong_usage(chronicle: Chronicle) -> None:
    wrong = (["--since", "yesterday"], ["--since", "0001-01-01T00:00+14:00"], ["--kind", "exploded"])
    for ran in stet_each(chronicle.folder, [["changes", *call] for call in wrong]):
        assert (ran.status, ran.stdout) == (2, "")
        assert "Invalid value" in ran.stderr


def test_sources_tell_their_health(chronicle: Chronicle) -> None:
    as_json, for_people = stet_each(chronicle.folder, [["sources", "--json"], ["sources"]])
    assert (as_json.status, as_json.stderr) == (0, "")
    courier = next(record for record in as_json.records if record["source"] == "Courier")
    assert courier["pages"] >= len(chronicle.paths)
    assert courier["edits"] == 4
    assert courier["error_rate"] == 0
    assert courier["last_success_at"]
    assert for_people.status == 0
    assert "Courier" in for_people.stdout
