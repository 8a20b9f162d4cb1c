"""What of a diff is shown, in order: its changes, numbered, each with a little of what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, groupby, takewhile
from textwrap import shorten
from typing import TYPE_CHECKING

from archive.compare.text.words import Mark, mark
from archive.compare.versions.actions import ActionKind, Shape
from archive.compare.weights.weight import weigh_notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.compare.versions.actions import Action, Diff
    from archive.compare.weights.weight import Weight
    from stet.render.sheet import Sheet

CONTEXT = 1
"""Unchanged sentences shown on either side of a change."""


_EXCERPT = 48
"""Characters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change."""

    number: int
    """Counted from 1 through the whole diff."""
    kind: ActionKind
    what: str
    """What became of it, in a word or two."""
    marks: tuple[Mark, ...]
    """Equal and delete joined are what it was, equal and insert joined what it became."""
    weight: Weight

    @property
    def before(self) -> tuple[Mark, ...]:
        return tuple(each for each in self.marks if each.op != "insert")

    @property
    def after(self) -> tuple[Mark, ...]:
        return tuple(each for each in self.marks if each.op != "delete")

    @property
    def excerpt(self) -> str:
        """The first words of what it became, or of what went."""
        text = "".join(each.text for each in self.after or self.before)
        return shorten(text[: 10 * _EXCERPT], _EXCERPT, placeholder=" …")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences in a row that did not change."""

    sentences: tuple[str, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Section:
    """What changed in one part of the article."""

    heading: str
    rows: tuple[Entry | Stretch, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(row for row in self.rows if isinstance(row, Entry))


def outline(sheet: Sheet) -> tuple[Section, ...]:
    """The parts that changed, and what of the unchanged text is to be shown around the changes."""
    return tuple(Section(heading, tuple(rows)) for heading, rows in _parts(sheet, count(1)))


def beginning(sections: Sequence[Section], most: int) -> tuple[Section, ...]:
    """The sections up to the change of that number."""
    cut = (
        Section(
            section.heading,
            tuple(takewhile(lambda row: not isinstance(row, Entry) or row.number <= most, section.rows)),
        )
        for section in sections
    )
    return tuple(section for section in cut if section.entries)


def stretches(actions: Sequence[Action], context: int | None) -> Iterator[tuple[bool, list[Action]]]:
    """The sentences in order, in stretches near a change and not; all are near where `context` is None."""
    if context is None:
        yield True, list(actions)
        return
    changed = [place for place, action in enumerate(actions) if action.kind is not ActionKind.UNCHANGED]
    near = set[int]()
    # No further than to the change before and the one after: the context asked for may be larger than the text.
    for last, place, following in zip([0, *changed], changed, [*changed[1:], len(actions)], strict=False):
        near.update(range(max(last, place - context), min(following, place + context + 1)))
    for is_near, stretch in groupby(enumerate(actions), key=lambda each: each[0] in near):
        yield is_near, [action for _, action in stretch]


def counted(diff: Diff) -> str:
    """How many words came and went."""
    return ", ".join(
        f"{number} {'word' if number == 1 else 'words'} {what}"
        for number, what in ((diff.words_added, "added"), (diff.words_removed, "removed"))
    )


def unchanged(stretch: Stretch) -> str:
    """How many sentences are folded away."""
    return f"{len(stretch.sentences)} {'sentence' if len(stretch.sentences) == 1 else 'sentences'} unchanged"


def _parts(sheet: Sheet, numbers: Iterator[int]) -> Iterator[tuple[str, Iterable[Entry | Stretch]]]:
    diff, context = sheet.diff, sheet.around(CONTEXT)
    if diff.title:
        yield "Headline", [_replaced(next(numbers), diff.title.before, diff.title.after, sheet.weights.headline)]
    if diff.authors:
        was, became = (", ".join(names) for names in (diff.authors.before, diff.authors.after))
        yield "Byline", [_replaced(next(numbers), was, became, sheet.weights.byline)]
    if diff.corrections_added or diff.corrections_removed:
        yield "Corrections", _notices(diff, numbers)
    if diff.changes or (diff.actions and context is None):
        yield "Text", _text(sheet, numbers, context)


def _notices(diff: Diff, numbers: Iterator[int]) -> Iterator[Entry]:
    for notice in diff.corrections_removed:
        yield _gone(next(numbers), notice, "removed", weigh_notices((), (notice,), diff.language))
    for notice in diff.corrections_added:
        yield _come(next(numbers), notice, weigh_notices((notice,), (), diff.language))


def _text(sheet: Sheet, numbers: Iterator[int], context: int | None) -> Iterator[Entry | Stretch]:
    for is_near, stretch in stretches(sheet.diff.actions, context):
        for is_same, run in groupby(stretch, key=lambda action: action.kind is ActionKind.UNCHANGED):
            if is_same:
                sentences = tuple(action.after or "" for action in run)
                # Where some context is wanted, a lone sentence takes no more room than the word that it is not shown.
                yield Stretch(sentences, is_near or (len(sentences) == 1 and context != 0))
            else:
                for action in run:
                    yield _entry(next(numbers), action, sheet.weights.actions[action])


def _entry(number: int, action: Action, weight: Weight) -> Entry:
    match action.kind:
        case ActionKind.ADDITION:
            return _come(number, action.after or "", weight)
        case ActionKind.DELETION:
            return _gone(number, action.before or "", "deleted", weight)
        case _:
            what = ", ".join([*_moved(action), *_reshaped(action)]) or "edited"
            return Entry(number, action.kind, what, action.marks or (Mark("equal", action.after or ""),), weight)


def _moved(action: Action) -> Iterator[str]:
    """Where a moved sentence stood and stands, counted from 1."""
    if action.kind is ActionKind.REFACTOR:
        yield f"moved from sentence {(action.before_index or 0) + 1} to {(action.after_index or 0) + 1}"


def _reshaped(action: Action) -> Iterator[str]:
    if action.shape is Shape.SPLIT:
        yield f"split into {len(action.afters)} sentences"
    if action.shape is Shape.MERGE:
        yield f"merged from {len(action.befores)} sentences"


def _replaced(number: int, was: str, became: str, weight: Weight) -> Entry:
    if not was:
        return _come(number, became, weight)
    if not became:
        return _gone(number, was, "removed", weight)
    return Entry(number, ActionKind.EDIT, "edited", mark(was, became), weight)


def _come(number: int, text: str, weight: Weight) -> Entry:
    return Entry(number, ActionKind.ADDITION, "added", (Mark("insert", text),), weight)


def _gone(number: int, text: str, what: str, weight: Weight) -> Entry:
    return Entry(number, ActionKind.DELETION, what, (Mark("delete", text),), weight)
