"""A page as pieces: its paragraph-level runs of text in page order, each with what its markup says."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
EMPHASIS = frozenset({"b", "em", "i", "span", "strong", "u"})
_BREAKS = {"br": "\n", "td": " ", "th": " "}
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
ROLE_ZONES = {
    "navigation": "chrome",
    "banner": "chrome",
    "contentinfo": "chrome",
    "complementary": "aside",
    "dialog": "aside",
    "alertdialog": "aside",
    "search": "chrome",
}
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
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
    set_off: bool = False
    """Whether it begins with emphasis, or has a line break: there may be a label, or a line of its own, in it."""

    @property
    def plain(self) -> str:
        return self.text.replace(LINK_END, "").strip()


def normalise(text: str) -> str:
    """One line of text: NFC, single spaces, nothing invisible, always encodable as UTF-8."""
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    visible = _INVISIBLE.sub("", text)
    if visible != text:
        visible = " ".join(visible.split())
    composed = unicodedata.normalize("NFC", visible)
    try:
        composed.encode("utf-8")
    except UnicodeEncodeError:
        # Lone surrogates.
        return composed.encode("utf-8", "ignore").decode("utf-8")
    return composed


def kebab(words: str) -> str:
    """Class words with a hyphen before each capital inside of one: `articleBody` as `article-Body`."""
    return _CAMEL.sub("-", words)


def weights(pieces: Sequence[Piece], chosen: Iterable[int]) -> tuple[Counter[HtmlElement], int]:
    """The characters of the chosen pieces below each element, and in all."""
    by_owner: Counter[HtmlElement] = Counter()
    by_home: Counter[HtmlElement] = Counter()
    for i in chosen:
        owner = pieces[i].owner
        length = len(pieces[i].text)
        by_owner[owner] += length
        home = owner.getparent()
        if home is not None:
            by_home[home] += length
    found = by_owner.copy()
    for home, length in by_home.items():
        for element in (home, *home.iterancestors()):
            found[element] += length
    return found, by_owner.total()


def squeeze(text: str) -> str:
    """The text without any white space or link marks: what two renderings of one line share."""
    return "".join(text.replace(LINK_END, "").split())


def pieces(root: HtmlElement) -> list[Piece]:
    """The pieces of the page's body, in page order."""
    body = root.find("body")
    return list(islice(_walk(body if body is not None else root), MAX_PIECES))


class _Level(NamedTuple):
    """What holds inside one block element while walking."""

    element: HtmlElement
    kind: str
    zone: str
    in_article: bool


def _walk(body: HtmlElement) -> Iterator[Piece]:  # noqa: C901 - written out, since it goes over every element
    level = _Level(body, "p", "", in_article=False)
    levels = [level]
    parts: list[str] = []
    links = linked = length = 0
    set_off = False
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        starts = event == "start"
        if tag in _BLOCK_TAGS and element is not body:
            if length:
                yield from _read("".join(parts), linked / length, level, set_off=set_off)
            parts, linked, length, set_off = [], 0, 0, False
            if starts:
                level = _enter(element, tag, level)
                levels.append(level)
            else:
                levels.pop()
                level = levels[-1]
        elif tag == "a":
            links += 1 if starts else -1
            if not starts:
                parts.append(LINK_END)
        elif starts and tag in _BREAKS:
            parts.append(_BREAKS[tag])
            set_off = True
        elif tag in EMPHASIS and not length:
            set_off = True
        text = element.text if starts else element.tail
        if text and (starts or element is not body):
            # Line breaks mean nothing here: only <br> breaks a line.
            parts.append(text.replace("\n", " "))
            visible = len(text.strip())
            length += visible
            if links > 0:
                linked += visible
    if length:
        yield from _read("".join(parts), linked / length, level, set_off=set_off)


def _enter(element: HtmlElement, tag: str, outer: _Level) -> _Level:
    kind = _KINDS.get(tag, "p")
    if kind == "p" and outer.kind in _INHERITED:
        kind = outer.kind
    role = element.get("role") or ""
    in_article = outer.in_article or tag in {"article", "main"} or role == "main"
    if outer.zone:
        return _Level(element, kind, outer.zone, in_article)
    zone = ROLE_ZONES.get(role, "") or _ZONES.get(tag, "")
    if zone and in_article and tag in {"header", "footer"}:
        zone = ""  # an article's own header and footer hold its headline, standfirst and credits
    return _Level(element, kind, zone, in_article)


def _read(text: str, linked: float, level: _Level, *, set_off: bool) -> Iterator[Piece]:
    """The text gathered since the last block boundary: a piece, or several where empty lines divide it."""
    for part in _PARAGRAPH_BREAK.split(text) if "\n" in text else (text,):
        line = normalise(part)
        if line.replace(LINK_END, "").strip():
            yield Piece(line, level.kind, str(level.element.tag), linked, level.zone, level.element, set_off)
