"""Why an edit weighs what it does: one reason for each thing that changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from archive.compare.facts.facts import FactKind, facts
from archive.compare.facts.reversals import negates, reversed_words
from archive.compare.text.conventions import conventions
from archive.compare.text.cutting import cut
from archive.compare.text.words import count_words, mark, tokens
from archive.compare.weights.bare_names import is_bare_name
from archive.compare.weights.changed_facts import changed_facts
from archive.compare.weights.spelling import american, respelled, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.compare.facts.facts import Fact
    from archive.compare.text.words import Mark
    from archive.compare.versions.actions import Action
    from archive.compare.weights.changed_facts import FactChange, Rewording


class Kind(StrEnum):
    """What kind of thing changed."""

    NUMBER = "number"
    QUOTATION = "quotation"
    NAME = "name"
    DATE = "date"
    HEDGE = "hedge"
    """A negation, a hedge (`alleged`), or a word turned into its opposite (`rose`, `fell`)."""
    LINK = "link"
    """An address or a handle that a reader sees."""
    STYLE = "style"
    """Other words, or another order, with all of these as they were."""
    TYPOGRAPHY = "typography"
    """Spelling, punctuation, case, hyphens, accents, a slip mended: the words are the same."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that changed; None on the side that has nothing of it. Long wordings are cut short."""

    kind: Kind
    before: str | None
    after: str | None
    weight: float
    """By the scale in `weight`."""


class Scale(NamedTuple):
    """What a kind of fact weighs where it became another, went from a sentence, came, and went with its sentence."""

    replaced: float
    went: float
    came: float
    went_with_sentence: float


SCALES = {
    Kind.NUMBER: Scale(0.8, 0.7, 0.5, 0.7),
    Kind.QUOTATION: Scale(0.8, 0.7, 0.5, 0.7),
    Kind.NAME: Scale(0.8, 0.7, 0.5, 0.6),
    Kind.DATE: Scale(0.6, 0.6, 0.5, 0.6),
    Kind.HEDGE: Scale(0.4, 0.8, 0.7, 0.7),
    Kind.LINK: Scale(0.5, 0.5, 0.5, 0.6),
}
TYPOGRAPHY = 0.1
REARRANGED = 0.2
HEADLINE = 0.1
"""What is added in a headline."""
REWORDED = 0.3
MOSTLY_REWORDED = 0.4
SAID_OTHERWISE = 0.4
"""A fact that is the same as far as a rule can tell: a name in full or in short, yesterday for Monday."""
CAME_WITH_SENTENCE = 0.4
NO_LONGER_QUOTED = 0.5
CLAUSE_CAME = 0.5
"""A negation or hedge in a clause that came."""
CLAUSE_WENT = 0.5
REVERSED = 0.9
AUTHOR_CAME = 0.4
AUTHOR_WENT = 0.6
NOTICE_CAME = 0.6
NOTICE_WENT = 0.8


def reason(kind: Kind, before: str | None, after: str | None, weight: float) -> Reason:
    """A reason, its wordings cut short."""
    return Reason(kind, before and cut(before, _LONGEST), after and cut(after, _LONGEST), weight)


def of_sentence(
    before: str | None, after: str | None, language: str | None, common: frozenset[str]
) -> Iterator[Reason]:
    """Why a sentence weighs that went (only `before`) or came (only `after`): what it holds, or itself."""
    text = (before or after or "")[:_MOST_READ]
    held: dict[tuple[Kind, str], Fact] = {}
    for fact in facts(text, language, common=common):
        if not _is_first_word(fact):
            held.setdefault((_KINDS[fact.kind], fact.value), fact)
    for (kind, _), fact in held.items():
        if before:
            yield reason(kind, fact.text, None, SCALES[kind].went_with_sentence)
        else:
            yield reason(kind, None, fact.text, CAME_WITH_SENTENCE)
    if not held:
        yield _of_bare_sentence(before, after, count_words(text))


