"""Which pieces of the page trafilatura takes for the article's text, and which it missed beside them."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree
from trafilatura import bare_extraction

from crawler.extraction.page import LINK_END, ROLE_ZONES, Piece, normalise, squeeze
from crawler.extraction.roles import LINK_ONLY, MOSTLY_LINKED, ends_like_sentence, is_address, said_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element
    from lxml.html import HtmlElement

LONG = 40
"""Characters (without spaces) from which a line is taken to stand once only in a text."""

BOX_LENGTH = 60
"""Characters that a box in the text needs."""

MISSED_LENGTH = 30
"""Characters that a paragraph needs to be believed to continue the text in a sibling container."""

COVERED = 0.5
"""The share of trafilatura's text that the pieces must explain; below it, its own lines are taken."""

LINK_LIST = 4
"""Entries from which a list of links is a menu."""

_MISSABLE = frozenset({"p", "h2", "h3", "h4", "h5"})
_NEVER_TEXT = ("aside", "footer", "nav", "menu", "dialog", "button", "figure", "picture", "time", "head")
_EMPTY = frozenset({"br", "hr", "td", "th", "tr"})
"""Elements that say something without any text in them."""

_KINDS = {"head": "head", "item": "item", "quote": "quote"}


def vote(root: HtmlElement, pieces: Sequence[Piece]) -> tuple[list[Piece], set[int]]:
    """The page's pieces, and the indexes of those that are the article's text.

    trafilatura in its fast mode is asked alone: its comparison with other extractors changes its mind when
    furniture changes, costs as much again, and scores lower on news (F1 .913 against .922 on our 60 pages).
    """
    document = bare_extraction(
        _slim(root),
        fast=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        output_format="txt",  # with its default it writes out the text, which we do for ourselves
    )
    if document is None or isinstance(document, dict):
        return list(pieces), set()
    lines = _lines(document.body)
    texts, taken = [squeeze(piece.text) for piece in pieces], [squeeze(line) for line, _ in lines]
    chosen = _align(texts, taken)
    if sum(len(texts[i]) for i in chosen) < COVERED * sum(map(len, taken)):
        return _own_lines(pieces, lines, root)
    return list(pieces), chosen


def _slim(root: HtmlElement) -> HtmlElement:
    """A copy without what trafilatura takes out in the end, but carries through five copies and forty searches."""
    slim = deepcopy(root)
    etree.strip_elements(slim, *_NEVER_TEXT, with_tail=False)
    for element in reversed([*slim.iter(etree.Element)]):
        if len(element):
            tag = element.tag
            gone = (
                (tag in {"ul", "ol"} and _is_link_list(element))
                or (tag == "header" and _is_masthead(element))
                or element.get("role") in ROLE_ZONES
            )
        else:
            text = element.text
            gone = (not text or text.isspace()) and element.tag not in _EMPTY
        if not gone:
            continue
        parent = element.getparent()
        if element.tail:
            element.drop_tree()
        elif parent is not None:
            parent.remove(element)
    return slim


def _is_masthead(header: HtmlElement) -> bool:
    """A header of the page, not of the article."""
    return not any(above.tag in {"article", "main"} for above in header.iterancestors())


def _is_link_list(element: HtmlElement) -> bool:
    """A list of ways elsewhere, and nothing else."""
    if len(element) < LINK_LIST:
        return False
    linked = sum(len(text) for link in element.iter("a") for text in link.itertext())
    return linked > LINK_ONLY * len("".join(element.itertext()).strip())


def missed(pieces: Sequence[Piece], chosen: set[int]) -> set[int]:
    """Paragraphs that belong to the text though trafilatura left them out.

    A short line, a heading, a box with a sentence or a list of addresses between two chosen siblings; and a text that
    goes on in a container like the ones chosen (same tag and classes), as sites do that cut a story in two around an
    advertisement.
    """
    if not chosen:
        return set()
    parents = {i: piece.owner.getparent() for i, piece in enumerate(pieces)}
    homes = Counter(parents[i] for i in chosen if pieces[i].tag == "p")
    shapes = Counter(_shape(parents[i]) for i in chosen if pieces[i].tag == "p")
    first, last = min(chosen), max(chosen)
    found = set()
    for i, piece in enumerate(pieces):
        if i in chosen or piece.zone:
            continue
        parent = parents[i]
        if first < i < last and (_is_box(piece) or is_address(piece.plain)):
            home = parent.getparent() if piece.tag == "li" and parent is not None else parent
            if homes[home] >= 2:  # noqa: PLR2004
                found.add(i)
        if piece.tag not in _MISSABLE or piece.linked > MOSTLY_LINKED:
            continue
        inside = first < i < last and homes[parent] >= 2  # noqa: PLR2004
        shape = _shape(parent)
        alike = piece.tag == "p" and bool(shape) and shapes[shape] >= 3 and len(piece.text) >= MISSED_LENGTH  # noqa: PLR2004
        if inside or alike:
            found.add(i)
    return found


