"""Pages that carry one story are found, each once, with what they took and since when."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database
from support.desk import Desk, article, identity

from archive import pages, snapshots
from archive.compare.outlets.verdict import Verdict
from archive.copies import shingles
from archive.copies.carriers import RETOLD, copies
from archive.copies.retold import sharing_rare_words
from archive.errors import UnknownPage
from archive.models import Article, Capture, Finding, Home, Identity, Outcome
from archive.opening import open_for_writing, transaction
from archive.recording import record
from archive.schema import migrations

if TYPE_CHECKING:
    from archive.copies.carriers import Copies, Copy
    from archive.pages import Page

PAIRS = Path(__file__).parents[1] / "compare/outlets/pairs"
STORY = (
    "The harbour office counted 214 ships in March, the most since the strike of 1997 emptied the quays.",
    "Officials told the council on Tuesday that the northern basin would be dredged before the autumn storms.",
    "The work will cost 3.2 million crowns, half of it paid by the shipping line Aldermark, and take eleven weeks.",
    '"We have waited a generation for deep water," the harbour master, Ines Korvald, said after the vote.',
    "Fishermen fear that the dredging will bury the oyster beds at Sund, which feed forty families.",
    "A study by the university of Tresk found in January that the beds recover within two seasons.",
    "The council voted nine to four for the plan, with the Greens and one Liberal against it.",
    "Dredging is to begin on 2 May, unless the county court takes up a complaint that the fishermen filed on Friday.",
)
REWORDED = (
    "Deep water is coming back to the port after decades, Ines Korvald believes.",
    "Councillors backed digging out the northern basin, nine hands against four, Greens among the opponents.",
    "Aldermark carries half of a bill put at 3.2 million crowns.",
    "Oyster growers at Sund worry for their beds; researchers in Tresk expect those to be well again after two years.",
)


def host(name: str, path: str = "story") -> Identity:
    return Identity(f"{name}.example/{path}", f"https://{name}.example/{path}")


def own(seed: int, count: int = 120) -> str:
    """Words of nobody else's."""
    chance = random.Random(seed)  # noqa: S311
    made = ["".join(chance.choices(ascii_lowercase, k=7)) for _ in range(count)]
    return " ".join(f"{' '.join(made[at : at + 12]).capitalize()}." for at in range(0, count, 12))


def known(db: Database, asked: Identity) -> Page:
    page = pages.find(db, asked.key)
    assert page is not None
    return page


def of(desk: Desk, asked: Identity, version: int | None = None, **options: float) -> Copies:
    return copies(desk.db, known(desk.db, asked), version, min_share=options.get("min_share", 0.2))


def listed(found: Copies) -> list[str]:
    return [copy.carrier.page.url for copy in found.copies]


def only(found: Copies) -> Copy:
    (copy,) = found.copies
    return copy


def test_a_wire_story_is_found_at_every_outlet_and_other_stories_are_not(desk: Desk) -> None:
    desk.reads(article(*STORY), host("wire"))
    desk.reads(article(own(1), own(2), title="Something else"), host("other"))
    desk.reads(article(*STORY, own(3), title="Port to be dredged"), host("herald"))
    desk.reads(article("By our staff.", *STORY[:6]), host("courier"))
    found = of(desk, host("wire"))
    assert listed(found) == ["https://herald.example/story", "https://courier.example/story"]
    herald, courier = found.copies
    assert (courier.verdict, herald.verdict) == (Verdict.COPY, Verdict.COPY)
    assert courier.share > 0.9
    assert courier.taken == pytest.approx(0.75, abs=0.1)
    assert herald.taken == 1.0
    assert herald.share == pytest.approx(0.5, abs=0.15)
    assert listed(of(desk, host("other"))) == []


def test_a_brief_inside_a_long_page_is_found_from_either_side(desk: Desk) -> None:
    desk.reads(article(*STORY[:3]), host("brief"))
    desk.reads(article(*(own(seed) for seed in range(20)), *STORY[:3], own(21)), host("long"))
    from_brief, from_page = only(of(desk, host("brief"))), only(of(desk, host("long")))
    assert from_brief.taken == from_page.share == 1.0
    assert from_brief.share == from_page.taken < 0.1


