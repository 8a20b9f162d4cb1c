"""What two texts tell of the same, but not the same way: another number, another name, another quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from archive.compare.facts.facts import FactKind
from archive.compare.facts.lexicon import lexicon
from archive.compare.outlets.agreement import facing, values
from archive.compare.outlets.bindings import bindings, holders
from archive.compare.outlets.differing import ToldDifferently, between
from archive.compare.outlets.doubts import lost_doubts
from archive.compare.outlets.fact_sets import is_same_quote
from archive.compare.outlets.opposites import reversals, swaps
from archive.compare.outlets.slips import slips
from archive.compare.outlets.slots import SPELLED_ALIKE, are_comparable, are_far_apart, are_two_names, is_variant
from archive.compare.outlets.surroundings import closeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from archive.compare.facts.facts import Fact
    from archive.compare.outlets.bindings import Binding
    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.passage import Passage, Sentence


def told_differently(
    a: Passage, b: Passage, alignments: Iterable[Alignment], *, retold: bool
) -> tuple[ToldDifferently, ...]:
    """What the aligned sentences tell differently, in their order. Precise rather than many.

    `retold` says that one text as a whole is a copy or a rewrite of the other.
    """
    texts = _Texts(a, b, values(a.sentences), values(b.sentences), retold)
    found: list[ToldDifferently] = []
    for pair in alignments:
        if [a.sentences[place].plain for place in pair.a] == [b.sentences[place].plain for place in pair.b]:
            continue
        if texts.are_of_one_thing(pair):
            for kind in _FILLING:
                found += texts.in_one_slot(pair, kind)
            found += texts.as_sure(pair)
            if retold:
                found += reversals(a.sentences, b.sentences, pair, a.language)
        found += texts.bound_otherwise(pair)
        found += swaps(a.sentences, b.sentences, pair)
        found += texts.quoted_otherwise(pair)
    if retold:
        found += slips(a.sentences, b.sentences, alignments, found)
    return tuple(dict.fromkeys(found))


_FILLING = (FactKind.NUMBER, FactKind.DATE, FactKind.NAME)

_BESIDE, _ELSEWHERE, _LEFT_OVER = 0.35, 0.6, 0.12
"""The closeness from which two facts fill one slot; the same where more speaks against it, and where they are the only
two numbers of several that have no partner."""

_ALIKE = 65
"""The likeness, of 100, of two wordings of a quotation."""

_LEAST_QUOTED = 3
"""Words of a quotation that can be told to be another's wording."""


@dataclass(slots=True)
class _Texts:
    a: Passage
    b: Passage
    told_a: Set[tuple[FactKind, str]]
    told_b: Set[tuple[FactKind, str]]
    retold: bool

    def are_of_one_thing(self, pair: Alignment) -> bool:
        """Whether aligned sentences share as many facts as each has to itself: else they are of one mould, no more.

        Where one text as a whole retells the other, one fact may differ for which nothing else speaks.
        """
        faced = [facing(self.a.sentences, self.b.sentences, pair, kind) for kind in _FILLING]
        alone_a, alone_b = sum(len(each.alone_a) for each in faced), sum(len(each.alone_b) for each in faced)
        return min(alone_a, alone_b) <= sum(each.shared for each in faced) + self.retold

    def in_one_slot(self, pair: Alignment, kind: FactKind) -> Iterator[ToldDifferently]:
        """Facts of which each stands on one side alone, beside the same words."""
        faced = facing(self.a.sentences, self.b.sentences, pair, kind)
        rivals = sorted(
            (
                (closeness(one, other) + is_variant(one.fact, other.fact), one, other)
                for one in faced.alone_a[:_MOST]
                for other in faced.alone_b[:_MOST]
                if are_comparable(one, other) or (self.retold and are_two_names(one, other))
            ),
            key=lambda each: -each[0],
        )
        several = len(faced.ours) == len(faced.theirs) > 1 or self.retold
        alone = kind is FactKind.NUMBER and len(faced.alone_a) == len(faced.alone_b) == 1 and several
        used: set[int] = set()
        for close, one, other in rivals:
            elsewhere = (kind, one.fact.value) in self.told_b or (kind, other.fact.value) in self.told_a
            unlikely = elsewhere or are_far_apart(one.fact, other.fact)
            least = _ELSEWHERE if unlikely else _LEFT_OVER if alone else _BESIDE
            if {id(one), id(other)} & used or close < least:
                continue
            used |= {id(one), id(other)}
            yield between(one, other)

    def bound_otherwise(self, pair: Alignment) -> Iterator[ToldDifferently]:
        """Names that both have, of which another one is in the place, goes there, or is excluded."""
        bound_a = [(place, each) for place in pair.a for each in bindings(self.a.sentences[place])]
        bound_b = [(place, each) for place in pair.b for each in bindings(self.b.sentences[place])]
        names_a, names_b = _named(self.a.sentences, pair.a), _named(self.b.sentences, pair.b)
        yield from _in_another(bound_a, bound_b, names_a & names_b)
        yield from _the_other_way(bound_a, bound_b)

    def quoted_otherwise(self, pair: Alignment) -> Iterator[ToldDifferently]:
        """Quotations that only one side has, in nearly the same words; and one that another is said to have said."""
        said_a, said_b = (_said(passage.sentences, places) for passage, places in ((self.a, pair.a), (self.b, pair.b)))
        all_a, all_b = ([value for value, _ in passage.quotes[:_MOST_QUOTES]] for passage in (self.a, self.b))
        for place, one in said_a:
            for other_place, other in said_b:
                if is_same_quote(one.value, other.value):
                    by = _speaker(self.a.sentences[place], one)
                    by_other = _speaker(self.b.sentences[other_place], other)
                    if by and by_other and not set(by.value.split()) & set(by_other.value.split()):
                        about = _beginning(one.text)
                        yield ToldDifferently(FactKind.NAME, about, by.text, by_other.text, place, other_place)
                elif (
                    _is_reworded(one.value, other.value, self.a.language)
                    and not any(is_same_quote(one.value, value) for value in all_b)
                    and not any(is_same_quote(other.value, value) for value in all_a)
                ):
                    yield ToldDifferently(FactKind.QUOTE, "", one.text, other.text, place, other_place)

    def as_sure(self, pair: Alignment) -> Iterator[ToldDifferently]:
        """A doubt or a negation on one side only."""
        a, b, alike = self.a.sentences, self.b.sentences, pair.similarity >= _NEARLY_SAME
        for doubt in lost_doubts(a, pair.a, b, pair.b, alike=alike):
            yield ToldDifferently(FactKind.HEDGE, doubt.about, doubt.fact.text, "", doubt.sentence, doubt.stated_in)
        for doubt in lost_doubts(b, pair.b, a, pair.a, alike=alike):
            yield ToldDifferently(FactKind.HEDGE, doubt.about, "", doubt.fact.text, doubt.stated_in, doubt.sentence)


