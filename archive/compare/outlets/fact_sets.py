"""Which numbers, quotations and names two texts share, and which only one of them has."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.facts.facts import FactKind
from archive.compare.outlets.features import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from archive.compare.outlets.passage import Passage


@dataclass(frozen=True, slots=True)
class Shared:
    """Facts of one kind, each once, as they are written where they are first told."""

    shared: tuple[str, ...]
    """As `a` writes them."""
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


def shared_numbers(a: Passage, b: Passage) -> Shared:
    """The same is what has one value: `1,000` and `a thousand`."""
    return _compared(_values(a, FactKind.NUMBER), _values(b, FactKind.NUMBER), (set(), set()))


def shared_quotes(a: Passage, b: Passage) -> Shared:
    """A quotation is in both where one has it as a part of a longer one."""
    ours, theirs = _quotes(a), _quotes(b)
    pairs = [(one, other) for one in list(ours)[:_MOST] for other in list(theirs)[:_MOST] if is_same_quote(one, other)]
    return _compared(ours, theirs, ({one for one, _ in pairs}, {other for _, other in pairs}))


def shared_names(a: Passage, b: Passage) -> Shared:
    """A name is in both where one has it in short: `Aske` for `Peter Aske`, `EU` for `European Union`."""
    ours, theirs = _names(a), _names(b)
    known_a, known_b = _Names.of(ours), _Names.of(theirs)
    in_b = {value for value in ours if next(known_b.same_as(value), None)}
    in_a = {value for value in theirs if next(known_a.same_as(value), None)}
    return _compared(ours, theirs, (in_b, in_a))


def is_same_quote(one: str, other: str) -> bool:
    """Whether two quotations, by value, say the same as far as they go."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def is_same_name(one: str, other: str) -> bool:
    """Whether two names, by value, are likely of the same."""
    return one == other or _is_same(_stems(one), _stems(other))


def _is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) == 1 and len(short[0]) == len(long) > 1 and short[0].isalpha():
        return short[0] == _initials(long)
    if len(short) > 1 and long[-2:] == short[-2:] and not short[-1].isdigit():
        return True
    # A surname for a name; but `Airbase` is not short for `Airbase 101`, nor `101`.
    return long[-len(short) :] == short and not (len(short) == 1 and short[0].isdigit())


def _stems(name: str) -> tuple[str, ...]:
    # Of a name's endings only the genitive's is none of its own: Sera is not Sere.
    return tuple(word.removesuffix("s") if len(word) > _SHORT else word for word in folded(name).split())


_SHORT = 4
_GENITIVE = re.compile("['’]s?$")


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names with their words, so kept that those which may be the same as another are found without trying each."""

    by_key: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]

    @classmethod
    def of(cls, values: Iterable[str]) -> _Names:
        by_key: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for value in values:
            words = _stems(value)
            for key in {words[-1], _initials(words)}:
                by_key[key].append((value, words))
        return cls(by_key)

    def same_as(self, value: str) -> Iterator[str]:
        """The names that are likely the same as one of that value, itself not among them."""
        words = _stems(value)
        for key in {words[-1], _initials(words)}:
            for other, its_words in self.by_key.get(key, ())[:_OF_ONE_KEY]:
                if other != value and _is_same(words, its_words):
                    yield other


_OF_ONE_KEY = 100
"""Names that end alike, or have the same initials, of which no more are tried."""


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
    some = list(found)[:_MOST]
    parts = {one for one in some for other in some if one != other and f" {one} " in f" {other} "}
    return {value: text for value, text in found.items() if value not in parts}


def _names(passage: Passage) -> dict[str, str]:
    """The names, each person under the fullest."""
    found = {value: _GENITIVE.sub("", text) for value, text in _values(passage, FactKind.NAME).items()}
    known = _Names.of(found)
    return {
        value: text
        for value, text in found.items()
        if not any(len(other) > len(value) for other in known.same_as(value))
    }


_MOST = 400
"""Facts that are compared each with each; of what is more, only equal ones are the same."""


def _compared(a: dict[str, str], b: dict[str, str], in_both: tuple[set[str], set[str]]) -> Shared:
    shared_a, shared_b = (equal | set(alike) for equal, alike in zip((a.keys() & b.keys(),) * 2, in_both, strict=True))
    return Shared(_texts(a, shared_a), _texts(a, a.keys() - shared_a), _texts(b, b.keys() - shared_b))


def _texts(texts: dict[str, str], values: Set[str]) -> tuple[str, ...]:
    return tuple(text for value, text in texts.items() if value in values)
