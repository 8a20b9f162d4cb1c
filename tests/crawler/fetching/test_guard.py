"""The address guard in a crawl: pages, redirects and robots.txt alike, without a reactor and with it."""

from __future__ import annotations

from typing import Any

import pytest

from archive.models import FailureKind

GUARDED = {"allow_private": False, "resolve": {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}}


@pytest.fixture(scope="module")
def guarded(fetch_either_way: Any, make_module_site: Any) -> Any:
    """A crawl with the guard on, where two hosts are known to be ours."""
    site = make_module_site()
    port = site.port
    leads = {
        "/to-private": f"http://127.0.0.1:{port}/secret",
        "/to-odd": f"http://2130706433:{port}/secret",
        "/to-mapped": f"http://[::ffff:127.0.0.1]:{port}/secret",
        "/to-localhost": f"http://localhost:{port}/secret",
        "/to-metadata": "http://169.254.169.254/latest/meta-data/",
        "/to-file": "file:///etc/passwd",
        "/to-other": f"http://other.example:{port}/story",
    }
    for path, target in leads.items():
        site.on(path, status=302, headers=(("Location", target),))
    site.on("/hop", status=301, headers=(("Location", "/to-private"),))
    site.on("/story").on("/secret", body=b"secret")
    urls = {path: site.url(path, "news.example") for path in (*leads, "/hop", "/story")} | {
        "literal": site.url("/secret"),
        "odd": f"http://0x7f.1:{port}/secret",
        "full-width": f"http://１２７.０.０.１:{port}/secret",
        "user": f"http://news.example@127.0.0.1:{port}/secret",
        "name": f"http://localhost:{port}/secret",
        "ipv6": f"http://[::1]:{port}/secret",
    }
    captures = dict(zip(urls, fetch_either_way(*urls.values(), **GUARDED), strict=True))
    return captures, site


@pytest.mark.parametrize(
    "name",
    [
        "literal",
        "odd",
        "full-width",
        "user",
        "name",
        "ipv6",
        "/to-private",
        "/to-odd",
        "/to-mapped",
        "/to-localhost",
        "/hop",
    ],
)
def test_what_leads_to_this_machine_is_refused(guarded: Any, name: str) -> None:
    failure = guarded[0][name].failure
    assert failure is not None
    assert failure.kind is FailureKind.REFUSED
    assert "a loopback address; allow it with allow_private: true or --allow-private" in failure.message
    assert guarded[0][name].body == b""


def test_metadata_is_refused_by_name(guarded: Any) -> None:
    failure = guarded[0]["/to-metadata"].failure
    assert failure.message.startswith("169.254.169.254 is a cloud metadata address")


def test_a_redirect_out_of_the_web_is_a_failure(guarded: Any) -> None:
    capture = guarded[0]["/to-file"]
    assert capture.status == 302
    assert capture.failure.message.endswith("redirects to what cannot be fetched: file:///etc/passwd")


def test_the_way_to_what_was_refused_is_kept(guarded: Any) -> None:
    capture = guarded[0]["/hop"]
    assert [(hop.status, hop.url.rpartition("/")[2]) for hop in capture.redirects] == [
        (301, "hop"),
        (302, "to-private"),
    ]
    assert capture.final_url.endswith("/secret")


def test_hosts_that_the_config_knows_are_fetched(guarded: Any) -> None:
    for name in ("/story", "/to-other"):
        assert guarded[0][name].status == 200
        assert guarded[0][name].failure is None


def test_nothing_refused_was_asked_for(guarded: Any) -> None:
    assert "/secret" not in guarded[1].paths()


def test_robots_txt_is_guarded_too(site: Any, fetch: Any) -> None:
    site.on("/robots.txt", status=302, headers=(("Location", site.url("/secret")),)).on("/story")
    (capture,) = fetch(site.url("/story", "news.example"), obey_robots=True, **GUARDED)
    assert capture.failure.kind is FailureKind.REFUSED
    assert "robots.txt of news.example cannot be read: 127.0.0.1 is" in capture.failure.message
    assert site.paths() == ["/robots.txt"]
