"""The part of a text that shows best why it was found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 240
"""Characters of an excerpt."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of text; `matches` are the places in it (start, end) that match."""

    text: str
    matches: tuple[tuple[int, int], ...]

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text cut into what matches, and what does not."""
        edges = [0, *(edge for match in self.matches for edge in match), len(self.text)]
        cut = [(self.text[a:b], number % 2 == 1) for number, (a, b) in enumerate(pairwise(edges))]
        return tuple(piece for piece in cut if piece[0])


def excerpt(text: str, matches: Sequence[tuple[int, int]]) -> Excerpt:
    """The stretch of `text` in which most different words match, the first if there are several.

    Linear in the length of the text, unlike FTS5's snippet(), which looks at each match from each other.
    """
    start, end = _window(text, matches)
    inside = [(max(a, start), min(b, end)) for a, b in matches if a < end and b > start]
    return _one_line(text, start, end, inside)


def _window(text: str, matches: Sequence[tuple[int, int]]) -> tuple[int, int]:
    best, first, last, left = 0, 0, 0, 0
    inside: Counter[str] = Counter()
    for right, (start, end) in enumerate(matches):
        inside[_word(text, matches[right])] += 1
        while matches[left][0] + WIDTH < end and left < right:
            word = _word(text, matches[left])
            inside[word] -= 1
            if not inside[word]:
                del inside[word]
            left += 1
        if len(inside) > best:
            best, first, last = len(inside), matches[left][0], min(end, start + WIDTH)
    # What stands before a match is shorter than what comes after it.
    start = max(0, min(first - (WIDTH - min(last - first, WIDTH)) // 3, len(text) - WIDTH))
    return _to_words(text, start, min(len(text), start + WIDTH), first, last)


def _word(text: str, match: tuple[int, int]) -> str:
    return text[match[0] : min(match[1], match[0] + WIDTH)].lower()


def _to_words(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The window without the words that it cuts in two, unless they match."""
    if start > 0 and (space := text.find(" ", start - 1, first)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", max(last, start), end + 1)) > start:
        end = space
    return start, end


def _one_line(text: str, start: int, end: int, matches: list[tuple[int, int]]) -> Excerpt:
    """White space as single spaces, and an ellipsis on each side where the text goes on."""
    line, places = ("… " if start > 0 else ""), []
    at = start
    for a, b in [*matches, (end, end)]:
        line += _single_spaced(text[at:a], line)
        begun = len(line)
        line += _single_spaced(text[a:b], line)
        places.append((begun, len(line)))
        at = b
    line = line.rstrip()
    clipped = [(min(begun, len(line)), min(ended, len(line))) for begun, ended in places[:-1]]
    closing = "" if end == len(text) else " …" if line else "…"
    return Excerpt(line + closing, tuple(clipped))


def _single_spaced(piece: str, before: str) -> str:
    spaced = re.sub(r"\s+", " ", piece)
    return spaced.lstrip() if not before or before.endswith(" ") else spaced
