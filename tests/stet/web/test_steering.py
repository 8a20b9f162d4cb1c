"""What a signed-in reader, and a program with the token, have the running daemon do."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
import requests
from support.archived import rows
from support.cli import stet
from support.daemon import Daemon, running, source, write_config
from support.signing import TOKEN, Reader, bearer, keys
from support.waiting import PATIENCE, wait_until

from stet.newsroom import Newsroom, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stet.newsroom import Served

SELDOM = {"steps": [{"until": "36500d", "every": "1d"}]}
"""Only what a person asks for is looked at again."""


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def site(newsroom: Newsroom) -> Iterator[Served]:
    with serve(newsroom) as served:
        yield served


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "stet.db"


@contextmanager
def at_work(config: Path, database: Path) -> Iterator[tuple[Daemon, str]]:
    """A daemon, and where its reading room is."""
    with running(config, database) as daemon:
        daemon.wait_for("reading room")
        (told,) = daemon.logged("reading room")
        yield daemon, told["url"].rstrip("/")


def configured(folder: Path, *sources: dict[str, Any], **settings: Any) -> Path:
    return write_config(folder, *sources, web={"port": 0, **keys()}, **settings)


def order(room: str, name: str, token: str = TOKEN, /, **asked: Any) -> requests.Response:
    return requests.post(f"{room}/api/v1/{name}", json=asked, headers=bearer(token), timeout=PATIENCE)


def test_a_reader_watches_a_page_and_it_is_fetched(
    newsroom: Newsroom, site: Served, tmp_path: Path, database: Path
) -> None:
    page = site.url + newsroom.paths[0]
    with at_work(configured(tmp_path, recheck=SELDOM), database) as (daemon, url):
        reader = Reader(url)
        assert reader.csrf() == ""
        assert reader.sign_in().status_code == 303
        done = reader.order("/watch", url=page, next="/?kind=gone")
        assert (done.status_code, done.headers["location"]) == (303, "/?kind=gone")
        assert reader.said() == f"{page} is watched."
        assert reader.said() == ""
        daemon.wait_for("checked", url=page, outcome="new")

        # What is refused is told where the form is. It was looked at a moment ago: that is not asked of the site again.
        assert "ftp" in refused(reader, "/watch", url="ftp://nothing")
        assert "less than a minute ago" in refused(reader, "/check", url=page)

        assert reader.order("/unwatch", url=page).status_code == 303
        # A feed has no place to say what came of it.
        assert "<content " in reader.get("/changes.atom").text
        assert "is watched no more" in reader.said()
        assert rows(database, "select watched from pages") == [(0,)]
        assert "is not watched; watch it first" in refused(reader, "/check", url=page)
        assert "knows nothing of" in refused(reader, "/unwatch", url=site.url + "/never")
        assert "no source is named Nobody" in refused(reader, "/pause", source="Nobody")


def refused(reader: Reader, path: str, **fields: str) -> str:
    """What the page says that the form was on."""
    answer = reader.order(path, next="/sources", **fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sources")
    return reader.said()


def test_a_form_from_elsewhere_or_without_its_token_does_nothing(tmp_path: Path, database: Path) -> None:
    page = "https://news.example/story"
    with at_work(configured(tmp_path), database) as (_, url):
        reader, stranger = Reader(url), Reader(url)
        reader.sign_in()
        stranger.sign_in()
        csrf = reader.csrf()
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site", "Origin": url},
        ):
            assert reader.post("/watch", headers, url=page, csrf=csrf).status_code == 403
        for token in ("", "x", csrf[:-1], csrf + "x", stranger.csrf()):
            assert reader.post("/watch", url=page, csrf=token).status_code == 403
        assert reader.post("/watch", url=page).status_code == 403
        assert Reader(url).post("/watch", url=page, csrf=csrf).status_code == 403
        # A form cannot send JSON, but a page elsewhere can try.
        assert reader.browser.post(f"{url}/api/v1/watch", json={"url": page}, timeout=PATIENCE).status_code == 401
        assert requests.post(
            f"{url}/api/v1/watch", json={"url": page}, auth=("anybody", TOKEN), timeout=PATIENCE
        ).status_code == 401  # fmt: skip
        assert requests.post(f"{url}/watch", {"url": page}, headers=bearer(), timeout=PATIENCE).status_code == 403
        assert rows(database, "select * from pages") == []
        assert reader.order("/sign-out").status_code == 303
        assert reader.post("/watch", url=page, csrf=csrf).status_code == 403


def test_a_program_with_the_token_steers_and_is_told_what_came_of_it(
    newsroom: Newsroom, site: Served, tmp_path: Path, database: Path
) -> None:
    page = site.url + newsroom.paths[0]
    with at_work(configured(tmp_path, source(site.url, every="1d"), recheck=SELDOM), database) as (daemon, url):
        daemon.wait_for("checked", url=page, outcome="new")
        assert order(url, "watch", url=page).json() == {"url": page, "result": "already watched"}
        assert order(url, "watch", "guess", url=page).status_code == 401
        for wrong in ({}, {"url": 1}, {"url": page, "more": 1}, {"url": "x" * 9_000}):
            answer = order(url, "watch", **wrong)
            assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert order(url, "watch", url="nothing").status_code == 400
        assert order(url, "check", url=page + "/never").status_code == 404
        assert order(url, "pause", source="Nobody").status_code == 404
        assert order(url, "unwatch", url=page).json() == {"url": page, "result": "unwatched"}
        assert order(url, "unwatch", url=page).json() == {"url": page, "result": "not watched"}
        answers = [order(url, "watch", url=page) for _ in range(61)]
        assert answers[-1].status_code == 429
        assert answers[-1].headers["content-type"] == "application/problem+json"
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_a_page_is_checked_when_asked_for_ahead_of_its_time(
    newsroom: Newsroom, site: Served, tmp_path: Path, database: Path
) -> None:
    path = newsroom.paths[0]
    page = site.url + path
    config = configured(tmp_path, recheck=SELDOM)
    with at_work(config, database) as (daemon, url):
        order(url, "watch", url=page)
        daemon.wait_for("checked", url=page, outcome="new")
        daemon.signal()
        daemon.ended()
    age(database)
    fetched = len(site.requested(path))
    with at_work(config, database) as (daemon, url):
        reader = Reader(url)
        reader.sign_in()
        history, text = (f"/{each}?{urlencode({'url': page})}" for each in ("page", "version"))
        assert offered(reader, history) == offered(reader, text) == {"/check", "/unwatch"}
        assert order(url, "check", url=page).json() == {"url": page, "result": "asked for"}
        daemon.wait_for("checked", url=page)
        assert len(site.requested(path)) == fetched + 1
        assert order(url, "check", url=page).status_code == 429
        # What could only be refused is not offered.
        assert offered(reader, history) == offered(reader, text) == {"/unwatch"}


def offered(reader: Reader, path: str) -> set[str]:
    """The orders that can be given on that page."""
    return set(reader.page(path).xpath("//div[@class='orders']//form/@action"))


def test_a_page_that_is_being_fetched_has_no_time_of_its_next_check(tmp_path: Path, database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, at_work(configured(tmp_path), database) as (_, url):
        page = f"http://127.0.0.1:{silent.getsockname()[1]}/story"
        order(url, "watch", url=page)

        def is_being_fetched() -> bool:
            shown = requests.get(f"{url}/page", params={"url": page}, timeout=PATIENCE).text
            return "<dt>Next check</dt><dd>being fetched</dd>" in shown

        wait_until(is_being_fetched)


def test_a_paused_source_is_left_alone_over_a_restart_until_it_is_resumed(
    newsroom: Newsroom, site: Served, tmp_path: Path, database: Path
) -> None:
    config = configured(tmp_path, source(site.url))
    page = site.url + newsroom.paths[0]
    with at_work(config, database) as (daemon, url):
        daemon.wait_for("checked", times=len(newsroom.paths))
        reader = Reader(url)
        reader.sign_in()
        assert reader.order("/pause", source="Newsroom").status_code == 303
        assert reader.said().startswith("Newsroom is paused")
        assert order(url, "pause", source="Newsroom").json() == {"source": "Newsroom", "result": "already paused"}
        paused = order(url, "check", url=page)
        assert (paused.status_code, "paused" in paused.json()["detail"]) == (409, True)
        daemon.signal()
        daemon.ended()
    (record,) = stet(tmp_path, "sources", "--db", database, "--json").records
    assert record["paused_at"]
    asked = len(site.requests)
    with serve(Newsroom()) as other, at_work(config, database) as (daemon, url):
        # The daemon is at work all the while, with a page of no source.
        order(url, "watch", url=other.url + newsroom.paths[1])
        daemon.wait_for("checked", times=5)
        assert len(site.requests) == asked
        assert order(url, "resume", source="Newsroom").json() == {"source": "Newsroom", "result": "resumed"}
        daemon.wait_for("checked", url=page)
        daemon.wait_for("discovered", source="Newsroom")


def age(database: Path) -> None:
    """As if the last checks had been an hour ago."""
    from archive.opening import open_for_writing, transaction  # noqa: PLC0415

    with open_for_writing(database) as db, transaction(db):
        db.execute("update pages set last_checked_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 hour')")
