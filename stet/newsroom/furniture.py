"""What changes around an article without the article changing, drawn from the seed and the turn."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from stet.newsroom.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The draws of one turn: the same seed, turn and key always draw the same."""

    seed: int
    turn: int

    def number(self, key: str, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        digest = sha256(f"{self.seed}/{self.turn}/{key}".encode()).digest()
        return low + int.from_bytes(digest[:8]) % (high - low + 1)

    def pick(self, key: str, options: Sequence[T]) -> T:
        return options[self.number(key, 0, len(options) - 1)]

    def shuffled(self, key: str, options: Sequence[T]) -> list[T]:
        indexes = sorted(range(len(options)), key=lambda index: self.number(f"{key}#{index}", 0, 2**32))
        return [options[index] for index in indexes]

    @property
    def build(self) -> str:
        """The build id of the site's scripts."""
        return f"{self.number('build', 0, 2**40):010x}"

    def ticker(self) -> str:
        """Three market figures, as in "CBX 38,225.66 +0.85%"."""
        quotes = (
            f"{name} {self.number(name, low, low * 2) / 100:,.2f} {self.number(name + '%', -240, 240) / 100:+.2f}%"
            for name, low in (("CBX", 2_900_000), ("Oil", 6_100), ("EUR/USD", 101))
        )
        return " · ".join(quotes)

    def shares(self, key: str, language: str) -> str:
        return WORDS[language].shares.format(n=self.number(f"shares {key}", 3, 4800))

    def readers(self, key: str, language: str) -> str:
        return WORDS[language].readers.format(n=self.number(f"readers {key}", 12, 970))

    def updated(self, key: str, language: str) -> str:
        """The clock beside the date, which says nothing about the text."""
        wording = self.pick(f"updated {key}", WORDS[language].updated)
        return wording.format(n=self.number(f"ago {key}", 2, 23))

    def ago(self, key: str, language: str) -> str:
        wording = self.pick(f"ago words {key}", WORDS[language].ago)
        return wording.format(n=self.number(f"ago number {key}", 2, 58))
