"""Which sentences of two texts may be one another's, edited, split or merged."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import TYPE_CHECKING

from archive.compare.text.similarity import Vocabulary, likeness
from archive.compare.versions.cuts import CONTAINED, OF_WHOLE, is_cut, runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive.compare.text.similarity import Wording


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two runs of places that may be a pair; one sentence on each side but for a split or a merge."""

    left: range
    right: range
    similarity: float
    shared: int
    """Letters in shared words."""
    in_place: bool
    """Whether both stand between the same neighbours that stayed."""

    @property
    def weight(self) -> float:
        """The similarity as often as there are sentences, halved: of a pair of two it is the similarity."""
        return self.similarity * (len(self.left) + len(self.right)) / 2


def candidates(
    before: Sequence[str],
    after: Sequence[str],
    anchors: Sequence[tuple[int, int]],
    equal: Sequence[tuple[int, int]],
    *,
    at_least: float,
) -> list[Candidate]:
    """Pairs of what has no equal and is at least so much alike: they share uncommon words, or stand in one place.

    `anchors` are the equal ones that stayed in order, `equal` all of them.
    """
    words = Vocabulary()
    left_rest = _Rest.of(before, {left for left, _ in equal}, [left for left, _ in anchors], words)
    right_rest = _Rest.of(after, {right for _, right in equal}, [right for _, right in anchors], words)
    found = []
    in_left: defaultdict[int, dict[int, int]] = defaultdict(dict)
    in_right: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for left, right in _nominated(left_rest, right_rest):
        one, other = left_rest.wordings[left], right_rest.wordings[right]
        alike, shared = likeness(one, other)
        if alike >= at_least:
            in_place = left_rest.slots[left] == right_rest.slots[right]
            found.append(Candidate(range(left, left + 1), range(right, right + 1), alike, shared, in_place))
        if shared >= CONTAINED * len(other.letters):
            in_left[left][right] = shared
        if shared >= CONTAINED * len(one.letters):
            in_right[right][left] = shared
    splits = _cuts(left_rest, right_rest, in_left, words)
    merges = _cuts(right_rest, left_rest, in_right, words)
    found += [cut for cut in splits if cut.similarity >= at_least]
    found += [
        Candidate(cut.right, cut.left, cut.similarity, cut.shared, cut.in_place)
        for cut in merges
        if cut.similarity >= at_least
    ]
    return found


_COMMON = 50
"""A word in more sentences than this says nothing of which belong together."""

_NOMINEES = 8
"""How many partners are measured for a sentence for its words, and as many for its place."""

_MANY, _FEWER_NOMINEES = 4_000, 4
"""From so many sentences without an equal on both sides on, the text was replaced, and fewer partners are measured."""

_MOST = 5_000
"""Sentences without an equal for which a partner is looked for, the first of each text."""

_MEASURED = 4
"""How many ways to cut a sentence are measured, the likeliest."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """The sentences of one text that have no equal in the other."""

    wordings: dict[int, Wording]
    slots: dict[int, int]
    """Between which neighbours that stayed each of them stands."""
    by_slot: dict[int, list[int]]

    @classmethod
    def of(cls, sentences: Sequence[str], taken: set[int], anchors: list[int], words: Vocabulary) -> _Rest:
        rest = [place for place in range(len(sentences)) if place not in taken][:_MOST]
        slots = {place: bisect_left(anchors, place) for place in rest}
        by_slot: defaultdict[int, list[int]] = defaultdict(list)
        for place in rest:
            by_slot[slots[place]].append(place)
        return cls({place: words.wording(sentences[place]) for place in rest}, slots, by_slot)


def _nominated(left_rest: _Rest, right_rest: _Rest) -> Iterator[tuple[int, int]]:
    """Pairs worth a look."""
    is_many = min(len(left_rest.wordings), len(right_rest.wordings)) > _MANY
    most = _FEWER_NOMINEES if is_many else _NOMINEES
    having: defaultdict[str, list[int]] = defaultdict(list)
    for left, words in left_rest.wordings.items():
        for word in words.words:
            having[word].append(left)
    for right, wanted in right_rest.wordings.items():
        shared: Counter[int] = Counter()
        # In order, so that of nominees that share as much the same ones are taken each time.
        for word in sorted(wanted.words):
            if len(having.get(word, ())) <= _COMMON:
                for left in having.get(word, ()):
                    shared[left] += len(word)
        nominees = {left for left, _ in shared.most_common(most)}
        nominees.update(_neighbours(right, left_rest, right_rest, most))
        yield from ((left, right) for left in sorted(nominees))


def _neighbours(right: int, left_rest: _Rest, right_rest: _Rest, most: int) -> list[int]:
    """The sentences that stood where this one stands; in a long stretch so many at about the same depth."""
    slot = right_rest.slots[right]
    lefts, rights = left_rest.by_slot.get(slot, []), right_rest.by_slot[slot]
    centre = bisect_left(rights, right) * len(lefts) // len(rights)
    first = max(0, min(centre - most // 2, len(lefts) - most))
    return lefts[first : first + most]


def _cuts(
    wholes: _Rest, parts: _Rest, contained: Mapping[int, Mapping[int, int]], words: Vocabulary
) -> Iterator[Candidate]:
    """Sentences of one text that are several in a row in the other, as (whole, parts)."""
    for place, shared in contained.items():
        whole = wholes.wordings[place]
        letters = len(whole.letters)
        enough = OF_WHOLE * min(whole.size, letters)
        likely = []
        for run in runs(sorted(shared)):
            found = min(sum([shared[each] for each in run]), letters)
            if found >= enough:
                alike = found / (letters + sum(len(parts.wordings[each].letters) for each in run))
                likely.append((alike, run))
        for _, run in nlargest(_MEASURED, likely, key=itemgetter(0)):
            pieces = [parts.wordings[each] for each in run]
            if is_cut(whole, pieces):
                joined = words.wording(" ".join(piece.text for piece in pieces))
                in_place = wholes.slots[place] == parts.slots[run.start]
                yield Candidate(range(place, place + 1), run, *likeness(whole, joined), in_place)
