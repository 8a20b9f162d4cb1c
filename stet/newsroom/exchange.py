"""What HTTP makes of a page: conditional requests, HEAD and compression."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_COMPRESSED = ("text/", "application/xml", "application/rss", "application/atom", "application/feed")
_GZIP = re.compile(r"\bgzip\s*(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
_KEPT_IN_304 = ("ETag", "Last-Modified", "Cache-Control", "Vary")


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: status, headers by their usual spelling, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def answer(page: Response, method: str, request: Mapping[str, str]) -> Response:
    """The response to one GET or HEAD; `request` holds its headers, names in lower case."""
    if page.status == HTTPStatus.OK and _is_fresh(page, request):
        kept = {name: page.headers[name] for name in _KEPT_IN_304 if name in page.headers}
        return Response(HTTPStatus.NOT_MODIFIED, kept, b"")
    if _may_compress(page, request):
        page = replace(
            page,
            headers={**page.headers, "Content-Encoding": "gzip"},
            body=gzip.compress(page.body, mtime=0),
        )
    page = replace(page, headers={"Content-Length": str(len(page.body)), **page.headers})
    return replace(page, body=b"") if method == "HEAD" else page


def _is_fresh(page: Response, request: Mapping[str, str]) -> bool:
    """Whether the client has the page already: RFC 9110, 13.2.2; If-None-Match hides If-Modified-Since."""
    if "if-none-match" in request:
        etag = page.headers.get("ETag", "")
        given = [tag.strip().removeprefix("W/") for tag in request["if-none-match"].split(",")]
        return bool(etag) and ("*" in given or etag.removeprefix("W/") in given)
    since = _http_date(request.get("if-modified-since"))
    modified = _http_date(page.headers.get("Last-Modified"))
    return since is not None and modified is not None and modified <= since


def _http_date(value: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(value) if value else None
    except ValueError:
        return None


def _may_compress(page: Response, request: Mapping[str, str]) -> bool:
    is_text = page.headers.get("Content-Type", "").startswith(_COMPRESSED)
    is_set = {"Content-Encoding", "Content-Length"} & page.headers.keys()
    return is_text and not is_set and bool(_GZIP.search(request.get("accept-encoding", "")))
