"""Lines of the text that are the source's own: what it repeats from article to article, and what is configured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.models import Block, Memory, line_digest
from archive.repeats import DROPPED, KEPT, believed, set_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.settings import ExtractionSettings


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
    gone = believed(blocks, repeated - kept, text_roles=roles)
    blocks = tuple(
        Block(block.role, block.text, KEPT) if block.role in roles and line_digest(block.text) in kept else block
        for block in blocks
    )
    return set_aside(blocks, gone, text_roles=roles)


def _is_found(expressions: Iterable[str], line: str) -> bool:
    return any(re.search(expression, line) for expression in expressions)
