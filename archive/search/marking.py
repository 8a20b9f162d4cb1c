"""Where in a text the words of a search stand.

FTS5's highlight() would tell, but copies the text for each match: minutes for a text that is one word over and over.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.search.query import Phrase

LOOKED_AT = 500_000
"""Characters of a text in which words are marked."""


def places(text: str, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """The (start, end) of each place where one of the phrases stands, whatever its case, accents and punctuation."""
    if not phrases:
        return []
    pattern = re.compile("|".join(map(_pattern, sorted(phrases, key=lambda each: -len(each.text)))))
    return [found.span() for found in pattern.finditer("".join(map(_folded, text[:LOOKED_AT])))]


def _pattern(phrase: Phrase) -> str:
    words = r"[\W_]+".join(re.escape("".join(map(_folded, word))) for word in phrase.words)
    if phrase.is_unspaced:
        return words
    return rf"(?<![^\W_]){words}" + ("" if phrase.is_beginning else r"(?![^\W_])")


@lru_cache(maxsize=4_096)
def _folded(sign: str) -> str:
    """One sign for one, so that places stay what they are."""
    return unicodedata.normalize("NFD", sign)[0].lower()[0]
