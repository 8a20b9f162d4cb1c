"""What a site sees of the daemon: how often, as whom, and what it is not asked for."""

from __future__ import annotations

from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING

from support.archived import rows
from support.cli import stet
from support.daemon import running, source, write_config
from support.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from stet.newsroom import Newsroom, Served

DELAY = 0.2
EARLY = 0.04
"""How much the server's clock may see two requests closer than they were sent."""


def test_all_requests_to_a_host_keep_the_delay(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    crawl = {"delay": f"{DELAY * 1000:.0f}ms", "concurrency_per_host": 1, "contact": "https://stet.example/bot"}
    config = write_config(tmp_path, source(served.url), crawl=crawl)
    with running(config, database) as daemon:
        wait_until(lambda: len(served.requests) >= 20)
        daemon.signal()
        assert daemon.ended(10) == 0
    asked = sorted(served.requests, key=lambda request: request.at)
    paths = {request.path for request in asked}
    assert {"/robots.txt", "/feed.xml", "/sitemap_index.xml", "/world/"} <= paths
    assert paths & set(newsroom.paths)
    gaps = [after.at - before.at for before, after in pairwise(asked)]
    assert min(gaps) >= DELAY - EARLY
    assert {request.headers["user-agent"] for request in asked} == {
        f"Stet/{version('stet-news')} (+https://stet.example/bot)"
    }
    assert not any({"cookie", "referer", "accept-language"} & request.headers.keys() for request in asked)


def test_robots_crawl_delay_is_kept(newsroom: Newsroom, served: Served, tmp_path: Path, database: Path) -> None:
    newsroom.crawl_delay(DELAY)
    config = write_config(tmp_path, source(served.url), crawl={"concurrency_per_host": 1})
    with running(config, database) as daemon:
        wait_until(lambda: len(served.requests) >= 14)
        daemon.signal()
        assert daemon.ended(10) == 0
    asked = sorted(request.at for request in served.requests if request.path != "/robots.txt")
    # The first ones were on their way before the file was read by all.
    gaps = [after - before for before, after in pairwise(asked)]
    assert min(gaps[3:]) >= DELAY - EARLY


def test_a_recheck_asks_whether_it_changed_and_every_tenth_asks_for_the_whole(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    path = newsroom.paths[0]
    config = write_config(tmp_path)
    assert stet(tmp_path, "watch", "--config", config, "--db", database, served.url + path).status == 0
    with running(config, database) as daemon:
        wait_until(lambda: len(served.requested(path)) >= 21)
        daemon.signal()
        assert daemon.ended(10) == 0
    requests = served.requested(path)[:21]
    whole = [number for number, request in enumerate(requests, 1) if "if-none-match" not in request.headers]
    assert whole == [1, 10, 20]
    assert [number for number, request in enumerate(requests, 1) if request.status == 200] == whole
    assert rows(database, "select count(*) from snapshots") == [(1,)]


def test_an_etag_that_stays_while_the_text_changes_is_seen_through(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    story = newsroom.stories[0]
    newsroom.keep_etag(story.slug)
    config = write_config(tmp_path)
    assert stet(tmp_path, "watch", "--config", config, "--db", database, served.url + story.path).status == 0
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new")
        newsroom.edit(story.slug, title="Something else altogether happened on Monday")
        daemon.wait_for("checked", outcome="changed")
        daemon.signal()
        assert daemon.ended(10) == 0


def test_what_robots_txt_keeps_for_itself_is_not_asked_for(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    newsroom.robots("User-agent: Stet\nDisallow: /world/\n\nUser-agent: *\nDisallow: /\n")
    config = write_config(tmp_path, source(served.url, sections=[]))
    kept_back = [path for path in newsroom.paths if path.startswith("/world/")]
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="refused", times=len(kept_back))
        daemon.wait_for("checked", outcome="new", times=len(newsroom.paths) - len(kept_back))
        daemon.signal()
        assert daemon.ended(10) == 0
    assert not [request for request in served.requests if request.path.startswith("/world/")]
    assert "does not allow this page for Stet" in daemon.logged("checked", outcome="refused")[0]["detail"]
    assert len(served.requested("/robots.txt")) == 1
