"""A small sample of a text's wording, from which is told how much of one text is in another. Pure.

A shingle is a run of SHINGLE words, compared by its hash; a sketch keeps the shingles with the lowest hashes. As the
same ones are kept of every text, two sketches meet in what their texts share, whatever the lengths: a third of a long
story is found in a digest, and a brief inside a long page, where signatures of a fixed length (MinHash proper) only see
that the texts as wholes are unlike. This is FracMinHash (Irber et al. 2022, doi:10.1101/2022.01.11.475838), bounded at
both ends.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from hashlib import blake2b
from struct import pack, unpack
from typing import TYPE_CHECKING
from zlib import crc32

from archive.compare.text.wording import folded_words

if TYPE_CHECKING:
    from collections.abc import Set

SCHEME = "words-4/crc32-blake2b16/8"
"""How sketches are made: words in a shingle, hash, one shingle in so many. Sketches of different schemes say nothing of
each other; whoever changes anything here that changes a hash changes this name."""

SHINGLE = 4
"""Words, a figure being one and a Chinese or Japanese character too. Measured in benchmarks/results/copies.md."""

ONE_IN = 8
"""Of a text's distinct shingles so many are one in the sketch. A passage of 40 words is missed once in 140 times."""

LEAST, MOST = 24, 2_048
"""Hashes in a sketch: a short text keeps LEAST of them if it has so many, a text of 16,000 words and more MOST."""

LONGEST = 400_000
"""Characters that are read, some 65,000 words."""

_ALL = 1 << 48
_USUAL = _ALL // ONE_IN
_REST = 16
"""Bits of a hash below those of its CRC-32."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The lowest hashes of a text's shingles."""

    hashes: tuple[int, ...]
    """Ascending, below `ceiling`."""
    ceiling: int
    """All hashes of the text that are below this are in the sketch."""
    shingles: int
    """Distinct ones in the text."""

    def pack(self) -> bytes:
        """The hashes as bytes, the same on every machine."""
        return pack(f">{len(self.hashes)}Q", *self.hashes)

    @classmethod
    def unpack(cls, packed: bytes, *, ceiling: int, shingles: int) -> Sketch:
        """The sketch that was packed."""
        return cls(unpack(f">{len(packed) // 8}Q", packed), ceiling, shingles)

    def below(self, ceiling: int) -> tuple[int, ...]:
        """The hashes below a ceiling."""
        return self.hashes[: bisect_left(self.hashes, ceiling)]


def sketch(text: str) -> Sketch:
    """The sketch of a text; capitals, punctuation, typography and paragraphs do not count.

    A text of fewer words than a shingle is one shingle; one without words has none.
    """
    shingles = [(crc32(said), said) for said in _shingles(text)]
    usual = [each for each in shingles if each[0] < _USUAL >> _REST]
    if LEAST <= len(usual) <= MOST and len(usual) < len(shingles):
        kept, ceiling = usual, _USUAL
    else:
        shingles.sort()
        kept = shingles[: min(max(len(usual), LEAST), MOST)]
        ceiling = shingles[len(kept)][0] << _REST if len(kept) < len(shingles) else _ALL
    hashes = {_hash(order, said) for order, said in kept}
    return Sketch(tuple(sorted(each for each in hashes if each < ceiling)), ceiling, len(shingles))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sketches have in common, below the lower of their ceilings."""

    one: int
    """Hashes of the first."""
    other: int
    shared: int

    @property
    def of_one(self) -> float:
        """About which share of the first text's wording is in the second, 0 to 1."""
        return self.shared / self.one if self.one else 0.0

    @property
    def of_other(self) -> float:
        """About which share of the second text's wording is in the first, 0 to 1."""
        return self.shared / self.other if self.other else 0.0

    @property
    def jaccard(self) -> float:
        """About which share of the wording of both together is in each, 0 to 1."""
        return self.shared / either if (either := self.one + self.other - self.shared) else 0.0


def overlap(one: Sketch, other: Sketch, but: Set[int] = frozenset()) -> Overlap:
    """How two sketches meet; the hashes `but` are not counted as shared."""
    ceiling = min(one.ceiling, other.ceiling)
    left, right = one.below(ceiling), other.below(ceiling)
    return Overlap(len(left), len(right), len(set(left).intersection(right) - but))


def _shingles(text: str) -> set[bytes]:
    words = folded_words(text[:LONGEST])
    runs = range(max(len(words) - SHINGLE + 1, min(len(words), 1)))
    return {" ".join(words[start : start + SHINGLE]).encode() for start in runs}


def _hash(order: int, said: bytes) -> int:
    """CRC-32, which costs a seventh of a digest, says which shingles are kept; the digest keeps those apart."""
    return order << _REST | int.from_bytes(blake2b(said, digest_size=_REST // 8).digest(), "big")
