"""How much an edit matters, told by rule from what kind of thing it changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.compare.facts.facts import FactKind, facts
from archive.compare.versions.actions import ActionKind
from archive.compare.weights.reasons import (
    AUTHOR_CAME,
    AUTHOR_WENT,
    HEADLINE,
    NOTICE_CAME,
    NOTICE_WENT,
    REARRANGED,
    TYPOGRAPHY,
    Kind,
    Reason,
    of_edit,
    of_extent,
    of_sentence,
    reason,
)
from archive.compare.weights.spelling import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive.compare.versions.actions import Action, Change, Diff

__all__ = [
    "Kind",
    "Reason",
    "Weight",
    "Weights",
    "heaviest",
    "weigh",
    "weigh_action",
    "weigh_actions",
    "weigh_byline",
    "weigh_notices",
    "weigh_parts",
]


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a change matters, from 0 (nothing changed) to 1, and why, the heaviest reason first.

    The scale, made so that half separates what a reader would want to know from the daily polish:

    ====  =======================================================================================================
     .1   spelling or typography; a sentence that came and holds no word
     .2   a sentence moved, split or merged, its words the same; a scrap (up to three words) that came
     .3   a few words put otherwise; a sentence that came and states nothing to check; a scrap that went
     .4   more than half of a sentence put otherwise; a sentence that came with numbers, names, quotations in it;
          a name given in full or in short, a day said in another way, one hedge for another; an author who came
     .5   a link; a number, name or quotation that came into a sentence, or a negation that came with a clause;
          words no longer in quotation marks; a clause of five words that went; a sentence that went and stated
          nothing to check
     .6   a date; a sentence that went with a name, date or link in it; an author who went; a notice that came
     .7   a number, name or quotation that went from a sentence; a hedge that came; a sentence that went with a
          number, a quotation, a denial in it
     .8   a number, name or quotation that became another; a hedge that went; a notice that went
     .9   a negation that came or went; a word that became its opposite
    1.0   a negation, or an opposite, in the headline
    ====  =======================================================================================================

    In a headline everything weighs .1 more. What comes weighs less than what goes: news grows by addition, and text
    that is gone is what nobody can see. A whole is as heavy as its heaviest part, not as their sum: thirty commas
    are no changed number, and a reason that can be named explains a weight that a sum cannot.
    """

    value: float
    reasons: tuple[Reason, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of what changed, each once, the heaviest first."""
        return tuple(dict.fromkeys(reason.kind for reason in self.reasons))


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a diff weighs: 0 where it is the same."""

    headline: Weight
    byline: Weight
    actions: Mapping[Action, Weight]
    """Of each sentence that changed, in order."""
    notices: Weight

    @property
    def text(self) -> Weight:
        """Of the sentences together."""
        return heaviest(self.actions.values())

    @property
    def without_notices(self) -> Weight:
        """Of headline, byline and sentences together."""
        return heaviest([*self.actions.values(), self.headline, self.byline])

    @property
    def whole(self) -> Weight:
        """Of all together."""
        return heaviest([self.without_notices, self.notices])


def weigh(diff: Diff) -> Weight:
    """The weight of all that a diff holds, its headline, byline and notices included."""
    return weigh_parts(diff).whole


def weigh_parts(diff: Diff) -> Weights:
    """The weights of the parts of a whole diff: its articles tell which words of a headline or sentence are names."""
    common = words_in_lower_case(diff)
    return Weights(
        headline=_weigh_headline(diff.title, diff, common) if diff.title else heaviest(()),
        byline=weigh_byline(diff.authors) if diff.authors else heaviest(()),
        actions=dict(zip(diff.changes, weigh_actions(diff.changes, diff.language, common=common), strict=True)),
        notices=weigh_notices(diff.corrections_added, diff.corrections_removed, diff.language),
    )


def weigh_actions(
    actions: Sequence[Action], language: str | None, *, common: frozenset[str] = frozenset()
) -> tuple[Weight, ...]:
    """The weight of each of several actions.

    Facts are read in about 100,000 characters of them, in edits first, then in what went, then in what came; a
    sentence beyond that is weighed by its extent, as one that states nothing to check.
    """
    read = _to_read(actions)
    return tuple(
        weigh_action(action, language, common=common) if place in read else _alone(of_extent(action))
        for place, action in enumerate(actions)
    )


def weigh_action(action: Action, language: str | None, *, common: frozenset[str] = frozenset()) -> Weight:
    """The weight of what became of one sentence; `common` are words that its article has in lower case."""
    if action.kind is ActionKind.UNCHANGED:
        typeset = action.before != action.after
        return _of([reason(Kind.TYPOGRAPHY, action.before, action.after, TYPOGRAPHY)] if typeset else [])
    if action.before is None or action.after is None:
        return _of(of_sentence(action.before, action.after, language, common))
    found: list[Reason] = []
    if action.similarity < 1:
        found += of_edit(action.before, action.after, action.marks, language, common=common)
    is_rearranged = action.kind is ActionKind.REFACTOR or action.shape is not None
    if not found or (is_rearranged and all(each.kind is Kind.TYPOGRAPHY for each in found)):
        found.append(reason(Kind.STYLE, action.before, action.after, REARRANGED))
    return _of(found)


def weigh_byline(authors: Change[tuple[str, ...]]) -> Weight:
    """The weight of other names above an article."""
    was, became = ({skeleton(name): name for name in names} for names in (authors.before, authors.after))
    went = [name for form, name in was.items() if form not in became]
    came = [name for form, name in became.items() if form not in was]
    if not (went or came):
        same_order = list(was) == list(became)
        kind, weight = (Kind.TYPOGRAPHY, TYPOGRAPHY) if same_order else (Kind.STYLE, REARRANGED)
        return _of([reason(kind, ", ".join(authors.before), ", ".join(authors.after), weight)])
    before, after = (", ".join(names) or None for names in (went, came))
    return _of([reason(Kind.NAME, before, after, AUTHOR_WENT if went else AUTHOR_CAME)])


def weigh_notices(added: Iterable[str], removed: Iterable[str], language: str | None) -> Weight:
    """The weight of correction notices that came and that went."""
    reasons = [
        replace(held, weight=NOTICE_WENT if before else NOTICE_CAME)
        for before, after in [*((None, text) for text in added), *((text, None) for text in removed)]
        for held in of_sentence(before, after, language, frozenset())
    ]
    return _of(reasons)


def heaviest(parts: Iterable[Weight]) -> Weight:
    """Several weights as one: the heaviest, with the reasons of all; 0 where there are none."""
    return _of([reason for part in parts for reason in part.reasons])


def words_in_lower_case(diff: Diff) -> frozenset[str]:
    """The words that the articles of a diff have without a capital, and so are no names where a sentence begins."""
    sentences = (sentence for action in diff.actions for sentence in action.befores + action.afters)
    words = {word for sentence in sentences for word in _WORD.findall(sentence)}
    return frozenset(filter(str.islower, words))


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_REASONS = 50


def _alone(reason: Reason) -> Weight:
    return Weight(reason.weight, (reason,))


_MOST_READ = 100_000
"""Characters, some 400 sentences before and after: what rewrites more is no edit whose every word counts."""


def _weigh_headline(title: Change[str], diff: Diff, common: frozenset[str]) -> Weight:
    """The weight of a headline that became another. Where its capitals tell no names, its article does."""
    if not (title.before and title.after):
        reasons = tuple(of_sentence(title.before or None, title.after or None, diff.language, common))
    else:
        names = _words_of_names(title, diff, common)
        reasons = of_edit(title.before, title.after, (), diff.language, common=common, known_names=names)
    return _of(replace(each, weight=round(each.weight + HEADLINE, 2)) for each in reasons)


def _words_of_names(title: Change[str], diff: Diff, common: frozenset[str]) -> frozenset[str]:
    """The words that only one of two headlines has and that are of names in their articles, in lower case.

    Names are read in about 100,000 characters of the sentences that have such a word.
    """
    was, became = (set(_LETTERS.findall(each.casefold())) for each in (title.before, title.after))
    sought, read, found = (was ^ became) - common, 0, set[str]()
    for text in dict.fromkeys(sentence for action in diff.actions for sentence in action.befores + action.afters):
        if not sought.isdisjoint(_LETTERS.findall(text.casefold())):
            names = (fact for fact in facts(text, diff.language, common=common) if fact.kind is FactKind.NAME)
            found.update(word for name in names for word in name.value.split())
            read += len(text)
        if read > _MOST_READ:
            break
    return frozenset(found) - common


def _to_read(actions: Sequence[Action]) -> set[int]:
    """Which of the actions are read for facts: those that can weigh the most first."""
    read = set[int]()
    left = _MOST_READ
    for place in sorted(range(len(actions)), key=lambda place: _TURNS.get(actions[place].kind, 0)):
        if left <= 0:
            break
        read.add(place)
        if actions[place].kind is not ActionKind.UNCHANGED:
            left -= sum(map(len, actions[place].befores + actions[place].afters))
    return read


_TURNS = {ActionKind.UNCHANGED: -1, ActionKind.DELETION: 1, ActionKind.ADDITION: 2}
"""What costs nothing comes first, what can hold a number for a number right after it."""


def _of(reasons: Iterable[Reason]) -> Weight:
    """A weight of its reasons, each once."""
    found = sorted(dict.fromkeys(reasons), key=lambda reason: -reason.weight)
    if len(found) > _MOST_REASONS:
        # Each kind keeps its heaviest, so that none is lost.
        first_of_kind = {reason.kind: reason for reason in reversed(found)}.values()
        found = sorted({*found[: _MOST_REASONS - len(Kind)], *first_of_kind}, key=found.index)
    return Weight(max((reason.weight for reason in found), default=0.0), tuple(found))
