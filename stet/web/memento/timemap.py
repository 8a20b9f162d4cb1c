"""TimeMaps (RFC 7089, section 5): all mementos of a page, a thousand at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from archive import mementos
from stet.web.memento.asking import as_url, asked_url, known_page, stamp_time
from stet.web.memento.links import LINK_FORMAT, Addresses, Link, addresses, http_date, original, timegate
from stet.web.room import Archive

if TYPE_CHECKING:
    from datetime import datetime

    from archive.mementos import Listing, Memento

PER_PAGE = 1_000

router = APIRouter(include_in_schema=False)


@router.get("/timemap/{form}/{url:path}")
def timemap(request: Request, archive: Archive, form: Literal["link", "json"]) -> Response:
    """A page's mementos; `/timemap/link/{14 digits}/{url}` begins at that time."""
    url, since = _asked(request)
    with archive.reading() as db:
        page = known_page(db, url)
        found = mementos.listing(db, page, since=since, limit=PER_PAGE)
        first, last = mementos.oldest(db, page), mementos.newest(db, page)
    where = addresses(request, page.url)
    if first is None or last is None or not found.mementos:
        raise HTTPException(404, f"No capture of {page.url} is kept as it came, or none since then.")
    part = _Part(where, found, first, last, whole=since is None)
    if form == "json":
        return JSONResponse(_as_json(part))
    lines = ",\n".join(map(str, _as_links(part)))
    return Response(f"{lines}\n", headers={"Content-Type": LINK_FORMAT})


@dataclass(frozen=True, slots=True)
class _Part:
    """One TimeMap. `whole` is the one that begins with the first memento, at the address without a time."""

    where: Addresses
    found: Listing
    first: Memento
    last: Memento
    whole: bool

    def address(self, form: str) -> str:
        return self.where.timemap(form, None if self.whole else self.found.mementos[0])

    def others(self, form: str) -> list[tuple[str, Memento]]:
        """The TimeMaps before and after this one, and where each begins."""
        beside = (self.found.before, self.found.after)
        return [(self.where.timemap(form, each), each) for each in beside if each is not None]


def _asked(request: Request) -> tuple[str, datetime | None]:
    url = asked_url(request, 2)
    since = _SINCE.match(url)
    return (url, None) if since is None else (as_url(url[since.end() :]), stamp_time(since[1]))


_SINCE = re.compile("https://([0-9]{14})/(?=.)")
"""As the time before the URL reads where it is taken for a URL without a scheme."""


def _as_links(part: _Part) -> list[Link]:
    where, listed = part.where, part.found.mementos
    span = (("from", http_date(listed[0].at)), ("until", http_date(listed[-1].at)))
    return [
        original(where),
        timegate(where),
        Link(part.address("link"), "self", (("type", LINK_FORMAT), *span)),
        *(
            Link(uri, "timemap", (("type", LINK_FORMAT), ("from", http_date(begins.at))))
            for uri, begins in part.others("link")
        ),
        *(Link(where.memento(each), _rel(part, each), (("datetime", http_date(each.at)),)) for each in listed),
    ]


def _rel(part: _Part, memento: Memento) -> str:
    rels = [name for name, each in (("first", part.first), ("last", part.last)) if each.second == memento.second]
    return " ".join([*rels, "memento"])


def _as_json(part: _Part) -> dict[str, object]:
    """In the form of the Time Travel service, which MemGator and others give too."""
    where = part.where
    return {
        "original_uri": where.original,
        "self": part.address("json"),
        "timegate_uri": where.timegate(),
        "timemap_uri": {"link_format": part.address("link"), "json_format": part.address("json")},
        "timemap_index": [{"uri": uri, "from": f"{begins.second}Z"} for uri, begins in part.others("json")],
        "mementos": {
            "list": [_entry(where, each) for each in part.found.mementos],
            "first": _entry(where, part.first),
            "last": _entry(where, part.last),
        },
    }


def _entry(where: Addresses, memento: Memento) -> dict[str, str]:
    return {"datetime": f"{memento.second}Z", "uri": where.memento(memento)}
