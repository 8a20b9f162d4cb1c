"""How rare a word is: what two texts share says the more, the rarer it is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Protocol

from archive.compare.text.common_words import is_common

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Rarity(Protocol):
    """Where words occur, in as many texts as are known."""

    def of(self, words: Collection[str]) -> Mapping[str, float]:
        """For each of the words (folded, see `features.folded`) from 0, in every text, to 1, in next to none."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rarity by the number of texts that have a word; without any texts, by what is known of languages."""

    texts: int = 0
    texts_with: Mapping[str, int] = field(default_factory=dict)

    def of(self, words: Collection[str]) -> dict[str, float]:
        """See Rarity."""
        return {word: self._rarity(word) for word in words}

    def _rarity(self, word: str) -> float:
        expected = _COMMON if is_common(word) else _UNCOMMON
        texts = self.texts + _PRESUMED
        texts_with = min(self.texts_with.get(word, 0), self.texts) + expected * _PRESUMED
        return min(log(texts / texts_with) / log(1 / _UNCOMMON), 1.0)


_PRESUMED = 100
"""Texts that the archive is taken to have besides its own, so that one of two pages knows what a function word is."""

_COMMON = 0.9
"""In what share of the presumed texts a function word is."""

_UNCOMMON = 0.005
"""The same of any other word."""
