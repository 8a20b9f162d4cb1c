"""`stet copies`: who carries a story, since when, how much of it, and what was corrected only elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.cli import configure, stet
from support.desk import Desk, article

from archive.models import Identity, Outcome
from archive.opening import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path

WAS = "The harbour office counted 214 ships in March, the most since the strike of 1997 emptied the quays."
BECAME = WAS.replace("214", "241")
REST = (
    "Officials told the council on Tuesday that the northern basin would be dredged before the autumn storms.",
    "The work will cost 3.2 million crowns, half of it paid by the shipping line Aldermark, and take eleven weeks.",
    "Fishermen fear that the dredging will bury the oyster beds at Sund, which feed forty families.",
    "The council voted nine to four for the plan, with the Greens and one Liberal against it.",
)
NOTICE = "Correction: An earlier version gave the number of ships as 214. It is 241."
WIRE, HERALD, OTHER = (f"https://{name}.example/story" for name in ("wire", "herald", "other"))


def named(url: str) -> Identity:
    return Identity(url.removeprefix("https://"), url)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wire's story, taken by the Herald, then corrected at the wire alone; and a story of its own."""
    made = tmp_path_factory.mktemp("copies")
    configure(made)
    with open_for_writing(made / "stet.db") as db:
        desk = Desk(db)
        herald = Desk(db, source="The \x1b[31mHerald")
        desk.reads(article(WAS, *REST), named(WIRE))
        herald.now = desk.now
        herald.reads(article("By our staff.", WAS, *REST[:3], title="Port to be dredged"), named(HERALD))
        desk.now = herald.now
        desk.reads(article("A mouse ran through the reading room.", "Nobody saw where it went."), named(OTHER))
        desk.reads(article(BECAME, *REST, corrections=(NOTICE,)), named(WIRE))
        herald.now = desk.now + timedelta(hours=26, minutes=45)
        herald.finds(Outcome.UNCHANGED, named(HERALD))
        desk.finds(Outcome.GONE, Identity("never.example/read", "https://never.example/read"))
    return made


def test_the_records_say_what_was_taken_and_what_was_not_corrected(folder: Path) -> None:
    ran = stet(folder, "copies", WIRE, "--json")
    assert ran.status == 0
    wire, herald = ran.records
    assert (wire["url"], wire["version"], wire["verdict"], wire["share"], wire["taken"]) == (WIRE, 2, None, None, None)
    assert (herald["url"], herald["version"], herald["verdict"]) == (HERALD, 1, "copy")
    assert herald["share"] > 0.9
    assert 0.6 < herald["taken"] < 0.95
    assert (wire["first"], herald["first"]) == (True, False)
    assert wire["first_seen_at"] == "2026-01-01T12:15:00.000Z"
    assert herald["first_seen_at"] == "2026-01-01T12:30:00.000Z"
    assert (herald["not_seen_at"], herald["same_outlet"], herald["state"]) == (None, False, "live")
    assert (herald["stands"], herald["last_seen_at"]) == (True, "2026-01-02T16:00:00.000Z")
    assert herald["published"] == "2026-01-01T08:00:00Z"
    (correction,) = wire["corrections"]
    assert correction == {
        "version": 2,
        "notices": [NOTICE],
        "seen_at": "2026-01-01T13:00:00.000Z",
        "not_seen_at": "2026-01-01T12:15:00.000Z",
        "before": WAS,
        "after": BECAME,
    }
    (uncorrected,) = herald["uncorrected"]
    carried = {"corrected_at": WIRE, "sentence": WAS, "likeness": 1.0, "carried_seconds": 27 * 3600}
    assert uncorrected == correction | carried
    assert (wire["uncorrected"], herald["corrections"]) == ([], [])


def test_people_read_a_table_and_the_corrections_below(folder: Path) -> None:
    ran = stet(folder, "copies", HERALD)
    assert ran.status == 0
    head, asked, wire, note, *told = ran.stdout.splitlines()
    assert head.split()[:3] == ["page", "source", "verdict"]
    assert asked.startswith(f"{HERALD}@1")
    assert "(asked about)" in asked
    assert "Herald" in asked
    # The version that the Herald took more of is the one that it was taken from.
    assert wire.startswith(f"{WIRE}@1")
    assert "* 2026-01-01 12:15:00Z" in wire
    assert "version 2 stands" in wire
    assert "stands, seen 2026-01-02 16:00:00Z" in asked
    assert "not who wrote it first" in note
    assert f"Corrected at {WIRE}@2, seen 2026-01-01 13:00:00Z, not yet 2026-01-01 12:15:00Z" in told
    assert f"  before: {WAS}" in told
    assert f"  still at {HERALD}, 1 d 3 h later, when last looked at 2026-01-02 16:00:00Z: {WAS}" in told
    assert "\x1b" not in ran.stdout


def test_a_version_may_be_named_and_a_share_be_asked_for(folder: Path) -> None:
    earlier, later = (stet(folder, "copies", f"{HERALD}@1", "--json", "--min-share", share) for share in ("0.9", "1"))
    assert [record["url"] for record in earlier.records] == [HERALD, WIRE]
    assert [record["url"] for record in later.records] == [HERALD]
    assert [record["version"] for record in stet(folder, "copies", f"{WIRE}@1", "--json").records] == [1, 1]
    assert len(stet(folder, "copies", WIRE, "--limit", "1", "--json").records) == 2


def test_a_story_that_nobody_else_carries(folder: Path) -> None:
    alone = stet(folder, "copies", OTHER)
    assert (alone.status, alone.stdout) == (0, f"no other page here carries {OTHER}, version 1\n")
    assert [record["url"] for record in stet(folder, "copies", OTHER, "--json").records] == [OTHER]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["https://nowhere.example/"], 1, "the archive knows nothing of https://nowhere.example/"),
        (["https://never.example/read"], 1, "was never read as an article"),
        ([f"{WIRE}@3"], 1, "has no version 3"),
        ([f"{WIRE}@{'9' * 30}"], 1, "the archive knows nothing of"),
        ([WIRE, "--min-share", "2"], 2, "min-share"),
        ([WIRE, "--limit", "0"], 2, "limit"),
        ([], 2, "URL[@N]"),
    ],
)
def test_what_cannot_be_answered_is_said(folder: Path, arguments: list[str], status: int, says: str) -> None:
    ran = stet(folder, "copies", *arguments)
    assert (ran.status, ran.stdout) == (status, "")
    assert says in ran.stderr


def test_a_page_without_copies_that_went_back_to_what_it_had_corrected_is_told(tmp_path: Path) -> None:
    configure(tmp_path)
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        for found in (article(WAS, *REST), article(BECAME, *REST, corrections=(NOTICE,)), article(WAS, *REST)):
            desk.reads(found, named(WIRE))
        desk.finds(Outcome.UNCHANGED, named(WIRE))
    told = stet(tmp_path, "copies", WIRE).stdout.splitlines()
    assert told[0].startswith("no other page here carries")
    assert f"  back at {WIRE}, seen so for 15 min, last looked at 2026-01-01 13:00:00Z: {WAS}" in told
    (record,) = stet(tmp_path, "copies", WIRE, "--json").records
    (uncorrected,) = record["uncorrected"]
    assert (uncorrected["corrected_at"], uncorrected["sentence"]) == (WIRE, WAS)