def _is_box(piece: Piece) -> bool:
    """Running text in a box of its own, whose classes say nothing of it: a note, a warning."""
    return (
        piece.tag == "div"
        and piece.linked <= MOSTLY_LINKED
        and len(piece.text) >= BOX_LENGTH
        and ends_like_sentence(piece.plain)
        and said_by(piece.owner) is None
    )


def _shape(element: HtmlElement | None) -> tuple[str, str] | None:
    if element is None or not element.get("class"):
        return None
    return str(element.tag), str(element.get("class"))


def _lines(body: _Element) -> list[tuple[str, str]]:
    """trafilatura's lines with their kinds, in its order."""
    lines = []
    for element in body:
        kind = _KINDS.get(str(element.tag), "p")
        if element.tag == "list":
            lines += [(_text(item), "item") for item in element]
        else:
            lines.append((_text(element), kind))
        if element.tail and element.tail.strip():
            lines.append((normalise(element.tail), "p"))
    return [(text, kind) for text, kind in lines if text]


def _text(element: _Element) -> str:
    return normalise(" ".join(element.itertext()))


def _align(texts: Sequence[str], lines: Sequence[str]) -> set[int]:
    """The indexes of the texts that stand in `lines`, in the same order; all without white space.

    Long pieces are found first (the longest chain of them in increasing position); short ones ("Share",
    "World") only count between their long neighbours, and only as a whole line.
    """
    flat = "".join(lines)
    edges = _edges(lines)
    anchors = _longest_chain(_positions(texts, flat))
    chosen = set(anchors)
    known = sorted(anchors)
    for i, text in enumerate(texts):
        if i in chosen or not text or len(text) >= LONG:
            continue
        at = bisect.bisect(known, i)
        low = anchors[known[at - 1]] + len(texts[known[at - 1]]) if at else 0
        high = anchors[known[at]] if at < len(known) else len(flat)
        position = _whole_line(text, flat, (low, high), edges)
        if position is not None:
            anchors[i] = position
            known.insert(at, i)
            chosen.add(i)
    return chosen


def _edges(lines: Sequence[str]) -> tuple[set[int], set[int]]:
    starts, ends, at = set(), set(), 0
    for line in lines:
        starts.add(at)
        at += len(line)
        ends.add(at)
    return starts, ends


def _positions(texts: Sequence[str], flat: str) -> list[tuple[int, int]]:
    """(piece, position) of the long pieces; the k-th of equal pieces gets the k-th place it stands at."""
    after: defaultdict[str, int] = defaultdict(int)
    found = []
    for i, text in enumerate(texts):
        if len(text) < LONG:
            continue
        position = flat.find(text, after[text])
        if position < 0:
            # trafilatura took something out of the line's middle or end (a link, a figure)
            position = flat.find(text[: max(LONG, len(text) // 3)], after[text])
        if position >= 0:
            after[text] = position + len(text)
            found.append((i, position))
    return found


def _longest_chain(found: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The longest strictly increasing run of positions (patience sorting), as piece -> position."""
    tails: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for row, (_, position) in enumerate(found):
        at = bisect.bisect_left(tails, position)
        before.append(rows[at - 1] if at else -1)
        if at == len(tails):
            tails.append(position)
            rows.append(row)
        else:
            tails[at] = position
            rows[at] = row
    chain = {}
    row = rows[-1] if rows else -1
    while row >= 0:
        chain[found[row][0]] = found[row][1]
        row = before[row]
    return chain


def _whole_line(text: str, flat: str, span: tuple[int, int], edges: tuple[set[int], set[int]]) -> int | None:
    starts, ends = edges
    position = flat.find(text, *span)
    while position >= 0:
        if position in starts or position + len(text) in ends:
            return position
        position = flat.find(text, position + 1, span[1])
    return None


def _own_lines(
    pieces: Sequence[Piece], lines: Sequence[tuple[str, str]], root: HtmlElement
) -> tuple[list[Piece], set[int]]:
    """trafilatura's lines as the text, before all pieces of the page, where the two cannot be matched."""
    length = sum(len(piece.text) for piece in pieces)
    linked = sum(len(piece.text) * piece.linked for piece in pieces) / length if length else 0.0
    own = [Piece(text.replace(LINK_END, ""), kind, "p", linked, "", root) for text, kind in lines]
    texts = {squeeze(piece.text) for piece in own}
    rest = [piece for piece in pieces if squeeze(piece.text) not in texts]
    return own + rest, set(range(len(own)))
