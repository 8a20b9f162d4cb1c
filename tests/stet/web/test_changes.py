"""The home page: what happened, told to people, filtered and leafed through."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html
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
        ("kind=gossip", "kind: must be &#39;first_seen&#39;, "),
        ("min_weight=2", "min_weight: must be at most 1<"),
        ("min_weight=nan", "min_weight: must be at most 1<"),
        ("min_weight=heavy", "min_weight: must be a number<"),
        ("since=yesterday-ish", "since: "),
        ("until=99999999d", "until: "),
        ("text=%22open", "the quotation mark at character 1 is not closed"),
        ("before=x", "before: x is not a place"),
        ("before=2026-01-01_99999999999999999999", "before: "),
        ("before=2026-01-01_1&after=2026-01-01_1", "only one of before and after"),
        ("gossip=1", "gossip: is not known here<"),
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
        told = room.page("/").find_class("none")[0]
        assert "Nothing has been seen yet." in told.text_content()
        assert [each.text for each in told.iter("code")] == ["sources", "stet run", "stet fetch URL"]
        assert told.xpath(".//a/@href") == ["/sources"]
    with open_for_reading(tmp_path / "stet.db") as db:
        assert db.table("events").count == 0


def test_dates_are_told_as_times_of_which_each_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db)
        desk.reads(article(published="2026-01-01", modified="2026-01-01T09:00:10+02:00"))
        desk.reads(article(published="2026-01-02", modified="2026-01-02T08:30:00Z"))
    with reading_room(path) as room:
        newest, _ = _entries(room.page("/"))
        (item,) = room.get("/changes.json?kind=dates_changed").json()["items"]
        version = room.page("/version?url=https://news.example/a&v=1")
    published, modified = newest.xpath(".//p[@class='said']")
    # A day without a zone is no moment that could be told in the reader's.
    assert _said(published) == "Its date of publication: from 2026-01-01 to 2026-01-02"
    assert published.xpath(".//time") == []
    assert _said(modified) == "Its date of change: from 2026-01-01 07:00 UTC to 2026-01-02 08:30 UTC"
    assert modified.xpath(".//time/@datetime") == ["2026-01-01T07:00:10.000Z", "2026-01-02T08:30:00.000Z"]
    assert "from 2026-01-01 07:00 UTC to 2026-01-02 08:30 UTC" in html.fromstring(item["content_html"]).text_content()
    assert version.xpath("//dt[.='Says it was published']/../dd//text()") == ["2026-01-01"]
    assert version.xpath("//dt[.='Says it was modified']/../dd/time/@title") == ["2026-01-01 07:00:10 UTC"]


def test_a_span_within_one_minute_is_told_to_the_second(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db)
        desk.reads(article())
        desk.now -= timedelta(minutes=14, seconds=45)
        desk.reads(article("There were 241 ships."))
    with reading_room(path) as room:
        newest, first = _entries(room.page("/"))
        (item,) = room.get("/changes.json?kind=text_changed").json()["items"]
    seen, after = newest.xpath(".//time")
    assert (seen.text, after.text) == ("2026-01-01 12:15:15 UTC", "2026-01-01 12:15:00 UTC")
    assert [each.get("data-seconds") for each in (seen, after)] == ["", ""]
    assert "between 2026-01-01 12:15:00 UTC and 2026-01-01 12:15:15 UTC" in item["content_html"]
    (alone,) = first.xpath(".//time")
    assert (alone.text, alone.get("title")) == ("2026-01-01 12:15 UTC", "2026-01-01 12:15:00 UTC")


def test_a_field_for_a_time_says_of_which_zone(served: Served) -> None:
    for path in ("/", "/search"):
        labels = served.page(path).xpath("//label[@for='since' or @for='until']/text()")
        assert labels == ["Seen from (UTC)", "Seen before (UTC)"]


def _entries(page: HtmlElement) -> list[HtmlElement]:
    return list(page.xpath("//ol[@class='stream']/li"))


def _said(entry: HtmlElement) -> str:
    return " ".join(entry.text_content().split())
