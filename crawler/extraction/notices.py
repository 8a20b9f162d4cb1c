"""Correction notices that share a line with something else, and the lines that a label ("Corrections") heads."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from archive.models import Role
from crawler.extraction import patterns
from crawler.extraction.page import EMPHASIS, LINK_END, Piece, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

LABEL_LENGTH = 40
"""Characters up to which a line is a label and no notice itself."""

MOST = 8
"""Notices that one label heads."""

LONGEST_LIST = 30
"""Notices of one list, or dated ones, that one label heads."""

LAST_BREAKS = 3
"""Line breaks of a paragraph, from its end, behind which a notice is looked for."""

MOST_TEXTS = 40
"""Runs of text (between tags) behind a line break that may be one notice."""

_LABEL_TAGS = EMPHASIS | {"td", "th"}
_HEADING_KINDS = frozenset({"head", "item"})
_SPLIT_KINDS = frozenset({"p", "item", "quote"})
_DATED = re.compile(r"\W{0,3}(?:\w{1,12}\.? )?\d{1,4}[\w.,/ -]{0,20}?\s?[:–—-]\s", re.ASCII)


def apart(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with a notice that follows a line break, and a label without a colon, as pieces of their own.

    Labels, dated ones too ("Correction, 3 May" in a definition list or a heading), get the kind `label`.
    """
    found: list[Piece] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        is_last = following is None or following.owner is not piece.owner
        if piece.set_off and piece.kind in _SPLIT_KINDS and is_last and len(piece.owner):
            found += _label_first(piece) or _notice_last(piece) or [piece]
        elif piece.kind in _HEADING_KINDS and _heads(piece):
            found.append(replace(piece, kind="label"))
        else:
            found.append(piece)
    return found


def under(pieces: Sequence[Piece], label: int, *, apart_from_text: bool) -> range:
    """The indexes of the pieces that the label at index `label` heads.

    The next one; the rest of the same list; dated ones after a dated one; and where the label is known to stand
    `apart_from_text`, all that follow in the element it stands in, where they are few.
    """
    first = label + 1
    if first >= len(pieces) or pieces[first].kind in {"head", "label"}:
        return range(0)
    box = _box(pieces[label], pieces[first])
    end = first + 1
    in_list, in_box = [end], [end]
    last = min(len(pieces), first + LONGEST_LIST)
    while end < last and pieces[end].kind not in {"head", "label"}:
        piece = pieces[end]
        end += 1
        same_list = piece.tag == "li" and piece.owner.getparent() is pieces[first].owner.getparent()
        both_dated = bool(_DATED.match(pieces[first].text) and _DATED.match(piece.text))
        if (same_list or both_dated) and in_list[-1] == end - 1:
            in_list.append(end)
        if box is not None and box in piece.owner.iterancestors():
            in_box.append(end)
        else:
            break
    few = apart_from_text and in_box[-1] - first <= MOST
    return range(first, max(in_list[-1], in_box[-1] if few else first))


def _heads(piece: Piece) -> bool:
    """Whether the piece is a dated label over a notice: a term in a list of definitions, or a heading."""
    if piece.tag != "dt" and not (piece.kind == "head" and any(letter.isdigit() for letter in piece.text)):
        return False
    return _is_label(piece.plain)


def _is_label(line: str) -> bool:
    """Whether the line, with a colon and more behind it, would be a notice."""
    return len(line) <= LABEL_LENGTH and _is_notice(f"{line.rstrip(' :')}: x")


def _is_notice(line: str) -> bool:
    first = next(patterns.load().matches(line), None)
    return first is not None and first.role is Role.CORRECTION and first.way != "anywhere"


def _label_first(piece: Piece) -> list[Piece]:
    """A label that nothing but markup sets off from the notice ("<b>Correction</b><br>The dam …")."""
    first = piece.owner[0]
    if first.tag not in _LABEL_TAGS or any(text and text.strip() for text in (piece.owner.text, first.tail)):
        return []
    label = normalise("".join(islice(first.itertext(), LABEL_LENGTH)))
    rest = piece.plain.removeprefix(label).strip()
    if not label or rest == piece.plain or not rest[:1].isalnum() or label.endswith(":") or not _is_label(label):
        return []
    return [replace(piece, text=label, kind="label"), replace(piece, text=rest)]


def _notice_last(piece: Piece) -> list[Piece]:
    """A notice behind a line break at the end of a paragraph."""
    for line_break in _last_breaks(piece.owner):
        notice = normalise(_behind(line_break, piece.owner)).replace(LINK_END, "")
        before = piece.plain.removesuffix(notice).strip()
        if notice and before and len(before) < len(piece.plain) and _is_notice(notice):
            return [replace(piece, text=before), replace(piece, text=notice)]
    return []


def _last_breaks(owner: HtmlElement) -> list[HtmlElement]:
    """The last line breaks right below an element, or in the emphasis that it ends with."""
    last = owner[-1]
    within = islice(last.iterchildren("br", reversed=True), LAST_BREAKS) if last.tag in _LABEL_TAGS else ()
    return [*within, *islice(owner.iterchildren("br", reversed=True), LAST_BREAKS)]


def _behind(element: HtmlElement, owner: HtmlElement) -> str:
    """The text after an element up to its owner's end; "" where that is more than a notice."""
    texts = _texts_behind(element, owner)
    found = "".join(islice(texts, MOST_TEXTS))
    return "" if next(texts, None) is not None else found


def _texts_behind(element: HtmlElement, owner: HtmlElement) -> Iterator[str]:
    while element is not owner:
        yield element.tail or ""
        for sibling in element.itersiblings():
            yield from sibling.itertext()
            yield sibling.tail or ""
        element = element.getparent()


def _box(label: Piece, first: Piece) -> HtmlElement | None:
    """The element in which a label stands with its first notice."""
    within = list(first.owner.iterancestors())
    return label.owner if label.owner in within else label.owner.getparent()
