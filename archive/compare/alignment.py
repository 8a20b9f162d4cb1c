"""Which sentence of one text became which of another."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

from archive.compare.heaviest_chain import heaviest_chain
from archive.compare.similarity import Vocabulary, shared_letters, similarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.compare.similarity import Wording


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of the older text and what it is in the newer, by their places."""

    before: int
    after: int
    similarity: float
    moved: bool


def align(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Pairs of sentences in normal form, each in at most one, in the order of the newer text.

    First the equal ones, as many as possible in order, then wherever they went; then edited ones in the
    place where they stood; then edited ones elsewhere. Moved are the fewest that leave the rest in order.
    """
    anchors = _equal_in_order(before, after)
    equal = anchors + _equal_elsewhere(before, after, anchors)
    edited = _edited(before, after, anchors, equal)
    pairs = [(left, right, 1.0) for left, right in equal] + edited
    in_order = set(heaviest_chain([(left, right, 1.0) for left, right, _ in pairs]))
    return sorted(
        (Pair(left, right, alike, place not in in_order) for place, (left, right, alike) in enumerate(pairs)),
        key=lambda pair: pair.after,
    )


IN_PLACE = 0.4
"""The similarity from which two sentences between the same neighbours are one, edited."""

ELSEWHERE = 0.6
"""The same without the neighbours' evidence."""

FAR_BETTER = 0.2
"""By how much a partner elsewhere must be more alike to win over the one in place."""

_SHARED_ELSEWHERE = 12
"""Letters in shared words that an edited sentence must have to be known again elsewhere."""

_LARGEST_TABLE = 400_000_000
"""Cells, at one bit each; 20,000 sentences against as many."""

_COMMON = 50
"""A word in more sentences than this says nothing of which belong together."""

_NOMINEES = 8
"""How many partners are measured for a sentence for its words, and as many for its place."""


def _equal_in_order(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """A longest common subsequence, or for enormous texts nearly so."""
    if len(before) * len(after) > _LARGEST_TABLE:
        same = _equal_elsewhere(before, after, [])
        return [same[place] for place in heaviest_chain([(left, right, 1.0) for left, right in same])]
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(sentence, len(numbers)) for sentence in before]
    right = [numbers.setdefault(sentence, len(numbers)) for sentence in after]
    return [
        (block.a + step, block.b + step)
        for block in LCSseq.opcodes(left, right).as_matching_blocks()
        for step in range(block.size)
    ]


def _equal_elsewhere(
    before: Sequence[str], after: Sequence[str], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Equal ones among the rest, the first with the first."""
    taken_before, taken_after = {left for left, _ in taken}, {right for _, right in taken}
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for left, sentence in enumerate(before):
        if left not in taken_before:
            places[sentence].append(left)
    return [
        (places[sentence].popleft(), right)
        for right, sentence in enumerate(after)
        if right not in taken_after and places.get(sentence)
    ]


def _edited(
    before: Sequence[str],
    after: Sequence[str],
    anchors: Sequence[tuple[int, int]],
    equal: Sequence[tuple[int, int]],
) -> list[tuple[int, int, float]]:
    """Pairs of unequal sentences that are alike enough, with their similarity."""
    words = Vocabulary()
    left_rest = _Rest.of(before, {left for left, _ in equal}, [left for left, _ in anchors], words)
    right_rest = _Rest.of(after, {right for _, right in equal}, [right for _, right in anchors], words)
    candidates = _candidates(left_rest, right_rest)
    in_place = _edited_in_place(candidates, left_rest, right_rest)
    used_left, used_right = {left for left, _, _ in in_place}, {right for _, right, _ in in_place}
    elsewhere = []
    for left, right, alike in sorted(candidates, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if alike < ELSEWHERE:
            break
        shared = shared_letters(left_rest.wordings[left], right_rest.wordings[right])
        if left not in used_left and right not in used_right and shared >= _SHARED_ELSEWHERE:
            elsewhere.append((left, right, alike))
            used_left.add(left)
            used_right.add(right)
    return in_place + elsewhere


@dataclass(frozen=True, slots=True)
class _Rest:
    """The sentences of one text that have no equal in the other."""

    wordings: dict[int, Wording]
    slots: dict[int, int]
    """Between which neighbours that stayed each of them stands."""
    by_slot: dict[int, list[int]]

    @classmethod
    def of(cls, sentences: Sequence[str], taken: set[int], anchors: list[int], words: Vocabulary) -> _Rest:
        rest = [place for place in range(len(sentences)) if place not in taken]
        slots = {place: bisect_left(anchors, place) for place in rest}
        by_slot: defaultdict[int, list[int]] = defaultdict(list)
        for place in rest:
            by_slot[slots[place]].append(place)
        return cls({place: words.wording(sentences[place]) for place in rest}, slots, by_slot)


def _candidates(left_rest: _Rest, right_rest: _Rest) -> list[tuple[int, int, float]]:
    """Pairs worth a look, with their similarity: they share uncommon words, or stand in the same place."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for left, words in left_rest.wordings.items():
        for word in words.words:
            having[word].append(left)
    found = []
    for right, wanted in right_rest.wordings.items():
        shared: Counter[int] = Counter()
        for word in wanted.words:
            if len(having.get(word, ())) <= _COMMON:
                for left in having.get(word, ()):
                    shared[left] += len(word)
        nominees = {left for left, _ in shared.most_common(_NOMINEES)}
        nominees.update(_neighbours(right, left_rest, right_rest))
        found += [(left, right, similarity(left_rest.wordings[left], wanted)) for left in sorted(nominees)]
    return found


def _neighbours(right: int, left_rest: _Rest, right_rest: _Rest) -> list[int]:
    """The sentences that stood where this one stands; in a long stretch those at about the same depth."""
    slot = right_rest.slots[right]
    lefts, rights = left_rest.by_slot.get(slot, []), right_rest.by_slot[slot]
    centre = bisect_left(rights, right) * len(lefts) // len(rights)
    first = max(0, min(centre - _NOMINEES // 2, len(lefts) - _NOMINEES))
    return lefts[first : first + _NOMINEES]


def _edited_in_place(
    candidates: Sequence[tuple[int, int, float]], left_rest: _Rest, right_rest: _Rest
) -> list[tuple[int, int, float]]:
    """The pairs in place that keep their order and are together the most alike."""
    elsewhere_left: defaultdict[int, float] = defaultdict(float)
    elsewhere_right: defaultdict[int, float] = defaultdict(float)
    in_place = []
    for left, right, alike in candidates:
        if left_rest.slots[left] == right_rest.slots[right]:
            in_place.append((left, right, alike))
        else:
            elsewhere_left[left] = max(elsewhere_left[left], alike)
            elsewhere_right[right] = max(elsewhere_right[right], alike)
    fit = [
        (left, right, alike)
        for left, right, alike in in_place
        if alike >= IN_PLACE and max(elsewhere_left[left], elsewhere_right[right]) < alike + FAR_BETTER
    ]
    return [fit[place] for place in heaviest_chain(fit)]
