"""A page's history: what the room shows of it, whatever its headline says and however often it was looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from support.desk import BODY, Desk, article, identity
from support.web import reading_room

from archive.models import Finding, Home, Outcome, Replay
from archive.opening import open_for_writing, transaction
from archive.reextraction import record_replay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.html import HtmlElement
    from support.web import Served

HARBOUR = "/page?url=https://news.example/a"
HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}\u202e<img src=x onerror=alert(2)>'
SENTENCES = tuple(f"Sentence {number} tells of the quay at pier {number}." for number in range(300))


@pytest.fixture(scope="module")
def restless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Pages that are hostile, long, often edited, moved, never read, back at what they said, and in Arabic."""
    path = tmp_path_factory.mktemp("restless") / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db, source='News" onfocus=alert(3) x="')
        evil = identity("evil?q=%22%3E%3Cscript%3E")
        desk.reads(article(f"Nobody came. {HOSTILE}", title=HOSTILE, authors=(HOSTILE,), credits=(HOSTILE,)), evil)
        desk.reads(
            article(HOSTILE, title=f"{HOSTILE} again", authors=(HOSTILE,), corrections=(f"Correction: {HOSTILE}",)),
            evil,
        )
        often = identity("often")
        for number in range(120):
            desk.reads(article(f"{number} ships came in.", *BODY[1:]), often, body=b"%d" % number)
            desk.record(Finding(Outcome.UNCHANGED), often, body=b"%d" % number)
        long = identity("long")
        desk.reads(article(*SENTENCES), long)
        desk.reads(article(*(each.replace("quay", "new lighthouse") for each in SENTENCES)), long)
        desk.finds(Outcome.PAYWALLED, identity("never"))
        back = identity("back")
        desk.reads(article("One ship came in."), back)
        desk.reads(article("Nine ships came in."), back)
        desk.reads(article("One ship came in."), back)
        desk.reads(article("It stands elsewhere."), identity("old"))
        desk.reads(article("It stands elsewhere."), identity("other"))
        desk.finds(Outcome.MOVED, identity("old"), home=Home(identity("other"), by_redirect=True))
        desk.finds(Outcome.ERROR, back)
    with reading_room(path) as room:
        yield room


def said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def about(page: HtmlElement) -> dict[str, str]:
    return {
        said(each.find("dt")): said(each.find("dd")) for each in page.xpath("//dl[contains(@class, 'about-page')]/div")
    }


def test_the_page_says_where_it_stands(served: Served) -> None:
    page = served.page(HARBOUR)
    assert [said(each) for each in page.iter("h1")] == ["Ships come back"]
    assert about(page) == {
        "Page": "https://news.example/a",
        "Source": "Example Daily",
        "State": "live",
        "First seen": "2026-01-01 12:15 UTC",
        "Last check": "2026-01-01 13:00 UTC",
        "Next check": "it is not watched",
    }
    assert about(served.page("/page?url=https://news.example/lighthouse"))["State"] == (
        "gone, seen so 2026-01-01 13:30 UTC, still there 2026-01-01 13:15 UTC"
    )


def test_a_url_is_known_however_it_is_written(served: Served) -> None:
    tracked = quote("https://NEWS.example/a?utm_source=feed#top", safe="")
    assert about(served.page(f"/page?url={tracked}"))["Page"] == "https://news.example/a"


def test_versions_are_listed_newest_first_with_what_changed(served: Served) -> None:
    rows = served.page(HARBOUR).xpath("//table[contains(@class, 'versions')]/tbody/tr")
    assert [said(row.find("th")) for row in rows] == ["4", "3", "2", "1"]
    assert [said(row.findall("td")[1]) for row in rows] == [
        "Ships come back",
        "Ships come back",
        "Ships return",
        "Ships return",
    ]
    changed = [said(row.findall("td")[-1]) for row in rows]
    assert changed[0].startswith("Correction added from version 3: ")
    assert changed[1].startswith("Headline changed from version 2: ")
    assert "number" in changed[2]
    assert "unmarked" in changed[2]
    assert changed[3] == "First seen"