def test_a_retelling_without_a_common_phrase_is_found_by_its_rare_words(desk: Desk) -> None:
    desk.reads(article(*STORY), host("wire"))
    for seed in range(12):
        desk.reads(article(own(seed), title="Something else"), host("other", str(seed)))
    desk.reads(article(*REWORDED, title="Korvald gets her deep water"), host("digest"))
    first = desk.now
    desk.reads(article(*REWORDED, "More follows.", title="Korvald gets her deep water"), host("digest"))
    wire = known(desk.db, host("wire"))
    assert shingles.sharing(desk.db, wire, 1, min_share=0.05).candidates == ()
    copy = only(of(desk, host("wire")))
    assert copy.carrier.page.url == "https://digest.example/story"
    assert copy.verdict is Verdict.REWRITE
    assert (copy.carrier.snapshot.version, copy.carrier.first_version) == (2, 1)
    assert copy.carrier.first_seen.at == f"{first:%Y-%m-%dT%H:%M}:00.000Z"


def test_a_page_is_listed_once_with_the_version_that_has_the_most(desk: Desk) -> None:
    desk.reads(article(*STORY), host("wire"))
    desk.reads(article(*STORY, own(1)), host("herald"))
    desk.reads(article(own(1), own(2), own(3)), host("herald"))
    desk.reads(article(*STORY), host("courier"))
    desk.reads(article(*STORY, "More follows."), host("courier"))
    herald, courier = sorted(of(desk, host("wire")).copies, key=lambda copy: copy.share)
    assert (herald.carrier.snapshot.version, herald.carrier.stands, herald.taken) == (1, False, 1.0)
    assert (courier.carrier.snapshot.version, courier.carrier.stands) == (2, True)


def test_who_was_first_seen_with_it_is_when_we_looked(desk: Desk) -> None:
    desk.reads(article(own(1), title="Live from the port"), host("herald"))
    desk.finds(Outcome.UNCHANGED, host("herald"))
    looked = desk.now
    desk.reads(article(*STORY), host("wire"))
    wired = desk.now
    desk.reads(article(own(1), *STORY, title="Live from the port"), host("herald"))
    found = of(desk, host("wire"))
    herald = only(found).carrier
    assert found.is_first(found.asked)
    assert not found.is_first(herald)
    assert herald.first_version == 2
    assert herald.first_seen.not_at == looked.strftime("%Y-%m-%dT%H:%M:00.000Z")
    assert found.asked.first_seen.at == wired.strftime("%Y-%m-%dT%H:%M:00.000Z")
    assert found.asked.first_seen.not_at is None
    assert of(desk, host("herald")).copies[0].carrier.page.url == "https://wire.example/story"


def test_an_earlier_version_can_be_asked_about(desk: Desk) -> None:
    desk.reads(article(*STORY), host("wire"))
    desk.reads(article(own(1), own(2)), host("wire"))
    desk.reads(article(*STORY), host("herald"))
    assert listed(of(desk, host("wire"))) == []
    assert listed(of(desk, host("wire"), 1)) == ["https://herald.example/story"]
    with pytest.raises(UnknownPage, match="no version 3"):
        of(desk, host("wire"), 3)


def test_pages_of_one_outlet_are_listed_and_marked(db: Database) -> None:
    courier = Desk(db, source="Courier")
    courier.reads(article(*STORY), host("courier", "a"))
    courier.reads(article(*STORY, own(1)), host("courier-print", "b"))
    Desk(db).reads(article(*STORY, own(2)), host("www.courier", "c"))
    Desk(db).reads(article(*STORY, own(3)), host("herald"))
    found = copies(db, known(db, host("courier", "a")))
    marked = {copy.carrier.page.url: copy.same_outlet for copy in found.copies}
    assert marked == {
        "https://courier-print.example/b": True,
        "https://www.courier.example/c": True,
        "https://herald.example/story": False,
    }


