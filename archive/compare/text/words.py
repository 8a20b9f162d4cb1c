"""Two wordings of a sentence compared word by word."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import LCSseq

from archive.compare.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


Op = Literal["equal", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words that stayed, went or came."""

    op: Op
    text: str


def tokens(text: str) -> list[str]:
    """Words, numbers and punctuation marks, each with the white space before it; joined they are the text."""
    return _TOKEN.findall(text)


def is_cjk(char: str) -> bool:
    """Whether it is a Chinese or Japanese character, which are written without spaces."""
    return _CJK_CHAR.match(char) is not None


def is_word(token: str) -> bool:
    """Whether a token is more than punctuation and white space."""
    # A token's last character is the word's; of what is none, all are looked at.
    return token[-1:].isalnum() or any(map(str.isalnum, token))


def count_words(text: str) -> int:
    """How many words a text has; punctuation is none, a Chinese or Japanese character is one."""
    return len(_ASCII_WORD.findall(text)) if text.isascii() else sum(map(is_word, tokens(text)))


def mark(before: str, after: str) -> tuple[Mark, ...]:
    """What stayed, went and came: equal and delete joined are `before`, equal and insert joined `after`.

    Words are matched in normal form, so that a straight quote turned curly does not hide that the words
    around it stayed; the marks themselves keep every character as it was written.
    """
    old, new = tokens(before), tokens(after)
    pieces: list[tuple[Op, str]] = []
    for same, was, became in _runs(old, new):
        if same and was == became:
            pieces.append(("equal", "".join(was)))
        elif same:
            for left, right in zip(was, became, strict=True):
                pieces += _kept(left, right)
        else:
            pieces += [("delete", "".join(was)), ("insert", "".join(became))]
    return tuple(_joined(pieces))


def count_changes(marks: Iterable[Mark]) -> tuple[int, int]:
    """How many words went and how many came; a change of typography alone is neither."""
    removed = added = 0
    for same, run in groupby(marks, key=lambda each: each.op == "equal"):
        if not same:
            changes = list(run)
            went, came = (_words(changes, op) for op in ("delete", "insert"))
            removed += (went - came).total()
            added += (came - went).total()
    return removed, added


_CJK = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Vowel signs of the scripts of South and South-East Asia are no letters to `\w`; the dandas are stops.
_LETTERS = (
    f"(?:[^\\W\\d_{_CJK}]++|[\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0eff"
    "\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u200b-\u200d]++)++"
)
_CJK_CHAR = re.compile(f"[{_CJK}]")
_TOKEN = re.compile(rf"\s*(?:\d+(?:[.,:]\d+)*|{_LETTERS}(?:['’.-]{_LETTERS})*|\S)|\s+")
_ASCII_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[a-z]+(?:['.-][a-z]+)*", re.ASCII | re.IGNORECASE)
"""What _TOKEN comes to in English without typography, where it is a word."""

_LARGEST_TABLE = 25_000_000
"""Cells, at one bit each; two sentences of 5,000 words. What is beyond is shown as replaced whole."""


def _words(marks: list[Mark], op: Op) -> Counter[str]:
    text = "".join(each.text for each in marks if each.op == op)
    return Counter(_form(token) for token in tokens(text) if is_word(token))


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Runs of tokens as (same, old ones, new ones), in order, same and changed ones by turns."""
    numbers: dict[str, int] = {}
    forms = {token: numbers.setdefault(_form(token), len(numbers)) for token in {*old, *new}}
    left, right = [forms[token] for token in old], [forms[token] for token in new]
    runs = [
        (same, old[a:b], new[c:d]) for same, a, b, c, d in _changed_and_same(_matching(left, right), len(old), len(new))
    ]
    yield from _without_crumbs(runs)


def _form(token: str) -> str:
    """A token in normal form."""
    word = token.strip()
    return word if word.isascii() and word.isalnum() else normalise(token)


def _matching(left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int, int]]:
    """Where a longest common subsequence lies: (start in left, start in right, length)."""
    shorter = min(len(left), len(right))
    head = next((place for place in range(shorter) if left[place] != right[place]), shorter)
    tail = next((place for place in range(shorter - head) if left[-1 - place] != right[-1 - place]), shorter - head)
    ends = len(left) - tail, len(right) - tail
    blocks = [(0, 0, head)]
    if (ends[0] - head) * (ends[1] - head) <= _LARGEST_TABLE:
        middle = LCSseq.opcodes(left[head : ends[0]], right[head : ends[1]]).as_matching_blocks()
        blocks += [(head + block.a, head + block.b, block.size) for block in middle]
    return [block for block in [*blocks, (*ends, tail)] if block[2]]


def _changed_and_same(
    blocks: list[tuple[int, int, int]], old_end: int, new_end: int
) -> Iterator[tuple[bool, int, int, int, int]]:
    old_at = new_at = 0
    for a, b, size in [*blocks, (old_end, new_end, 0)]:
        if a > old_at or b > new_at:
            yield False, old_at, a, new_at, b
        if size:
            yield True, a, a + size, b, b + size
        old_at, new_at = a + size, b + size


def _without_crumbs(
    runs: list[tuple[bool, list[str], list[str]]],
) -> Iterator[tuple[bool, list[str], list[str]]]:
    """The runs, a word or two that stayed by chance between larger replacements counted as replaced.

    The measure is diff-match-patch's for a semantic clean-up: shorter than the changes on either side.
    """
    kept: list[tuple[bool, list[str], list[str]]] = []
    for place, (same, was, became) in enumerate(runs):
        following = runs[place + 1] if place + 1 < len(runs) else None
        crumb = (
            same
            and kept
            and following is not None
            and len(was) <= _CRUMB
            and _length(was) < min(_replaced(kept[-1]), _replaced(following))
        )
        if kept and not kept[-1][0] and (crumb or not same):
            kept[-1] = (False, kept[-1][1] + was, kept[-1][2] + became)
        else:
            kept.append((same, was, became))
    yield from kept


_CRUMB = 2
"""Tokens."""


def _length(words: list[str]) -> int:
    return sum(len(word.strip()) for word in words)


def _replaced(run: tuple[bool, list[str], list[str]]) -> int:
    """Letters replaced; none where words only came or only went."""
    _, was, became = run
    return max(_length(was), _length(became)) if was and became else -1


def _kept(left: str, right: str) -> list[tuple[Op, str]]:
    """A word that stayed, though the space before it or its typography may not have."""
    if left == right:
        return [("equal", left)]
    if left.lstrip() != right.lstrip():
        return [("delete", left), ("insert", right)]
    word = left.lstrip()
    return [("delete", left[: -len(word) or None]), ("insert", right[: -len(word) or None]), ("equal", word)]


def _joined(pieces: list[tuple[Op, str]]) -> Iterator[Mark]:
    """Neighbours of one kind as one mark; within a change what went stands before what came."""
    for _, run in groupby(pieces, key=lambda piece: piece[0] == "equal"):
        texts: dict[Op, str] = {"equal": "", "delete": "", "insert": ""}
        for op, text in run:
            texts[op] += text
        yield from (Mark(op, text) for op, text in texts.items() if text)
