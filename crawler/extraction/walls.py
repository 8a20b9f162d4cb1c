"""Pages that stand in an article's place: bot checks, consent walls, error pages sent with status 200."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.models import TEXT_ROLES, Block
from crawler.extraction import patterns
from crawler.extraction.errors import NotAnArticle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.extraction.metadata import Metadata
    from crawler.extraction.page import Piece

MAX_WORDS = 120
"""Words of text from which a page is never taken for a wall."""

FIRST_LINES = 3
"""Lines of text that are looked at, or of the page where it has no text."""

_REFUSALS: dict[patterns.WallKind, str] = {
    "bot check": "a bot check, not an article",
    "consent wall": "a consent wall, not an article",
    "error page": "an error page sent with status 200",
}


def refuse(found: Sequence[Piece], blocks: Sequence[Block], about: Metadata) -> None:
    """Raises NotAnArticle where a short page that nothing calls an article says what a wall or an error page says."""
    if about.is_article or about.says_published:
        return
    text = [block.text for block in blocks if block.role in TEXT_ROLES]
    if sum(len(line.split()) for line in text) >= MAX_WORDS:
        return
    for line in _telling(found, text, about):
        kind = patterns.wall(line)
        if kind is not None:
            raise NotAnArticle(_REFUSALS[kind])


def _telling(found: Sequence[Piece], text: Sequence[str], about: Metadata) -> Iterator[str]:
    yield from about.titles
    yield from about.headings
    # a cookie banner stands first on many an article's page: what is no text only counts where there is no text
    yield from (text or [piece.plain for piece in found if piece.zone != "chrome"])[:FIRST_LINES]