def of_extent(action: Action) -> Reason:
    """Why an action weighs of which no word is read: that a sentence went, came, moved or was put otherwise."""
    before, after = action.before, action.after
    if before is None or after is None:
        return _of_bare_sentence(before, after, count_words((before or after or "")[:_MOST_READ]))
    if action.similarity == 1:
        return reason(Kind.STYLE, before, after, REARRANGED)
    return reason(Kind.STYLE, before, after, REWORDED if action.similarity > 1 / 2 else MOSTLY_REWORDED)


def of_edit(
    before: str,
    after: str,
    marks: Sequence[Mark],
    language: str | None,
    *,
    common: frozenset[str] = frozenset(),
    known_names: frozenset[str] = frozenset(),
) -> tuple[Reason, ...]:
    """What changed from one wording to the other; typography only where nothing else did.

    `known_names` are words of names, in lower case, that are names also where capitals do not tell.
    """
    if max(len(before), len(after)) > _MOST_READ:
        return _of_long_edit(before, after, language)
    marks = marks or mark(before, after)
    changed = changed_facts(before, after, marks, language, common=common)
    if changed.swapped:
        return tuple(map(_of_swap, changed.swapped))
    same_letters = skeleton(before) == skeleton(after)
    # Where no letter changed, a name is longer or shorter by its spaces and capitals alone.
    told = [change for change in changed.facts if not (same_letters and change.kind is FactKind.NAME)]
    undone = {change.place for change in told if _is_undone(change, changed.rewordings[change.place], language)}
    told = [change for change in told if not (change.place in undone and change.kind is FactKind.HEDGE)]
    found = list(_of_facts(told, before, after, language))
    if found or undone or not respelled(before, after, language):
        loose: list[Rewording] = []
        for place, words in enumerate(changed.rewordings):
            if respelled(words.before, words.after, language) and place not in undone:
                continue
            turned = None if place in undone else _of_reversal(words, language)
            turned = turned or _of_untold_name(words, language, known_names)
            found += [turned] if turned else []
            if place in undone or not _is_explained(words, turned=turned is not None, has_facts=bool(found)):
                loose.append(words)
        found += _of_style(loose, max(count_words(before), count_words(after)))
    weighty = tuple(each for each in found if each.kind is not Kind.TYPOGRAPHY)
    return weighty or (_of_typography(marks),)


_LONGEST = 200
"""Characters of a wording that a reason gives."""

_MOST_READ = 20_000
"""Characters of a wording that are read for facts: no sentence is longer, and hostile ones are read in a second."""

_SCRAP = 3
"""Words up to which a sentence is a scrap: a label, a button."""

_AGREEMENT = 3
"""Words that a changed fact takes along: `one person was`, `two people were`."""

_INSTEAD = 2
"""Words that a number can stand for: `several`, `a few`, `a man`."""

_CLAUSE = 5
"""Words from which on what went is a clause."""

_SHORT = 8
"""Words of a rewording in which one word answers to one other."""

_OPENING = 2
"""Characters before a sentence's first word."""

_STEM = 5
"""Letters in which `alleged` and `allegedly` agree."""

_KINDS = {
    FactKind.NUMBER: Kind.NUMBER,
    FactKind.QUOTE: Kind.QUOTATION,
    FactKind.NAME: Kind.NAME,
    FactKind.DATE: Kind.DATE,
    FactKind.LINK: Kind.LINK,
    FactKind.HEDGE: Kind.HEDGE,
}


def _of_bare_sentence(before: str | None, after: str | None, words: int) -> Reason:
    """A sentence of so many words that states nothing to check."""
    whole, scrap = (CLAUSE_WENT, REWORDED) if before else (REWORDED, REARRANGED)
    weight = (scrap if words <= _SCRAP else whole) if words else TYPOGRAPHY
    return reason(Kind.STYLE if words else Kind.TYPOGRAPHY, before, after, weight)


def _of_long_edit(before: str, after: str, language: str | None) -> tuple[Reason, ...]:
    """What changed in the part that is read; that it was put otherwise, where that is not in it."""
    was, became = before[:_MOST_READ], after[:_MOST_READ]
    if was == became:
        return (reason(Kind.STYLE, before, after, REWORDED),)
    return of_edit(was, became, (), language)


