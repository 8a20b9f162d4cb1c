"""Obeying robots.txt (RFC 9309)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError
from scrapy.robotstxt import ProtegoRobotParser

from archive.models import FailureKind
from crawler.hold import HostHeld
from crawler.redirects import RedirectLoop
from crawler.robots import LARGEST, MOST_SITES, SERVER_ERROR_TTL, UNREACHABLE_TTL, RobotsFiles, Site, for_one_agent

DAY = 86_400.0
SITE = "https://news.example"
KEEP_OUT = b"User-agent: *\nDisallow: /"


class Web:
    """Answers for robots.txt from a list, at times that the test sets."""

    def __init__(self, *answers: tuple[int, bytes] | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.now = 0.0
        self.files = RobotsFiles(fetch=self._fetch, parse=self._parse, ttl=DAY, clock=lambda: self.now)

    def site(self, origin: str = SITE) -> Site:
        return asyncio.run(self.files.site(origin))

    def allows(self, path: str = "/story") -> bool:
        site = self.site()
        if site.closed or site.unreachable:
            return False
        return site.rules is None or site.rules.allowed(SITE + path, "Stet")

    async def _fetch(self, url: str) -> tuple[int, bytes]:
        self.asked.append(url)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _parse(self, origin: str, body: bytes) -> ProtegoRobotParser:  # noqa: ARG002
        return ProtegoRobotParser(body, None)


def test_the_file_is_asked_for_once_a_day() -> None:
    web = Web((200, KEEP_OUT), (200, b""))
    assert not web.allows()
    web.now = DAY - 1
    assert not web.allows()
    assert web.asked == [f"{SITE}/robots.txt"]
    web.now = DAY
    assert web.allows()
    assert len(web.asked) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410, 301])
def test_a_site_without_the_file_is_open(status: int) -> None:
    assert Web((status, KEEP_OUT)).allows()


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_site_whose_server_fails_is_closed_for_a_while(status: int) -> None:
    web = Web((status, b""), (200, b""))
    assert f"answers {status}" in (web.site().closed or "")
    web.now = SERVER_ERROR_TTL - 1
    assert not web.allows()
    web.now = SERVER_ERROR_TTL
    assert web.allows()


def test_a_host_that_cannot_be_reached_says_so_and_is_tried_again_soon() -> None:
    web = Web(CannotResolveHostError("no such host"), (200, b""))
    assert isinstance(web.site().unreachable, CannotResolveHostError)
    web.now = UNREACHABLE_TTL
    assert web.allows()


def test_a_host_that_gives_no_complete_answer_is_closed_for_a_while() -> None:
    web = Web(DownloadTimeoutError(), (200, b""))
    assert web.site().closed == "gives no complete answer"
    web.now = SERVER_ERROR_TTL - 1
    assert not web.allows()
    web.now = SERVER_ERROR_TTL
    assert web.allows()


@pytest.mark.parametrize("failure", [(500, b""), DownloadTimeoutError(), CannotResolveHostError("no such host")])
def test_a_site_that_was_open_stays_open_while_its_file_cannot_be_had(failure: Any) -> None:
    web = Web((404, b""), failure, (200, KEEP_OUT))
    assert web.allows()
    web.now = DAY
    assert web.allows()
    web.now = DAY + SERVER_ERROR_TTL
    assert not web.allows()


def test_a_site_that_was_closed_is_not_opened_by_the_next_failure() -> None:
    web = Web((500, b""), CannotResolveHostError("no such host"), (502, b""))
    assert web.site().closed == "answers 500"
    web.now = SERVER_ERROR_TTL
    assert web.site().unreachable
    web.now += UNREACHABLE_TTL
    assert web.site().closed == "answers 502"


@pytest.mark.parametrize("failure", [(500, b""), CannotResolveHostError("no such host")])
def test_the_old_file_holds_while_the_next_one_cannot_be_had(failure: Any) -> None:
    web = Web((200, b"User-agent: *\nDisallow: /private"), failure)
    web.site()
    web.now = DAY
    assert web.allows("/story")
    assert not web.allows("/private")
    assert len(web.asked) == 2


def test_a_host_on_hold_is_nothing_learnt() -> None:
    web = Web(HostHeld("news.example", 60), (200, b""))
    with pytest.raises(HostHeld):
        web.site()
    assert web.allows()


def test_a_file_that_redirects_in_a_circle_is_no_file() -> None:
    assert Web(RedirectLoop("in a circle")).allows()


def test_only_the_first_500_kib_are_read() -> None:
    padding = b"#" * (LARGEST - len(KEEP_OUT) - 2) + b"\n"
    assert not Web((200, padding + KEEP_OUT)).allows()
    assert Web((200, padding + b"\n\n" + b"#" * 100 + b"\n" + KEEP_OUT)).allows()


def test_each_scheme_and_port_has_its_own_file() -> None:
    web = Web((404, b""))
    for origin in (SITE, "http://news.example", f"{SITE}:8443"):
        web.site(origin)
    assert len(web.asked) == 3


def test_memory_is_bounded() -> None:
    web = Web((404, b""))

    async def ask_many() -> None:
        for n in range(MOST_SITES + 10):
            await web.files.site(f"https://{n}.example")

    asyncio.run(ask_many())
    assert len(web.files._sites) == MOST_SITES


@pytest.mark.parametrize(
    "group",
    [
        "User-agent: *",
        "user-agent:*",
        "User-agent: Stet",
        "USER-AGENT: stet # that is us",
        "User agent: Stet",
        "useragent Stet",
        "User-agent: other\nUser-agent: Stet\nUser-agent: another",
        "User-agent: Stet*",
    ],
)
def test_rules_for_us_are_found_among_those_for_others(group: str) -> None:
    body = f"User-agent: other\nAllow: /\n\n{group}\nDisallow: /private\n\nUser-agent: third\nDisallow: /".encode()
    rules = ProtegoRobotParser(for_one_agent(body, "Stet"), None)
    assert rules.allowed(f"{SITE}/story", "Stet")
    assert not rules.allowed(f"{SITE}/private", "Stet")


@given(
    st.lists(
        st.sampled_from(["User-agent: Stet", "User-agent: *", "User-agent: a", "user agent b", "Useragent:ste*"])
        | st.sampled_from(["Disallow: /", "Allow: /s", "Disallow: /st*y", "Crawl-delay: 3", "", "# none", "junk"]),
        max_size=12,
    )
)
def test_leaving_the_others_out_changes_nothing_for_us(lines: list[str]) -> None:
    body = "\n".join(lines).encode()
    whole, ours = ProtegoRobotParser(body, None), ProtegoRobotParser(for_one_agent(body, "Stet"), None)
    for path in ("/", "/story", "/sport"):
        assert whole.allowed(SITE + path, "Stet") == ours.allowed(SITE + path, "Stet")
    assert whole.crawl_delay("Stet") == ours.crawl_delay("Stet")


def test_a_file_that_multiplies_is_read(site: Any, fetch: Any) -> None:
    agents = b"".join(b"User-agent: bot%d\n" % n for n in range(5000))
    rules = b"".join(b"Disallow: /%d\n" % n for n in range(20_000))
    site.on("/robots.txt", body=agents + rules + b"User-agent: *\nDisallow: /private\n").on("/story")
    story, private = fetch(site.url("/story"), site.url("/private"), obey_robots=True)
    assert story.status == 200
    assert private.failure.kind is FailureKind.REFUSED


def test_a_forbidden_page_is_refused_and_never_asked_for(site: Any, fetch_either_way: Any) -> None:
    site.on("/robots.txt", body=b"User-agent: Stet\nDisallow: /private\n\nUser-agent: *\nDisallow: /")
    site.on("/story").on("/private/story")
    story, private = fetch_either_way(site.url("/story"), site.url("/private/story"), obey_robots=True)
    assert story.status == 200
    assert private.failure.kind is FailureKind.REFUSED
    assert private.failure.message == "robots.txt of 127.0.0.1 does not allow this page for Stet"
    assert sorted(site.paths()) == ["/robots.txt", "/story"]


def test_a_redirect_to_a_forbidden_page_is_refused(site: Any, fetch: Any) -> None:
    site.on("/robots.txt", body=b"User-agent: *\nDisallow: /private")
    site.on("/story", status=301, headers=(("Location", "/private"),)).on("/private")
    (capture,) = fetch(site.url("/story"), obey_robots=True)
    assert capture.failure.kind is FailureKind.REFUSED
    assert "/private" not in site.paths()


def test_a_dead_host_fails_as_a_dead_host(fetch: Any) -> None:
    no_host, no_port = fetch("http://nowhere.invalid/", "http://127.0.0.1:1/", obey_robots=True)
    assert no_host.failure.message == "no such host: nowhere.invalid"
    assert no_port.failure.message == "127.0.0.1:1 refused the connection"


def test_a_server_error_holds_the_pages_until_the_file_is_asked_for_again(site: Any, fetch_either_way: Any) -> None:
    site.on("/robots.txt", status=500).on("/story")
    for capture in fetch_either_way(site.url("/story"), site.url("/other"), obey_robots=True):
        assert capture.status is None
        assert capture.failure.kind is FailureKind.HELD
        assert capture.failure.message == (
            "robots.txt of 127.0.0.1 answers 500, so nothing may be fetched there for now"
        )
        assert SERVER_ERROR_TTL - 60 < capture.failure.retry_after <= SERVER_ERROR_TTL
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"raw": b"", "stall": True}, "gives no complete answer"),
        (
            {"headers": (("Content-Encoding", "gzip"),), "body": b"User-agent: *"},
            "cannot be read (the body is not valid",
        ),
    ],
)
def test_a_file_that_cannot_be_read_holds_the_pages(site: Any, fetch: Any, reply: Any, words: str) -> None:
    site.on("/robots.txt", **reply).on("/story")
    (capture,) = fetch(site.url("/story"), obey_robots=True, timeout=1.0)
    assert capture.status is None
    assert capture.failure.kind is FailureKind.HELD
    assert capture.failure.message.startswith(f"robots.txt of 127.0.0.1 {words}")
    assert capture.failure.retry_after > 0


def test_a_robots_txt_that_asks_for_a_pause_holds_the_host(site: Any, fetch: Any) -> None:
    site.on("/robots.txt", status=503, headers=(("Retry-After", "120"),)).on("/story")
    first, second = fetch(site.url("/story"), site.url("/other"), obey_robots=True)
    for capture in (first, second):
        assert capture.failure.kind is FailureKind.HELD
        assert 110 < capture.failure.retry_after <= 120
    assert site.paths() == ["/robots.txt"]
