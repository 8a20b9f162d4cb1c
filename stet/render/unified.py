"""A diff as unified diff text, one sentence a line, for tools that read patches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.compare.versions.actions import ActionKind
from stet.render.plain import plain
from stet.render.sheet import label, notes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.compare.versions.actions import Diff
    from stet.render.sheet import Sheet

CONTEXT = 3
"""Lines around a change, as diff -u has it."""


def render_unified(sheet: Sheet) -> str:
    """Unified diff text that ends in a newline; none where nothing changed.

    Notes stand before the diff, where patch takes them for prose. Headline, byline and corrections, where they
    changed, stand first as lines with a label. A moved sentence goes in one place and comes in another. Typography
    that is no change is shown as it is after.
    """
    if sheet.diff.is_empty:
        return ""
    lines = [*_labelled(sheet.diff), *_sentences(sheet.diff)]
    url = plain(sheet.after.url)
    head = [f"--- {url}\t{plain(label(sheet.before))}", f"+++ {url}\t{plain(label(sheet.after))}"]
    around = sheet.around(CONTEXT)
    context = len(lines) if around is None else around
    return "".join(f"{line}\n" for line in [*map(plain, notes(sheet)), *head, *_hunks(lines, context)])


def _labelled(diff: Diff) -> Iterator[tuple[str, str]]:
    if diff.title:
        yield "-", f"Headline: {diff.title.before}"
        yield "+", f"Headline: {diff.title.after}"
    if diff.authors:
        for sign, names in (("-", diff.authors.before), ("+", diff.authors.after)):
            if names:
                yield sign, f"Byline: {', '.join(names)}"
    for notice in diff.corrections_removed:
        yield "-", f"Notice: {notice}"
    for notice in diff.corrections_added:
        yield "+", f"Notice: {notice}"


def _sentences(diff: Diff) -> Iterator[tuple[str, str]]:
    """The sentences with their signs, those that moved away where they stood."""
    gone = iter(
        sorted(
            (action.before_index + place, sentence)
            for action in diff.actions
            if action.before_index is not None and action.kind in {ActionKind.DELETION, ActionKind.REFACTOR}
            for place, sentence in enumerate(action.befores)
        )
    )
    stayed = [action for action in diff.actions if action.kind in {ActionKind.UNCHANGED, ActionKind.EDIT}]
    following = iter([*(action.before_index for action in stayed), None])
    pending, limit = next(gone, None), next(following)
    for action in [*diff.actions, None]:
        while pending is not None and (limit is None or pending[0] < limit):
            yield "-", pending[1]
            pending = next(gone, None)
        if action is None or not action.afters:
            continue
        if action.kind is ActionKind.EDIT:
            yield from (("-", sentence) for sentence in action.befores)
        sign = " " if action.kind is ActionKind.UNCHANGED else "+"
        yield from ((sign, sentence) for sentence in action.afters)
        if action.kind in {ActionKind.UNCHANGED, ActionKind.EDIT}:
            limit = next(following)


def _hunks(lines: list[tuple[str, str]], context: int) -> Iterator[str]:
    changed = [place for place, (sign, _) in enumerate(lines) if sign != " "]
    start = 0
    for place, change in enumerate(changed):
        last = place + 1 == len(changed)
        if last or changed[place + 1] - change > 2 * context + 1:
            first = max(0, changed[start] - context)
            yield from _hunk(lines, first, min(len(lines), change + context + 1))
            start = place + 1


def _hunk(lines: list[tuple[str, str]], first: int, end: int) -> Iterator[str]:
    ranges = []
    for other in ("+", "-"):
        skipped = sum(sign != other for sign, _ in lines[:first])
        length = sum(sign != other for sign, _ in lines[first:end])
        # An empty range is said to start at the line before it.
        ranges.append(f"{skipped + bool(length)},{length}" if length != 1 else f"{skipped + 1}")
    yield f"@@ -{ranges[0]} +{ranges[1]} @@"
    for sign, text in lines[first:end]:
        yield f"{sign}{plain(text)}"
