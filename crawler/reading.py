"""What one capture turned out to be."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING

from archive.models import FailureKind, Finding, Home, Memory, Outcome
from crawler import identity
from crawler.extraction import EXTRACTOR, ExtractionSettings, NotAnArticle
from crawler.pool import ExtractionFailed

if TYPE_CHECKING:
    from archive.models import Article, Capture
    from crawler.pool import ExtractionPool

_BY_STATUS = {
    401: (Outcome.BLOCKED, "asks for a login"),
    402: (Outcome.PAYWALLED, "asks for payment"),
    403: (Outcome.BLOCKED, "forbids access"),
    404: (Outcome.GONE, ""),
    410: (Outcome.GONE, ""),
    451: (Outcome.BLOCKED, "is withheld for legal reasons"),
}
_BY_FAILURE = {
    FailureKind.REFUSED: Outcome.REFUSED,
    FailureKind.HELD: Outcome.ERROR,
    FailureKind.FAILED: Outcome.ERROR,
}
_PERMANENT = frozenset({301, 308})


async def read(
    capture: Capture,
    pool: ExtractionPool,
    *,
    settings: ExtractionSettings = ExtractionSettings(),
    memory: Memory = Memory(),
) -> Finding:
    """Decide what `capture` is, extracting its article where there is one to extract.

    `settings` are those of the page's source, `memory` what is known of the page. The very body that was last
    read as this page's article needs no second reading, unless it came by a redirect, when its canonical link says
    whether the page has moved.
    """
    finding = _unreadable(capture)
    if finding is not None:
        return finding
    known = memory.body_digest
    if known and not capture.redirects and hashlib.sha256(capture.body).hexdigest() == known:
        return Finding(Outcome.UNCHANGED)
    started = monotonic()
    finding = await _extracted(capture, pool, settings, memory)
    return replace(finding, extraction_seconds=monotonic() - started)


async def _extracted(capture: Capture, pool: ExtractionPool, settings: ExtractionSettings, memory: Memory) -> Finding:
    try:
        article = await pool.extract(
            capture.body,
            url=capture.final_url,
            content_type=capture.header("content-type"),
            settings=settings,
            memory=memory,
        )
    except NotAnArticle as error:
        return Finding(error.outcome, detail=error.reason)
    except ExtractionFailed as error:
        return Finding(Outcome.ERROR, detail=str(error))
    home = _home(capture, article)
    if article.paywalled:
        return Finding(Outcome.PAYWALLED, detail="only a teaser is here; the rest is for subscribers", home=home)
    return Finding(Outcome.NEW, article, extractor=EXTRACTOR, home=home, settings_digest=settings.digest)


def _unreadable(capture: Capture) -> Finding | None:
    """What the capture is where its body need not be looked at."""
    if capture.failure is not None:
        return Finding(_BY_FAILURE[capture.failure.kind], detail=capture.failure.message)
    if capture.status == HTTPStatus.NOT_MODIFIED:
        return Finding(Outcome.UNCHANGED)
    if capture.status in _BY_STATUS:
        outcome, words = _BY_STATUS[capture.status]
        return Finding(outcome, detail=_status_line(capture.status, words))
    if capture.status != HTTPStatus.OK:
        return Finding(Outcome.ERROR, detail=_status_line(capture.status, "gives no article"))
    return _led_astray(capture)


def _status_line(status: int | None, words: str) -> str:
    try:
        phrase = HTTPStatus(status or 0).phrase
    except ValueError:
        phrase = "unknown status"
    return f"HTTP {status} {phrase}" + (f": the page {words}" if words else "")


def _led_astray(capture: Capture) -> Finding | None:
    """A redirect to what cannot be the page: no article, and no new home for it."""
    if not capture.redirects:
        return None
    if identity.is_error(capture.final_url) and not identity.is_error(capture.url):
        return Finding(Outcome.NOT_ARTICLE, detail=f"redirects to an error page, {capture.final_url}")
    if identity.is_section_or_home(capture.final_url) and not identity.is_section_or_home(capture.url):
        # What deleted articles often do.
        return Finding(Outcome.NOT_ARTICLE, detail=f"redirects to a front page, {capture.final_url}")
    if not _moved_for_good(capture) and not identity.same_site(capture.url, capture.final_url):
        detail = f"redirects for now to another site, {capture.final_url}: a consent or login wall?"
        return Finding(Outcome.BLOCKED, detail=detail)
    return None


def _moved_for_good(capture: Capture) -> bool:
    return bool(capture.redirects) and all(hop.status in _PERMANENT for hop in capture.redirects)


def _home(capture: Capture, article: Article) -> Home | None:
    """The identity that a permanent redirect, or a canonical link worth believing, gives the page.

    A temporary redirect (consent, login, load balancing) says nothing of where a page lives.
    """
    redirected = _moved_for_good(capture)
    url = capture.final_url if redirected else capture.url
    canonical = identity.believed_canonical(capture.final_url, article.canonical)
    try:
        if canonical and identity.same_site(canonical, url):
            found = identity.identify(canonical)
            return Home(found, by_redirect=redirected and found.key == identity.identity(url))
        return Home(identity.identify(url), by_redirect=True) if redirected else None
    except identity.InvalidURL:
        # Such as one that is too long: no URL to come back to.
        return None
