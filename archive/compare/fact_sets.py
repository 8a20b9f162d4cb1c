"""Which numbers, quotations and names two texts share, and which only one of them has."""

from __future__ import annotations

from dataclasses import dataclass
from operator import eq
from typing import TYPE_CHECKING

from archive.compare.facts import FactKind
from archive.compare.features import folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.compare.passage import Passage


@dataclass(frozen=True, slots=True)
class Shared:
    """Facts of one kind, each once, as they are written where they are first told."""

    shared: tuple[str, ...]
    """As `a` writes them."""
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


def shared_numbers(a: Passage, b: Passage) -> Shared:
    """The same is what has one value: `1,000` and `a thousand`."""
    return _compared(_values(a, FactKind.NUMBER), _values(b, FactKind.NUMBER), eq)


def shared_quotes(a: Passage, b: Passage) -> Shared:
    """A quotation is in both where one has it as a part of a longer one."""
    return _compared(_quotes(a), _quotes(b), is_same_quote)


def shared_names(a: Passage, b: Passage) -> Shared:
    """A name is in both where one has it in short: `Aske` for `Peter Aske`, `EU` for `European Union`."""
    return _compared(_names(a), _names(b), is_same_name)


def is_same_quote(one: str, other: str) -> bool:
    """Whether two quotations, by value, say the same as far as they go."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def is_same_name(one: str, other: str) -> bool:
    """Whether two names, by value, are likely of the same."""
    if one == other:
        return True
    words, others = folded(one).split(), folded(other).split()
    short, long = (words, others) if len(words) <= len(others) else (others, words)
    if len(short) == len(long):
        return short == long
    # `Airbase` is not short for `Airbase 101`.
    if len(short) == 1 and short[0].isalpha() and len(short[0]) == len(long) and not long[-1].isdigit():
        return short[0] == "".join(word[0] for word in long)
    return set(short) <= set(long) and not any(word.isdigit() for word in set(long) - set(short))


def _values(passage: Passage, kind: FactKind) -> dict[str, str]:
    """The facts of one kind by their value, with how each is first written."""
    found: dict[str, str] = {}
    for sentence in passage.sentences:
        for fact in sentence.facts:
            if fact.kind is kind:
                found.setdefault(fact.value, fact.text)
    return found


def _quotes(passage: Passage) -> dict[str, str]:
    """The quotations, without those that are a part of another."""
    found = dict(passage.quotes)
    if len(found) > _MOST:
        return found
    return {
        value: text
        for value, text in found.items()
        if not any(value != other and f" {value} " in f" {other} " for other in found)
    }


def _names(passage: Passage) -> dict[str, str]:
    """The names, each person under the fullest."""
    found = _values(passage, FactKind.NAME)
    if len(found) > _MOST:
        return found
    return {
        value: text
        for value, text in found.items()
        if not any(len(other) > len(value) and is_same_name(value, other) for other in found)
    }


_MOST = 1000
"""Facts that are compared each with each; where there are more only equal ones are the same."""


def _compared(a: dict[str, str], b: dict[str, str], is_same: Callable[[str, str], bool]) -> Shared:
    matched_a, matched_b = _matched(a, b, is_same), _matched(b, a, is_same)
    return Shared(_texts(a, matched_a), _texts(a, a.keys() - matched_a), _texts(b, b.keys() - matched_b))


def _matched(ones: dict[str, str], others: dict[str, str], is_same: Callable[[str, str], bool]) -> set[str]:
    known = list(others)
    some = known[:_MOST]
    return {
        one
        for place, one in enumerate(ones)
        if one in others or (place < _MOST and any(is_same(one, other) for other in some))
    }


def _texts(texts: dict[str, str], values: set[str]) -> tuple[str, ...]:
    return tuple(text for value, text in texts.items() if value in values)
