"""A reader browses, filters, compares by keyboard alone and searches, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from stet.newsroom.script import BRIDGE, DROUGHT, TREATY

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from support.paper import Paper

    Opened = Callable[..., AbstractContextManager[Page]]

FOCUSED = """() => {
  const each = document.activeElement, style = getComputedStyle(each);
  const name = each.name || each.textContent.trim();
  return {name, outline: style.outlineStyle, width: parseFloat(style.outlineWidth)};
}"""


def test_the_stream_is_filtered_and_leafed_through(paper: Paper, opened: Opened) -> None:
    for script in (True, False):
        with opened(java_script_enabled=script) as page:
            page.goto(paper.room.url)
            first = page.locator(".happening h2").first.inner_text()
            page.get_by_role("link", name="Older", exact=True).click()
            assert page.locator(".happening h2").first.inner_text() != first
            page.get_by_role("link", name="Newer", exact=True).click()
            assert page.locator(".happening h2").first.inner_text() == first

            page.locator("details.refine > summary").click()
            page.get_by_label("Words", exact=True).fill("lock")
            page.get_by_label("Source", exact=True).select_option("Elsewhere")
            page.get_by_label("Weight at least").fill("0")
            page.get_by_label("First seen").check()
            page.get_by_role("button", name="Show").click()
            assert "text=lock" in page.url
            shown = page.locator(".happening").all_inner_texts()
            assert shown
            assert all("Elsewhere" in each and "Lock" in each for each in shown)
            page.get_by_role("link", name="Remove all").click()
            assert page.locator(".happening h2").first.inner_text() == first


def test_two_versions_are_compared_by_keyboard_alone(paper: Paper, opened: Opened) -> None:
    with opened() as page:
        page.goto(paper.history(BRIDGE))
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["name"] == "Skip to the content"
        page.keyboard.press("Enter")
        _tab_to(page, "from")
        page.keyboard.press("Home")
        page.keyboard.press("End")
        page.keyboard.press("Home")
        _tab_to(page, "to")
        page.keyboard.press("End")
        chosen = page.evaluate("() => [document.querySelector('#from').value, document.querySelector('#to').value]")
        assert chosen[0] != chosen[1]
        _tab_to(page, "Compare")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"from={chosen[0]}&to={chosen[1]}"))
        assert page.locator(".inline .change").first.is_visible()
        _tab_to(page, "view")
        page.keyboard.press("ArrowRight")
        assert page.locator(".sides table").is_visible()
        assert not page.locator(".inline .change").first.is_visible()


def test_a_move_is_shown_as_a_move(paper: Paper, opened: Opened) -> None:
    with opened() as page:
        page.goto(paper.history(TREATY))
        assert "moved" in page.locator(".inline .change .what").all_inner_texts()[0].lower()


@pytest.mark.parametrize("script", [True, False])
def test_what_was_removed_is_found_and_the_capture_looked_at(paper: Paper, opened: Opened, *, script: bool) -> None:
    with opened(java_script_enabled=script) as page:
        page.goto(f"{paper.room.url}/search")
        page.get_by_role("main").get_by_label("Words in titles and texts").fill("hoteles")
        page.get_by_label("Only what was removed").check()
        page.get_by_role("button", name="Search").click()
        assert page.locator(".snippet mark").first.inner_text().lower() == "hoteles"
        page.get_by_role("link", name="See what went").first.click()
        assert page.locator(".diff del").first.is_visible()
        page.goto(paper.version(DROUGHT))
        # Twice: the second time the browser asks whether what it holds still stands.
        for _ in range(2):
            page.reload()
            page.locator(".capture summary").click()
            page.locator("iframe").scroll_into_view_if_needed()
            page.frame_locator("iframe").get_by_text("agua").first.wait_for(state="attached")


def test_the_other_rooms_answer(paper: Paper, opened: Opened) -> None:
    with opened() as page:
        page.goto(paper.room.url)
        for name in ("Compare", "Sources", "Status"):
            page.get_by_role("navigation", name="Rooms").get_by_role("link", name=name).click()
            assert page.locator("h1").is_visible()
        page.goto(f"{paper.room.url}/compare")
        page.get_by_label("Page A").fill(paper.urls[BRIDGE])
        page.get_by_label("Page B").fill(paper.urls[TREATY])
        page.get_by_role("button", name="Compare").click()
        assert page.get_by_role("heading", name="Verdict").is_visible()


def test_times_are_the_readers_and_utc_is_told_too(paper: Paper, opened: Opened) -> None:
    with opened() as page:
        page.goto(paper.history("rtl"))
        # Captured 19:45 UTC; India is five and a half hours ahead.
        at = page.locator("time[datetime='2026-01-01T19:45:00.000Z']").first
        assert "01:15" in at.inner_text()
        assert at.get_attribute("title") == "2026-01-01 19:45:00 UTC"


@pytest.mark.parametrize(("slug", "direction", "language"), [("rtl", "rtl", "ar"), ("cjk", "ltr", "ja")])
def test_other_writings_run_their_own_way(
    paper: Paper, opened: Opened, slug: str, direction: str, language: str
) -> None:
    with opened() as page:
        page.goto(paper.version(slug))
        text = page.locator(".text p").first
        assert text.evaluate("each => getComputedStyle(each).direction") == direction
        assert text.get_attribute("lang") == language


def test_a_page_is_light_and_one_request_deep(paper: Paper, opened: Opened) -> None:
    with opened() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for address in (paper.room.url + "/", paper.history(BRIDGE), f"{paper.room.url}/search?q=bridge"):
            answer = page.goto(address)
            assert answer is not None
            assert len(answer.body()) < 100_000, address
            html = answer.text()
            for url in asked:
                assert url.startswith(paper.room.url), url
                path = url.removeprefix(paper.room.url)
                assert url.split("#")[0] == answer.url.split("#")[0] or path in html or "/changes/live" in url, url
            asked.clear()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus, which must show."""
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["outline"] != "none", at
        assert at["width"] >= 2, at
        if at["name"] == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")