def _is_undone(change: FactChange, words: Rewording, language: str | None) -> bool:
    """Whether a negation went or came with a word that says the same: `not open`, `closed`; `not known`, `unknown`."""
    fact = change.before or change.after
    if fact is None or fact.value != "not" or (change.before and change.after) or _longer(words) > _SHORT:
        return False
    return negates(_lower(change.instead), language) or bool(
        reversed_words(_lower(words.before), _lower(words.after), language)
    )


def _is_explained(words: Rewording, *, turned: bool, has_facts: bool) -> bool:
    """Whether what was put otherwise only agrees with a weightier change, of its own words or of the sentence's."""
    if words.has_fact_change or turned:
        return _longer(words) <= _AGREEMENT
    return has_facts and not (words.before and words.after) and _longer(words) == 1


def _of_facts(changes: Iterable[FactChange], before: str, after: str, language: str | None) -> Iterator[Reason]:
    bones: dict[str, str] = {}
    for change in changes:
        was, became = change.before, change.after
        if was and became:
            yield _of_replacement(was, became, language)
        elif fact := was or became:
            other = after if was else before
            if fact.kind is FactKind.QUOTE:
                bones.setdefault(other, skeleton(other))
            still_there = fact.kind is FactKind.QUOTE and skeleton(fact.text) in bones[other]
            words = (fact.text, change.instead) if was else (change.instead, fact.text)
            of_words = _of_first_words(*words, language) if _is_first_word(fact) else None
            yield of_words or _of_loss_or_gain(change, fact, still_there=still_there)


def _is_first_word(fact: Fact) -> bool:
    """Whether a name is one word where any word has a capital, and so may be no name."""
    return fact.kind is FactKind.NAME and fact.start <= _OPENING and count_words(fact.text) == 1


def _of_first_words(before: str, after: str, language: str | None) -> Reason | None:
    """A word for a word where one has the looks of a name; None where an article or a pronoun stands for the other."""
    if not count_words(before) == count_words(after) == 1:
        return None
    one, other = before.casefold(), after.casefold()
    if respelled(before, after, language):
        return reason(Kind.TYPOGRAPHY, before, after, TYPOGRAPHY)
    if reversed_words([one], [other], language):
        return reason(Kind.HEDGE, before, after, REVERSED)
    if not {one, other}.isdisjoint(conventions(language).first_words):
        return None
    return reason(Kind.STYLE, before, after, REWORDED)


def _of_replacement(was: Fact, became: Fact, language: str | None) -> Reason:
    """A fact that became another."""
    kind = _KINDS[was.kind]
    weight = SCALES[kind].replaced
    if kind is Kind.HEDGE:
        kind, weight = _of_hedges(was, became, language)
    elif kind is Kind.DATE and _is_perhaps_the_same_day(was.value, became.value):
        weight = SAID_OTHERWISE
    elif kind is Kind.QUOTATION and respelled(was.text, became.text, language):
        kind, weight = Kind.TYPOGRAPHY, TYPOGRAPHY
    elif kind is Kind.NAME:
        one, other = _name_words(was), _name_words(became)
        if "".join(one) == "".join(other):
            kind, weight = Kind.TYPOGRAPHY, TYPOGRAPHY
        elif reversed_words([was.value], [became.value], language):
            kind, weight = Kind.HEDGE, REVERSED
        elif {*one} <= {*other} or {*other} <= {*one}:
            weight = SAID_OTHERWISE
    return reason(kind, was.text, became.text, weight)


def _name_words(name: Fact) -> list[str]:
    """The words of a name without case and accents, `Labour` as `Labor`."""
    return [american(skeleton(word)) for word in name.value.replace("-", " ").split()]


def _of_hedges(was: Fact, became: Fact, language: str | None) -> tuple[Kind, float]:
    one, other = was.text.lower(), became.text.lower()
    if "not" in (was.value, became.value) or reversed_words([one], [other], language):
        return Kind.HEDGE, REVERSED
    if one[:_STEM] == other[:_STEM] and min(len(one), len(other)) > _STEM:
        return Kind.STYLE, REWORDED
    return Kind.HEDGE, SCALES[Kind.HEDGE].replaced


