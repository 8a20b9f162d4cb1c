"""What stands around a fact: two texts that fill the same slot otherwise have the same words beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.outlets.features import folded, stem
from archive.compare.text.common_words import is_common

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive.compare.facts.facts import Fact, FactKind
    from archive.compare.outlets.passage import Sentence


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact in its place."""

    fact: Fact
    sentence: int
    near: Mapping[str, tuple[int, str]]
    """The words around it that say something, by stem: how many such words away each is, and how it is written."""

    preceding: str
    """The word right before it, in lower case, empty where there is none."""
    following: str
    """The stem of the word right after it, likewise."""


def stated(sentences: Sequence[Sentence], places: Iterable[int], kind: FactKind) -> list[Stated]:
    """The facts of one kind in some of the sentences."""
    return [
        surrounded(sentences[place].plain, fact, place)
        for place in places
        for fact in sentences[place].facts
        if fact.kind is kind
    ]


def closeness(one: Stated, other: Stated) -> float:
    """How much the two stand beside the same words: 0.5 for a word right beside both, less the farther it is."""
    return sum(1 / (one.near[word][0] + other.near[word][0]) for word in one.near.keys() & other.near.keys())


def in_common(one: Stated, other: Stated) -> str:
    """The words beside both, the nearest first, as `one` has them."""
    shared = one.near.keys() & other.near.keys()
    nearest = sorted(shared, key=lambda word: (one.near[word][0] + other.near[word][0], word))
    return " ".join(one.near[word][1] for word in nearest[:_SHOWN])


def surrounded(text: str, fact: Fact, place: int) -> Stated:
    """A fact of a text, which is the sentence of that place, with what stands around it."""
    before, after = _LAST.search(text[max(0, fact.start - _LOOK) : fact.start]), _NEXT.match(text, fact.end)
    return Stated(
        fact=fact,
        sentence=place,
        near=_near(text, fact),
        preceding=folded(before[1]) if before else "",
        following=stem(folded(after[1])) if after else "",
    )


_REACH = 6
"""Words that say something, on either side."""

_LOOK = 160
"""Characters, likewise."""

_SHOWN = 3
_WORD = re.compile(r"\w+")
_LAST = re.compile(r"(?<!\w)(\w+)[\s-]{1,2}$")
_NEXT = re.compile(r"[\s-]{1,2}(\w+)")


def _near(text: str, fact: Fact) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    before = text[max(0, fact.start - _LOOK) : fact.start]
    after = text[fact.end : fact.end + _LOOK]
    for words in (_WORD.findall(before)[::-1], _WORD.findall(after)):
        telling = [word for word in words if not is_common(folded(word)) and not word.isdigit()]
        for distance, word in enumerate(telling[:_REACH], start=1):
            key = stem(folded(word))
            found[key] = min(found.get(key, (distance, word)), (distance, word))
    return found
