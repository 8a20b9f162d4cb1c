"""Trying again."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.retries import LONGEST_PAUSE, pause
from crawler.spider import PageRequest


@pytest.mark.parametrize("status", [408, 500, 502, 504, 522, 524])
def test_a_passing_error_is_tried_again(site: Any, fetch: Any, status: int) -> None:
    site.on("/a", status=status).on("/a", body=b"here")
    (capture,) = fetch(site.url("/a"), retries=2)
    assert (capture.status, capture.body) == (200, b"here")
    assert site.paths() == ["/a", "/a"]


def test_a_lasting_error_is_the_answer_in_the_end(site: Any, fetch: Any) -> None:
    site.on("/a", status=500)
    (capture,) = fetch(site.url("/a"), retries=2)
    assert (capture.status, capture.failure) == (500, None)
    assert len(site.hits) == 3


def test_a_broken_connection_is_tried_again(site: Any, fetch_either_way: Any) -> None:
    site.on("/a", raw=b"").on("/a", body=b"here")
    (capture,) = fetch_either_way(site.url("/a"), retries=1)
    assert capture.body == b"here"


@pytest.mark.parametrize("status", [404, 403, 429, 503])
def test_what_a_second_try_would_not_change_is_not_tried_again(site: Any, fetch: Any, status: int) -> None:
    site.on("/a", status=status)
    fetch(site.url("/a"), retries=2)
    assert len(site.hits) == 1


def test_a_body_that_is_too_large_is_not_fetched_again(site: Any, fetch: Any) -> None:
    site.on("/a", body=b"x" * 2000)
    fetch(site.url("/a"), retries=2, max_size=1000)
    assert len(site.hits) == 1


def test_a_retry_keeps_its_conditions(site: Any, fetch: Any) -> None:
    site.on("/a", status=500).on("/a", status=304, body=b"")
    (capture,) = fetch(PageRequest(site.url("/a"), etag='"1"'), retries=1)
    assert capture.status == 304
    assert [hit.headers["if-none-match"] for hit in site.hits] == ['"1"', '"1"']


def test_pauses_double_and_vary_by_half() -> None:
    for retry, middle in enumerate((1.0, 2.0, 4.0), start=1):
        pauses = [pause(1.0, retry) for _ in range(200)]
        assert 0.5 * middle <= min(pauses) < max(pauses) <= 1.5 * middle
    assert pause(1.0, 50) == LONGEST_PAUSE
