"""The home page: what happened, told to people, filtered and leafed through."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from support.desk import BODY, Desk, article, identity
from support.web import reading_room

from archive.opening import open_for_reading, open_for_writing
from stet.web.pages.changes import PER_PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement
    from support.web import Served


def test_the_stream_tells_what_happened_newest_first(served: Served) -> None:
    entries = _entries(served.page("/"))
    assert [[label.text for label in entry.xpath(".//li[@class='kind']")] for entry in entries] == [
        ["Gone"],
        ["First seen"],
        ["Correction added"],
        ["Headline changed"],
        ["Text changed"],
        ["First seen"],
    ]
    gone, _, corrected, renamed, edited, first = entries
    assert "The page is gone" in gone.text_content()
    assert "Notice added: Correction: an earlier version" in _said(corrected)
    assert [each.text for each in renamed.xpath(".//h2//del")] == ["return"]
    assert [each.text for each in renamed.xpath(".//h2//ins")] == ["come back"]
    assert [each.text for each in edited.xpath(".//p//del | .//p//ins")] == ["214", "241"]
    assert "0.8 of 1" in _said(edited)
    assert "number" in _said(edited)
    assert "Unmarked edit" in _said(edited)
    assert len(edited.xpath(".//time")) == 2, "it happened between two looks"
    assert len(first.xpath(".//time")) == 1
    assert edited.xpath(".//h2/a/@href") == ["/page?url=https%3A%2F%2Fnews.example%2Fa"]
    assert edited.xpath(".//p/a/@href") == ["/page?url=https%3A%2F%2Fnews.example%2Fa&from=1&to=2"]


def test_what_one_look_brought_is_one_entry(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article())
        desk.reads(article("The harbour office counted 241 ships in March.", *BODY[1:], title="Ships come back"))
    with reading_room(tmp_path / "stet.db") as room:
        newest, _ = _entries(room.page("/"))
        assert [label.text for label in newest.xpath(".//li[@class='kind']")] == ["Headline changed", "Text changed"]
        (only,) = _entries(room.page("/?kind=headline_changed"))
        assert [label.text for label in only.xpath(".//li[@class='kind']")] == ["Headline changed"]


def test_leafing_shows_each_look_once_while_new_ones_arrive(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db)
        for number in range(2 * PER_PAGE + 3):
            desk.reads(article(f"There were {number} ships.", title=f"Ships {number}"), identity(f"page-{number}"))
        with reading_room(path) as room:
            page = room.page("/")
            pages = [page]
            while older := page.xpath("//a[@rel='next']/@href"):
                desk.reads(article("Later.", title="Later"), identity(f"later-{len(pages)}"))
                page = room.page(older[0])
                pages.append(page)
            ids = [[entry.get("id") for entry in _entries(each)] for each in pages]
            assert list(map(len, ids)) == [PER_PAGE, PER_PAGE, 3]
            assert len({each for page_ids in ids for each in page_ids}) == 2 * PER_PAGE + 3
            (newer,) = page.xpath("//a[@rel='prev']/@href")
            assert [entry.get("id") for entry in _entries(room.page(newer))] == ids[1]


def test_a_filter_is_shown_as_it_applies_and_can_be_taken_off(served: Served) -> None:
    page = served.page("/?source=Example+Daily&kind=gone&kind=first_seen&text=lighthouse&since=&min_weight=0.5")
    assert len(_entries(page)) == 1
    links = {
        urlsplit(link).path: parse_qs(urlsplit(link).query) for link in page.xpath("//link[@rel='alternate']/@href")
    }
    asked = {"source": ["Example Daily"], "kind": ["gone", "first_seen"], "text": ["lighthouse"], "min_weight": ["0.5"]}
    assert links == {"/changes.atom": asked, "/changes.json": asked}
    without = page.xpath("//div[@class='applied']//a/@href")
    assert parse_qs(urlsplit(without[2]).query)["kind"] == ["gone"]
    assert without[-1] == "/"
    assert page.xpath("//input[@name='kind'][@checked]/@value") == ["first_seen", "gone"]
    assert page.xpath("//input[@name='text']/@value") == ["lighthouse"]
    assert page.xpath("//option[@selected]/text()") == ["Example Daily"]
    labelled = {*page.xpath("//form//label/@for"), *page.xpath("//form//label/input/@id")}
    assert {*page.xpath("//form//*[self::input or self::select][not(@type='checkbox')]/@id")} <= labelled


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("kind=gossip", "kind: "),
        ("min_weight=2", "min_weight: "),
        ("min_weight=nan", "min_weight: "),
        ("since=yesterday-ish", "since: "),
        ("until=99999999d", "until: "),
        ("text=%22open", "the quotation mark at character 1 is not closed"),
        ("before=x", "before: x is not a place"),
        ("before=2026-01-01_99999999999999999999", "before: "),
        ("before=2026-01-01_1&after=2026-01-01_1", "only one of before and after"),
        ("gossip=1", "gossip: "),
    ],
)
def test_a_filter_that_means_nothing_is_said_to(served: Served, query: str, named: str) -> None:
    answer = served.get(f"/?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert named in answer.text


def test_a_source_that_is_not_known_is_not_there(served: Served) -> None:
    answer = served.get("/?source=Nobody")
    assert answer.status_code == 404
    assert "no source is named Nobody; /sources lists those there are" in answer.text


def test_a_long_sentence_is_cut_around_what_changed(tmp_path: Path) -> None:
    around = " ".join(["word"] * 400)
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db)
        for number in (214, 241):
            desk.reads(article(f"Before, {around} {number} {around} at the end.", *BODY[1:]))
    with reading_room(path) as room:
        entry, _ = _entries(room.page("/"))
    (said,) = entry.xpath(".//p[@class='said']")
    assert [each.text for each in said.xpath("./del | ./ins")] == ["214", "241"]
    assert [cut.text.split()[1:] for cut in said.xpath("./span[@class='cut']")] == [
        ["383", "words]"],
        ["385", "words]"],
    ]
    assert len(said.text_content()) < 400


def test_what_is_archived_runs_nowhere_and_reorders_nothing(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u2028"
    with open_for_writing(path) as db:
        desk = Desk(db, source=hostile)
        desk.reads(article(f"{hostile} one.", title=f"{hostile} one", authors=(hostile,)))
        desk.reads(article(f"{hostile} two.", title=f"{hostile} two", corrections=(f"Correction: {hostile}",)))
    with reading_room(path) as room:
        page = room.page("/")
        assert [script.get("src", "").split("/")[1] for script in page.xpath("//script")] == ["static", "static"]
        assert not page.xpath("//img")
        assert "\u202e" not in page.text_content()
        assert "alert(1)" in page.text_content()


def test_an_archive_without_events_says_so(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db"):
        pass
    with reading_room(tmp_path / "stet.db") as room:
        assert "Nothing has been seen yet." in room.page("/").text_content()
    with open_for_reading(tmp_path / "stet.db") as db:
        assert db.table("events").count == 0


def _entries(page: HtmlElement) -> list[HtmlElement]:
    return list(page.xpath("//ol[@class='stream']/li"))


def _said(entry: HtmlElement) -> str:
    return " ".join(entry.text_content().split())
