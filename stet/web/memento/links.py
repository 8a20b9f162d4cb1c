"""Where things are, and the Link header (RFC 8288) that says so."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from stet.web.addresses import absolute

if TYPE_CHECKING:
    from datetime import datetime

    from fastapi import Request

    from archive.mementos import Around, Memento

LINK_FORMAT = "application/link-format"


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link; `given` are its other attributes."""

    uri: str
    rel: str
    given: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        attributes = "".join(f'; {name}="{value}"' for name, value in self.given)
        return f'<{self.uri}>; rel="{self.rel}"{attributes}'


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one page's past, absolute."""

    room: str
    """Of the reading room, without a slash at its end."""
    original: str

    def timegate(self) -> str:
        return f"{self.room}/timegate/{self.original}"

    def timemap(self, form: str = "link", since: Memento | None = None) -> str:
        return f"{self.room}/timemap/{form}/{'' if since is None else f'{stamp(since)}/'}{self.original}"

    def memento(self, memento: Memento, mode: str = "") -> str:
        return f"{self.room}/memento/{stamp(memento)}{mode}/{self.original}"


def addresses(request: Request, url: str) -> Addresses:
    """The addresses for the page at `url`, as whoever asks reaches this room."""
    return Addresses(absolute(request, ""), quote(url, safe=_IN_URI))


def page_links(request: Request, url: str) -> str:
    """The Link header of a page of ours that tells of the page at `url`."""
    where = addresses(request, url)
    return header(original(where), timegate(where), timemap(where))


def original(where: Addresses) -> Link:
    return Link(where.original, "original")


def timegate(where: Addresses) -> Link:
    return Link(where.timegate(), "timegate")


def timemap(where: Addresses, around: Around | None = None) -> Link:
    """`around` says from when until when it tells."""
    times = () if around is None else (("from", http_date(around.first.at)), ("until", http_date(around.last.at)))
    return Link(where.timemap(), "timemap", (("type", LINK_FORMAT), *times))


def memento_links(where: Addresses, memento: Memento, around: Around) -> list[Link]:
    """The memento, those beside it, and the first and last: each once, with all that it is."""
    rels: dict[str, list[str]] = {}
    known = {memento.second: memento}
    for name, each in (("first", around.first), ("last", around.last), ("prev", around.prev), ("next", around.next)):
        if each is not None:
            known[each.second] = each
            rels.setdefault(each.second, []).append(name)
    return [
        Link(
            where.memento(known[second]),
            " ".join([*rels.get(second, ()), "memento"]),
            (("datetime", http_date(known[second].at)),),
        )
        for second in sorted(known)
    ]


def header(*links: Link) -> str:
    """The value of a Link header."""
    return ", ".join(map(str, links))


def stamp(memento: Memento) -> str:
    """Its time in 14 digits."""
    return memento.at.strftime("%Y%m%d%H%M%S")


def http_date(at: datetime) -> str:
    """`Sat, 31 Jan 2026 12:00:00 GMT`."""
    return format_datetime(at, usegmt=True)


_IN_URI = "%:/?#[]@!$&'()*+,;=-._~"