def test_what_an_outlet_puts_under_all_its_articles_makes_no_copies(db: Database) -> None:
    desk = Desk(db, source="Courier", learns=False)
    house = own(0, 60)
    for seed in range(1, 12):
        desk.reads(article(own(seed, 48), house, title=f"Number {seed}"), host("courier", str(seed)))
    Desk(db).reads(article(own(3, 48), title="Number 3"), host("herald"))
    found = copies(db, known(db, host("courier", "3")))
    assert listed(found) == ["https://herald.example/story"]


def test_an_idiom_is_nobodys_and_a_story_that_everybody_carries_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shingles, "MOST_PAGES", 6)
    idiom = "said in a statement that was sent to all newsrooms late on Monday evening by the office of the mayor"
    for seed in range(8):
        desk.reads(article(own(seed, 48), idiom, title=f"Number {seed}"), host(f"outlet-{seed}"))
    assert not shingles.sharing(desk.db, known(desk.db, host("outlet-1")), 1, min_share=0).candidates
    for seed in range(8):
        desk.reads(article(*STORY, idiom), host(f"outlet-{seed}", "wire"))
    wire = shingles.sharing(desk.db, known(desk.db, host("outlet-7", "wire")), 1, min_share=0.9)
    assert len(wire.candidates) == 6


def test_a_page_of_many_versions_neither_floods_nor_hides(desk: Desk) -> None:
    for count in range(1, 40):
        desk.reads(article(*STORY[:4], *(own(seed, 24) for seed in range(count)), title="Live"), host("live"))
    desk.reads(article(*STORY), host("wire"))
    assert len(desk.db.execute("select distinct page_id from shingles").fetchall()) == 2
    copy = only(of(desk, host("wire"), min_share=0.1))
    assert (copy.carrier.page.url, copy.carrier.first_version) == ("https://live.example/story", 1)
    assert listed(of(desk, host("live"), min_share=0.1)) == ["https://wire.example/story"]


def test_a_version_that_was_only_read_anew_is_no_later_sight(desk: Desk) -> None:
    desk.reads(article(*STORY, own(1)), host("herald"))
    first = desk.now
    page = known(desk.db, host("herald"))
    with transaction(desk.db):
        version = snapshots.add_again(desk.db, page, article(*STORY))
        desk.db.execute("update pages set version = ? where id = ?", [version, page.id])
    desk.reads(article(*STORY), host("wire"))
    copy = only(of(desk, host("wire")))
    assert (copy.carrier.snapshot.version, copy.share) == (2, 1.0)
    assert copy.carrier.first_seen.at == first.strftime("%Y-%m-%dT%H:%M:00.000Z")


def test_a_page_that_moved_to_another_is_marked_as_the_same_outlets(desk: Desk) -> None:
    desk.reads(article(*STORY), host("old"))
    desk.reads(article(*STORY, "More follows."), host("new"))
    desk.reads(article(*STORY), host("old"), home=Home(host("new"), by_redirect=True))
    copy = only(of(desk, host("new")))
    assert (copy.carrier.page.url, copy.carrier.page.state) == ("https://old.example/story", "moved")
    assert copy.same_outlet
    assert not copy.carrier.stands


def test_a_page_that_is_renamed_or_absorbs_another_stays_one_entry(desk: Desk) -> None:
    desk.reads(article(*STORY), host("wire"))
    desk.finds(Outcome.GONE, host("unread"))
    desk.reads(article(*STORY), host("old"))
    desk.reads(article(*STORY), host("old"), home=Home(host("new"), by_redirect=True))
    desk.reads(article(*STORY), host("unread"), home=Home(host("new"), by_redirect=True))
    assert listed(of(desk, host("wire"))) == ["https://new.example/story"]


def test_what_is_rolled_back_leaves_no_wording(desk: Desk, tmp_path: Path) -> None:
    desk.reads(article(*STORY), host("wire"))
    before = desk.count("sketches"), desk.count("shingles")
    with pytest.raises(ValueError, match="halfway"), transaction(desk.db):
        half = host("half")
        capture = Capture(half.url, desk.now, half.url, 200, (), b"half")
        record(desk.db, half, capture, Finding(Outcome.NEW, article(own(1)), extractor="test 1"))
        assert desk.count("sketches") == 2
        raise ValueError("halfway")
    assert (desk.count("sketches"), desk.count("shingles")) == before
    with open_for_writing(tmp_path / "stet.db") as other:
        assert other.table("sketches").count == other.table("snapshots").count == 1