_MOST = 40
"""Facts of one kind in one alignment that are compared each with each."""

_MOST_QUOTES = 500
_NEARLY_SAME = 0.6


def _named(sentences: tuple[Sentence, ...], places: Iterable[int]) -> set[str]:
    return {fact.value for place in places for fact in sentences[place].facts if fact.kind is FactKind.NAME}


def _in_another(
    bound_a: list[tuple[int, Binding]], bound_b: list[tuple[int, Binding]], both: set[str]
) -> Iterator[ToldDifferently]:
    """A place that both name, with another of what both name in it."""
    for place, each in bound_a:
        if each.holder is None:
            continue
        name = each.name.value
        there = holders([other for _, other in bound_b], name)
        here = holders([other for _, other in bound_a], name)
        for value, holder in there.items():
            if value not in here and each.holder.value not in there and {value, each.holder.value} <= both:
                by = next(at for at, other in bound_b if other.holder is holder)
                yield ToldDifferently(FactKind.NAME, each.name.text, each.holder.text, holder.text, place, by)


def _the_other_way(bound_a: list[tuple[int, Binding]], bound_b: list[tuple[int, Binding]]) -> Iterator[ToldDifferently]:
    """Two names that changed places: from one to the other, the one and not the other."""
    for relation, about in (("from", "from … to …"), ("not", "not")):
        for place, one in bound_a:
            for other_place, other in bound_b:
                crossed = one.relation == other.relation == relation and one.name.value != other.name.value
                if crossed and _exchanged(relation, one, other, bound_a, bound_b):
                    yield ToldDifferently(FactKind.NAME, about, one.name.text, other.name.text, place, other_place)


def _exchanged(
    relation: str,
    one: Binding,
    other: Binding,
    bound_a: list[tuple[int, Binding]],
    bound_b: list[tuple[int, Binding]],
) -> bool:
    bound_so_a, bound_so_b = ({(each.relation, each.name.value) for _, each in bound} for bound in (bound_a, bound_b))
    if relation == "not":
        return (relation, one.name.value) not in bound_so_b and (relation, other.name.value) not in bound_so_a
    return ("to", other.name.value) in bound_so_a and ("to", one.name.value) in bound_so_b


def _said(sentences: tuple[Sentence, ...], places: Iterable[int]) -> list[tuple[int, Fact]]:
    return [
        (place, fact)
        for place in places
        for fact in sentences[place].facts
        if fact.kind is FactKind.QUOTE and len(fact.value.split()) >= _LEAST_QUOTED
    ][:_MOST]


def _is_reworded(one: str, other: str, language: str | None) -> bool:
    """Whether a quotation is another with a word replaced or denied, not only left out or spelled otherwise."""
    left, right = one.split(), other.split()
    if fuzz.ratio(left, right) < _ALIKE:
        return False
    negations = lexicon(language).negations
    for op in Levenshtein.opcodes(left, right):
        went, came = left[op.src_start : op.src_end], right[op.dest_start : op.dest_end]
        if op.tag == "replace" and fuzz.ratio(" ".join(went), " ".join(came)) < SPELLED_ALIKE:
            return True
        if op.tag != "equal" and negations & {*went, *came}:
            return True
    return False


def _speaker(sentence: Sentence, quote: Fact) -> Fact | None:
    """Who says a quotation: the one person that its sentence names outside of it."""
    named = [
        fact
        for fact in sentence.facts
        if fact.kind is FactKind.NAME and not (quote.start <= fact.start < quote.end) and " " in fact.value
    ]
    return named[0] if len(named) == 1 else None


def _beginning(quote: str) -> str:
    return " ".join(quote.split()[:_SHOWN])


_SHOWN = 5
