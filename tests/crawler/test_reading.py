"""What one capture is taken for: its status, where the page lives, and whether there is anything to read."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support import at_its_word
from support.at_its_word import CANONICAL, PAID

from archive.models import Capture, Failure, FailureKind, Finding, Memory, Outcome, Redirect
from crawler.identity.identify import identify
from crawler.pool import ExtractionPool
from crawler.reading import read

URL = "https://news.example/world/harbour-reopens-after-storm"
OTHER = "https://news.example/world/harbour-is-open-again"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = Capture(URL, NOW, URL, 200, (("content-type", "text/html"),), b"The harbour is open.")


def found(capture: Capture, *, known: str | None = None) -> Finding:
    async def main() -> Finding:
        with ExtractionPool(1, extract=at_its_word.plain, warm=at_its_word.warm) as pool:
            return await read(capture, pool, memory=Memory(known))

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("status", "outcome", "detail"),
    [
        (304, Outcome.UNCHANGED, ""),
        (401, Outcome.BLOCKED, "HTTP 401 Unauthorized: the page asks for a login"),
        (402, Outcome.PAYWALLED, "HTTP 402 Payment Required: the page asks for payment"),
        (403, Outcome.BLOCKED, "HTTP 403 Forbidden: the page forbids access"),
        (404, Outcome.GONE, "HTTP 404 Not Found"),
        (410, Outcome.GONE, "HTTP 410 Gone"),
        (451, Outcome.BLOCKED, "HTTP 451 Unavailable For Legal Reasons: the page is withheld for legal reasons"),
        (500, Outcome.ERROR, "HTTP 500 Internal Server Error: the page gives no article"),
        (204, Outcome.ERROR, "HTTP 204 No Content: the page gives no article"),
        (599, Outcome.ERROR, "HTTP 599 unknown status: the page gives no article"),
    ],
)
def test_a_status_says_what_became_of_the_page(status: int, outcome: Outcome, detail: str) -> None:
    assert found(replace(PAGE, status=status)) == Finding(outcome, detail=detail)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (FailureKind.REFUSED, Outcome.REFUSED),
        (FailureKind.FAILED, Outcome.ERROR),
        (FailureKind.HELD, Outcome.ERROR),
    ],
)
def test_a_failure_keeps_its_words(kind: FailureKind, outcome: Outcome) -> None:
    failed = replace(PAGE, status=None, failure=Failure(kind, "it was so"))
    assert found(failed) == Finding(outcome, detail="it was so")


def test_an_answer_that_asks_for_a_pause_is_an_error_with_its_status() -> None:
    held = replace(PAGE, status=503, failure=Failure(FailureKind.HELD, "left alone for 60 s", 60.0))
    assert found(held) == Finding(Outcome.ERROR, detail="left alone for 60 s")


def test_the_very_same_body_is_not_read_again() -> None:
    digest = hashlib.sha256(PAGE.body).hexdigest()
    assert found(PAGE, known=digest) == Finding(Outcome.UNCHANGED)


def test_another_body_is_read() -> None:
    read_again = found(PAGE, known="0" * 64)
    assert read_again.outcome is Outcome.NEW
    assert read_again.article is not None
    assert read_again.article.text == "The harbour is open."
    assert read_again.home is None


def redirected(*statuses: int, to: str = OTHER, body: bytes = PAGE.body) -> Capture:
    return replace(PAGE, final_url=to, body=body, redirects=tuple(Redirect(status, URL) for status in statuses))


@pytest.mark.parametrize("statuses", [(301,), (308,), (301, 308)])
def test_a_permanent_redirect_gives_the_page_a_new_home(statuses: tuple[int, ...]) -> None:
    home = found(redirected(*statuses)).home
    assert home is not None
    assert (home.identity, home.by_redirect) == (identify(OTHER), True)


@pytest.mark.parametrize("statuses", [(302,), (303,), (307,), (301, 302)])
def test_a_temporary_redirect_says_nothing_of_where_a_page_lives(statuses: tuple[int, ...]) -> None:
    assert found(redirected(*statuses)).home is None


@pytest.mark.parametrize("to", ["https://news.example/", "https://news.example/world/"])
def test_a_page_that_redirects_to_a_front_page_is_no_article(to: str) -> None:
    finding = found(redirected(301, to=to))
    assert finding == Finding(Outcome.NOT_ARTICLE, detail=f"redirects to a front page, {to}")


@pytest.mark.parametrize("path", ["404", "error/not-found", "en/404.html", "page-not-found"])
@pytest.mark.parametrize("status", [301, 302])
def test_a_page_that_redirects_to_an_error_page_is_no_article(path: str, status: int) -> None:
    to = f"https://news.example/{path}"
    finding = found(redirected(status, to=to))
    assert finding == Finding(Outcome.NOT_ARTICLE, detail=f"redirects to an error page, {to}")


def test_a_canonical_link_on_the_same_site_is_believed() -> None:
    home = found(replace(PAGE, body=CANONICAL + OTHER.encode())).home
    assert home is not None
    assert (home.identity, home.by_redirect) == (identify(OTHER), False)


@pytest.mark.parametrize(
    "canonical", ["https://example.com/world/harbour-is-open-again", "https://news.example/", "not a url"]
)
def test_a_canonical_link_elsewhere_or_to_a_front_page_is_not(canonical: str) -> None:
    assert found(replace(PAGE, body=CANONICAL + canonical.encode())).home is None


def test_a_redirect_and_a_canonical_link_that_agree_count_as_a_redirect() -> None:
    home = found(redirected(301, body=CANONICAL + OTHER.encode())).home
    assert home is not None
    assert (home.identity, home.by_redirect) == (identify(OTHER), True)


def test_a_canonical_link_back_undoes_no_redirect() -> None:
    home = found(redirected(301, body=CANONICAL + URL.encode())).home
    assert home is not None
    assert (home.identity, home.by_redirect) == (identify(URL), False)


def test_a_teaser_is_a_paywall_and_no_version() -> None:
    finding = found(replace(PAGE, body=PAID))
    assert (finding.outcome, finding.article) == (Outcome.PAYWALLED, None)


def test_a_page_that_crashes_extraction_is_an_error() -> None:
    finding = found(replace(PAGE, body=b"abort"))
    assert finding.outcome is Outcome.ERROR
    assert "crashed its process" in finding.detail


def test_what_is_no_article_says_why() -> None:
    assert found(replace(PAGE, body=b"")) == Finding(Outcome.NOT_ARTICLE, detail="empty page")


def test_a_wall_on_another_site_that_is_in_the_way_for_now_is_not_the_page() -> None:
    finding = found(redirected(302, to="https://consent.example.com/collect/your-consent-before-reading-20260101"))
    assert finding.outcome is Outcome.BLOCKED
    assert "consent.example.com" in finding.detail
