"""Which sentences of one text tell what which sentences of another tell, one to many in either direction."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import nlargest
from typing import TYPE_CHECKING

from archive.compare.text.similarity import Vocabulary, similarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.compare.outlets.features import Weighed
    from archive.compare.outlets.kinship import Kinship
    from archive.compare.outlets.passage import Sentence
    from archive.compare.text.similarity import Wording


class FoundBy(StrEnum):
    """What tells that sentences belong together."""

    WORDING = "wording"
    ANCHORS = "anchors"
    """What survives rewording: names, numbers, rare words."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Sentences that tell the same, by their places; one on one side at least."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    similarity: float
    """From 0 to 1, the larger of two: how alike the wording is, and how much of what survives rewording is in both."""
    found_by: FoundBy
    wording: float
    """How alike the wording is, from 0 to 1."""
    anchors: tuple[str, ...]
    """The weightiest of what both have, as `a` writes it."""


def align_crosswise(
    a: Sequence[Sentence], b: Sequence[Sentence], features: Weighed, kinship: Kinship
) -> tuple[Alignment, ...]:
    """The alignments in the order of `a`; a sentence is in one of them at most.

    Links are taken from the strongest on; a sentence that has its partner gets further ones only for
    what the first does not tell. That neighbours belong to neighbours speaks for a link, but stories reorder.
    """
    share = min(1.0, _STRANGERS + (1 - _STRANGERS) * kinship.degree / _KIN)
    measured = _Measured(a, b, features, share)
    stars = _with_mates(_stars(_supported(measured.links()), measured), measured)
    found = [
        Alignment(
            star.a,
            star.b,
            round(max(star.wording, star.anchors), 3),
            FoundBy.WORDING if star.wording >= _WORDED else FoundBy.ANCHORS,
            round(star.wording, 3),
            measured.strongest(star.a, star.b),
        )
        for star in map(measured.star, stars)
    ]
    return tuple(sorted(found, key=lambda alignment: (alignment.a, alignment.b)))


_LINK = 0.3
"""The score from which two sentences are taken to tell the same."""

_EVIDENCE, _SPECIFIC_EVIDENCE = 1.5, 0.9
"""What both must have at least, unless the wording speaks for itself: two rare words or so, or a name or a number."""

_WORDED = 0.6
"""How alike the wording must be to speak for itself (see `archive.compare.alignment.ELSEWHERE`)."""

_FURTHER, _LEAST = 0.2, 0.08
"""What share of a sentence a further partner must tell that the partners it has do not; the same of one that
tells little else."""

_LITTLE_ELSE = 0.35
"""The share of itself that such a partner has in common with the sentence."""

_SPECIFIC, _MUCH = 0.05, 3.0
"""What shared names, numbers and dates add to a score for each that is rare, and up to how many."""

_OTHERS, _OUTWEIGHS = 0.35, 1.0
"""How much names, numbers and dates take from a score that each side has to itself, past what the shared outweigh."""

_STRANGERS, _KIN = 0.1, 0.7
"""What is left of a score between texts that share nothing specific; the share from which on all of it is."""

_MUTUAL = 0.05
"""What it adds to a score that each is the other's best."""

_NEIGHBOURS = 0.15
"""How much of a neighbours' link's score speaks for a link too."""

_COMMON = 60
"""A feature in more sentences than this says nothing of which belong together."""

_NOMINEES = 8
"""How many partners are measured for a sentence."""

_NAMED_ANCHORS = 8

_MATES, _MATES_EVIDENCE, _MATES_SHARE = 12, 0.5, 0.15
"""How many sentences of a paragraph are tried with one of a paragraph that has something of it; what both must have at
least; which share of the smaller that must be."""


@dataclass(frozen=True, slots=True)
class _Link:
    a: int
    b: int
    score: float


