"""Takes the README's pictures of the reading room: of an archive made of the bundled newsroom, served by the daemon.

python docs/screenshots.py
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.async_api import async_playwright

from archive.models import Capture
from archive.opening import open_for_writing, transaction
from crawler.identity import identify
from crawler.loop import run as run_loop
from crawler.pool import ExtractionPool
from crawler.reading import read
from scheduler import frontier
from scheduler.daemon import run_daemon
from scheduler.storing import store
from stet import logs
from stet.config import Config, LogSettings
from stet.logs import kept_troubles
from stet.newsroom import SCRIPT, Newsroom, Response, serve
from stet.newsroom.script import BRIDGE, CHIPS, GLACIER, LIGHTHOUSE
from stet.web.serving import address, beside_the_crawl, listen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Literal

    from sqlite_utils import Database

    from scheduler.running import Running

IMAGES = Path(__file__).parent / "images"
LOOKS_A_STEP = 3
APART = timedelta(hours=3)
"""Between two looks at all pages."""
FEED = "/feed.xml"
POSTS = (BRIDGE, CHIPS, GLACIER)
"""The stories that the other outlet has too."""

TOP = "each.getBoundingClientRect().top + scrollY"
"""Where an element begins on its page, in JavaScript."""
REMOVED = '"6.4 percent" OR "32.5 tonnes"'
"""What is searched for, in what was taken out."""

_STEPS = {step.name: step.apply for step in SCRIPT}


def _sharpen_bridge(courier: Newsroom) -> None:
    courier.edit(BRIDGE, title="Port Ellery bridge reopens four days after storm, with a weight limit")


STEPS: tuple[Callable[[Newsroom], object], ...] = (
    _STEPS["furniture"],
    _STEPS["moved paragraph"],
    _STEPS["byline added"],
    _STEPS["deletion"],
    _STEPS["headline trial"],
    _STEPS["headline trial over"],
    _STEPS["outage"],
    _STEPS["outage over"],
    _STEPS["paywall"],
    _STEPS["added paragraph"],
    _STEPS["silent deletion"],
    _sharpen_bridge,
    _STEPS["new article"],
    _STEPS["German correction"],
    _STEPS["new headline"],
    _STEPS["silent number"],
    _STEPS["correction"],
)
"""What the newsroom does, the most telling last, since that stands at the top."""


@dataclass(frozen=True)
class Outlet:
    """A newsroom as if it stood at an address of its own, and which of its stories are read."""

    name: str
    base: str
    newsroom: Newsroom
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class Shot:
    """One picture: what the room shows at that path."""

    name: str
    path: str
    width: int = 1100
    height: int = 750
    """At most: a page that is shorter has no empty end."""
    scheme: Literal["light", "dark"] = "light"
    top: str | None = None
    """The selector of what stands at the top of the picture, if not the page's beginning."""
    press: str | None = None
    """The label of a choice that is made before."""


def main() -> None:
    """Make the archive, serve it, take the pictures."""
    logs.configure(LogSettings(level="error"))
    started = datetime.now(UTC).replace(microsecond=0) - APART * LOOKS_A_STEP * len(STEPS)
    courier, post = Newsroom(opened=started), Newsroom(opened=started)
    _write_otherwise(post)
    slugs = tuple(story.slug for story in courier.stories)
    outlets = (
        Outlet("Calder Bay Courier", "https://courier.example", courier, (*slugs, LIGHTHOUSE)),
        Outlet("Ellery Evening Post", "https://post.example", post, POSTS),
    )
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="stet-screenshots-"))
        feeds = {outlet.name: stack.enter_context(_feed(outlet)) for outlet in outlets}
        config = _config(Path(folder) / "stet.db", feeds)
        run_loop(lambda: _work(config, outlets, started), config.crawl)


async def _work(config: Config, outlets: Sequence[Outlet], started: datetime) -> None:
    await _look_for_days(config, outlets, started)
    stop = asyncio.Event()
    with listen(config.web) as listener, kept_troubles() as troubles:

        async def photographer(running: Running) -> None:
            await running.extraction
            await _take(_shots(outlets), address(listener).rstrip("/"))
            stop.set()

        room = beside_the_crawl(config, listener, troubles)
        await run_daemon(config.daemon(), stop, companions=[room, photographer])


def _write_otherwise(post: Newsroom) -> None:
    """The other outlet tells the story of the bridge partly in words of its own."""
    post.edit(BRIDGE, title="Lorries back on Port Ellery bridge", authors=("Ada Quill",))
    post.edit(BRIDGE, blocks=post.story(BRIDGE).replaced("seven people were treated", "nine people were treated"))
    post.edit(BRIDGE, blocks=post.story(BRIDGE).replaced("The detour adds 47 kilometres", "The way round adds 47 km"))
    blocks = post.story(BRIDGE).blocks
    post.edit(BRIDGE, blocks=(*blocks[:3], *blocks[4:]))
    for story in post.stories:
        if story.slug not in POSTS:
            post.set_status(story.slug, HTTPStatus.GONE)


