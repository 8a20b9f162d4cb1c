"""What the archive holds of a hostile page neither runs nor loads anything in the reader's browser."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from support import hostile_page
from support.desk import Desk, article
from support.waiting import wait_until
from support.web import reading_room

from archive.models import Identity
from archive.opening import open_for_writing
from crawler.identity import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page
    from support.browser import Canary
    from support.web import Served

HOSTILE = identify("https://news.example/a'%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E")


@pytest.fixture
def served(tmp_path: Path, canary: Canary) -> Iterator[Served]:
    """A hostile page in three versions, each field of it markup, and its double at another outlet."""
    pieces = hostile_page.markup(canary.address)
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db, source=f"Evil {pieces[4]}"[:100])
        for page in (HOSTILE, Identity("other.example/a", "https://other.example/a")):
            for number in range(3):
                desk.reads(
                    article(
                        *(f"{number} ships came. {piece}" for piece in pieces),
                        title=f"{number} {pieces[0]} {pieces[4]}",
                        authors=(pieces[4], pieces[26]),
                        corrections=(f"Correction {number}: {pieces[4]}",),
                        credits=(f"Reporting by {pieces[4]}",),
                        aside=(pieces[4], pieces[10]),
                        published=f"2026-01-0{number + 1}T08:00:00Z",
                    ),
                    page,
                    body=hostile_page.page(canary.address) + str(number).encode(),
                )
    with reading_room(path) as room:
        yield room


def paths(served: Served) -> list[str]:
    """Where the hostile page is shown."""
    url = HOSTILE.url
    with served.room.readers.reading() as db:
        (moment,) = db.execute("select min(fetched_at) from captures").fetchone()
        (source,) = db.execute("select name from sources").fetchone()
    stamp = "".join(sign for sign in moment[:19] if sign.isdigit())
    return [
        "/",
        f"/?{urlencode({'text': 'ships', 'source': served.room.config.web.host})}",
        f"/page?{urlencode({'url': url})}",
        f"/page?{urlencode({'url': url, 'from': 1, 'to': 3})}",
        f"/version?{urlencode({'url': url, 'v': 2})}",
        f"/compare?{urlencode({'a': url, 'b': 'https://other.example/a'})}",
        "/search?q=ships",
        "/search?q=%3Cscript%3E&removed=1",
        f"/search?{urlencode({'q': hostile_page.markup('x')[4]})}",
        f"/copies?{urlencode({'url': url})}",
        f"/page?{urlencode({'url': hostile_page.markup('x')[4]})}",
        "/api",
        "/sources",
        f"/source?{urlencode({'name': source})}",
        "/status",
        f"/memento/{stamp}/{quote(url, safe=':/')}",
        f"/memento/{stamp}if_/{quote(url, safe=':/')}",
        f"/page.atom?{urlencode({'url': url})}",
        "/search.atom?q=ships",
        "/changes.json",
        f"/timemap/json/{quote(url, safe=':/')}",
        f"/changes.atom?{urlencode({'text': 'ships'})}",
        f"/nothing?{urlencode({'next': hostile_page.markup('x')[4]})}",
    ]


def test_the_page_does_its_worst_where_nothing_holds_it(
    canary: Canary, opened: Callable[..., AbstractContextManager[Page]]
) -> None:
    with opened(watched=False) as page:
        page.set_content(hostile_page.page(canary.address).decode(), wait_until="commit")
        page.wait_for_timeout(1_500)
    assert len(canary.visits) > 10


def test_nothing_runs_and_nothing_is_loaded(
    served: Served, canary: Canary, opened: Callable[..., AbstractContextManager[Page]]
) -> None:
    with opened(watched=False) as page:
        page.on("dialog", lambda dialog: canary.visits.append(f"dialog {dialog.message}"))
        page.set_default_timeout(4_000)
        framed = 0
        for path in paths(served):
            _look_at(page, served.url + path)
            framed += _click_inside(page)
            page.wait_for_timeout(300)
            assert canary.visits == [], path
            assert [one.url for one in page.frames if not one.url.startswith((served.url, "about:"))] == []
            assert page.url.startswith(served.url), path
        assert framed > 2, "no capture was ever clicked into"


def test_what_arrives_live_neither_runs_nor_loads(
    served: Served, canary: Canary, opened: Callable[..., AbstractContextManager[Page]]
) -> None:
    pieces = hostile_page.markup(canary.address)
    with opened(watched=False) as page:
        page.goto(served.url)
        with open_for_writing(served.room.config.database) as db:
            desk = Desk(db, source=f"Late {pieces[4]}"[:100])
            desk.now += timedelta(days=1)
            desk.reads(article(*pieces, title=f"Late {pieces[0]} {pieces[4]}", authors=(pieces[7],)), HOSTILE)
        page.get_by_role("button", name="new change").click()
        page.locator(".happening", has_text="Late").first.hover()
        page.wait_for_timeout(500)
    assert canary.visits == []


def _look_at(page: Page, url: str) -> None:
    """As a curious reader does: all that unfolds is unfolded, and links are pointed and tabbed at."""
    answer = page.goto(url)
    assert answer is not None
    assert answer.status in {200, 400, 404}, url
    for details in page.locator("details").all()[:20]:
        details.evaluate("each => { each.open = true }")
    for frame in page.locator("iframe").all():
        # A lazy one is only loaded where it is seen.
        frame.scroll_into_view_if_needed()
        wait_until(
            lambda: (page.wait_for_timeout(20), any("if_/" in one.url for one in page.frames))[1],
            lambda: f"a frame at {url}, but {[one.url for one in page.frames]}",
            5,
        )
    links = page.locator("main a")
    for number in range(min(links.count(), 4)):
        links.nth(number).hover(force=True)
    for _ in range(10):
        page.keyboard.press("Tab")


def _click_inside(page: Page) -> int:
    """Click all over the frames, where links and buttons would be; how many frames there were."""
    frames = page.locator("iframe").all()
    for frame in frames:
        frame.scroll_into_view_if_needed()
        box = frame.bounding_box()
        assert box is not None
        for step in range(12):
            page.mouse.click(box["x"] + 40, box["y"] + box["height"] * (step + 0.5) / 12)
    return len(frames)


def test_exact_bytes_are_for_programs(
    served: Served, canary: Canary, opened: Callable[..., AbstractContextManager[Page]]
) -> None:
    path = next(path for path in paths(served) if "if_/" in path).replace("if_/", "id_/")
    assert served.get(path).content == hostile_page.page(canary.address) + b"0"
    with opened(watched=False) as page:
        page.goto(f"{served.url}/search")
        # As a link there would be followed; a download ends the navigation.
        page.evaluate("path => { location.href = path }", path)
        page.wait_for_timeout(1_000)
    assert canary.visits == []
