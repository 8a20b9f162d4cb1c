"""Lines in bold that open a paragraph and end in a line break: headings in all but their markup."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from archive.models import Role
from crawler.extraction.page import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from archive.models import Block
    from crawler.extraction.page import Piece

LONGEST = 80
"""Characters of such a line; what is longer is a sentence that was wrapped."""

MOST = 4
"""Lines that are looked for in one paragraph."""

_BOLD = frozenset({"b", "strong"})


def apart(block: Block, piece: Piece) -> list[Block]:
    """The block, with the bold lines that open it as blocks of their own."""
    found: list[Block] = []
    rest = block.text
    if block.role is Role.BODY and piece.set_off:
        for line in islice(_bold_lines(piece.owner), MOST):
            behind = rest.removeprefix(line).strip()
            if len(line) > LONGEST or behind == rest or not behind or behind[0].islower():
                break
            found.append(replace(block, text=line))
            rest = behind
    return [*found, replace(block, text=rest)] if found else [block]


def _bold_lines(owner: HtmlElement) -> Iterator[str]:
    """The lines from the start of an element that hold bold text alone and end in a line break."""
    texts = [owner.text or ""]
    for child in owner:
        if "".join(texts).strip() and child.getprevious() is None:
            return
        if child.tag not in _BOLD and child.tag != "br":
            return
        for event, element in etree.iterwalk(child, events=("start", "end")):
            if event == "start":
                if element.tag == "br":
                    if line := normalise("".join(texts)):
                        yield line
                    texts = []
                texts.append(element.text or "")
            elif element is not child:
                texts.append(element.tail or "")
        if (child.tail or "").strip():
            return
