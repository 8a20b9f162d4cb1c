"""Where aligned sentences agree and where they conflict: sentences of one mould tell of two events in one wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.facts.facts import FactKind
from archive.compare.outlets.fact_sets import is_same_name
from archive.compare.outlets.slots import are_comparable, is_slip
from archive.compare.outlets.surroundings import stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.passage import Sentence
    from archive.compare.outlets.surroundings import Stated

Values = frozenset[tuple[FactKind, str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two texts agree about what they both tell."""

    degree: float
    """From 0 to 1: of the numbers and dates of aligned sentences, how many are in both; 1 where none conflict."""
    opens_alike: bool
    """Whether no opening sentence conflicts in more than one of them: another day and another number are other news."""
    kept: frozenset[Alignment]
    """The alignments whose numbers and dates do not mostly conflict."""


def agreement(a: Sequence[Sentence], b: Sequence[Sentence], alignments: Iterable[Alignment]) -> Agreement:
    """The agreement of aligned sentences: numbers conflict where each side has one that the other text has nowhere."""
    told_a, told_b = values(a), values(b)
    agreeing = conflicting = 0
    opens_alike = True
    kept: list[Alignment] = []
    for pair in alignments:
        shared = conflicts = 0
        for kind in (FactKind.NUMBER, FactKind.DATE):
            faced = facing(a, b, pair, kind)
            shared += faced.shared
            conflicts += _conflicts(orphans(faced.alone_a, told_b)[:_MOST], orphans(faced.alone_b, told_a)[:_MOST])
        agreeing, conflicting = agreeing + shared, conflicting + conflicts
        opens_alike = opens_alike and not (conflicts > 1 and 0 in (*pair.a, *pair.b))
        if conflicts <= shared:
            kept.append(pair)
    return Agreement((agreeing + _BENEFIT) / (agreeing + conflicting + _BENEFIT), opens_alike, frozenset(kept))


_MOST = 40
"""Facts of one kind in one alignment that are compared each with each."""

_BENEFIT = 2
"""Numbers that two texts are taken to agree in before any are seen: one conflict proves little."""


def _conflicts(ours: Sequence[Stated], theirs: Sequence[Stated]) -> int:
    """How many of the facts of two sides conflict: of what is a slip apart, the one was told after the other."""
    rivals = [(one, other) for one in ours for other in theirs if are_comparable(one, other)]
    told_again = {id(one) for one, other in rivals if is_slip(one.fact, other.fact)}
    conflicting = {id(one) for one, _ in rivals} - told_again
    return min(len(conflicting), len({id(other) for _, other in rivals}))


@dataclass(frozen=True, slots=True)
class Facing:
    """The facts of one kind in aligned sentences: those of each side that the other side lacks, and how many it has."""

    ours: list[Stated]
    theirs: list[Stated]
    alone_a: list[Stated]
    alone_b: list[Stated]

    @property
    def shared(self) -> int:
        return len(self.ours) - len(self.alone_a)


def facing(a: Sequence[Sentence], b: Sequence[Sentence], pair: Alignment, kind: FactKind) -> Facing:
    """The facts of one kind in sentences that are aligned."""
    ours, theirs = stated(a, pair.a, kind), stated(b, pair.b, kind)
    known_a, known_b = values(a[place] for place in pair.a), values(b[place] for place in pair.b)
    return Facing(ours, theirs, _without(ours, known_b), _without(theirs, known_a))


def values(sentences: Iterable[Sentence]) -> Values:
    """All that the sentences state, by kind; the day and the year of a date are numbers too: some write them so."""
    found = {(fact.kind, fact.value) for sentence in sentences for fact in sentence.facts}
    parts = {part.lstrip("0") for kind, value in found if kind is FactKind.DATE for part in value.split("-")}
    return frozenset(found | {(FactKind.NUMBER, part) for part in parts})


def orphans(alone: Iterable[Stated], told: Set[tuple[FactKind, str]]) -> list[Stated]:
    """The facts that the other text has nowhere."""
    return [each for each in alone if (each.fact.kind, each.fact.value) not in told]


def _without(ones: Iterable[Stated], known: Values) -> list[Stated]:
    names, dates = ([value for kind, value in known if kind is which] for which in (FactKind.NAME, FactKind.DATE))
    return [
        each
        for each in ones
        if (each.fact.kind, each.fact.value) not in known
        and not (each.fact.kind is FactKind.NAME and any(is_same_name(each.fact.value, name) for name in names))
        and not (each.fact.kind is FactKind.DATE and any(_is_part(each.fact.value, date) for date in dates))
    ]


def _is_part(one: str, other: str) -> bool:
    """Whether one of two dates is the other without its year or its day."""
    short, long = sorted((one.lstrip("-"), other.lstrip("-")), key=len)
    return "-" in long and (long.startswith(f"{short}-") or long.endswith(f"-{short}"))