def test_an_archive_older_than_the_index_is_indexed_whole(tmp_path: Path) -> None:
    stories: dict[str, list[Article]] = {
        "wire": [article(*STORY), article(*STORY, own(1)), article(own(1))],
        "herald": [article(*STORY[:5], own(2))],
    }
    with open_for_writing(tmp_path / "new.db") as db:
        desk = Desk(db)
        for name, versions in stories.items():
            for each in versions:
                desk.reads(each, host(name))
        fresh = _index(db)
        older = db.execute(
            "select id, page_id, version, capture_id, captured_at, title, text, fingerprint, chain from snapshots"
        ).fetchall()
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        old = Database(connection)
        migrations.apply(old, stop_before="index_copies")
        for snapshot in older:
            old.execute(
                "insert or ignore into pages (id, key, url, host, first_seen_at) values (?, ?, 'u', 'h', '2026')",
                [snapshot[1], snapshot[1]],
            )
            old.execute(
                "insert into captures (id, page_id, fetched_at, outcome) values (?, ?, '2026', 'new')",
                [snapshot[3], snapshot[1]],
            )
            old.execute(
                """insert into snapshots
                   (id, page_id, version, capture_id, captured_at, title, text, fingerprint, chain)
                   values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                snapshot,
            )
        connection.commit()
    with open_for_writing(tmp_path / "old.db") as db:
        assert _index(db) == fresh


def test_of_the_labelled_pairs_copies_share_wording_and_rewrites_rare_words(desk: Desk) -> None:
    pairs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(PAIRS.glob("*.json"))]
    for pair in pairs:
        for side in "ab":
            said = article(*pair[side]["paragraphs"], title=pair[side]["title"])
            desk.reads(replace(said, language=pair["language"]), host(side, pair["id"]))
    found: dict[str, list[bool]] = {"copy": [], "rewrite": []}
    for pair in pairs:
        for side, other in ("ab", "ba"):
            page, partner = (known(desk.db, host(each, pair["id"])) for each in (side, other))
            if pair["verdict"] == "copy":
                sharing = shingles.sharing(desk.db, page, 1, min_share=0.1).candidates
                found["copy"].append(partner.id in [each.page_id for each in sharing])
            if pair["verdict"] == "rewrite":
                named = sharing_rare_words(desk.db, snapshots.load(desk.db, page).article, limit=RETOLD)
                found["rewrite"].append(partner.id in named)
    assert len(found["copy"]) > 30
    assert len(found["rewrite"]) > 30
    assert all(found["copy"])
    assert sum(found["rewrite"]) >= 0.95 * len(found["rewrite"])


def _index(db: Database) -> tuple[list[object], list[object]]:
    return (
        db.execute("select * from sketches order by snapshot_id").fetchall(),
        db.execute("select * from shingles order by hash, page_id").fetchall(),
    )


def test_a_copy_is_listed_before_a_rewrite_that_has_more_of_the_story(desk: Desk) -> None:
    pair = json.loads((PAIRS / "bribery-quotes-kept.json").read_text(encoding="utf-8"))
    story = pair["a"]["paragraphs"]
    own = ("The gardens were open again at noon, and bands played until it was dark.", "Nobody from the office came.")
    asked = desk.reads(article(*story, title=pair["a"]["title"]), identity("asked")).page
    desk.reads(article(*pair["b"]["paragraphs"], title=pair["b"]["title"]), identity("rewrite"))
    desk.reads(article(*story[: len(story) * 3 // 4], *own, title="Other words"), identity("copy"))
    copied, rewritten = copies(desk.db, asked).copies
    assert (copied.verdict, rewritten.verdict) == ("copy", "rewrite")
    assert rewritten.share > copied.share
