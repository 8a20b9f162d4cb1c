"""Sitemaps, sitemap indexes and the Google News namespace. https://www.sitemaps.org/protocol.html"""

from __future__ import annotations

import re
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap as SitemapReader
from scrapy.utils.sitemap import sitemap_urls_from_robots

from archive.models import Found
from crawler.discovery.dates import iso_utc
from crawler.discovery.errors import DiscoveryError
from crawler.discovery.feeds import read_feed
from crawler.discovery.links import absolute, plain
from crawler.identity import same_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 52_428_800
"""Unpacked; the protocol's own limit."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap names: pages, or further sitemaps with the date they changed."""

    pages: tuple[Found, ...] = ()
    children: tuple[tuple[str, str | None], ...] = ()
    news: frozenset[str] = frozenset()
    """The URLs of the pages which it says are news articles."""


def read_sitemap(body: bytes, *, url: str) -> Sitemap:
    """What the sitemap at `url` names, in its order: XML, gzip, plain text, a feed, or a robots.txt.

    Of a broken or cut-off one, what can be read. Raises DiscoveryError where that is nothing.
    """
    body = _in_utf8(_unpacked(body, url)).lstrip(b"\xef\xbb\xbf \t\r\n")
    start = body[:1000]
    if not start:
        raise DiscoveryError(f"{url} is empty")
    if urlsplit(url).path.endswith("/robots.txt"):
        return Sitemap(children=_children((link, None) for link in sitemap_urls_from_robots(body, url)))
    if _TEXT.match(start):
        return Sitemap(pages=tuple(_text_pages(body, url)))
    if _HTML.search(start):
        raise DiscoveryError(f"{url} is an HTML page, not a sitemap")
    return _read_xml(body, url)


_TEXT = re.compile(rb"https?://")
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,31};)")
_ROOT = rb"(?:[\w.-]{1,20}:)?(?:urlset|sitemapindex)"
_ROOT_END = re.compile(rb"(?:</" + _ROOT + rb"\s*>|<" + _ROOT + rb"\b[^<>]*/>)\s*$")
_ENTRY_END = re.compile(rb"</(?:[\w.-]{1,20}:)?(?:url|sitemap)\s*>")
_FEEDS = frozenset({"rss", "feed", "RDF"})


class _Reader(SitemapReader):
    """Scrapy's reader, which looks no deeper than an entry's children: it adds the fields of `news:news`."""

    __slots__ = ()

    def _process_sitemap_element(self, elem: Any) -> dict[str, Any] | None:
        news = {
            f"news:{self._get_tag_name(field)}": field.text or ""
            for child in elem
            if self._get_tag_name(child) == "news"
            for field in child
        }
        entry = super()._process_sitemap_element(elem)
        return entry and entry | news


def _unpacked(body: bytes, url: str) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        return gunzip(body, max_size=MAX_BYTES)
    except ValueError as error:
        raise DiscoveryError(f"{url} unpacks to more than {MAX_BYTES:,} bytes") from error
    except (OSError, EOFError, zlib.error) as error:
        raise DiscoveryError(f"{url} is broken gzip") from error


def _in_utf8(body: bytes) -> bytes:
    """UTF-16 as UTF-8, so that what follows may look at bytes."""
    if body[:2] not in {BOM_UTF16_LE, BOM_UTF16_BE}:
        return body
    return _DECLARATION.sub("", body.decode("utf-16", "replace")).encode()


def _read_xml(body: bytes, url: str) -> Sitemap:
    body = _BARE_AMPERSAND.sub(b"&amp;", body)
    kind = _reader(body, url).type
    if kind in _FEEDS:
        return Sitemap(pages=tuple(read_feed(body, url=url)))
    if kind not in {"urlset", "sitemapindex"}:
        raise DiscoveryError(f"{url} is not a sitemap but <{kind}>")
    entries = list(_entries(_reader(_without_last_piece(body, url), url)))
    if kind == "sitemapindex":
        links = ((absolute(entry.get("loc"), url), iso_utc(entry.get("lastmod"))) for entry in entries)
        # The protocol's rule; else an index could have us knock at doors that are none of its own.
        return Sitemap(children=_children((link, date) for link, date in links if link and same_site(link, url)))
    pages = [(page, entry) for entry in entries if (page := _page(entry, url))]
    news = frozenset(page.url for page, entry in pages if any(name.startswith("news:") for name in entry))
    return Sitemap(pages=tuple(page for page, _ in pages), news=news)


def _reader(body: bytes, url: str) -> _Reader:
    try:
        return _Reader(body)
    except (SyntaxError, StopIteration) as error:  # lxml's XMLSyntaxError is a SyntaxError
        raise DiscoveryError(f"{url} is not a sitemap") from error


def _without_last_piece(body: bytes, url: str) -> bytes:
    """A cut-off body up to its last whole entry: of half an entry, half a URL would be read."""
    if _ROOT_END.search(body.rstrip()[-1000:]):
        return body
    ends = [match.end() for match in _ENTRY_END.finditer(body)]
    if not ends:
        raise DiscoveryError(f"{url} is broken before its first entry")
    return body[: ends[-1]]


def _entries(reader: SitemapReader) -> Iterator[dict[str, Any]]:
    try:
        yield from reader
    except SyntaxError:
        return


def _page(entry: dict[str, Any], url: str) -> Found | None:
    page = absolute(entry.get("loc"), url)
    if page is None:
        return None
    return Found(
        page,
        via=url,
        title=plain(entry.get("news:title")),
        published=iso_utc(entry.get("news:publication_date")),
        modified=iso_utc(entry.get("lastmod")),
    )


def _children(links: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str | None], ...]:
    return tuple(dict(links).items())


def _text_pages(body: bytes, url: str) -> Iterator[Found]:
    for line in body.decode("utf-8-sig", "replace").splitlines():
        if page := absolute(line, url):
            yield Found(page, via=url)
