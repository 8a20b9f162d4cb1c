"""Lines of the text that are the source's own: what it repeats from article to article, and what is configured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.models import Block, Memory, Role, line_digest
from archive.repeats import DROPPED, KEPT, set_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.settings import ExtractionSettings

AT_MOST = 0.5
"""The part of an article's words that may go as repeated; where it would be more, what was learned is not believed."""


def without_repeated(blocks: tuple[Block, ...], settings: ExtractionSettings, memory: Memory) -> tuple[Block, ...]:
    """The blocks, those of text that the source repeats set aside.

    Corrections and credits are no text and stay what they are. A heading stays where its text does.
    """
    own, roles = settings.boilerplate, settings.text_roles
    if not (memory.boilerplate or own.drop):
        return blocks
    text = {line_digest(block.text): block.text for block in blocks if block.role in roles}
    dropped = {digest for digest, line in text.items() if _is_found(own.drop, line)}
    blocks = set_aside(blocks, dropped, text_roles=roles, reason=DROPPED)
    repeated = {digest for digest in text if digest in memory.boilerplate and digest not in dropped}
    kept = {digest for digest in repeated if not own.learn or _is_found(own.keep, text[digest])}
    gone = _believed(blocks, repeated - kept, settings)
    blocks = tuple(
        Block(block.role, block.text, KEPT) if block.role in roles and line_digest(block.text) in kept else block
        for block in blocks
    )
    return set_aside(blocks, gone, text_roles=roles)


def _believed(blocks: tuple[Block, ...], repeated: set[int], settings: ExtractionSettings) -> set[int]:
    """Of the repeated lines those that go: no heading over text that stays, and not too much of the article."""
    text = [block for block in blocks if block.role in settings.text_roles]
    gone = repeated - _headings_in_use(text, repeated)
    words = sum(len(block.text.split()) for block in text)
    lost = sum(len(block.text.split()) for block in text if line_digest(block.text) in gone)
    return gone if lost <= AT_MOST * words else set()


def _headings_in_use(text: list[Block], repeated: set[int]) -> set[int]:
    """A recipe's "Ingredients" recurs, and is the recipe's; a heading over lines that all go is the source's."""
    found: set[int] = set()
    stays = headed = False
    for block in reversed(text):
        digest = line_digest(block.text)
        if block.role is Role.HEADING:
            headed = True
            if stays:
                found.add(digest)
        else:
            stays = digest not in repeated or (stays and not headed)
            headed = False
    return found


def _is_found(expressions: Iterable[str], line: str) -> bool:
    return any(re.search(expression, line) for expression in expressions)
