"""Which page, and which time, a Memento client asks for."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.exceptions import HTTPException

from archive import pages
from archive.errors import UnknownPage
from crawler.identity import InvalidURL, identity

if TYPE_CHECKING:
    from fastapi import Request
    from sqlite_utils import Database

    from archive.pages import Page


def asked_url(request: Request, depth: int) -> str:
    """The URL that the request's address goes on with after `depth` segments, with its own query.

    Taken from the bytes as they came: the framework's path is decoded, and what is encoded in the URL belongs to it.
    Clients that encode it as a whole are understood too, and proxies that made `//` one. Raises HTTPException.
    """
    segments = request.scope["raw_path"].split(b"/", depth + 1)
    if len(segments) <= depth + 1 or not segments[-1]:
        raise HTTPException(404, "The address ends where the URL of a page should follow.")
    url = segments[-1].decode("utf-8", "replace")
    if _ENCODED.match(url):
        url = unquote(url)
    query = request.scope["query_string"].decode("utf-8", "replace")
    return as_url(f"{url}?{query}" if query else url)


def as_url(text: str) -> str:
    """The URL that is meant, where slashes were merged or its scheme is missing."""
    return _SCHEME.sub(r"\1://", text) if _SCHEME.match(text) else f"https://{text}"


def known_page(db: Database, url: str) -> Page:
    """The page that `url` names, as it is or, for clients that encode what they put into a path, decoded once.

    Raises InvalidURL or UnknownPage.
    """
    page = pages.find(db, identity(url))
    if page is None and (decoded := unquote(url)) != url:
        with suppress(InvalidURL):
            page = pages.find(db, identity(decoded))
    if page is None:
        raise UnknownPage(f"the archive knows nothing of {url}")
    return page


def stamp_time(stamp: str) -> datetime:
    """The time of 14 digits, or of the first 4, 6, 8, 10 or 12 of them. Raises HTTPException."""
    digits = stamp + _FIRST[len(stamp) :]
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise HTTPException(400, f"{stamp} is no time: 14 digits are, as 20260131120000.") from error


def http_time(text: str) -> datetime:
    """The time of an Accept-Datetime header, in the one form that RFC 7089 (2.1.1) knows. Raises ValueError."""
    if not _HTTP_TIME.fullmatch(text):
        raise ValueError(text)
    day, month, year, clock = text[5:].split()[:4]
    return datetime.fromisoformat(f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{clock}+00:00")


_ENCODED = re.compile("https?%3a", re.IGNORECASE)
_SCHEME = re.compile("(https?):/*", re.IGNORECASE)
_FIRST = "00000101000000"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_HTTP_TIME = re.compile(
    rf"(?:{_DAYS}), [0-9]{{2}} (?:{'|'.join(_MONTHS)}) [0-9]{{4}} (?:[0-9]{{2}}:){{2}}[0-9]{{2}} GMT"
)
