"""A changed sentence in short: what changed, a little of what stands around it, and how much was left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from archive.compare.text.words import Mark, count_words, is_cjk, mark
from stet.render.plain import piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AROUND = 90
"""Characters kept of what stayed, on either side of a change."""
CHANGED = 240
"""Characters kept of one run of words that came or went."""
WHOLE = 600
"""Characters kept of all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, went, came, or is left out."""

    op: Literal["equal", "delete", "insert", "cut"]
    text: str = ""
    words: int = 0
    """How many are left out; 0 where nobody counted."""
    left_out: Literal["equal", "delete", "insert", ""] = ""
    """What became of the words that are left out; empty where that is not one thing."""


@lru_cache(maxsize=4_096)
def marked(before: str | None, after: str | None, *, is_whole: bool = True) -> tuple[Piece, ...]:
    """What became of a sentence; None is one that is not there. Unless `is_whole`, both go on beyond what is given."""
    if before is None or after is None:
        op: Literal["delete", "insert"] = "insert" if before is None else "delete"
        marks: tuple[Mark, ...] = (Mark(op, after or before or ""),)
    else:
        marks = mark(before, after)
    return (*_limited(_shortened(marks)), *(() if is_whole else (Piece("cut"),)))


def sides(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]] | None:
    """What stood before and what stands now, each with its marks; None where all of it came, went or stayed."""
    if len({each.op for each in pieces} - {"cut"}) <= 1:
        return None
    before, now = (tuple(_without(op, pieces)) for op in ("insert", "delete"))
    return before, now


@lru_cache(maxsize=4_096)
def as_html(pieces: tuple[Piece, ...]) -> Markup:
    """The pieces with `ins` and `del`, everything from the web escaped; what is left out is told in brackets."""
    return Markup("").join(html for each in pieces for html in _html(each))


def _without(op: str, pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    for each in pieces:
        if each.op == "cut" and not each.left_out:
            # They were counted of both sides.
            yield replace(each, words=0)
        elif op not in (each.op, each.left_out):
            yield each


def _html(each: Piece) -> Iterator[str]:
    if each.op == "cut":
        how_many = f" {each.words} {'word' if each.words == 1 else 'words'}" if each.words else ""
        yield Markup(' <span class="cut" lang="en">[…{}]</span> ').format(how_many)
        return
    space, text = piece(each.text)
    yield space
    yield text if each.op == "equal" else _MARKS[each.op].format(text)


_MARKS = {"delete": Markup("<del>{}</del>"), "insert": Markup("<ins>{}</ins>")}


def _shortened(marks: tuple[Mark, ...]) -> Iterator[Piece]:
    for place, each in enumerate(marks):
        if each.op != "equal":
            yield from _cut(each.op, each.text, head=CHANGED, tail=0)
        elif len(marks) == 1:
            yield from _cut("equal", each.text, head=CHANGED, tail=0)
        else:
            yield from _cut(
                "equal", each.text, head=AROUND if place else 0, tail=AROUND if place < len(marks) - 1 else 0
            )


def _limited(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces until there are enough, and how many words more there were."""
    left, words = WHOLE, 0
    for each in pieces:
        if left > 0:
            yield each
            left -= len(each.text)
        else:
            words += each.words or count_words(each.text)
    if words:
        yield Piece("cut", words=words)


def _cut(op: Literal["equal", "delete", "insert"], text: str, *, head: int, tail: int) -> Iterator[Piece]:
    """The beginning and the end of a run, and how many words between them are left out."""
    # A few characters more are shorter than the word that they are left out.
    if len(text) <= head + tail + AROUND // 2:
        yield Piece(op, text)
        return
    start = _boundary(text, head, -1) if head else 0
    end = _boundary(text, len(text) - tail, 1) if tail else len(text)
    if start:
        yield Piece(op, text[:start])
    if start < end:
        yield Piece("cut", words=count_words(text[start:end]), left_out=op)
    if end < len(text):
        yield Piece(op, text[end:])


_FAR = 30
"""Characters looked through for the end of a word."""


def _boundary(text: str, place: int, step: int) -> int:
    """The nearest place in that direction where no word is cut in two, or that place itself."""
    for near in range(place, min(max(place + step * _FAR, 0), len(text)), step):
        if text[near].isspace() or is_cjk(text[near]):
            return near
    return place
