"""Every page meets WCAG 2.2 AA as far as axe-core can tell, light and dark, on a phone and on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from stet.newsroom.script import BRIDGE, TREATY

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from support.paper import Paper

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}

OVERFLOWING = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def addresses(paper: Paper) -> list[str]:
    """Each kind of page, with results, without any, and as an error."""
    room = paper.room.url
    return [
        f"{room}/",
        f"{room}/?text=bridge&kind=text_changed&min_weight=0.1",
        f"{room}/?text=nothinglikeit",
        f"{room}/?min_weight=9",
        paper.history(BRIDGE),
        paper.history(TREATY),
        paper.history("rtl"),
        paper.version("cjk"),
        paper.version(BRIDGE, 2),
        f"{room}/page",
        f"{room}/page?url=https://nowhere.example/",
        f"{room}/compare",
        f"{room}/compare?a={paper.urls[BRIDGE]}&b={paper.urls[TREATY]}",
        f"{room}/copies?url={paper.urls[BRIDGE]}",
        f"{room}/search",
        f"{room}/search?q=bridge",
        f"{room}/search?q=%22",
        f"{room}/sources",
        f"{room}/source?name=Courier",
        f"{room}/status",
        f"{room}/sign-in",
        f"{room}/api",
        f"{room}/nothing",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark"), (390, "dark")])
def test_axe_finds_nothing(
    paper: Paper, opened: Callable[..., AbstractContextManager[Page]], width: int, scheme: str
) -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    size = {"width": width, "height": 900}
    with opened(watched=False, color_scheme=scheme, viewport=size, bypass_csp=True) as page:
        for address in addresses(paper):
            page.goto(address)
            page.locator("details.filters").evaluate_all("all => all.forEach(each => { each.open = true })")
            for each in Axe().run(page, options=OPTIONS).response["violations"]:
                nodes = [node["html"][:160] for node in each["nodes"][:3]]
                found.setdefault(each["id"], []).append((address.removeprefix(paper.room.url), nodes[0]))
    assert found == {}


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways(
    paper: Paper, opened: Callable[..., AbstractContextManager[Page]], width: int
) -> None:
    with opened(watched=False, viewport={"width": width, "height": 800}) as page:
        wide = {}
        for address in addresses(paper):
            page.goto(address)
            if (beyond := page.evaluate(OVERFLOWING)) > 0:
                wide[address.removeprefix(paper.room.url)] = beyond
    assert wide == {}


def test_text_grows_to_twice_its_size(paper: Paper, opened: Callable[..., AbstractContextManager[Page]]) -> None:
    with opened(watched=False, viewport={"width": 1280, "height": 900}, bypass_csp=True) as page:
        for address in addresses(paper):
            page.goto(address)
            page.add_style_tag(content="html { font-size: 200% }")
            assert page.evaluate(OVERFLOWING) <= 0, address
