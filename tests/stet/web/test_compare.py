"""The room in which two pages are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from support.cli import configure, stet
from support.desk import Desk, article, identity
from support.web import reading_room

from archive.opening import open_for_writing
from stet.render.side_by_side import VERDICTS
from stet.web.pages.compare import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.web import Served

FERRY = (
    "The ferry Saltvik ran aground off Morne Point on Friday with 180 people aboard.",
    "Coastguard chief Ines Bardal said all of them were ashore by noon.",
    "The Northern Strait Company had bought the ferry in 2004.",
)
RETOLD = (
    "With 180 people aboard, the Saltvik, a ferry, struck ground off Morne Point on Friday.",
    "The vessel was purchased by the Northern Strait Company in 2014.",
    "By noon all were ashore, according to Ines Bardal, the chief of the coastguard.",
    "<script>alert(1)</script> \u202eWrite to our newsroom.",
)
FERRY_URL, RETOLD_URL, LONG_URL = (f"https://news.example/{path}" for path in ("ferry", "retold", "long"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a story in two versions, another outlet's telling of it, and a text that is too long."""
    made = tmp_path_factory.mktemp("compare")
    configure(made)
    with open_for_writing(made / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article(FERRY[0], title="Ferry aground"), identity("ferry"))
        desk.reads(article(*RETOLD, title="<b>Saltvik</b> stranded"), identity("retold"))
        desk.reads(article(*FERRY, title="Ferry aground"), identity("ferry"))
        desk.reads(article("The tide rose again. " * (LONGEST // 20)), identity("long"))
    return made


@pytest.fixture(scope="module")
def room(folder: Path) -> Iterator[Served]:
    with reading_room(folder / "stet.db") as served:
        yield served


def of(a: str, b: str) -> str:
    return "/compare?" + urlencode({"a": a, "b": b})


def test_without_pages_there_is_the_form_alone(room: Served) -> None:
    page = room.page("/compare")
    assert page.xpath("//form[@action='/compare']//input/@name") == ["a", "b"]
    assert not page.xpath("//table")
    one_given = room.page("/compare?" + urlencode({"a": FERRY_URL, "b": ""}))
    assert one_given.xpath("//input[@name='a']/@value") == [FERRY_URL]


def test_two_pages_are_told_side_by_side_with_the_verdict_and_why(room: Served) -> None:
    page = room.page(of(FERRY_URL, RETOLD_URL))
    assert page.xpath("string(//p[@class='verdict'])") == VERDICTS["copy"]
    assert "of A's words stand in sentences that B tells too" in page.xpath("string(//ul[@class='because']/li[1])")
    assert "A was first seen here 15 min before B" in page.xpath("string(//p[@class='first'])")
    (told,) = page.xpath("//table[@aria-labelledby='differences']/tbody/tr")
    assert told.xpath("td/bdi/text()") == ["2004", "2014"]
    assert "Northern Strait Company" in page.xpath("string(//table[@aria-labelledby='facts'])")
    by = [cell.text for cell in page.xpath("//td[@class='by']")]
    assert sorted(by) == ["B alone", "both", "both", "both"]


def test_nothing_from_the_pages_is_markup(room: Served) -> None:
    answer = room.get(of(FERRY_URL, RETOLD_URL))
    assert "<script>alert" not in answer.text
    assert "<b>Saltvik" not in answer.text
    assert "\u202e" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_the_sides_are_swapped_by_a_link(room: Served) -> None:
    page = room.page(of(f"{FERRY_URL}@1", RETOLD_URL))
    (swap,) = page.xpath("//a[contains(., 'Swap')]/@href")
    swapped = room.page(swap)
    assert [title.text for title in swapped.xpath("//dl[@class='compared']//dt//bdi")] == [
        "<b>Saltvik</b> stranded",
        "Ferry aground",
    ]
    assert "B was first seen here 15 min before A" in swapped.xpath("string(//p[@class='first'])")
    assert swapped.xpath("//dl[@class='compared']//a[contains(., 'Version')]/text()") == ["Version 1", "Version 1"]


def test_the_room_tells_what_the_command_does(folder: Path, room: Served) -> None:
    ran = stet(folder, "compare", "--format", "html", FERRY_URL, RETOLD_URL)
    fragment = ran.stdout.split('<div class="comparison">')[1].split("</main>")[0]
    assert fragment.rstrip().removesuffix("</div>").strip() in room.get(of(FERRY_URL, RETOLD_URL)).text


def test_right_to_left_text_is_not_led_by_our_labels(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article("عادت السفن إلى الميناء يوم الاثنين.", title="السفن"), identity("ar"))
        desk.reads(article("船が港に戻った。", title="船"), identity("ja"))
    with reading_room(tmp_path / "stet.db") as room:
        page = room.page(of("https://news.example/ar", "https://news.example/ja"))
    for cell in page.xpath("//table[@class='texts']//td[@dir]"):
        # `auto` looks for the first letter everywhere but in what has a direction of its own.
        assert all(label.get("dir") for label in cell.xpath("span"))


def test_texts_that_are_too_long_are_not_compared(room: Served) -> None:
    answer = room.get(of(FERRY_URL, LONG_URL))
    assert answer.status_code == 413
    assert "stet compare" in answer.text


@pytest.mark.parametrize(
    ("a", "b", "status"),
    [
        (FERRY_URL, "https://news.example/nothing", 404),
        (f"{FERRY_URL}@9", RETOLD_URL, 404),
        (FERRY_URL, "javascript:alert(1)", 400),
        (FERRY_URL, "\0", 400),
        (FERRY_URL, "https://[", 400),
        (FERRY_URL, f"{FERRY_URL}@" + "9" * 30, 404),
        (FERRY_URL, "x" * 3_000, 400),
    ],
)
def test_what_cannot_be_compared_is_told(room: Served, a: str, b: str, status: int) -> None:
    assert room.get(of(a, b)).status_code == status
