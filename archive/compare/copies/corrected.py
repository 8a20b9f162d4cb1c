"""What a correction altered, and whether another text still says it as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.text.common_words import is_common
from archive.compare.text.normalise import normalise
from archive.compare.text.sentences import sentences
from archive.compare.text.similarity import Vocabulary, likeness
from archive.compare.text.wording import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.compare.text.similarity import Wording
    from archive.compare.versions.actions import Diff
    from archive.models import Article

NEARLY = 0.7
"""The likeness from which a sentence is the one that was corrected. An alignment takes two sentences for one from .6 on
(archive/compare/versions/alignment.py); this says of a publisher that it did not correct, so it asks for more."""

MOST_LINES = 3_000
"""Sentences of a text that are looked through."""

_LETTERS = 20
"""Of a sentence that may be known again as a part of a longer one."""


@dataclass(frozen=True, slots=True)
class Altered:
    """A sentence, or the headline, before and after a correction."""

    before: str
    after: str | None
    """None where it was taken out."""

    @property
    def removed(self) -> frozenset[str]:
        """The words that went."""
        return frozenset(folded_words(self.before)) - frozenset(folded_words(self.after or ""))

    @property
    def added(self) -> frozenset[str]:
        """The words that came."""
        return frozenset(folded_words(self.after or "")) - frozenset(folded_words(self.before))


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a text that is looked through."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a text says something as it was before the correction."""

    sentence: str
    likeness: float
    """To the sentence before the correction, 0 to 1."""


def altered(difference: Diff) -> tuple[Altered, ...]:
    """The sentences that a diff words otherwise or takes out, and the headline; in order."""
    return tuple(each for each in _pairs(difference) if each.removed or each.added)


def named(found: Iterable[Altered], notices: Iterable[str]) -> tuple[Altered, ...]:
    """Those of which a notice has a word that went or came."""
    said = {word for notice in notices for word in folded_words(notice) if not is_common(word)}
    return tuple(each for each in found if (each.removed | each.added) & said)


def lines(article: Article) -> tuple[Line, ...]:
    """The article's headline and sentences, to be looked through."""
    said = [article.title, *sentences(article.text, article.language)[:MOST_LINES]]
    return tuple(Line(text, frozenset(folded_words(text))) for text in said)


def carried(was: Altered, said: Sequence[Line]) -> Carried | None:
    """The line that is the likest to what stood before the correction, if it has the old wording.

    That is: more of what went than of what came. A line that has neither says nothing of the matter.
    """
    removed, added, words = was.removed, was.added, frozenset(folded_words(was.before))
    vocabulary = Vocabulary()
    before = vocabulary.wording(normalise(was.before))
    best = Carried("", 0.0)
    for line in said:
        # What shares less than half of the words is not nearly the same.
        if 2 * len(line.words & words) >= len(words) and _is_old(line.words, removed, added):
            alike = _alike(before, vocabulary.wording(normalise(line.text)))
            best = max(best, Carried(line.text, alike), key=lambda found: found.likeness)
    return best if best.likeness >= NEARLY else None


def _pairs(difference: Diff) -> Iterator[Altered]:
    if difference.title:
        yield Altered(difference.title.before, difference.title.after)
    for action in difference.changes:
        # Of sentences that became one, each may stand alone in a copy.
        for before in action.befores:
            yield Altered(before, action.after)


def _is_old(words: frozenset[str], removed: frozenset[str], added: frozenset[str]) -> bool:
    old = len(words & removed) / len(removed) if removed else 1.0
    new = len(words & added) / len(added) if added else 0.0
    return old > new and 2 * len(words & removed) >= len(removed)


def _alike(before: Wording, line: Wording) -> float:
    """From 0 to 1; a longer line that has the sentence in it is like it, too."""
    if line.text == before.text:
        return 1.0
    alike, shared = likeness(before, line)
    letters = len(before.letters)
    contained = shared / letters if letters >= _LETTERS else 0.0
    return round(max(alike, min(contained, 0.99)), 3)
