"""The rule by which a line that a source repeats is set aside. Pure; extraction and the archive both go by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.models import Block, Role, line_digest

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.models import Article

LEARNED = "the source repeats this line"
DROPPED = "the configuration drops this line"
"""The reasons of lines that were text but for what is known of their source."""

KEPT = "the configuration keeps this line"
"""The reason of a line that is text although its source repeats it."""


AT_MOST = 0.5
"""The part of an article's words that may go as repeated; where it would be more, what was learned is not believed."""


def set_aside(
    blocks: tuple[Block, ...], lines: Collection[int], *, text_roles: Collection[Role], reason: str = LEARNED
) -> tuple[Block, ...]:
    """The blocks; those of text whose digest is among `lines` are furniture."""
    return tuple(
        Block(Role.FURNITURE, block.text, reason)
        if block.role in text_roles and line_digest(block.text) in lines
        else block
        for block in blocks
    )


def believed(blocks: tuple[Block, ...], repeated: Collection[int], *, text_roles: Collection[Role]) -> set[int]:
    """Of the repeated lines those that go: no heading over text that stays, and not too much of the article."""
    text = [block for block in blocks if block.role in text_roles]
    gone = set(repeated) - _headings_in_use(text, repeated)
    words = sum(len(block.text.split()) for block in text)
    lost = sum(len(block.text.split()) for block in text if line_digest(block.text) in gone)
    return gone if lost <= AT_MOST * words else set()


def _headings_in_use(text: list[Block], repeated: Collection[int]) -> set[int]:
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


def agree(standing: Article, fresh: Article, learned: frozenset[int]) -> tuple[Article, Article]:
    """The article that stands in the archive and a fresh reading, so that both judge what is repeated alike.

    What stands there is brought to what is known today: lines that the fresh reading sets aside go, and of those
    `learned` that it does not have what would go from any reading; those that the configuration wants back come back.
    A line that was set aside there as learned stays aside in the fresh reading too, be it forgotten since. Each is
    returned as it is where nothing of this concerns it.
    """
    shown = {line_digest(block.text): block for block in fresh.blocks if block.role in fresh.text_roles}
    gone = {line_digest(block.text) for block in fresh.blocks if block.reason in {LEARNED, DROPPED}} - shown.keys()
    blocks = tuple(_wanted(block, shown) for block in standing.blocks)
    gone |= believed(blocks, learned - gone - shown.keys(), text_roles=fresh.text_roles)
    blocks = set_aside(blocks, gone, text_roles=fresh.text_roles)
    apart = {line_digest(block.text) for block in blocks if block.reason == LEARNED}
    kept = set_aside(fresh.blocks, apart, text_roles=fresh.text_roles)
    return (
        standing if blocks == standing.blocks else replace(standing, blocks=blocks, text_roles=fresh.text_roles),
        fresh if kept == fresh.blocks else replace(fresh, blocks=kept),
    )


def _wanted(block: Block, shown: dict[int, Block]) -> Block:
    """What the configuration once dropped, or now keeps, is what the fresh reading takes it for."""
    if block.reason not in {LEARNED, DROPPED}:
        return block
    found = shown.get(line_digest(block.text))
    if found is None or (block.reason == LEARNED and found.reason != KEPT):
        return block
    return Block(found.role, block.text, found.reason)
