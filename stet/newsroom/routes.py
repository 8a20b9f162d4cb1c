"""Which path answers with what."""

from __future__ import annotations

import gzip
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from stet.newsroom import feeds, sitemaps
from stet.newsroom.article_page import Edition, article_page
from stet.newsroom.exchange import Response
from stet.newsroom.frame import simple_page
from stet.newsroom.listing_page import home_page, section_page
from stet.newsroom.words import SECTIONS, SERVICE_PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from stet.newsroom.furniture import Furniture
    from stet.newsroom.site import Posting, Site
    from stet.newsroom.stories import Story

HTML = "text/html; charset=utf-8"
_XML = "application/xml; charset=utf-8"
_FILES: dict[str, tuple[str, Callable[[Sequence[Story], str], str]]] = {
    "/feed.xml": ("application/rss+xml; charset=utf-8", feeds.rss),
    "/atom.xml": ("application/atom+xml; charset=utf-8", feeds.atom),
    "/feed.json": ("application/feed+json; charset=utf-8", feeds.json_feed),
    "/news-sitemap.xml": (_XML, sitemaps.news_sitemap),
    "/sitemap_index.xml": (_XML, lambda _, base: sitemaps.sitemap_index(base)),
}
_PHOTO = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="9"><path fill="#ccc" d="M0 0h640v9H0z"/></svg>'
_REASONS = {
    401: "Please sign in",
    403: "Access denied",
    404: "Page not found",
    410: "This page has been removed",
    429: "Too many requests",
    451: "Unavailable for legal reasons",
    500: "Internal server error",
    503: "Back in a moment",
}


def respond(site: Site, target: str, base: str) -> Response:
    """The answer to an unconditional GET of a path with or without a query; links start with `base`."""
    path, _, query = target.partition("?")
    if path in site.answers:
        return site.answers[path]
    if path == "/robots.txt":
        # Stays during an outage: a 5xx there would say "keep out of the whole site".
        return Response(200, {"Content-Type": "text/plain"}, site.robots.replace("{base}", base).encode())
    if site.out:
        return _failure(site, 503, {"Retry-After": "1"})
    return _file(site, path, base) or _listing(site, path, base) or _story(site, path, query, base)


def _file(site: Site, path: str, base: str) -> Response | None:
    """A feed, a sitemap or a picture; None where there is none."""
    if path in _FILES:
        content_type, render = _FILES[path]
        return _validated(render(site.stories, base).encode(), content_type, site.changed)
    if path == "/sitemap.xml.gz":
        body = gzip.compress(sitemaps.sitemap(site.stories, base).encode(), mtime=0)
        return _validated(body, "application/gzip", site.changed)
    if path == "/static/photo.svg":
        return Response(200, {"Content-Type": "image/svg+xml"}, _PHOTO.encode())
    return None


def _listing(site: Site, path: str, base: str) -> Response | None:
    """The home page, a section or service page; None where the path is none of these."""
    name = path.strip("/")
    if path == "/":
        page = home_page(site.stories, base, site.furniture)
    elif name in SECTIONS and path.endswith("/"):
        page = section_page(name, [s for s in site.stories if s.section == name], base, site.furniture)
    elif name in SECTIONS:
        return _moved(f"{base}/{name}/")
    elif path in SERVICE_PAGES or path.startswith("/private/"):
        page = simple_page(SERVICE_PAGES.get(path, "Private"), "Nothing to read here.", site.furniture)
    else:
        return None
    return _validated(page.encode(), HTML, site.changed)


def _story(site: Site, path: str, query: str, base: str) -> Response:
    """A story in the edition that is asked for, or the reason why there is none."""
    place = path.removesuffix("/amp")
    slug = place.rpartition("/")[2]
    if slug in site.moves:
        return _moved(base + site.posting(slug).story.path + path.removeprefix(place))
    posting = site.postings.get(slug)
    if posting is None or posting.story.path != place or not posting.listed:
        return _failure(site, 404)
    if posting.status != HTTPStatus.OK:
        return _failure(site, posting.status)
    edition = _edition(path, query)
    page = _rendered(site, posting, site.furniture, base, edition)
    if posting.held is None:
        return _validated(page, HTML, max(posting.touched, site.furnished))
    held, furniture = posting.held
    return _validated(page, HTML, held.touched, of=_rendered(site, held, furniture, base, edition))


def _edition(path: str, query: str) -> Edition:
    if path.endswith("/amp"):
        return Edition.AMP
    return Edition.MOBILE if parse_qs(query).get("view") == ["mobile"] else Edition.FULL


def _rendered(site: Site, posting: Posting, furniture: Furniture, base: str, edition: Edition) -> bytes:
    return article_page(
        posting.story,
        base=base,
        furniture=furniture,
        others=site.roster,
        paywalled=posting.paywalled,
        edition=edition,
    ).encode()


def _validated(body: bytes, content_type: str, modified: datetime, of: bytes | None = None) -> Response:
    """A 200 with its validators; the ETag is that `of` other bytes where they are given."""
    headers = {
        "Content-Type": content_type,
        # Weak, since it is the same with and without compression.
        "ETag": f'W/"{sha256(of or body).hexdigest()[:20]}"',
        "Last-Modified": format_datetime(modified.replace(microsecond=0), usegmt=True),
        "Cache-Control": "public, max-age=60",
        "Vary": "Accept-Encoding",
    }
    return Response(200, headers, body)


def _moved(location: str) -> Response:
    return Response(301, {"Content-Type": HTML, "Location": location}, b"<h1>Moved</h1>")


def _failure(site: Site, status: int, headers: dict[str, str] | None = None) -> Response:
    reason = _REASONS.get(status, f"Error {status}")
    body = simple_page(reason, "Try the front page.", site.furniture).encode()
    return Response(status, {"Content-Type": HTML, **(headers or {})}, body)
