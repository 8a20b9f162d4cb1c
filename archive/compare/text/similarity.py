"""How much of one sentence is in another."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import mul

from rapidfuzz import fuzz

from archive.compare.text.words import is_cjk, tokens


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence in normal form, ready to be measured against others of the same vocabulary."""

    text: str
    words: frozenset[str]
    letters: str
    """A sign for each letter, the same for all letters of one word, sorted: two of these have as long a
    common subsequence as the words they share have letters."""
    order: str
    """A sign for each word, in their order."""
    sizes: tuple[int, ...]
    """The letters of each word in `order`."""
    size: int
    """Its letters; punctuation is none."""
    in_order: str
    """A sign for each of these letters, the same for all of one word, in their order."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the texts compared, each with a sign of its own and its letters."""

    signs: dict[str, tuple[str, int]] = field(default_factory=dict)

    def wording(self, sentence: str) -> Wording:
        """The wording of a sentence in normal form; capitals do not count, nor what is past 4,000 characters."""
        text = sentence.casefold()[:_LONGEST]
        words = [token.strip() for token in tokens(text)]
        known = [self.signs.get(word) or self._sign(word) for word in words]
        order = "".join([sign for sign, _ in known])
        letters = "".join(sorted(map(mul, order, map(len, words))))
        sizes = tuple(size for _, size in known)
        in_order = "".join(map(mul, order, sizes))
        return Wording(text, frozenset(words), letters, order, sizes, len(in_order), in_order)

    def _sign(self, word: str) -> tuple[str, int]:
        return self.signs.setdefault(word, (chr(len(self.signs) % _SIGNS), _size(word)))


def _size(word: str) -> int:
    if len(word) > 1:
        return len(word)
    # A Chinese or Japanese character says about as much as three letters.
    return (_OF_CJK if is_cjk(word) else 1) if word.isalnum() else 0


_OF_CJK = 3
_LONGEST = 4000
_SIGNS = 0x110000


def similarity(one: Wording, other: Wording) -> float:
    """From 0 (nothing shared) to .99: unequal sentences are never quite the same.

    The larger of two measures: the share of words in both, in any order, weighed by their letters; and
    the characters in common (Indel ratio), of which unrelated sentences share half, so that half is
    nothing. The second sees `Update` in `Updated`, the first a clause that went from the front to the end.

    Measured on 60 news pages: of 22,000 pairs of different sentences of one page 7 in 1,000 reach .4 and
    1.5 in 1,000 reach .6; of 13 edits marked by hand the least alike has .62.
    """
    return likeness(one, other)[0]


def likeness(one: Wording, other: Wording) -> tuple[float, int]:
    """The similarity, and how many letters are in the words that both have."""
    by_words = fuzz.ratio(one.letters, other.letters)
    # What cannot come out larger is not worked out.
    by_characters = fuzz.ratio(one.text, other.text, score_cutoff=max(60, 50 + by_words / 2)) / 50 - 1
    shared = round(by_words * (len(one.letters) + len(other.letters)) / 200)
    return round(min(max(by_words / 100, by_characters), 0.99), 3), shared
