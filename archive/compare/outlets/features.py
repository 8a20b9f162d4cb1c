"""What of a sentence survives rewording: the stems of its words, its names and numbers, each with a weight."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise
from math import log
from typing import TYPE_CHECKING

from archive.compare.facts.facts import FactKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive.compare.facts.facts import Fact
    from archive.compare.outlets.passage import Passage, Sentence
    from archive.compare.outlets.rarity import Rarity


def folded(text: str) -> str:
    """Lower case without accents: the form in which words are counted in the archive."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(char for char in apart if not unicodedata.combining(char)))


@dataclass(frozen=True, slots=True)
class Weighed:
    """The features of each sentence of two texts, and what each feature is worth in telling which belong together."""

    a: tuple[frozenset[str], ...]
    b: tuple[frozenset[str], ...]
    lead_a: frozenset[str]
    """Those of the headline and the first sentences: what the text is about."""
    lead_b: frozenset[str]
    weights: Mapping[str, float]
    rarities: Mapping[str, float]
    """The same, whatever the texts repeat: what they speak of all the time is what they are about."""
    words: Mapping[str, str]
    """How each feature was first written."""
    specific: frozenset[str]
    """Names, numbers and dates: what is of one event, not of its kind."""

    def worth(self, features: Iterable[str]) -> float:
        """What the features are worth together."""
        return sum(map(self.weights.__getitem__, features))


def weigh(a: Passage, b: Passage, rarity: Rarity) -> Weighed:
    """The features of both texts' sentences, weighed by their rarity in the archive and within the two."""
    read_a, read_b = ([_features(each) for each in text.sentences] for text in (a, b))
    headlines = [_features(text.headline) for text in (a, b)]
    found = [feature for features in (*read_a, *read_b, *headlines) for feature in features]
    rarities = rarity.of({each.word for each in found if each.word})
    rare: dict[str, float] = {}
    words: dict[str, str] = {}
    for each in found:
        weight = each.prior * rarities.get(each.word, 1.0)
        # Among the forms of a word the commonest tells how rare it is.
        rare[each.key] = min(weight, rare.get(each.key, weight))
        words.setdefault(each.key, each.text)
    sets_a, sets_b = _sets(read_a), _sets(read_b)
    spread_a, spread_b = (Counter(key for keys in sets for key in keys) for sets in (sets_a, sets_b))
    repeated = {key: max(spread_a[key], 1) * max(spread_b[key], 1) for key in rare}
    headline_a, headline_b = _sets(headlines)
    return Weighed(
        a=sets_a,
        b=sets_b,
        lead_a=headline_a.union(*sets_a[:_LEAD]),
        lead_b=headline_b.union(*sets_b[:_LEAD]),
        weights={key: weight / (1 + log(repeated[key]) / 2) for key, weight in rare.items()},
        rarities=rare,
        words=words,
        specific=frozenset(each.key for each in found if each.is_specific),
    )


@dataclass(frozen=True, slots=True)
class _Feature:
    key: str
    """By which it is the same in both texts."""
    word: str
    """What to look up in the archive; empty where there is nothing to."""
    text: str
    prior: float
    is_specific: bool = False


_NAME, _ACRONYM, _NUMBER, _SMALL_NUMBER, _DATE, _KIN = 1.25, 0.6, 1.0, 0.4, 0.5, 0.4
_MOST = 400
"""Features of a sentence; what has more is no sentence."""

_SMALL = 10
_LEAD = 1
"""Sentences under the headline."""


def _sets(read: Iterable[Sequence[_Feature]]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(each.key for each in features) for features in read)


def _features(sentence: Sentence) -> list[_Feature]:
    return list(islice(_all_features(sentence), _MOST))


def _all_features(sentence: Sentence) -> Iterator[_Feature]:
    taken: list[tuple[int, int]] = []
    named: list[tuple[int, int]] = []
    for fact in sentence.facts:
        if fact.kind in {FactKind.NUMBER, FactKind.DATE}:
            taken.append((fact.start, fact.end))
            yield from _of_number_or_date(fact)
        elif fact.kind is FactKind.NAME:
            named.append((fact.start, fact.end))
    for found in _WORD.finditer(sentence.plain):
        if _inside(found, taken):
            continue
        word = found[0]
        if _UNSPACED.match(word):
            yield from (_Feature(pair, pair, pair, 0.5) for pair in _pairs_of_characters(word))
        elif word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM and not word.isdigit():
            yield _Feature(f"^{word}", "", word, _ACRONYM, is_specific=True)
        else:
            plain = folded(word)
            is_name = _inside(found, named)
            prior = _NAME if is_name else 1.0
            yield _Feature(stem(plain), plain, word, prior, is_specific=is_name)
            if len(plain) >= _ROOT and not plain.isdigit():
                yield _Feature(f"~{plain[:_ROOT]}", plain, word, prior * _KIN)


def _of_number_or_date(fact: Fact) -> Iterator[_Feature]:
    if fact.kind is FactKind.DATE:
        for part in {fact.value, fact.value.partition("-")[2]} - {""}:
            yield _Feature(f"@{part.lstrip('-')}", "", fact.text, _DATE, is_specific=True)
    else:
        is_small = fact.value.isdigit() and int(fact.value) <= _SMALL
        yield _Feature(f"#{fact.value}", "", fact.text, _SMALL_NUMBER if is_small else _NUMBER, is_specific=True)


def stem(word: str) -> str:
    """What the forms of a word have in common, roughly, in any language written with letters."""
    bare = _ENDING.sub("", word)
    if len(bare) > 3 and bare[-1] == bare[-2]:  # noqa: PLR2004
        bare = bare[:-1]
    return bare[:_STEM]


_STEM = 7
_ROOT = 5
"""Letters with which words begin that are akin: `Niger` and `Nigerien`, `nation` and `national`."""
_LONGEST_ACRONYM = 5

_WORD = re.compile(r"\w+")
# At least three letters stay.
_ENDING = re.compile(
    r"(?<=\w\w\w)(?:ations?|ingly|edly|ings?|ities|ity|ies|ied|eds?|ers?|ens?|ems?|est?|ly|es?|ed|en|em|nen|te[nr]?|"
    r"a[sn]?|os?|i|y|s|n|ado|ada|ados|adas|ando|iendo|aron|ieron|ment|mente|ung|ungen|ees?|ant)$"
)

# Scripts that put no space between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def _pairs_of_characters(run: str) -> Iterator[str]:
    return (one + other for one, other in pairwise(run)) if len(run) > 1 else iter((run,))


def _inside(found: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start() and found.end() <= end for start, end in spans)
