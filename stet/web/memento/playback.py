"""Mementos themselves: `/memento/{14 digits}/{url}` for people, `id_` after the time for programs.

The plain form is a page of ours that frames the harmless copy, `if_`. The exact bytes are for saving, never for
rendering: a policy stops what a page runs and loads, but not what it links ahead to (`dns-prefetch`, `preconnect`),
nor where a click in it leads.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from archive import mementos
from archive.errors import BodyMissing
from stet.web.memento.asking import asked_url, known_page, stamp_time
from stet.web.memento.harmless import POLICY, harmless, note
from stet.web.memento.links import Link, addresses, header, http_date, memento_links, original, stamp, timegate, timemap
from stet.web.rendering import page as our_page
from stet.web.room import Archive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.mementos import Around, Content, Memento
    from archive.pages import Page
    from stet.web.memento.links import Addresses

router = APIRouter(include_in_schema=False)

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""For the exact bytes: nothing runs, nothing is loaded, nothing frames them."""

TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "xhtml",
    "text/plain": "txt",
    "text/xml": "xml",
    "application/xml": "xml",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
    "application/json": "json",
    "application/ld+json": "json",
    "application/pdf": "pdf",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}
"""Types that are passed on, and the ends of names to save under. Scripts and style sheets are not among them: our own
pages take those from this address."""

MAX_HEADERS = 60
"""Of the original's; common clients give up at 100 in all."""
MAX_HEADER = 4_000
"""Characters; a longer one is left out, not cut."""
PIECE = 262_144
"""Bytes; larger bodies go out in pieces, so that compressing one does not hold the loop."""


class _Shown(NamedTuple):
    page: Page
    memento: Memento
    around: Around
    where: Addresses
    content: Content | None
    """None where it is not needed; `why` says if it is missing."""
    why: str


@router.get("/memento/{stamp}/{url:path}")
def memento(request: Request, archive: Archive, stamp: str) -> Response:
    """One memento; a time at which there is none leads to the nearest."""
    asked = _STAMP.fullmatch(stamp)
    if asked is None:
        raise HTTPException(400, "The time is given in 14 digits, as 20260131120000; `id_` or `if_` may follow.")
    moment, mode = stamp_time(asked[1]), asked[2] or ""
    url = asked_url(request, 2)
    with archive.reading() as db:
        page = known_page(db, url)
        found = mementos.nearest(db, page, moment)
        if found is None:
            raise HTTPException(404, f"No capture of {page.url} is kept as it came.")
        where = addresses(request, page.url)
        around = mementos.around(db, page, found)
        if found.at != moment or len(asked[1]) < _WHOLE:
            links = header(*_page_links(where, around), *memento_links(where, found, around))
            return RedirectResponse(where.memento(found, mode), 302, {"Link": links})
        content, why = None, ""
        try:
            content = mementos.content(db, found) if mode else None
        except BodyMissing as error:
            why = str(error)
    return _ANSWERS[mode](request, _Shown(page, found, around, where, content, why))


_STAMP = re.compile("((?:[0-9]{2}){2,7})(id_|if_)?")
_WHOLE = 14


def _framed(request: Request, shown: _Shown) -> Response:
    where, around = shown.where, shown.around
    return our_page(
        request,
        "memento.html",
        status=HTTPStatus(_status(shown.memento)),
        headers=_said(shown),
        url=shown.page.url,
        at=shown.memento.fetched_at,
        gone=shown.memento.status in _GONE,
        frame=_path(where, where.memento(shown.memento, "if_")),
        exact=_path(where, where.memento(shown.memento, "id_")),
        others=[
            (name, each.fetched_at, _path(where, where.memento(each)))
            for name, each in (
                ("First", around.first),
                ("Previous", around.prev),
                ("Next", around.next),
                ("Last", around.last),
            )
            if each is not None and each.second != shown.memento.second
        ],
    )


def _exact(_request: Request, shown: _Shown) -> Response:
    if shown.content is None:
        raise HTTPException(404, shown.why)
    body, status = shown.content.body, _status(shown.memento)
    answer = Response(body, status) if len(body) <= PIECE else StreamingResponse(_pieces(body), status)
    kind, charset = _type(shown.content)
    name = f"{stamp(shown.memento)}.{TYPES.get(kind, 'bin')}"
    answer.headers.update(
        {
            **_said(shown),
            "Content-Type": f"{kind}; charset={charset}" if charset else kind,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": SANDBOX,
        }
    )
    for key, value in islice(_sayable(shown.content.headers), MAX_HEADERS):
        answer.headers.append(f"X-Archive-Orig-{key}", value)
    return answer


def _copy(_request: Request, shown: _Shown) -> Response:
    content = shown.content
    text = note(shown.why) if content is None else harmless(content.body, _original_type(content))
    return HTMLResponse(text, 404 if content is None else 200, {"Content-Security-Policy": POLICY})


_ANSWERS = {"": _framed, "id_": _exact, "if_": _copy}

_GONE = (404, 410)


def _status(memento: Memento) -> int:
    """A memento of an error has the error's status (RFC 7089, 4.2.2); Memento-Datetime tells it from one of ours."""
    return memento.status if memento.status in _GONE else 200


def _said(shown: _Shown) -> dict[str, str]:
    where, around = shown.where, shown.around
    return {
        "Memento-Datetime": http_date(shown.memento.at),
        "Link": header(*_page_links(where, around), *memento_links(where, shown.memento, around)),
    }


def _page_links(where: Addresses, around: Around) -> list[Link]:
    return [original(where), timegate(where), timemap(where, around)]


def _path(where: Addresses, uri: str) -> str:
    return uri.removeprefix(where.room)


def _pieces(body: bytes) -> Iterator[bytes]:
    for begin in range(0, len(body), PIECE):
        yield body[begin : begin + PIECE]


def _original_type(content: Content) -> str | None:
    return next((value for name, value in content.headers if name == "content-type"), None)


def _type(content: Content) -> tuple[str, str]:
    """The type and the charset to give it; the bytes' own where they are safe to say."""
    said = _original_type(content) or ""
    kind = said.split(";", 1)[0].strip().lower()
    charset = _CHARSET.search(said)
    return (kind, charset[1] if charset else "") if kind in TYPES else ("application/octet-stream", "")


def _sayable(headers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Those that may stand in a header: what is no token or no Latin-1 would break the answer."""
    for name, value in headers:
        if _TOKEN.fullmatch(name) and len(value) <= MAX_HEADER and _VALUE.fullmatch(value):
            yield name, value.strip(" \t")


_CHARSET = re.compile(r";\s*charset=[\"']?([a-z0-9._:-]{1,40})", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]{1,100}", re.IGNORECASE)
_VALUE = re.compile("[\t\x20-\x7e\x80-\xff]*")
