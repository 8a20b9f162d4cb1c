"""A signed-in reader has the real daemon do things, and what it sees arrives in the open tab."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import expect
from support.cli import stet
from support.daemon import running, source, write_config
from support.desk import Desk, article
from support.waiting import wait_until

from archive.opening import open_for_writing, transaction
from crawler.identity import identify
from scheduler import frontier
from stet.newsroom import Newsroom, serve
from stet.newsroom.script import BRIDGE, CHIPS, STRIKE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Locator, Page
    from support.daemon import Daemon

    from stet.newsroom import Served

    Opened = Callable[..., AbstractContextManager[Page]]

PASSWORD = "a lighthouse keeper's password"  # noqa: S105 - of no one


@dataclass(frozen=True)
class Service:
    """A daemon that has seen all pages of its source once, and the newsroom that it watches."""

    daemon: Daemon
    newsroom: Newsroom
    served: Served

    @property
    def room(self) -> str:
        """The address of the reading room, which ends with no slash."""
        (told,) = self.daemon.logged("reading room")
        return str(told["url"]).rstrip("/")

    def url(self, slug: str) -> str:
        return self.served.url + self.newsroom.story(slug).path

    def history(self, slug: str) -> str:
        """The address of the page's history in the reading room."""
        return f"{self.room}/page?{urlencode({'url': self.url(slug)})}"

    def asked_for(self, slug: str) -> int:
        """How often the story was asked for."""
        return len(self.served.requested(self.newsroom.story(slug).path))


@contextmanager
def service_in(folder: Path) -> Iterator[Service]:
    """Its one source has the section `world`. Of the newsroom's other stories one, CHIPS, was read long ago."""
    hashed = stet(folder, "password", "--stdin", stdin=f"{PASSWORD}\n").stdout.strip()
    newsroom = Newsroom()
    with serve(newsroom) as served:
        of_the_world = [path for path in newsroom.paths if path.startswith("/world/")]
        found = source(served.url, feeds=[], sitemaps=[])
        config = write_config(folder, found, web={"port": 0, "password_hash": hashed})
        _read_long_ago(folder / "stet.db", served.url + newsroom.story(CHIPS).path)
        with running(config, folder / "stet.db") as daemon:
            daemon.wait_for("reading room")
            daemon.wait_for("checked", times=len(of_the_world), outcome="new")
            yield Service(daemon, newsroom, served)


def test_a_signed_in_reader_watches_pauses_and_sees_a_change_arrive(tmp_path: Path, opened: Opened) -> None:
    with service_in(tmp_path) as service, opened() as page:
        _sign_in(page, service)
        _watch(page, service, STRIKE)
        _check_now(page, service, CHIPS)
        _pause_and_resume(page, service)
        _see_arrive(page, service, STRIKE)
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        expect(page.get_by_label("Watch a page")).to_have_count(0)


def test_the_daemon_ends_while_a_tab_listens(tmp_path: Path, opened: Opened) -> None:
    # Not watched: that the connection breaks is what the browser is right to complain of.
    with service_in(tmp_path) as service, opened(watched=False) as page:
        with page.expect_response("**/changes/live?**"):
            page.goto(service.room)
        service.daemon.signal(signal.SIGTERM)
        assert service.daemon.ended(within=10) == 0
        assert "Traceback" not in service.daemon.told(), service.daemon.told()
        expect(page.get_by_role("heading", name="Changes", exact=True)).to_be_visible()


def _read_long_ago(database: Path, url: str) -> None:
    """The page is watched, and due in an hour."""
    with open_for_writing(database) as db:
        Desk(db).reads(article("Norvane stands by its forecast."), identify(url))
        with transaction(db):
            frontier.watch(db, identify(url), now=datetime.now(UTC) + timedelta(hours=1))


def _sign_in(page: Page, service: Service) -> None:
    page.goto(service.room)
    expect(page.get_by_label("Watch a page")).to_have_count(0)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def _watch(page: Page, service: Service, slug: str) -> None:
    page.get_by_label("Watch a page").fill(service.url(slug))
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_text(f"{service.url(slug)} is watched.")).to_be_visible()
    service.daemon.wait_for("checked", url=service.url(slug), outcome="new")
    page.goto(service.history(slug))
    expect(page.get_by_role("heading", name=service.newsroom.story(slug).title)).to_be_visible()
    expect(page.get_by_role("link", name="Version 1", exact=True)).to_be_visible()


def _check_now(page: Page, service: Service, slug: str) -> None:
    page.goto(service.history(slug))
    expect(page.get_by_role("link", name="Version 2", exact=True)).to_have_count(0)
    assert service.asked_for(slug) == 0
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text(f"{service.url(slug)} is looked at next.")).to_be_visible()
    service.daemon.wait_for("checked", url=service.url(slug), outcome="changed")
    page.reload()
    expect(page.get_by_role("link", name="Version 2", exact=True).first).to_be_visible()


def _pause_and_resume(page: Page, service: Service) -> None:
    page.goto(f"{service.room}/source?name=Newsroom")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Newsroom is paused;")).to_be_visible()
    # Two looks at a page of no source: what was being fetched of the other has come to its end meanwhile.
    _wait_for_looks(service, STRIKE)
    so_often = service.asked_for(BRIDGE)
    _wait_for_looks(service, STRIKE)
    assert service.asked_for(BRIDGE) == so_often
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Newsroom is looked at again.")).to_be_visible()
    _wait_for_looks(service, BRIDGE)


def _wait_for_looks(service: Service, slug: str) -> None:
    enough = service.asked_for(slug) + 2
    wait_until(lambda: service.asked_for(slug) >= enough, f"two more looks at {slug}")


def _see_arrive(page: Page, service: Service, slug: str) -> None:
    """The story changes a number while the page of changes is open."""
    with page.expect_response("**/changes/live?**"):
        page.goto(service.room)
    newest = page.locator(".happening").first
    page.evaluate("() => { window.isTheSame = true; }")
    service.newsroom.edit(slug, blocks=service.newsroom.story(slug).replaced("6.4 percent", "4.6 percent"))
    button = page.get_by_role("button", name="1 new change")
    expect(button).to_be_visible()
    expect(page).to_have_title("(1) Changes · Stet")
    _tab_to(page, button)
    page.keyboard.press("Enter")
    expect(newest.get_by_role("heading", name=service.newsroom.story(slug).title)).to_be_visible()
    expect(newest.locator("del")).to_have_text("6.4")
    expect(newest.locator("ins")).to_have_text("4.6")
    expect(newest.get_by_role("link").first).to_be_focused()
    expect(page).to_have_title("Changes · Stet")
    assert page.evaluate("() => window.isTheSame")


def _tab_to(page: Page, control: Locator) -> None:
    for _ in range(60):
        if control.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} cannot be reached by Tab")