def test_the_last_change_is_shown_and_any_two_versions_can_be(served: Served) -> None:
    page = served.page(HARBOUR)
    assert said(page.get_element_by_id("changed")) == "What changed from version 3 to 4"
    chosen = served.page(f"{HARBOUR}&from=1&to=2")
    assert said(chosen.get_element_by_id("changed")) == "What changed from version 1 to 2"
    diff = chosen.find_class("diff")[0]
    assert [said(each) for each in diff.find_class("inline")[0].iter("del", "ins")] == ["214", "241"]
    assert diff.find_class("sides")
    assert "Unmarked: " in said(diff.find_class("note")[0])
    backwards = served.page(f"{HARBOUR}&from=3&to=1")
    assert "Shown backwards" in said(backwards.find_class("diff")[0])


def test_the_form_to_choose_has_all_versions_and_those_that_are_shown(served: Served) -> None:
    (form,) = served.page(f"{HARBOUR}&from=2&to=4").xpath("//form[contains(@class, 'filters')]")
    assert dict(form.form_values()) == {"url": "https://news.example/a", "from": "2", "to": "4"}
    assert form.method == "GET"
    for select in form.iter("select"):
        assert [option.get("value") for option in select] == ["4", "3", "2", "1"]
        assert form.xpath(f".//label[@for='{select.get('id')}']")


def test_a_version_compared_with_itself_is_told_apart(served: Served) -> None:
    page = served.page(f"{HARBOUR}&from=2&to=2")
    assert not page.find_class("diff")
    assert "not with itself" in said(page.find_class("note")[0])


def test_headlines_show_their_words_that_changed_and_corrections_their_times(served: Served) -> None:
    page = served.page(HARBOUR)
    headlines, notices = page.find_class("headlines")
    first, second = headlines
    assert [said(each) for each in first.iter("del", "ins")] == ["return", "come back"]
    assert said(second.find("p")) == "Ships return"
    assert "another by 2026-01-01 12:45 UTC" in said(second)
    (notice,) = notices
    assert "Correction: an earlier version gave another number of ships." in said(notice)
    assert "Not there 2026-01-01 12:45 UTC; seen from 2026-01-01 13:00 UTC, with version 4" in said(notice)


def test_the_raw_capture_stands_in_a_frame_that_can_do_nothing(served: Served) -> None:
    (frame,) = served.page(f"{HARBOUR}&to=2").iter("iframe")
    assert frame.get("sandbox") == ""
    assert frame.get("src") == "/memento/20260101123000if_/https://news.example/a"
    assert frame.get("loading") == "lazy"
    assert frame.get("title")


def test_the_timeline_tells_in_words_what_it_draws(served: Served, restless: Served) -> None:
    (figure,) = served.page(HARBOUR).find_class("timeline")
    (svg,) = figure.iter("svg")
    named = svg.get("aria-labelledby").split()
    assert {each.get("id") for each in svg.iter("title", "desc")} == set(named)
    assert "4 versions and 4 checks. 4 showed the article, 0 found it gone" in said(figure)
    (away,) = served.page("/page?url=https://news.example/lighthouse").find_class("timeline")
    assert len(away.find_class("away")) == 1
    (failed,) = restless.page("/page?url=https://news.example/back").find_class("timeline")
    assert len(failed.find_class("failed")) == 1


def test_a_page_that_was_edited_often_is_bounded_and_paged(restless: Served) -> None:
    address = "/page?url=https://news.example/often"
    answer = restless.get(address)
    assert len(answer.content) < 100_000
    page = restless.page(address)
    assert "120 versions and 240 checks" in said(page.find_class("timeline")[0])
    drawn = page.find_class("timeline")[0].find_class("read")[0].get("d")
    assert 1 < drawn.count("M") <= 120
    assert [field.get("type") for field in page.xpath("//form[contains(@class, 'filters')]//input")] == [
        "hidden",
        "number",
        "number",
    ]
    listed = []
    while True:
        listed += [int(said(each)) for each in page.xpath("//table[contains(@class, 'versions')]/tbody/tr/th")]
        older = page.xpath("//a[@rel='next']/@href")
        if not older:
            break
        page = restless.page(older[0].partition("#")[0])
    assert listed == list(range(120, 0, -1))


def test_many_changes_are_shown_in_part_and_all_where_that_is_asked_for(restless: Served) -> None:
    address = "/page?url=https://news.example/long"
    assert len(restless.get(address).content) < 100_000
    page = restless.page(address)
    assert "300 changes" in said(page.find_class("count")[0])
    assert len(page.xpath("//div[starts-with(@id, 'change-')]")) == 40
    targets = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert targets <= set(page.xpath("//@id"))
    (every,) = page.xpath("//a[. = 'Show all changes']/@href")
    assert len(restless.page(every).xpath("//div[starts-with(@id, 'change-')]")) == 300


