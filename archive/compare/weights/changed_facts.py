"""Which facts two wordings of one passage do not share, and which words the facts do not account for."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from archive.compare.facts.facts import Fact, FactKind, facts
from archive.compare.weights.spelling import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive.compare.text.words import Mark


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that became another, went (no `after`) or came (no `before`)."""

    kind: FactKind
    before: Fact | None
    after: Fact | None
    within_clause: bool = False
    """It went or came with a clause, where the words around it stayed as they were."""
    instead: str = ""
    """The words, no fact of its kind, that it took the place of, or that took its place."""
    place: int = 0
    """Which of the rewordings it is among."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """A stretch of words that were replaced, went or came, without the facts in it, and whether those changed."""

    before: str
    after: str
    has_fact_change: bool
    follows: str
    """The word that it stands after in the older text; none where it begins it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs between two wordings."""

    facts: tuple[FactChange, ...]
    rewordings: tuple[Rewording, ...]
    swapped: tuple[FactChange, ...] = ()
    """Facts of one kind that changed places in words that stayed: who beat whom."""


def changed_facts(
    before: str, after: str, marks: Sequence[Mark], language: str | None, *, common: frozenset[str] = frozenset()
) -> Changed:
    """What differs between two wordings of one passage; `marks` say where the words differ (see `words.mark`).

    A fact differs where its value is on one side alone (numbers and negations: more often there) and its words are
    among those that changed, so that a name read otherwise for what stands beside it is none. Within one stretch of
    changed words facts of a kind are taken for each other's in order.
    """
    places = _stretches(marks)
    old = _Side.of(before, language, common)
    new = _Side.of(after, language, common)
    old.touch([(place.before, place.before_end) for place in places])
    new.touch([(place.after, place.after_end) for place in places])
    went, came = old.beyond(new), new.beyond(old)
    touched = set[int]().union(*(old.touches[fact] for fact in went), *(new.touches[fact] for fact in came))
    left = old.uncovered([(place.before, place.before_end) for place in places], went)
    right = new.uncovered([(place.after, place.after_end) for place in places], came)
    rewordings = [
        Rewording(was, became, number in touched, _last_word(before, place.before))
        for number, (place, was, became) in enumerate(zip(places, left, right, strict=True))
    ]
    old_names, new_names = old.names_apart_from(new), new.names_apart_from(old)
    changes = tuple(
        _in_full(change, old_names, new_names)
        for change in _paired(places, rewordings, old.by_place(went), new.by_place(came))
    )
    return Changed(changes, tuple(rewordings), () if changes else tuple(_swapped(old, new)))


def _paired(
    places: Sequence[_Stretch], rewordings: Sequence[Rewording], went: _ByPlace, came: _ByPlace
) -> Iterator[FactChange]:
    for number, (place, words) in enumerate(zip(places, rewordings, strict=True)):
        within_clause = place.is_one_sided and place.length >= _CLAUSE
        for kind in FactKind:
            for was, became in zip_longest(went.get((number, kind), ()), came.get((number, kind), ())):
                instead = words.after if became is None else words.before if was is None else ""
                yield FactChange(kind, was, became, within_clause, instead, number)


def _last_word(text: str, end: int) -> str:
    words = text[max(0, end - _LOOK_BACK) : end].split()
    return words[-1] if words else ""


_LOOK_BACK = 40
"""Characters in which the word before a place is looked for."""


def _in_full(change: FactChange, old_names: Mapping[str, Fact], new_names: Mapping[str, Fact]) -> FactChange:
    """The change, of a name in full with the same in short where that stands among words that stayed."""
    fact, others = (change.before, new_names) if change.before else (change.after, old_names)
    if fact is None or fact.kind is not FactKind.NAME or (change.before and change.after):
        return change
    words = set(fact.value.split())
    other = next((others[word] for word in words if word in others and words >= {*others[word].value.split()}), None)
    if other is None:
        return change
    return replace(change, after=other) if change.before else replace(change, before=other)


_CLAUSE = 25
"""Characters from which on what went or came is more than a word or two."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where words differ: from and to, in the older and the newer text."""

    before: int
    before_end: int
    after: int
    after_end: int

    @property
    def is_one_sided(self) -> bool:
        return self.before == self.before_end or self.after == self.after_end

    @property
    def length(self) -> int:
        """Of its longer side, in characters."""
        return max(self.before_end - self.before, self.after_end - self.after)


