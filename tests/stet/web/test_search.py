"""The room in which the archive is searched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from lxml import html
from support.desk import Desk, article, identity
from support.web import reading_room

from archive.opening import open_for_writing
from archive.search.hits import LIMIT
from stet.web.pages.search import FURTHEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.web import Served

MANY = LIMIT * 2 + 3


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Many pages of barges, one that lost its sentence about a smuggler, one in Japanese, and a hostile one."""
    path = tmp_path_factory.mktemp("search") / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db, source="Example Daily")
        for number in range(MANY):
            desk.reads(article(f"Barge {number} came in."), identity(f"barge/{number}"))
        desk.reads(article("The smuggler was seen.", "Nobody was hurt."), identity("quay"))
        desk.reads(article("Nobody was hurt."), identity("quay"))
        Desk(db, source="Another Daily").reads(article("The ferry left."), identity("ferry"))
        desk.reads(article("東京の港は月曜日に再開した。", title="港が再開"), identity("minato"))
        desk.reads(article("A kraken <img src=x onerror=alert(1)> \u202e rose."), identity("kraken"))
    with reading_room(path) as served:
        yield served


def of(**asked: object) -> str:
    return "/search?" + urlencode(asked)


def titles(room: Served, path: str) -> list[str]:
    return [hit.xpath("string(.//h3/a/@href)") for hit in room.page(path).xpath("//ol[@class='stream']/li")]


@pytest.mark.parametrize("path", ["/search", "/search?q=", "/search?q=++&source=&since=&until="])
def test_without_a_query_there_is_the_form_alone(room: Served, path: str) -> None:
    page = room.page(path)
    assert page.xpath("//form[@role='search']//input[@name='q']/@value") in (["  "], [""])
    assert not page.xpath("//ol[@class='stream']")
    assert page.xpath("//details/summary[contains(., 'How to ask')]")


def test_a_hit_shows_the_words_and_leads_to_the_page_and_the_version(room: Served) -> None:
    page = room.page(of(q="smuggler"))
    (hit,) = page.xpath("//ol[@class='stream']/li")
    assert hit.xpath(".//mark/text()") == ["smuggler"]
    links = hit.xpath(".//a/@href")
    assert "/page?url=https%3A%2F%2Fnews.example%2Fquay" in links
    assert "/version?url=https%3A%2F%2Fnews.example%2Fquay&v=1" in links
    assert page.xpath("//link[@type='application/atom+xml']/@href") == ["/search.atom?q=smuggler"]


def test_removed_text_is_told_with_the_interval_in_which_it_went(room: Served) -> None:
    page = room.page(of(q="smuggler", removed="true"))
    (hit,) = page.xpath("//ol[@class='stream']/li")
    told = " ".join(hit.xpath("string(.)").split())
    there, gone = hit.xpath(".//p[b]/time/@datetime")[:2]
    assert there < gone
    assert "Removed between" in told
    (link,) = hit.xpath(".//a[contains(., 'what went')]/@href")
    assert parse_qs(urlsplit(link).query) == {"url": ["https://news.example/quay"], "from": ["1"], "to": ["2"]}
    assert titles(room, of(q="hurt", removed="true")) == []


def test_pages_of_hits_follow_one_another_without_gap_or_repetition(room: Served) -> None:
    path, found = of(q="barge"), list[str]()
    while path:
        page = room.page(path)
        found += page.xpath("//ol[@class='stream']/li//h3/a/@href")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert len(found) == len(set(found)) == MANY
    assert room.page(of(q="barge", offset=LIMIT)).xpath("//a[@rel='prev']/@href") == ["/search?q=barge&offset=0"]


def test_filters_narrow_the_hits_and_stay_in_the_form(room: Served) -> None:
    assert titles(room, of(q="smuggler", source="Another Daily")) == []
    assert titles(room, of(q="smuggler", until="2026-01-01")) == []
    page = room.page(of(q="smuggler", source="Example Daily", since="2026-01-01"))
    assert len(page.xpath("//ol[@class='stream']/li")) == 1
    assert page.xpath("//select/option[@selected]/@value") == ["Example Daily"]
    assert page.xpath("//input[@name='since']/@value") == ["2026-01-01"]


def test_the_feed_of_a_search_has_its_filters(room: Served) -> None:
    asked = {"q": "smuggler", "source": "Example Daily", "since": "900w", "removed": "true"}
    page = room.page(of(**asked, until="", offset=0))
    links = [*page.xpath("//link[contains(@type, 'feed') or contains(@type, 'atom')]/@href")]
    links += page.xpath("//a[contains(., 'as a feed')]/@href")
    assert [urlsplit(link).path for link in links] == ["/search.atom", "/search.json", "/search.atom"]
    assert [parse_qs(urlsplit(link).query) for link in links] == [{name: [each] for name, each in asked.items()}] * 3


def test_a_source_that_is_not_known_is_not_there(room: Served) -> None:
    answer = room.get(of(q="smuggler", source="Nobody"))
    assert answer.status_code == 404
    assert "no source is named Nobody; /sources lists those there are" in answer.text


def test_words_of_scripts_without_spaces_are_found_and_marked(room: Served) -> None:
    assert room.page(of(q="月曜日")).xpath("//mark/text()") == ["月曜日"]


def test_what_is_no_query_is_told_with_a_way_out(room: Served) -> None:
    answer = room.get(of(q="smuggler AND (", removed="true"))
    assert answer.status_code == 400
    page = html.document_fromstring(answer.text)
    assert "parenthesis" in page.xpath("string(//*[@role='alert'])")
    (way_out,) = page.xpath("//a[contains(., 'as typed')]/@href")
    assert parse_qs(urlsplit(way_out).query) == {"q": ['"smuggler AND ("'], "removed": ["true"]}
    assert room.get(way_out).status_code == 200


def test_nothing_from_the_pages_is_markup(room: Served) -> None:
    answer = room.get(of(q="kraken"))
    assert "<img" not in answer.text
    assert "\u202e" not in answer.text
    assert "&lt;img src=x onerror" in answer.text
    assert "<script>x" not in room.get(of(q='"<script>x')).text


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a", "offset": -1},
        {"q": "a", "offset": FURTHEST + 1},
        {"q": "a", "offset": "x"},
        {"q": "a", "since": "yesterday"},
        {"q": "a", "removed": "perhaps"},
        {"q": "a", "unknown": "1"},
        {"q": "a" * 3_000},
        {"q": "barge NOT quay", "removed": "true"},
    ],
)
def test_bad_parameters_are_told(room: Served, asked: dict[str, object]) -> None:
    assert room.get(of(**asked)).status_code == 400