def test_a_page_that_is_back_at_a_version_says_so(restless: Served) -> None:
    page = restless.page("/page?url=https://news.example/back")
    assert about(page)["State"] == "live, back at version 1"
    assert said(page.get_element_by_id("changed")) == "What changed from version 2 to 1"
    assert "The page went back" in said(page.find_class("diff")[0])
    last = page.xpath("//table[contains(@class, 'versions')]/tbody/tr")[-1]
    assert "Back at it" in said(last)


def test_a_trial_of_headlines_that_is_over_is_told_as_that(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        for title in ("Ships return", "Boats come back", "Ships return", "Ships return"):
            desk.reads(article(title=title))
    with reading_room(tmp_path / "stet.db") as room:
        page = room.page(HARBOUR)
    assert about(page)["State"] == "live, back at version 1"
    assert said(page.get_element_by_id("changed")) == "What changed from version 2 to 1"
    (frame,) = page.iter("iframe")
    assert frame.get("title") == "The page as it was fetched for version 1"
    last = page.xpath("//table[contains(@class, 'versions')]/tbody/tr")[-1]
    assert "Back at it 2026-01-01 12:45 UTC" in said(last)
    (trial,) = (each for each in happened(page) if "that is no edit" in each)
    assert "weight" not in trial


def test_a_version_that_was_read_anew_says_when_and_is_counted_apart(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article())
        desk.reads(article("The harbour office counted 241 ships in March.", *BODY[1:]))
        again = Finding(Outcome.NEW, article("The harbour office counted 241 ships."), extractor="test 2")
        with transaction(db):
            record_replay(db, Replay(1, 2, again), now=desk.now + timedelta(hours=4))
    with reading_room(tmp_path / "stet.db") as room:
        page = room.page(HARBOUR)
    newest, *_ = page.xpath("//table[contains(@class, 'versions')]/tbody/tr")
    assert said(newest.find("td")) == "2026-01-01 12:30 UTC, read anew 2026-01-01 16:30 UTC"
    assert said(page.find_class("timeline")[0].find("figcaption")).startswith("2 versions, and 1 read anew, above")
    assert said(page.get_element_by_id("changed")) == "What changed from version 1 to 2"


def test_a_version_without_a_headline_says_so(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article(title=""))
        desk.reads(article(title="Ships return"))
    with reading_room(tmp_path / "stet.db") as room:
        page = room.page(HARBOUR)
    assert said(page.xpath("//table[contains(@class, 'versions')]/tbody/tr")[-1].findall("td")[1]) == "(no headline)"
    assert said(page.find_class("headlines")[0][-1].find("p")) == "(no headline)"


def test_what_an_edit_weighs_is_told_apart_from_what_its_event_does(served: Served) -> None:
    page = served.page(HARBOUR)
    corrected = page.xpath("//table[contains(@class, 'versions')]/tbody/tr")[0]
    assert "weight of the edit " in said(corrected)
    assert "heavy, weight 1 of 1" in happened(page)[0]


def test_a_page_that_moved_leads_to_where_it_is(restless: Served) -> None:
    page = restless.page("/page?url=https://news.example/old")
    assert about(page)["State"].startswith("moved to https://news.example/other, seen so 2026-")


def test_a_page_that_was_never_read_has_a_history_of_looks_alone(restless: Served) -> None:
    page = restless.page("/page?url=https://news.example/never")
    assert about(page)["State"].startswith("behind a paywall")
    assert not page.xpath("//table")
    assert not list(page.iter("iframe"))


def test_who_asks_for_an_unknown_page_is_told_what_to_do(served: Served) -> None:
    answer = served.get(f"/page?url=https://news.example/{quote('<b>none')}")
    assert answer.status_code == 404
    assert "stet watch" in answer.text
    assert "<b>none" not in answer.text
    (form,) = served.page("/page").forms
    assert (form.action, form.method) == ("/page", "GET")
    assert form.xpath(".//label[@for='url']")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("url=javascript:alert(1)", 400),
        ("url=https://news.example/a&from=99", 404),
        ("url=https://news.example/a&from=0", 400),
        ("url=https://news.example/a&to=99999999999999999999", 400),
        ("url=https://news.example/a&to=x", 400),
        ("url=https://news.example/a&until=-1", 400),
        ("url=https://news.example/a&from=&to=", 200),
        ("url=https://news.example/lighthouse&from=1&to=2", 404),
        ("url=https://news.example/%00", 400),
        (f"url=https://news.example/{'a' * 9_000}", 400),
    ],
)
def test_what_cannot_be_answered_is_refused(served: Served, asked: str, status: int) -> None:
    assert served.get(f"/page?{asked}").status_code == status