@contextmanager
def _feed(outlet: Outlet) -> Iterator[str]:
    """The address of the outlet's feed, served on loopback."""
    with serve(outlet.newsroom) as served:
        feed = outlet.newsroom.page(FEED, outlet.base)
        outlet.newsroom.answer_with(FEED, Response(feed.status, feed.headers, feed.body))
        yield served.url + FEED


def _config(database: Path, feeds: Mapping[str, str]) -> Config:
    return Config.model_validate(
        {
            "database": database,
            "workers": 2,
            "crawl": {"allow_private": True, "contact": "https://stet.example/about"},
            # So late that nothing falls due while the pictures are taken: the outlets' pages are nowhere.
            "recheck": {"steps": [{"until": "36500d", "every": APART}]},
            "web": {"port": 0},
            "sources": [{"name": name, "feeds": [feed], "every": "15m"} for name, feed in feeds.items()],
        }
    )


async def _look_for_days(config: Config, outlets: Sequence[Outlet], started: datetime) -> None:
    """Record what the outlets show, look by look, while the first of them takes its steps."""
    courier = outlets[0].newsroom
    at = started
    with open_for_writing(config.database) as db, ExtractionPool(config.workers) as pool:
        for step in STEPS:
            step(courier)
            for _ in range(LOOKS_A_STEP):
                at += APART
                for number, outlet in enumerate(reversed(outlets)):
                    await _look(db, pool, config, outlet, at - (2 * number + 1) * timedelta(minutes=20))
                _let_pass(courier, until=at)


def _let_pass(newsroom: Newsroom, until: datetime) -> None:
    """Its clock goes on with whatever is done to it, also where that changes nothing."""
    while newsroom.clock < until:
        newsroom.outage(on=newsroom.site.out)


async def _look(db: Database, pool: ExtractionPool, config: Config, outlet: Outlet, at: datetime) -> None:
    for number, slug in enumerate(outlet.slugs):
        path = outlet.newsroom.story(slug).path
        asked = identify(outlet.base + path)
        answer = outlet.newsroom.page(path, outlet.base)
        if answer.status == HTTPStatus.NOT_FOUND:
            # It is not out yet.
            continue
        headers = tuple((name.lower(), value) for name, value in answer.headers.items())
        seen = at + timedelta(seconds=2 * number)
        capture = Capture(asked.url, seen, asked.url, answer.status, headers, answer.body)
        with transaction(db):
            frontier.watch(db, asked, now=seen, source=outlet.name)
        finding = await read(capture, pool, memory=frontier.on_demand(db, asked).memory)
        with transaction(db):
            store(db, asked, capture, finding, source=outlet.name, policy=config.recheck)


def _shots(outlets: Sequence[Outlet]) -> Sequence[Shot]:
    courier, post = (outlet.base + outlet.newsroom.story(BRIDGE).path for outlet in outlets)
    history = urlencode({"url": courier, "from": 2, "to": 3})
    return (
        Shot("changes", "/"),
        Shot("dark", "/", scheme="dark"),
        Shot("phone", "/", width=390),
        Shot("history", f"/page?{history}", height=1120, top=".timeline", press="Side by side"),
        Shot("compare", f"/compare?{urlencode({'a': courier, 'b': post})}", top=".compared"),
        Shot("search", f"/search?{urlencode({'q': REMOVED, 'removed': 'true'})}", height=900),
        Shot("sources", "/sources"),
        Shot("status", "/status"),
    )


async def _take(shots: Sequence[Shot], room: str) -> None:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    async with async_playwright() as playwright:
        # As root, and in containers, Chromium's own sandbox cannot be set up; without a path, it is Playwright's own.
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for shot in shots:
            page = await browser.new_page(
                viewport={"width": shot.width, "height": shot.height},
                color_scheme=shot.scheme,
                locale="en-GB",
                timezone_id="UTC",
            )
            await page.goto(room + shot.path)
            if shot.press is not None:
                await page.get_by_role("radio", name=shot.press).check()
            top = 0 if shot.top is None else await page.locator(shot.top).evaluate(f"each => {TOP} - 20")
            end = await page.locator("footer").evaluate(f"each => {TOP} + each.offsetHeight")
            await page.screenshot(
                path=IMAGES / f"{shot.name}.png",
                full_page=True,
                clip={"x": 0, "y": top, "width": shot.width, "height": min(shot.height, end - top)},
            )
            await page.close()
        await browser.close()


if __name__ == "__main__":
    main()
