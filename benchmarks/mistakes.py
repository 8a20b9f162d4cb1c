"""What kinds of lines an extractor wrongly keeps, and wrongly drops."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from crawler.extraction import patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus import Page

WORDS = 4
"""Words of a shingle, as in the sets' own score."""

OURS = 0.5
"""The share of a line's shingles that must stand in the other text for the line to be in it."""

SHORT = 60
"""Characters below which a line is short."""

_WORD = re.compile(r"\w+")


def mistakes(page: Page, text: str) -> Counter[str]:
    """How many lines of each kind were wrongly kept ("kept: …") and wrongly dropped ("dropped: …")."""
    found, truth = text.splitlines(), page.body.splitlines()
    return Counter([*_kept(page, found), *_dropped(found, truth)])


def _kept(page: Page, found: list[str]) -> Iterator[str]:
    truth = _shingles(page.body)
    right = [i for i, line in enumerate(found) if _is_in(line, truth)]
    first, last = (right[0], right[-1]) if right else (0, -1)
    for i, line in enumerate(found):
        if not line.strip() or _is_in(line, truth):
            continue
        told = next(patterns.load().matches(line.strip()), None)
        if page.title and _flat(line) == _flat(page.title):
            yield "kept: headline again"
        elif told is not None:
            yield f"kept: {told.role}"
        elif i > last:
            yield "kept: after the article"
        elif i < first:
            yield "kept: before the article"
        else:
            yield "kept: short line inside" if len(line) < SHORT else "kept: long line inside"


def _dropped(found: list[str], truth: list[str]) -> Iterator[str]:
    kept = _shingles("\n".join(found))
    missing = [bool(line.strip()) and not _is_in(line, kept) for line in truth]
    for i, line in enumerate(truth):
        if not missing[i]:
            continue
        if i == 0:
            yield "dropped: first line (standfirst)"
        elif len(line) < SHORT:
            yield "dropped: short line"
        elif missing[max(0, i - 2) : i + 3].count(True) >= 3:
            yield "dropped: part of a longer run"
        else:
            yield "dropped: single paragraph"


def _is_in(line: str, shingles: set[tuple[str, ...]]) -> bool:
    own = _shingles(line)
    return not own or len(own & shingles) >= OURS * len(own)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[i : i + WORDS]) for i in range(max(1, len(words) - WORDS + 1))} if words else set()


def _flat(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))