@pytest.mark.parametrize("room", ["page", "version", "copies"])
def test_nothing_from_the_web_becomes_markup(restless: Served, room: str) -> None:
    page = restless.page(f"/{room}?url={quote('https://news.example/evil?q=%22%3E%3Cscript%3E', safe='')}")
    assert "alert(1)" in said(page)
    assert "{{ 7 * 7 }}" in said(page)
    assert "\u202e" not in page.text_content()
    assert [each.get("src").split("/")[1] for each in page.iter("script")] == ["static"]
    assert not list(page.iter("img", "style", "object", "embed"))
    names = {name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name == "style"}
    schemes = {link.partition(":")[0] for link in page.xpath("//@href | //@src") if link[0] not in "/#"}
    assert schemes <= {"https"}


def happened(page: HtmlElement) -> list[str]:
    return [said(each) for each in page.xpath("//ol[@aria-labelledby='happened']/li")]


def test_all_that_befell_a_page_is_told_and_since_when_it_is_away(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db, source="Example Daily")
        desk.reads(article())
        desk.finds(Outcome.PAYWALLED, detail="a wall")
        desk.finds(Outcome.GONE)
        desk.finds(Outcome.PAYWALLED)
        desk.reads(article())
        desk.reads(article(title="Ships come back"))
        desk.finds(Outcome.PAYWALLED)
        desk.finds(Outcome.PAYWALLED)
    with reading_room(tmp_path / "stet.db") as room:
        page = room.page(HARBOUR)
    labels = [said(each) for each in page.xpath("//ol[@aria-labelledby='happened']//li[@class='kind']")]
    assert labels == [
        "Paywalled",
        "Headline changed",
        "Free again",
        "Paywalled",
        "Gone",
        "Paywalled",
        "First seen",
    ]
    looks = happened(page)
    assert looks[0].startswith("Seen 2026-01-01 13:45 UTC · happened after 2026-01-01 13:30 UTC")
    assert "Headline: Ships return come back" in looks[1]
    assert "a wall" in looks[-2]
    assert about(page)["State"] == ("behind a paywall, seen so 2026-01-01 13:45 UTC, not yet 2026-01-01 13:30 UTC")


def test_what_happened_is_told_of_the_last_looks_and_the_feeds_have_more(restless: Served) -> None:
    page = restless.page("/page?url=https://news.example/often")
    assert len(happened(page)) == 10
    more = page.xpath("//section[@aria-labelledby='happened']/p//a/@href")
    assert [link.partition("?")[0] for link in more] == ["/page.atom", "/page.json"]
    assert all(restless.get(link).status_code == 200 for link in more)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("watched = 1, next_check_at = '2026-01-03T00:00:00.000Z'", "2026-01-03 00:00 UTC"),
        ("watched = 1, next_check_at = '2026-01-01T18:00:00.000Z'", "due since 2026-01-01 18:00 UTC"),
        ("watched = 1, next_check_at = null", "none is due"),
        ("watched = 0, next_check_at = null", "it is not watched"),
    ],
)
def test_the_next_check_is_one_that_will_come(tmp_path: Path, row: str, told: str) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        Desk(db, source="Example Daily").reads(article())
        db.execute(f"update pages set {row}")
    with reading_room(tmp_path / "stet.db", clock=lambda: datetime(2026, 1, 2, tzinfo=UTC)) as room:
        assert about(room.page(HARBOUR))["Next check"] == told


def test_a_page_of_a_paused_source_has_no_next_check(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        Desk(db, source="Example Daily").reads(article())
        db.execute("update pages set watched = 1, next_check_at = '2099-01-01T00:00:00.000Z'")
        db.execute("update sources set paused_at = '2026-01-02T08:00:00.000Z'")
    with reading_room(tmp_path / "stet.db") as room:
        told = about(room.page(HARBOUR))["Next check"]
        source, sources = (said(room.page(path).body) for path in ("/source?name=Example Daily", "/sources"))
    assert told == "none: its source is paused since 2026-01-02 08:00 UTC"
    assert "2099" not in source + sources