@dataclass(slots=True)
class _Star:
    """One sentence, and the one or more of the other text that tell what it tells."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    wording: float = 0.0
    anchors: float = 0.0


@dataclass(slots=True)
class _Measured:
    """Two texts, and how alike any two of their sentences are."""

    a: Sequence[Sentence]
    b: Sequence[Sentence]
    features: Weighed
    kinship: float
    """What is left of a score for what the texts as a whole have in common, from `_STRANGERS` to 1."""
    words: Vocabulary = field(default_factory=Vocabulary)
    wordings: dict[str, Wording] = field(default_factory=dict)
    _of_paragraph_a: dict[int, list[int]] = field(init=False)
    _of_paragraph_b: dict[int, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._of_paragraph_a, self._of_paragraph_b = _by_paragraph(self.a), _by_paragraph(self.b)

    def links(self) -> list[_Link]:
        """Pairs worth a look, with their score."""
        having: defaultdict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(self.features.a):
            for key in keys:
                having[key].append(place)
        found = []
        for place, keys in enumerate(self.features.b):
            shared: defaultdict[int, float] = defaultdict(float)
            for key in keys:
                places = having.get(key, ())
                if len(places) <= _COMMON:
                    for other in places:
                        shared[other] += self.features.weights[key]
            nominees = nlargest(_NOMINEES, shared, key=lambda other: (round(shared[other], 6), -other))
            found += [self.link(other, place) for other in nominees]
        known = {(link.a, link.b) for link in found}
        return found + [self.link(a, b) for a, b in self._equal() if (a, b) not in known]

    def _equal(self) -> Iterator[tuple[int, int]]:
        """Sentences of the same words, the first with the first: also those that are too common to be nominated."""
        places: defaultdict[str, deque[int]] = defaultdict(deque)
        for place, sentence in enumerate(self.a):
            places[sentence.plain].append(place)
        for place, sentence in enumerate(self.b):
            if self.features.b[place] and places.get(sentence.plain):
                yield places[sentence.plain].popleft(), place

    def link(self, a: int, b: int) -> _Link:
        """Two sentences with their score."""
        star = self.star(_Star((a,), (b,)))
        of_a, of_b = self.features.a[a], self.features.b[b]
        specific = self.features.worth(of_a & of_b & self.features.specific)
        is_evident = self.features.worth(of_a & of_b) >= _EVIDENCE or specific >= _SPECIFIC_EVIDENCE
        score = max(
            star.wording if star.wording >= _WORDED else 0.0,
            star.anchors + _SPECIFIC * min(specific, _MUCH) if is_evident else 0.0,
        )
        # Sentences of one mould, with other names and numbers in it, tell of something else.
        others = min(
            self.features.worth((ours - theirs) & self.features.specific)
            for ours, theirs in ((of_a, of_b), (of_b, of_a))
        )
        # Rounded, since the order in which a set is summed up is not the same every time.
        return _Link(a, b, round(score * self.kinship / (1 + _OTHERS * max(0.0, others - specific * _OUTWEIGHS)), 6))

    def mates(self, paragraph_a: int, paragraph_b: int) -> list[_Link]:
        """Pairs of sentences of two paragraphs, the first few of each, that have a little in common."""
        worth, found = self.features.worth, []
        for a in self._of_paragraph_a.get(paragraph_a, ())[:_MATES]:
            for b in self._of_paragraph_b.get(paragraph_b, ())[:_MATES]:
                shared = worth(self.features.a[a] & self.features.b[b])
                if shared >= _MATES_EVIDENCE:
                    smaller = min(worth(self.features.a[a]), worth(self.features.b[b]))
                    found.append(_Link(a, b, round(shared / smaller, 6)))
        return [link for link in found if link.score >= _MATES_SHARE]

    def star(self, star: _Star) -> _Star:
        """The star with its measures."""
        of_a, of_b = self.of_a(star.a), self.of_b(star.b)
        total_a, total_b = self.features.worth(of_a), self.features.worth(of_b)
        shared = self.features.worth(of_a & of_b)
        if shared:
            # A digest tells a part of a sentence: what is in the smaller counts beside what is in both.
            star.anchors = shared / min(total_a, total_b) * 0.5 + shared / max(total_a, total_b) * 0.5
        star.wording = similarity_of(self._wording(self.a, star.a), self._wording(self.b, star.b))
        return star

    def of_a(self, places: Iterable[int]) -> frozenset[str]:
        return frozenset().union(*(self.features.a[place] for place in places))

    def of_b(self, places: Iterable[int]) -> frozenset[str]:
        return frozenset().union(*(self.features.b[place] for place in places))

    def strongest(self, a: Iterable[int], b: Iterable[int]) -> tuple[str, ...]:
        """The weightiest of what both have, as it is written."""
        weights = self.features.weights
        shared = sorted(self.of_a(a) & self.of_b(b), key=lambda key: (-weights[key], key))
        return tuple(dict.fromkeys(self.features.words[key] for key in shared[: 2 * _NAMED_ANCHORS]))[:_NAMED_ANCHORS]

    def _wording(self, sentences: Sequence[Sentence], places: Sequence[int]) -> Wording:
        text = " ".join(sentences[place].plain for place in places)
        if text not in self.wordings:
            self.wordings[text] = self.words.wording(text)
        return self.wordings[text]


def _by_paragraph(sentences: Sequence[Sentence]) -> dict[int, list[int]]:
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, sentence in enumerate(sentences):
        places[sentence.paragraph].append(place)
    return places


def similarity_of(one: Wording, other: Wording) -> float:
    """How alike the wording is, from 0 to 1."""
    return 1.0 if one.text == other.text else similarity(one, other)


def _supported(links: Sequence[_Link]) -> list[_Link]:
    """The links, each stronger by a little where the sentences beside it are linked too."""
    scores = {(link.a, link.b): link.score for link in links}
    best_a: defaultdict[int, float] = defaultdict(float)
    best_b: defaultdict[int, float] = defaultdict(float)
    for link in links:
        best_a[link.a] = max(best_a[link.a], link.score)
        best_b[link.b] = max(best_b[link.b], link.score)
    beside = [(step_a, step_b) for step_a in (-1, 0, 1) for step_b in (-1, 0, 1) if step_a or step_b]
    return [
        _Link(
            link.a,
            link.b,
            link.score
            + _MUTUAL * (link.score == best_a[link.a] == best_b[link.b])
            + _NEIGHBOURS * max(scores.get((link.a + step_a, link.b + step_b), 0.0) for step_a, step_b in beside),
        )
        for link in links
        if link.score
    ]


def _stars(links: Sequence[_Link], measured: _Measured) -> list[_Star]:
    """The links put together, from the strongest on."""
    by_a: dict[int, _Star] = {}
    by_b: dict[int, _Star] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.a, link.b)):
        if link.score < _LINK:
            break
        of_a, of_b = by_a.get(link.a), by_b.get(link.b)
        if of_a is None and of_b is None:
            by_a[link.a] = by_b[link.b] = _Star((link.a,), (link.b,))
        elif of_b is None and of_a is not None and len(of_a.a) == 1:
            told = measured.of_b(of_a.b)
            if _tells_more(measured.features.a[link.a], measured.features.b[link.b], told, measured.features):
                of_a.b = tuple(sorted((*of_a.b, link.b)))
                by_b[link.b] = of_a
        elif of_a is None and of_b is not None and len(of_b.b) == 1:
            told = measured.of_a(of_b.a)
            if _tells_more(measured.features.b[link.b], measured.features.a[link.a], told, measured.features):
                of_b.a = tuple(sorted((*of_b.a, link.a)))
                by_a[link.a] = of_b
    return list({id(star): star for star in by_a.values()}.values())


def _with_mates(stars: list[_Star], measured: _Measured) -> list[_Star]:
    """The stars, with sentences that have no partner and stand in one paragraph with what belongs together.

    There a little in common is enough: a paragraph that was reworded was reworded as a whole.
    """
    by_a = {place: star for star in stars for place in star.a}
    by_b = {place: star for star in stars for place in star.b}
    mates = [
        measured.mates(a, b)
        for a, b in dict.fromkeys(
            (measured.a[a].paragraph, measured.b[b].paragraph) for star in stars for a in star.a for b in star.b
        )
    ]
    for link in sorted((link for some in mates for link in some), key=lambda link: (-link.score, link.a, link.b)):
        of_a, of_b = by_a.get(link.a), by_b.get(link.b)
        if of_a is None and of_b is None:
            by_a[link.a] = by_b[link.b] = _Star((link.a,), (link.b,))
        elif of_b is None and of_a is not None and len(of_a.a) == 1:
            of_a.b = tuple(sorted((*of_a.b, link.b)))
            by_b[link.b] = of_a
        elif of_a is None and of_b is not None and len(of_b.b) == 1:
            of_b.a = tuple(sorted((*of_b.a, link.a)))
            by_a[link.a] = of_b
    return list({id(star): star for star in by_a.values()}.values())


def _tells_more(whole: frozenset[str], part: frozenset[str], told: frozenset[str], features: Weighed) -> bool:
    """Whether a further partner tells enough of a sentence that its partners do not."""
    shared = whole & part
    tells_little_else = features.worth(shared) >= _LITTLE_ELSE * features.worth(part)
    return features.worth(shared - told) >= (_LEAST if tells_little_else else _FURTHER) * features.worth(whole)
