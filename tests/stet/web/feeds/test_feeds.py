"""Feeds are valid, tell what the pages tell, and are not sent twice."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import feedparser
import jsonschema_rs
import pytest
from lxml import etree
from support import hostile_page
from support.desk import BODY, START, Desk, article, identity
from support.web import reading_room

from archive.models import Outcome
from archive.opening import open_for_writing
from archive.times import iso
from stet.web.feeds.routes import MOST, RECENT

if TYPE_CHECKING:
    from support.web import Served

HERE = Path(__file__).parent
ATOM = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
JSON_FEED = jsonschema_rs.validator_for(
    json.loads((HERE / "jsonfeed.schema.json").read_text(encoding="utf-8")), validate_formats=True
)
OF_PAGE = urlencode({"url": identity().url})
ADDRESSES = (
    ("changes", ""),
    ("changes", "source=Example+Daily&kind=text_changed&min_weight=0.1&text=ships"),
    ("page", OF_PAGE),
    ("page", f"{OF_PAGE}&kind=correction_added"),
    ("search", "q=harbour&since=2020-01-01"),
    ("search", "q=214&removed=1&since=2020-01-01"),
)


def atom_of(served: Served, name: str, asked: str) -> Any:
    """The feed as feedparser reads it; it must be valid."""
    answer = served.get(f"/{name}.atom?{asked}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    ATOM.assertValid(etree.fromstring(answer.content))
    read = feedparser.parse(answer.content)
    assert not read.bozo
    return read


def json_of(served: Served, name: str, asked: str) -> Any:
    """The feed, which must be valid."""
    answer = served.get(f"/{name}.json?{asked}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/feed+json")
    JSON_FEED.validate(answer.json())
    return answer.json()


@pytest.mark.parametrize(("name", "asked"), ADDRESSES)
def test_both_formats_are_valid_and_tell_the_same(served: Served, name: str, asked: str) -> None:
    atom, feed = atom_of(served, name, asked), json_of(served, name, asked)
    assert feed["items"]
    assert [entry.id for entry in atom.entries] == [item["id"] for item in feed["items"]]
    assert [entry.title for entry in atom.entries] == [item["title"] for item in feed["items"]]
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    moments = [item["date_published"] for item in feed["items"]]
    assert moments == sorted(moments, reverse=True)
    assert feed["feed_url"].startswith(f"{served.url}/{name}.json")


@pytest.mark.parametrize(("name", "asked"), ADDRESSES)
def test_what_a_feed_leads_to_is_there(served: Served, name: str, asked: str) -> None:
    feed = json_of(served, name, asked)
    for url in {feed["home_page_url"], *(item["url"] for item in feed["items"])}:
        assert served.get(url.removeprefix(served.url)).status_code == 200, url


def test_an_edit_is_told_with_its_words_marked(served: Served) -> None:
    (edit,) = json_of(served, "changes", "kind=text_changed")["items"]
    assert "<del>214</del>" in edit["content_html"]
    assert "<ins>241</ins>" in edit["content_html"]
    assert edit["title"] == "Text changed: Ships return"
    assert edit["external_url"] == identity().url
    assert "number" in edit["tags"]


def test_a_rewritten_sentence_can_be_read_without_styles(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article("There are lakes under this ice.", *BODY, title="Lakes found"))
        desk.reads(article("There are 63 hidden lakes under this ice, they said.", *BODY, title="Hidden lakes found"))
    with reading_room(tmp_path / "stet.db") as served:
        (item,) = json_of(served, "changes", "kind=text_changed&kind=headline_changed")["items"]
    told = [each.xpath("string(.)") for each in etree.HTML(item["content_html"]).iter("p")]
    assert told[:4] == [
        "Headline. Before: Lakes found",
        "Now: Hidden lakes found",
        "Edited. Before: There are lakes under this ice.",
        "Now: There are 63 hidden lakes under this ice, they said.",
    ]


def test_the_pages_of_a_page_and_of_a_source_announce_their_feeds(served: Served) -> None:
    of_source = urlencode({"source": "Example Daily"})
    for path, feeds in (
        (f"/page?{OF_PAGE}", f"/page.{{}}?{OF_PAGE}"),
        (f"/version?{OF_PAGE}&v=1", f"/page.{{}}?{OF_PAGE}"),
        (f"/copies?{OF_PAGE}", f"/page.{{}}?{OF_PAGE}"),
        ("/source?name=Example+Daily", f"/changes.{{}}?{of_source}"),
    ):
        announced = served.page(path).xpath("//head/link[@rel='alternate']")
        assert [(link.get("type"), link.get("href")) for link in announced] == [
            ("application/atom+xml", feeds.format("atom")),
            ("application/feed+json", feeds.format("json")),
        ]
        assert all(served.get(link.get("href")).status_code == 200 for link in announced)


def test_who_has_the_feed_is_not_sent_it_again(served: Served) -> None:
    first = served.get("/changes.atom")
    again = served.get("/changes.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_was_observed_earlier_and_recorded_later_is_sent(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.now = START + timedelta(hours=2)
        desk.reads(article(), identity("later"))
        with reading_room(tmp_path / "stet.db") as served:
            first = served.get("/changes.json")
            desk.now = START
            desk.reads(article(), identity("earlier"))
            asked = {"If-Modified-Since": first.headers.get("last-modified", "Fri, 02 Jan 2026 00:00:00 GMT")}
            again = served.get("/changes.json", headers=asked)
    assert [item["external_url"].rpartition("/")[2] for item in again.json()["items"]] == ["later", "earlier"]


def test_the_feed_of_a_search_has_the_newest_though_others_match_better(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        for number in range(MOST + 10):
            desk.reads(article("The council met.", title="The council"), identity(f"better-{number}"))
        desk.reads(article("Nobody was hurt.", "The harbour was closed.", "The council met."), identity("latest"))
        for number in range(2 * MOST):
            desk.reads(article("A crane was brought."), identity(f"other-{number}"))
    with reading_room(tmp_path / "stet.db", clock=lambda: START + timedelta(days=5)) as served:
        found = json_of(served, "search", "q=council")["items"]
    assert [item["external_url"].rpartition("/")[2] for item in found[:2]] == ["latest", f"better-{MOST + 9}"]
    assert len(found) == MOST


def test_text_that_stood_long_and_went_lately_is_in_the_feed_of_removed_text(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article())
        desk.now = START + timedelta(days=60)
        desk.reads(article("The harbour office counted 241 ships in March.", *BODY[1:]))
        gone = desk.now
    for now, there in ((gone + timedelta(hours=2), True), (gone + RECENT + timedelta(hours=2), False)):
        with reading_room(tmp_path / "stet.db", clock=lambda now=now: now) as served:
            found = json_of(served, "search", "q=214&removed=true")["items"]
            assert [item["date_published"] for item in found] == [iso(gone)] * there
            for item in found:
                assert parse_qs(urlsplit(item["url"]).query) == {"url": [identity().url], "from": ["1"], "to": ["2"]}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/changes.atom?kind=none", 400),
        ("/changes.rss", 404),
        ("/page.atom", 400),
        ("/page.json?url=https://nowhere.example/", 404),
        ("/changes.atom?source=Nobody", 404),
        (f"/page.json?{OF_PAGE}&source=Nobody", 404),
        ("/search.atom?q=harbour&source=Nobody", 404),
        ("/search.json?q=", 400),
        ("/search.atom?q=(", 400),
    ],
)
def test_a_feed_that_cannot_be_says_so(served: Served, path: str, status: int) -> None:
    assert served.get(path).status_code == status


def test_what_a_hostile_page_says_stays_text(tmp_path: Path) -> None:
    pieces = hostile_page.markup("evil.example")
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db, source=pieces[4][:90])
        for version in range(2):
            desk.reads(
                article(*(f"{version} {piece}" for piece in pieces), title=f"{pieces[0]} {version}", authors=pieces[:2])
            )
        desk.finds(Outcome.GONE, detail=pieces[4])
    with reading_room(tmp_path / "stet.db") as served:
        for name, asked in (("changes", ""), ("page", OF_PAGE), ("search", "q=script&since=2020-01-01")):
            feed = json_of(served, name, asked)
            assert feed["items"]
            assert atom_of(served, name, asked).entries
            for item in feed["items"]:
                # A JSON Feed's titles are plain text; its content is HTML, of which only ours is markup.
                tree = etree.HTML(item["content_html"])
                assert {each.tag for each in tree.iter()} <= {"html", "body", "p", "ins", "del", "mark", "span", "br"}


def test_the_feed_of_an_archive_in_which_nothing_happened_is_valid(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db"):
        pass
    with reading_room(tmp_path / "stet.db", web={"port": 0, "url": "https://stet.example"}) as served:
        assert json_of(served, "changes", "")["feed_url"] == "https://stet.example/changes.json"
        assert atom_of(served, "changes", "").entries == []
