"""RSS, Atom, RDF and JSON feeds: what they say about their pages."""

from __future__ import annotations

import calendar
import json
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import feedparser
from w3lib.encoding import html_to_unicode

from archive.models import Found
from crawler.discovery.dates import iso_utc
from crawler.discovery.errors import DiscoveryError
from crawler.discovery.links import absolute, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from time import struct_time

MAX_BYTES = 3_000_000
"""Feeds in use stay well below; a hostile one takes feedparser some 10 µs a byte."""


def read_feed(body: bytes, *, url: str, content_type: str | None = None) -> list[Found]:
    """The pages that the feed at `url` names, in its order.

    Dates are ISO 8601 UTC. Entries without a usable link are passed over. Raises DiscoveryError for what
    is no feed, or is broken before its first entry.
    """
    if not body.strip():
        raise DiscoveryError(f"{url} is empty")
    if len(body) > MAX_BYTES:
        raise DiscoveryError(f"{url} is longer than {MAX_BYTES:,} bytes, too long for a feed")
    _, text = html_to_unicode(content_type, body, default_encoding="utf-8", auto_detect_fun=_encoding)
    text = text.lstrip("\ufeff \t\r\n")
    pages = _json_pages(text, url) if text.startswith("{") else _xml_pages(text, url)
    return list(pages)


# A feed has no need for entities of its own, and a few lines of them can stand for gigabytes.
_ENTITY = re.compile(r"<!ENTITY\b[^<>]*>?", re.IGNORECASE)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1")


def _encoding(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _xml_pages(text: str, url: str) -> Iterator[Found]:
    safe = _NOT_IN_XML.sub("", _ENTITY.sub("", text)).encode()
    # From a stream only: a string could be taken for the name of a file.
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        feed = feedparser.parse(
            BytesIO(safe), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        raise DiscoveryError(f"{url} cannot be read as a feed: {type(error).__name__}") from error
    if not feed.get("version"):
        what = (
            "is an HTML page, not a feed"
            if _HTML.search(text[:2000])
            else "is not a feed (RSS, Atom, RDF or JSON Feed)"
        )
        raise DiscoveryError(f"{url} {what}")
    if feed.bozo and not feed.entries:
        raise DiscoveryError(f"{url} is broken before its first entry")
    for entry in feed.entries:
        # feedparser's own `get` gives `published` for a missing `updated`, with a warning.
        fields = dict(entry.items())
        page = absolute(fields.get("feedburner_origlink"), url) or absolute(fields.get("link"), url)
        if page:
            yield Found(
                page,
                via=url,
                title=_title(fields),
                published=_date(fields.get("published_parsed")),
                modified=_date(fields.get("updated_parsed")),
            )


def _title(fields: Mapping[str, Any]) -> str | None:
    kind = fields.get("title_detail", {}).get("type", "")
    return plain(fields.get("title"), html="html" in kind)


def _date(moment: struct_time | None) -> str | None:
    if moment is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _json_pages(text: str, url: str) -> Iterator[Found]:
    """https://www.jsonfeed.org/version/1.1/"""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DiscoveryError(f"{url} is broken JSON") from error
    if not _JSON_FEED.match(str(feed.get("version"))) or not isinstance(feed.get("items"), list):
        raise DiscoveryError(f"{url} is JSON, but no JSON Feed")
    for item in feed["items"]:
        if not isinstance(item, dict):
            continue
        page = absolute(item.get("url"), url) or absolute(item.get("external_url"), url) or _permalink(item.get("id"))
        if page:
            yield Found(
                page,
                via=url,
                title=plain(item.get("title"), html=False),
                published=iso_utc(item.get("date_published")),
                modified=iso_utc(item.get("date_modified")),
            )


def _permalink(identifier: object) -> str | None:
    """An item's id is its URL, or anything else."""
    return absolute(identifier, "") if str(identifier).startswith(("http://", "https://")) else None
