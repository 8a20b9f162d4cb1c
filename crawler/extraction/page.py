"""A page as pieces: its paragraph-level runs of text in page order, each with what its markup says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_PIECES = 20_000

LINK_END = "\ue000"
"""Marks the end of a link inside a piece's raw text (private use area), where labels like to stand."""

_BLOCKS = """
address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table
tbody tfoot thead tr ul
"""
_BLOCK_TAGS = frozenset(_BLOCKS.split())
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "head"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    "blockquote": "quote",
    "figcaption": "caption",
    "p": "p",
    "button": "button",
}
_INHERITED = frozenset({"head", "item", "quote", "caption", "button"})
_ZONES = {
    "nav": "chrome",
    "header": "chrome",
    "footer": "chrome",
    "aside": "aside",
    "form": "aside",
    "dialog": "aside",
    "menu": "chrome",
}
_ROLE_ZONES = {
    "navigation": "chrome",
    "banner": "chrome",
    "contentinfo": "chrome",
    "complementary": "aside",
    "dialog": "aside",
    "alertdialog": "aside",
    "search": "chrome",
}
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb]")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r\f]*(?:\n[ \t\r\f]*)+")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One run of text that stands by itself on the page."""

    text: str
    """Normalised: single spaces, NFC, no invisible characters; the ends of links marked by LINK_END."""
    kind: str
    """`p`, `head`, `item`, `quote`, `caption` or `button`."""
    tag: str
    linked: float
    """The share of its characters that stand in links, 0 to 1."""
    zone: str
    """`chrome` (site navigation, header, footer), `aside`, or empty."""
    owner: HtmlElement
    """The block element it stands in."""

    @property
    def plain(self) -> str:
        return self.text.replace(LINK_END, "").strip()


def normalise(text: str) -> str:
    """One line of text: NFC, single spaces, nothing invisible, always encodable as UTF-8."""
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    text = " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())
    return text.encode("utf-8", "ignore").decode("utf-8")


def squeeze(text: str) -> str:
    """The text without any white space or link marks: what two renderings of one line share."""
    return "".join(text.replace(LINK_END, "").split())


def pieces(root: HtmlElement) -> list[Piece]:
    """The pieces of the page's body, in page order."""
    body = root.find("body")
    found: list[Piece] = []
    for piece in _walk(body if body is not None else root):
        found.append(piece)
        if len(found) >= MAX_PIECES:
            break
    return found


@dataclass(slots=True)
class _Level:
    """What holds inside one block element while walking."""

    element: HtmlElement
    kind: str
    zone: str
    in_article: bool


def _walk(body: HtmlElement) -> Iterator[Piece]:
    levels = [_Level(body, "p", "", in_article=False)]
    run = _Run()
    run.add(_flat(body.text))
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        if element is body or not isinstance(tag, str):
            continue
        if tag in _BLOCK_TAGS:
            yield from run.flush(levels[-1])
            if event == "start":
                levels.append(_enter(element, tag, levels[-1]))
            else:
                levels.pop()
        else:
            run.cross(tag, event)
        run.add(_flat(element.text if event == "start" else element.tail))
    yield from run.flush(levels[0])


def _flat(text: str | None) -> str:
    """Text whose line breaks mean nothing: only <br> breaks a line."""
    return text.replace("\n", " ") if text else ""


def _enter(element: HtmlElement, tag: str, outer: _Level) -> _Level:
    kind = _KINDS.get(tag, "p")
    if outer.kind in _INHERITED and kind == "p":
        kind = outer.kind
    in_article = outer.in_article or tag in {"article", "main"} or element.get("role") == "main"
    zone = _ROLE_ZONES.get(element.get("role", ""), "") or _ZONES.get(tag, "")
    if tag in {"header", "footer"} and in_article:
        zone = ""  # an article's own header and footer hold its headline, standfirst and credits
    return _Level(element, kind, outer.zone or zone, in_article)


class _Run:
    """The text gathered since the last block boundary."""

    def __init__(self) -> None:
        self.links = 0
        self._parts: list[str] = []
        self._linked = 0
        self._length = 0

    def add(self, text: str) -> None:
        if not text:
            return
        self._parts.append(text)
        visible = len(text.strip())
        self._length += visible
        if self.links > 0:
            self._linked += visible

    def cross(self, tag: str, event: str) -> None:
        """Goes over the border of an inline element."""
        if event == "start" and tag in {"br", "td", "th"}:
            self.add("\n" if tag == "br" else " ")
        elif tag == "a":
            self.links += 1 if event == "start" else -1
            if event == "end":
                self._parts.append(LINK_END)

    def flush(self, level: _Level) -> Iterator[Piece]:
        text = "".join(self._parts)
        linked = self._linked / self._length if self._length else 0.0
        self._parts, self._linked, self._length = [], 0, 0
        if not text or text.isspace():
            return
        for part in _PARAGRAPH_BREAK.split(text):
            line = normalise(part.replace("\n", " "))
            if line.replace(LINK_END, "").strip():
                yield Piece(line, level.kind, str(level.element.tag), linked, level.zone, level.element)
