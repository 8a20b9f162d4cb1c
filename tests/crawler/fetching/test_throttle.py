"""The pauses between requests to one host. Measured at the server, as lower bounds only."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from scrapy.robotstxt import ProtegoRobotParser

from crawler.throttle import LONGEST_CRAWL_DELAY, kept_to

DELAY = 0.6
"""Seconds asked for."""
SEEN = 0.25
"""Seconds that the server must see of them: on a busy machine one request takes longer on its way than the next."""


def gaps(site: Any, *paths: str) -> list[float]:
    return [later - earlier for earlier, later in pairwise(site.times(*paths))]


@pytest.mark.parametrize("autothrottle", [True, False])
def test_requests_to_one_host_are_a_delay_apart(site: Any, fetch_either_way: Any, autothrottle: bool) -> None:
    for n in range(4):
        site.on(f"/{n}")
    fetch_either_way(*(site.url(f"/{n}") for n in range(4)), delay=DELAY, autothrottle=autothrottle)
    assert len(gaps(site)) == 3
    assert min(gaps(site)) >= SEEN


def test_one_host_can_have_another_delay(site: Any, fetch: Any) -> None:
    fetch(site.url("/a"), site.url("/b"), delay=0.0, hosts={"127.0.0.1": {"delay": DELAY}})
    assert gaps(site)[0] >= SEEN


@pytest.mark.parametrize("autothrottle", [True, False])
def test_a_crawl_delay_is_kept_from_the_first_page_on(site: Any, fetch: Any, autothrottle: bool) -> None:
    site.on("/robots.txt", body=f"User-agent: *\nCrawl-delay: {DELAY}".encode())
    fetch(*(site.url(f"/{n}") for n in range(3)), obey_robots=True, autothrottle=autothrottle)
    assert site.paths()[0] == "/robots.txt"
    assert len(gaps(site)) == 3
    assert min(gaps(site)) >= SEEN


def test_a_crawl_delay_does_not_shorten_our_own(site: Any, fetch: Any) -> None:
    site.on("/robots.txt", body=b"User-agent: *\nCrawl-delay: 0.01")
    fetch(site.url("/a"), site.url("/b"), obey_robots=True, delay=DELAY)
    assert min(gaps(site)) >= SEEN


@pytest.mark.parametrize(
    ("asked", "kept"),
    [("0.5", 0.5), ("120", 120), ("300", 300), ("86400", LONGEST_CRAWL_DELAY), ("1e400", 0), ("soon", 0), ("-5", 0)],
)
def test_a_crawl_delay_is_kept_to_up_to_five_minutes(asked: str, kept: float) -> None:
    rules = ProtegoRobotParser(f"User-agent: *\nCrawl-delay: {asked}".encode(), None)
    assert kept_to(rules.crawl_delay("Stet")) == kept


def test_an_absurd_crawl_delay_is_bounded(site: Any, fetch: Any) -> None:
    site.on("/robots.txt", body=b"User-agent: *\nCrawl-delay: 1e400\nUser-agent: other\nCrawl-delay: 5")
    (capture,) = fetch(site.url("/a"), obey_robots=True)
    assert capture.status == 404
