"""Where on a page its text was found, so that the next reading does not stray when only the furniture changes.

A place is the path to the element that holds the text, as tags with their ids and classes. It only has a say where
trafilatura goes elsewhere than last time: as long as most of what it takes lies in the place, nothing is different.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.page import weights
from crawler.extraction.roles import MOSTLY_LINKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.page import Piece

HELD = 0.8
"""The share of the text that its place holds."""

STRAYED = 0.5
"""The text was chosen elsewhere where less of it than this share lies in the remembered place, and less than this
share of the place's own text was chosen."""

LEAST = 250
"""Characters of running text that a remembered place must still hold to be believed."""

LONGEST = 600
"""Characters of a path that is worth remembering."""

_RUNNING = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote"})
_VARYING = re.compile(r"\d|active|loaded|visible|open|current", re.IGNORECASE)
"""In classes and ids that may be others on the next day."""


def of(pieces: Sequence[Piece], chosen: set[int]) -> str | None:
    """The place of the chosen pieces; None where no element but the page's own holds them."""
    found, total = weights(pieces, chosen)
    holders = [element for element, weight in found.items() if weight >= HELD * total]
    if not holders:
        return None
    path = _path(max(holders, key=_depth))
    return path if path and len(path) <= LONGEST else None


def returned_to(root: HtmlElement, pieces: Sequence[Piece], chosen: set[int], place: str | None) -> set[int]:
    """The pieces to take for the text: those chosen, unless they lie elsewhere than last time and the place stands."""
    home = _find(root, place) if place else None
    if home is None:
        return chosen
    inside = {i for i, piece in enumerate(pieces) if piece.owner is home or home in piece.owner.iterancestors()}
    running = {i for i in inside if _is_running(pieces[i])}
    stands = _length(pieces, running)
    lies_there = _length(pieces, chosen & inside) >= STRAYED * _length(pieces, chosen)
    # Else the story has grown beyond its place.
    is_read = _length(pieces, chosen & running) >= STRAYED * stands
    return chosen if lies_there or is_read or stands < LEAST else running


def _length(pieces: Sequence[Piece], indexes: set[int]) -> int:
    return sum(len(pieces[i].text) for i in indexes)


def _is_running(piece: Piece) -> bool:
    return piece.tag in _RUNNING and not piece.zone and piece.linked <= MOSTLY_LINKED


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _path(element: HtmlElement) -> str:
    """The steps from the page's body down to the element; empty for the body itself."""
    steps = [_step(each) for each in (element, *element.iterancestors()) if each.tag not in {"body", "html"}]
    return ">".join(reversed(steps))


def _step(element: HtmlElement) -> str:
    names = [f"#{element.get('id')}", *(f".{name}" for name in (element.get("class") or "").split())]
    return str(element.tag) + "".join(name for name in names if name != "#None" and not _VARYING.search(name))


def _find(root: HtmlElement, place: str) -> HtmlElement | None:
    """The only element of the page that the path leads to."""
    last = place.rpartition(">")[2]
    tag = re.split(r"[#.]", last, maxsplit=1)[0]
    alike = (element for element in root.iter(tag) if _step(element) == last) if tag else ()
    found = [element for element in alike if _path(element) == place]
    return found[0] if len(found) == 1 else None