def _is_perhaps_the_same_day(one: str, other: str) -> bool:
    """Whether one day may have been said in two ways: `yesterday` and `Monday`, `5 May` and `5 May 2017`."""
    named = [not any(char.isdigit() for char in value) for value in (one, other)]
    if all(named):
        return not {one, other} <= _WEEKDAYS
    if any(named):
        return True
    shorter, longer = sorted((one.strip("-"), other.strip("-")), key=len)
    return longer.startswith(shorter) or longer.endswith(shorter)


_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})


def _of_loss_or_gain(change: FactChange, fact: Fact, *, still_there: bool) -> Reason:
    """A fact that went or came; a quotation may still be there, without its marks."""
    kind = _KINDS[fact.kind]
    was, became = (each.text if each else None for each in (change.before, change.after))
    scale = SCALES[kind]
    weight = scale.went if was else scale.came
    if still_there:
        weight = NO_LONGER_QUOTED
    elif kind is Kind.HEDGE and change.within_clause:
        weight = scale.went_with_sentence if was else CLAUSE_CAME
    elif fact.value == "not":
        weight = REVERSED
    elif kind is Kind.NUMBER and 0 < count_words(change.instead) <= _INSTEAD:
        was, became, weight = was or change.instead, became or change.instead, scale.replaced
    return reason(kind, was, became, weight)


def _of_swap(change: FactChange) -> Reason:
    kind = _KINDS[change.kind]
    was, became = (each.text if each else None for each in (change.before, change.after))
    return reason(kind, was, became, SCALES[kind].replaced)


def _of_reversal(words: Rewording, language: str | None) -> Reason | None:
    if _longer(words) > _SHORT:
        return None
    turned = reversed_words(_lower(words.before), _lower(words.after), language)
    return reason(Kind.HEDGE, *turned, REVERSED) if turned else None


def _of_untold_name(words: Rewording, language: str | None, known_names: frozenset[str]) -> Reason | None:
    """A capitalised word put for another, where what stands around it makes both names."""
    was, became = words.before, words.after
    if not (count_words(was) == count_words(became) == 1 and was[:1].isupper() and became[:1].isupper()):
        return None
    are_known = {was.casefold(), became.casefold()} <= known_names
    if are_known or is_bare_name(was, became, words.follows, language):
        return reason(Kind.NAME, was, became, SCALES[Kind.NAME].replaced)
    return None


def _lower(text: str) -> list[str]:
    return [token.strip().casefold() for token in tokens(text)]


def _longer(words: Rewording) -> int:
    """Words of its longer side."""
    return max(count_words(words.before), count_words(words.after))


def _of_style(reworded: Sequence[Rewording], words: int) -> Iterator[Reason]:
    """One reason for all that was put otherwise in a sentence of so many words, with the longest of it."""
    if not reworded:
        return
    went = [word for each in reworded for word in _lower(each.before)]
    came = [word for each in reworded for word in _lower(each.after)]
    if sorted(went) == sorted(came):
        weight = REARRANGED
    elif count_words(" ".join(went)) - count_words(" ".join(came)) >= _CLAUSE:
        weight = CLAUSE_WENT
    else:
        share = max(count_words(" ".join(went)), count_words(" ".join(came))) / max(words, 1)
        weight = MOSTLY_REWORDED if share > 1 / 2 else REWORDED
    longest = max(reworded, key=lambda each: len(each.before) + len(each.after))
    before, after = (" ".join(text.split()) or None for text in (longest.before, longest.after))
    yield reason(Kind.STYLE, before, after, weight)


def _of_typography(marks: Iterable[Mark]) -> Reason:
    went, came = ("".join(each.text for each in marks if each.op == op).strip() for op in ("delete", "insert"))
    return reason(Kind.TYPOGRAPHY, went or None, came or None, TYPOGRAPHY)
