"""Following redirects."""

from __future__ import annotations

from typing import Any

import pytest

from archive.models import FailureKind
from crawler.spider import PageRequest


def redirect(location: str, status: int = 301) -> dict[str, Any]:
    return {"status": status, "headers": (("Location", location),)}


def test_each_hop_is_told_of(site: Any, fetch: Any) -> None:
    site.on("/a", **redirect("/b", 302)).on("/b", **redirect("/c", 308)).on("/c", body=b"here")
    (capture,) = fetch(site.url("/a"))
    assert [(hop.status, hop.url) for hop in capture.redirects] == [(302, site.url("/a")), (308, site.url("/b"))]
    assert (capture.url, capture.final_url) == (site.url("/a"), site.url("/c"))
    assert (capture.status, capture.body) == (200, b"here")


def test_a_circle_is_told_of_at_its_first_turn(site: Any, fetch: Any) -> None:
    site.on("/a", **redirect("/b")).on("/b", **redirect("/a#top"))
    (capture,) = fetch(site.url("/a"))
    assert capture.failure.kind is FailureKind.FAILED
    assert capture.failure.message == (f"redirects in a circle: {site.url('/a')} → {site.url('/b')} → {site.url('/a')}")
    assert site.paths() == ["/a", "/b"]


def test_ten_redirects_are_followed_and_no_more(site: Any, fetch: Any) -> None:
    for n in range(20):
        site.on(f"/{n}", **redirect(f"/{n + 1}"))
    (capture,) = fetch(site.url("/0"))
    assert capture.failure.message == "more than 10 redirects"
    assert len(site.hits) == 11


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("gopher://x/[31m", "gopher://x/[31m"),
        ("gopher://x/\x1b[31m\x07red", "gopher://x/\\x1b[31m\\x07red"),
        ("http://[::1", "http://[::1"),
        ("//[31m/", "//[31m/"),
        ("http://\x1b.example:x/]", "http://\\x1b.example:x/]"),
        ("mailto:editor@news.example", "mailto:editor@news.example"),
    ],
)
def test_a_redirect_to_what_cannot_be_fetched_is_told_as_such(
    make_site: Any, fetch_either_way: Any, location: str, shown: str
) -> None:
    site = make_site().on("/a", raw=f"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n".encode("latin-1"))
    (capture,) = fetch_either_way(site.url("/a"))
    assert capture.failure.kind is FailureKind.FAILED
    assert capture.failure.message.isprintable()
    assert capture.failure.message == f"{site.host}:{site.port} redirects to what cannot be fetched: {shown}"


def test_conditions_are_not_sent_on_to_another_url(site: Any, fetch: Any) -> None:
    site.on("/a", **redirect("/b")).on("/b")
    fetch(PageRequest(site.url("/a"), etag='"1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT"))
    first, second = site.hits
    assert first.headers["if-none-match"] == '"1"'
    assert first.headers["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert "if-none-match" not in second.headers
    assert "if-modified-since" not in second.headers


def test_a_redirect_waits_for_its_turn_at_the_other_host(make_site: Any, fetch: Any) -> None:
    here, there = make_site("127.0.0.1"), make_site("127.0.0.2")
    there.on("/story").on("/next")
    here.on("/a", **redirect(there.url("/story")))
    fetch(here.url("/a"), there.url("/next"), hosts={"127.0.0.2": {"delay": 0.3, "concurrency": 1}})
    first, second = sorted(there.times())
    assert second - first >= 0.29


def test_a_meta_refresh_is_not_followed(site: Any, fetch: Any) -> None:
    site.on("/a", body=b'<html><head><meta http-equiv="refresh" content="0; url=/b"></head></html>')
    (capture,) = fetch(site.url("/a"))
    assert capture.status == 200
    assert site.paths() == ["/a"]