def _stretches(marks: Sequence[Mark]) -> list[_Stretch]:
    found: list[_Stretch] = []
    old = new = 0
    for same, run in groupby(marks, key=lambda mark: mark.op == "equal"):
        lengths = Counter[str]()
        for mark in run:
            lengths[mark.op] += len(mark.text)
        if same:
            old, new = old + lengths["equal"], new + lengths["equal"]
        else:
            found.append(_Stretch(old, old + lengths["delete"], new, new + lengths["insert"]))
            old, new = old + lengths["delete"], new + lengths["insert"]
    return found


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts, its facts, and which of the changed stretches each of them touches."""

    text: str
    facts: tuple[Fact, ...]
    counts: Counter[tuple[FactKind, str]]
    touches: dict[Fact, set[int]] = field(default_factory=lambda: defaultdict(set))
    first_touch: dict[Fact, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, language: str | None, common: frozenset[str]) -> _Side:
        found = facts(text, language, common=common)
        return cls(text, found, Counter((fact.kind, fact.value) for fact in found))

    def touch(self, stretches: Sequence[tuple[int, int]]) -> None:
        """Notes which stretches each fact has a part in; where words came, a fact has one that stands around them."""
        for kind in FactKind:
            reach = _QUOTE_MARK if kind is FactKind.QUOTE else 0
            first = 0
            for fact in (each for each in self.facts if each.kind is kind):
                start, end = max(0, fact.start - reach), fact.end + reach
                while first < len(stretches) and stretches[first][1] <= start:
                    first += 1
                number = first
                while number < len(stretches) and stretches[number][0] < end:
                    self.touches[fact].add(number)
                    self.first_touch.setdefault(fact, number)
                    number += 1

    def beyond(self, other: _Side) -> list[Fact]:
        """The facts that the other side has not, or not as often, among those that touch a changed stretch."""
        left = self.counts - other.counts
        found: list[Fact] = []
        for fact in self.facts:
            said = fact.kind, fact.value
            if fact not in self.first_touch or not left[said]:
                continue
            counted = fact.kind is FactKind.NUMBER or fact.value == _NOT
            if counted or not other.counts[said]:
                left[said] -= 1
                found.append(fact)
        return found

    def names_apart_from(self, other: _Side) -> dict[str, Fact]:
        """The names that the other side has not as they are written here, by each of their words."""
        names = [fact for fact in self.facts if fact.kind is FactKind.NAME]
        apart = [fact for fact in names if not other.counts[FactKind.NAME, fact.value]]
        return {word: fact for fact in apart for word in fact.value.split()}

    def by_place(self, some: Iterable[Fact]) -> _ByPlace:
        """The facts by the first stretch that each touches, and by kind."""
        found: _ByPlace = defaultdict(list)
        for fact in some:
            found[self.first_touch[fact], fact.kind].append(fact)
        return found

    def uncovered(self, stretches: Iterable[tuple[int, int]], changed: Iterable[Fact]) -> Iterator[str]:
        """What of each stretch is part of no fact; a quotation is one only where it changed."""
        apart = [fact for fact in self.facts if fact.kind is not FactKind.QUOTE]
        covered = bytearray(len(self.text))
        for fact in [*apart, *(each for each in changed if each.kind is FactKind.QUOTE)]:
            covered[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
        for start, end in stretches:
            yield "".join(" " if covered[at] else self.text[at] for at in range(start, end)).strip()


_ByPlace = dict[tuple[int, FactKind], list[Fact]]

_QUOTE_MARK = 2
"""Characters around a quotation that its mark, and a space that French sets beside it, may take."""

_NOT = "not"


def _swapped(old: _Side, new: _Side) -> Iterator[FactChange]:
    """Facts of one kind that stand in each other's places, all the other words being the same."""
    for kind in (FactKind.NUMBER, FactKind.NAME, FactKind.DATE):
        before, after = ([fact for fact in side.facts if fact.kind is kind] for side in (old, new))
        values = [fact.value for fact in before], [fact.value for fact in after]
        if (
            values[0] != values[1]
            and Counter(values[0]) == Counter(values[1])
            and _frame(old, before) == _frame(new, after)
        ):
            for was, became in zip(before, after, strict=True):
                if was.value != became.value:
                    yield FactChange(kind, was, became)


def _frame(side: _Side, without: Sequence[Fact]) -> str:
    """The words around some facts, each of which leaves a gap."""
    pieces: list[str] = []
    at = 0
    for fact in without:
        pieces.append(skeleton(side.text[at : max(at, fact.start)]))
        at = max(at, fact.end)
    return "\0".join([*pieces, skeleton(side.text[at:])])
