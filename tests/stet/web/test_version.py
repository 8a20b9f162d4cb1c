"""One version as it was read: its text in order, what was set aside, and the versions beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.desk import Desk, article, identity
from support.web import reading_room

from archive.models import Article, Block, Role
from archive.opening import open_for_writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement
    from support.web import Served

STORY = "/version?url=https://news.example/story"


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A story of many roles in three versions, one in Arabic that another page copies, and a very long one."""
    path = tmp_path_factory.mktemp("reading") / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db, source="Example Daily")
        for crowd in ("Few", "Many", "Too many"):
            blocks = (
                Block(Role.STANDFIRST, "A day at the quay."),
                Block(Role.BODY, f"{crowd} came to the quay on Sunday."),
                Block(Role.PROMO, "Get our newsletter.", "pattern: newsletter"),
                Block(Role.FURNITURE, "Share this.", "link density"),
                Block(Role.HEADING, "What they saw"),
                Block(Role.QUOTE, "We saw a whale, said one."),
                Block(Role.LIST, "one whale"),
                Block(Role.LIST, "two boats"),
                Block(Role.CAPTION, "A whale, yesterday."),
                Block(Role.CORRECTION, "Correction: it was a Sunday."),
                Block(Role.CREDIT, "Reporting by Ada Lin; editing by Bo Ek"),
            )
            desk.reads(Article("A whale", ("Ada Lin",), "2026-01-01", None, "en", blocks), identity("story"))
        arabic = tuple(
            Block(Role.BODY, text)
            for text in (
                "أعلن مكتب الميناء أن مئتين وأربع عشرة سفينة وصلت إلى المدينة خلال شهر مارس الماضي.",
                "وقال المسؤولون إن الرصيف الشرقي سيفتح أبوابه أمام الزوار يوم الاثنين المقبل.",
                "ولم يصب أحد بأذى في العاصفة التي ضربت الساحل مساء السبت.",
            )
        )
        for path_ in ("arabic", "copied"):
            desk.reads(Article("عودة السفن", (), None, None, "ar", arabic), identity(path_))
        desk.reads(article(*(f"Line {number}: {'word ' * 200}" for number in range(150))), identity("long"))
    with reading_room(path) as room:
        yield room


def said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_blocks_stand_in_order_each_as_what_it_is(reading: Served) -> None:
    (text,) = reading.page(f"{STORY}&v=2").find_class("text")
    assert [(each.tag, each.get("class")) for each in text] == [
        ("p", "standfirst"),
        ("p", None),
        ("details", "aside"),
        ("h2", "heading"),
        ("blockquote", None),
        ("ul", None),
        ("p", "caption"),
        ("p", "correction"),
        ("p", "credit"),
    ]
    assert said(text[1]) == "Many came to the quay on Sunday."
    assert [said(each) for each in text[5]] == ["one whale", "two boats"]


def test_what_was_set_aside_is_folded_away_with_its_reason(reading: Served) -> None:
    (aside,) = reading.page(STORY).find_class("aside")
    assert aside.get("open") is None
    assert said(aside.find("summary")) == "Set aside: 2 passages"
    assert [said(each) for each in aside.iter("dt")] == ["promo: pattern: newsletter", "furniture: link density"]
    assert [said(each) for each in aside.iter("dd")] == ["Get our newsletter.", "Share this."]


def test_it_leads_to_the_versions_beside_it(reading: Served) -> None:
    for number, rels in ((1, {"up", "next"}), (2, {"prev", "up", "next"}), (3, {"prev", "up"})):
        links = reading.page(f"{STORY}&v={number}").xpath("//nav[@aria-label = 'Versions']/a")
        assert {link.get("rel") for link in links} == rels
        beside = [said(link) for link in links if link.get("rel") != "up"]
        assert beside == [f"Version {each}" for each in (number - 1, number + 1) if 1 <= each <= 3]
        assert all(reading.get(link.get("href")).status_code == 200 for link in links)


def test_it_says_who_is_credited_and_what_read_it(reading: Served) -> None:
    page = reading.page(STORY)
    (table,) = page.xpath("//table")
    assert [list(map(said, row)) for row in table.find("tbody")] == [["Ada Lin", "reporting"], ["Bo Ek", "editing"]]
    (provenance,) = page.find_class("provenance")
    told = dict(zip(map(said, provenance.iter("dt")), map(said, provenance.iter("dd")), strict=True))
    assert told["Extraction"] == "test 1"
    assert len(told["Chain"]) == 64
    assert page.xpath("//iframe[@sandbox = '']/@src")[0].startswith("/memento/2026")


def test_a_text_that_runs_from_right_to_left_says_its_language(reading: Served) -> None:
    for address in ("version", "page", "copies"):
        page = reading.page(f"/{address}?url=https://news.example/arabic")
        assert page.xpath("//h1/bdi/@lang") == ["ar"]
        assert page.get("lang") == "en"
    paragraphs = reading.page("/version?url=https://news.example/arabic").xpath("//div[@class = 'text']/p")
    assert {(each.get("dir"), each.get("lang")) for each in paragraphs} == {("auto", "ar")}


def test_copies_elsewhere_are_listed_with_what_was_taken(reading: Served) -> None:
    rows = reading.page("/copies?url=https://news.example/arabic").xpath("//tbody/tr")
    assert len(rows) == 2
    assert said(rows[0].findall("td")[1]) == "asked about"
    assert said(rows[1].findall("td")[1]) == "copy, same outlet"
    assert [said(cell) for cell in rows[1].findall("td")[2:4]] == ["100 %", "100 %"]
    (compare,) = rows[1].xpath(".//a[. = 'side by side']/@href")
    assert compare.startswith("/compare?a=https")
    assert "No other page here carries it." in said(reading.page("/copies?url=https://news.example/story"))


def test_a_very_long_text_is_shown_in_parts(reading: Served) -> None:
    address = "/version?url=https://news.example/long"
    lines, part = [], 1
    while True:
        answer = reading.get(f"{address}&part={part}")
        if answer.status_code == 404:
            break
        assert len(answer.content) < 100_000
        lines += [
            said(each).split()[1] for each in reading.page(f"{address}&part={part}").xpath("//div[@class = 'text']/p")
        ]
        part += 1
    assert lines == [f"{number}:" for number in range(150)]
    assert part > 2


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("", 200),
        ("?url=https://news.example/none", 404),
        ("?url=https://news.example/story&v=9", 404),
        ("?url=https://news.example/story&v=0", 400),
        ("?url=https://news.example/story&v=x", 400),
        ("?url=https://news.example/story&part=0", 400),
        ("?url=https://news.example/story&part=9", 404),
        ("?url=ftp://news.example/story", 400),
    ],
)
@pytest.mark.parametrize("room", ["version", "copies"])
def test_what_cannot_be_answered_is_refused(reading: Served, room: str, asked: str, status: int) -> None:
    if room == "copies" and "part=" in asked:
        status = 200
    assert reading.get(f"/{room}{asked}").status_code == status
