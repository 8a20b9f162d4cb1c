"""What of a diff is worth showing: the changed sentences, each with a little of what stands around it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from archive.compare.actions import ActionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.compare.actions import Action, Diff

CONTEXT = 1
"""Unchanged sentences shown on either side of a change."""


def outline(actions: Sequence[Action]) -> Iterator[tuple[bool, list[Action]]]:
    """Stretches of the text in order, each with whether it is to be shown; a lone sentence always is."""
    changed = [place for place, action in enumerate(actions) if action.kind is not ActionKind.UNCHANGED]
    shown = {near for place in changed for near in range(place - CONTEXT, place + CONTEXT + 1)}
    for is_shown, stretch in groupby(enumerate(actions), key=lambda each: each[0] in shown):
        found = [action for _, action in stretch]
        yield is_shown or len(found) == 1, found


def moved_from(action: Action) -> str:
    """Where a moved sentence stood and stands, counted from 1."""
    return f"moved from sentence {(action.before_index or 0) + 1} to {(action.after_index or 0) + 1}"


def counted(diff: Diff) -> str:
    """How many words came and went."""
    return ", ".join(
        f"{count} {'word' if count == 1 else 'words'} {what}"
        for count, what in ((diff.words_added, "added"), (diff.words_removed, "removed"))
    )
