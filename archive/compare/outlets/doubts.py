"""What one sentence denies or doubts and another states: a `not` or an `allegedly` on one side only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from archive.compare.facts.facts import FactKind
from archive.compare.outlets.bindings import bindings
from archive.compare.outlets.features import folded, stem
from archive.compare.text.common_words import is_common

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.compare.facts.facts import Fact
    from archive.compare.outlets.passage import Sentence


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that says no, or that says not to be sure."""

    fact: Fact
    sentence: int
    about: str
    """The words it is said of."""
    stated_in: int
    """The sentence of the other text that states them without a doubt."""


def lost_doubts(
    ours: Sequence[Sentence], places: Sequence[int], theirs: Sequence[Sentence], others: Sequence[int], *, alike: bool
) -> Iterator[Doubt]:
    """The doubts in some of our sentences that some of theirs do not have, though they say the same words.

    `alike` says that the sentences are nearly the same: only then a `may` that is not there says anything, and only
    then one word right behind tells what is doubted.
    """
    clauses = [clause for other in others for clause in _clauses(theirs[other], other)]
    hedged = any(clause.hedged for clause in clauses)
    for place in places:
        for fact in ours[place].facts:
            if fact.kind is not FactKind.HEDGE or (fact.value != _NOT and (hedged or not alike)):
                continue
            if fact.value != _NOT and any(word.startswith(_ON_TRIAL) for clause in clauses for word in clause.words):
                continue
            doubted = _first(_of_clause_after(ours[place], fact), _LOOK_ALIKE if alike else _ENOUGH)
            beside = alike and any(word in ours[place].plain[fact.end : fact.end + _NEAR] for word in doubted.values())
            enough = 1 if beside and len(doubted) == 1 else _ENOUGH
            if _excludes_a_name(ours[place], fact):
                continue
            stating = [clause for clause in clauses if len(doubted.keys() & clause.words) >= enough]
            if stating and not any(clause.denies(doubted) for clause in stating):
                yield Doubt(fact, place, " ".join(doubted.values()), stating[0].sentence)


_NOT = "not"
_ENOUGH, _LOOK_ALIKE = 2, 3
"""Words that must be in both, of as many or, where the sentences are nearly the same, of so many."""

_CLAUSE_END = re.compile(r"[,;:–](?!\d)")
_WORD = re.compile(r"\w+")
_NEAR = 20

_OPPOSITES = ("un", "in", "im", "ir", "il", "dis", "non", "des", "mis", "on")
"""What, put before a word, says no."""

_ON_TRIAL = ("accus", "charg", "trial", "indict", "angekl", "prozes", "juici", "proce", "imputa", "acus", "aangekl")
"""How words begin that say of somebody that nothing is proved, as `alleged` does."""

_SAYS_NO = (
    *("fail", "refus", "reject", "deny", "denie", "lack", "unable", "declin", "hardly", "scarcely", "impos", "rul"),
    *("drop", "scrap", "abandon", "cancel"),
    *("weiger", "verneint", "abgelehnt", "unmogl", "rechaz", "carec", "manqu", "rifiut", "recus", "neg", "nie"),
)
"""How words begin that say no without a word for no."""


@dataclass(frozen=True, slots=True)
class _Clause:
    sentence: int
    words: frozenset[str]
    """Stems."""
    negated: bool
    hedged: bool

    def denies(self, doubted: Iterable[str]) -> bool:
        """Whether it says no too, in whatever way."""
        opposites = {opposite + word for word in doubted for opposite in _OPPOSITES}
        return self.negated or bool(opposites & self.words) or any(word.startswith(_SAYS_NO) for word in self.words)


def _clauses(sentence: Sentence, place: int) -> Iterator[_Clause]:
    hedges = [fact for fact in sentence.facts if fact.kind is FactKind.HEDGE]
    ends = [found.start() for found in _CLAUSE_END.finditer(sentence.plain)]
    for start, end in zip([0, *ends], [*ends, len(sentence.plain)], strict=True):
        values = {fact.value for fact in hedges if start <= fact.start < end}
        words = frozenset(stem(folded(word)) for word in _WORD.findall(sentence.plain, start, end))
        yield _Clause(place, words, _NOT in values, bool(values - {_NOT}))


def _of_clause_after(sentence: Sentence, fact: Fact) -> Iterator[tuple[str, str]]:
    """The words after a fact in its clause that say something, by their stems; no dates, names or numbers."""
    end = _CLAUSE_END.search(sentence.plain, fact.end)
    apart = [(each.start, each.end) for each in sentence.facts if each.kind in _NOT_DOUBTED]
    for found in _WORD.finditer(sentence.plain, fact.end, end.start() if end else len(sentence.plain)):
        word = folded(found[0])
        if not is_common(word) and not any(start <= found.start() < stop for start, stop in apart):
            yield stem(word), found[0]


_NOT_DOUBTED = frozenset({FactKind.DATE, FactKind.NAME, FactKind.NUMBER})


def _first(words: Iterator[tuple[str, str]], count: int) -> dict[str, str]:
    return dict(islice(words, count))


def _excludes_a_name(sentence: Sentence, fact: Fact) -> bool:
    """Whether the word excludes the name after it, `not from Oslo`, which is a binding of that name."""
    return any(each.relation == _NOT and 0 <= each.name.start - fact.end <= _NEAR for each in bindings(sentence))
