"""What two texts tell of the same, but not the same way: another number, another name, another quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import eq
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from archive.compare.facts.dates import WEEKDAYS
from archive.compare.facts.facts import FactKind
from archive.compare.facts.lexicon import lexicon
from archive.compare.outlets.bindings import bindings, holders
from archive.compare.outlets.doubts import lost_doubts
from archive.compare.outlets.fact_sets import is_same_name, is_same_quote
from archive.compare.outlets.features import stem
from archive.compare.outlets.surroundings import closeness, in_common, stated
from archive.compare.text.conventions import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from archive.compare.facts.facts import Fact
    from archive.compare.outlets.bindings import Binding
    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.passage import Passage, Sentence
    from archive.compare.outlets.surroundings import Stated


@dataclass(frozen=True, slots=True)
class ToldDifferently:
    """One thing that the two tell otherwise, as an observation: which of them is right nobody says."""

    kind: FactKind
    about: str
    """What it is about: the words beside it, or the name that is bound otherwise."""
    a: str
    """As `a` writes it; empty where it says nothing of the kind (a hedge)."""
    b: str
    a_sentence: int
    b_sentence: int


def told_differently(
    a: Passage, b: Passage, alignments: Iterable[Alignment], *, retold: bool
) -> tuple[ToldDifferently, ...]:
    """What the aligned sentences tell differently, in their order. Precise rather than many.

    `retold` says that one text as a whole is a copy or a rewrite of the other.
    """
    texts = _Texts(a, b, _values(a), _values(b), retold)
    found: list[ToldDifferently] = []
    for pair in alignments:
        if [a.sentences[place].plain for place in pair.a] == [b.sentences[place].plain for place in pair.b]:
            continue
        if texts.are_of_one_thing(pair):
            for kind in _FILLING:
                found += texts.in_one_slot(pair, kind)
            found += texts.as_sure(pair)
        found += texts.bound_otherwise(pair)
        found += texts.quoted_otherwise(pair)
    return tuple(dict.fromkeys(found))


_FILLING = (FactKind.NUMBER, FactKind.DATE, FactKind.NAME)

_BESIDE, _ELSEWHERE, _LEFT_OVER = 0.35, 0.6, 0.12
"""The closeness from which two facts fill one slot; the same where more speaks against it, and where they are the only
two numbers of several that have no partner."""

_ALIKE = 65
"""The likeness, of 100, of two spellings of a name, or of two wordings of a quotation."""

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
        shared = alone_a = alone_b = 0
        for kind in _FILLING:
            ours, theirs = stated(self.a.sentences, pair.a, kind), stated(self.b.sentences, pair.b, kind)
            here = len(_without(ours, theirs, kind))
            shared, alone_a, alone_b = (
                shared + len(ours) - here,
                alone_a + here,
                alone_b + len(_without(theirs, ours, kind)),
            )
        return min(alone_a, alone_b) <= shared + self.retold

    def in_one_slot(self, pair: Alignment, kind: FactKind) -> Iterator[ToldDifferently]:
        """Facts of which each stands on one side alone, beside the same words."""
        ours, theirs = stated(self.a.sentences, pair.a, kind), stated(self.b.sentences, pair.b, kind)
        alone_a, alone_b = _without(ours, theirs, kind), _without(theirs, ours, kind)
        rivals = sorted(
            (
                (closeness(one, other) + _is_variant(one.fact, other.fact), one, other)
                for one in alone_a[:_MOST]
                for other in alone_b[:_MOST]
                if _are_comparable(one, other) or (self.retold and _are_two_names(one, other))
            ),
            key=lambda each: -each[0],
        )
        several = len(ours) == len(theirs) > 1 or self.retold
        alone = kind is FactKind.NUMBER and len(alone_a) == len(alone_b) == 1 and several
        used: set[int] = set()
        for close, one, other in rivals:
            elsewhere = (kind, one.fact.value) in self.told_b or (kind, other.fact.value) in self.told_a
            unlikely = elsewhere or _are_far_apart(one.fact, other.fact)
            least = _ELSEWHERE if unlikely else _LEFT_OVER if alone else _BESIDE
            if {id(one), id(other)} & used or close < least:
                continue
            used |= {id(one), id(other)}
            about = in_common(one, other)
            yield ToldDifferently(kind, about, one.fact.text, other.fact.text, one.sentence, other.sentence)

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


def _without(ones: Iterable[Stated], others: Iterable[Stated], kind: FactKind) -> list[Stated]:
    known = {each.fact.value for each in others}
    if kind is not FactKind.NAME:
        return [each for each in ones if each.fact.value not in known]
    return [each for each in ones if not any(is_same_name(each.fact.value, value) for value in known)]


def _is_variant(one: Fact, other: Fact) -> bool:
    """Whether two names are of one series (`Airbase 101`, `Airbase 201`) or nearly spelled alike."""
    if one.kind is not FactKind.NAME:
        return False
    series = [re.sub(r"\d+", "", fact.value) for fact in (one, other)]
    return series[0] == series[1] != "" or fuzz.ratio(one.value, other.value) >= _SPELLED_ALIKE


def _are_comparable(one: Stated, other: Stated) -> bool:
    """Whether the two could fill one slot: a share is no amount, a weekday no year, a mile no kilometre."""
    value, other_value = one.fact.value, other.fact.value
    if one.fact.kind is FactKind.NUMBER:
        measured = one.following != other.following and bool(_MEASURES & {one.following, other.following})
        return _unit(one.fact) == _unit(other.fact) and not measured and not _is_rounded(value, other_value)
    if one.fact.kind is FactKind.DATE:
        return _shape(value) == _shape(other_value) != "" and not _is_rounded_hour(value, other_value)
    parts, others = value.split(), other_value.split()
    parted = len(parts) == len(others) > 1 and any(map(eq, parts, others))
    return parted or fuzz.ratio(value, other_value) >= _ALIKE


def _are_two_names(one: Stated, other: Stated) -> bool:
    """Whether two names fill one slot, and have no word in common: of several words, or behind the same word."""
    parts, others = one.fact.value.split(), other.fact.value.split()
    if one.fact.kind is not FactKind.NAME or len(parts) != len(others) or set(parts) & set(others):
        return False
    alike = len(parts) > 1 or (one.preceding == other.preceding and one.preceding not in _SAYS_NOTHING)
    return alike and closeness(one, other) >= _RIGHT_BESIDE


_SAYS_NOTHING = words("the a an der die das dem den el la los las le les l il lo gli i o os as de het") | {""}


_RIGHT_BESIDE = 0.5

_MEASURES = frozenset(
    stem(word)
    for word in words(
        "km kilometre kilometer kilometers kilometros quilometros chilometri mile miles meile meilen millas mijl m "
        "metre metres meter metros metri foot feet ft inch inches cm centimetres zentimeter mm kg kilo kilos kilogramm "
        "pounds lb lbs tonne tonnes tons tonnen toneladas tonnellate ounces acre acres hectare hectares hektar ha "
        "ettari litre litres liter litros litri gallons celsius fahrenheit degrees grad grados degres gradi graus mph"
    )
)


def _are_far_apart(one: Fact, other: Fact) -> bool:
    """Whether two numbers are of different sizes, as a slip seldom makes them, or two days or hours near the present.

    That one said it on Tuesday and the other on Wednesday is no difference, unless it is plainly of the same thing.
    """
    if one.kind is FactKind.DATE:
        return _shape(one.value) in {_WEEKDAY, "99:99"}
    values = [abs(float(digits)) for fact in (one, other) if (digits := _DIGITS.sub("", fact.value)).strip(".")]
    # But a million is easily made a billion.
    figures = {f"{value:e}".partition("e")[0] for value in values}
    return one.kind is FactKind.NUMBER and len(figures) > 1 and max(values) > _FAR * min(values)


_SPELLED_ALIKE = 80
_FAR = 20
_DIGITS = re.compile(r"[^\d.]")


def _unit(number: Fact) -> str:
    return number.value.lstrip("-0123456789.,")


def _is_rounded(one: str, other: str) -> bool:
    """Whether one of two numbers is the other, rounded: 2,300 for 2,312."""
    digits = [_DIGITS.sub("", value) for value in (one, other)]
    if not all(each.strip(".") for each in digits):
        return True
    values = [float(each) for each in digits]
    rounder = min(values, key=lambda value: len(f"{value:.0f}".rstrip("0")))
    figures = len(f"{rounder:.0f}".rstrip("0"))
    return figures > 1 and len({f"{value:.{figures - 1}e}" for value in values}) == 1


def _shape(date: str) -> str:
    """What of a date is given; nothing of one that depends on the day it is read."""
    return _WEEKDAY if date in WEEKDAYS else re.sub(r"\d", "9", date) if any(map(str.isdigit, date)) else ""


_WEEKDAY = "weekday"


def _is_rounded_hour(one: str, other: str) -> bool:
    """Whether one says at nine what the other says at 9:40."""
    return one.partition(":")[0] == other.partition(":")[0] and ":00" in {one[-3:], other[-3:]}


def _values(passage: Passage) -> set[tuple[FactKind, str]]:
    return {(fact.kind, fact.value) for sentence in passage.sentences for fact in sentence.facts}


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
        if op.tag == "replace" and fuzz.ratio(" ".join(went), " ".join(came)) < _SPELLED_ALIKE:
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
