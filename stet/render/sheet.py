"""What is told of two snapshots of a page, the same in whichever form it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.diff import diff
from archive.compare.parts import Part, only
from archive.compare.unmarked import Unmarked, unmarked
from archive.compare.weight import weigh, words_in_lower_case

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.compare.actions import Diff
    from archive.compare.weight import Weight
    from archive.models import Snapshot

EVERYTHING = frozenset(Part)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Two snapshots of a page, and what changed between them."""

    before: Snapshot
    after: Snapshot
    diff: Diff
    """Narrowed to what is to be shown."""
    left_out: tuple[Part, ...]
    """What it was narrowed by."""
    context: int | None
    """Unchanged sentences to be shown on either side of a change; None for what the form is used to."""
    is_whole: bool
    """Whether all that is unchanged is to be shown."""
    weight: Weight
    """Of all that changed, left out or not."""
    unmarked: Unmarked
    """Likewise."""
    common: frozenset[str]
    """Words of the articles in lower case, by which names are told from the first words of sentences."""

    def around(self, usual: int) -> int | None:
        """Unchanged sentences shown on either side of a change; None for all."""
        if self.is_whole:
            return None
        return usual if self.context is None else self.context

    @property
    def is_reextracted(self) -> bool:
        """Whether one of the two is the other as extraction reads it since."""
        return is_reextracted(self.before, self.after)


def lay_out(
    before: Snapshot,
    after: Snapshot,
    *,
    parts: Collection[Part] = EVERYTHING,
    context: int | None = None,
    whole: bool = False,
) -> Sheet:
    """Compare two snapshots of a page, to show these parts of what changed."""
    whole_diff = diff(before.article, after.article)
    return Sheet(
        before=before,
        after=after,
        diff=only(whole_diff, parts),
        left_out=tuple(part for part in Part if part not in parts),
        context=context,
        is_whole=whole,
        weight=weigh(whole_diff),
        unmarked=_unmarked(before, after, whole_diff),
        common=words_in_lower_case(whole_diff),
    )


def label(snapshot: Snapshot) -> str:
    """`v2 · 2026-01-31T12:00:00.000Z`."""
    return f"v{snapshot.version} · {snapshot.captured_at}"


def is_reextracted(before: Snapshot, after: Snapshot) -> bool:
    """Whether one of the two is the other as extraction reads it since."""
    return after.reextracts == before.version or before.reextracts == after.version


def notes(sheet: Sheet) -> tuple[str, ...]:
    """What is to be known of the diff before it is read, in any form."""
    said = list(sheet.unmarked.evidence) if sheet.is_reextracted else []
    if sheet.left_out:
        said.append(f"Not shown: {', '.join(sheet.left_out)}.")
    return tuple(said)


def observation(sheet: Sheet) -> str:
    """What was observed of an edit that changed more than polish and is not marked as one; else empty."""
    if sheet.unmarked.score < _WORTH_A_WORD:
        return ""
    return f"Observed: {'; '.join(sheet.unmarked.evidence)}. Unmarked: {sheet.unmarked.score:g} of 1."


_WORTH_A_WORD = 0.5
"""The weight from which an edit is one that a reader would want to know of (archive/compare/weight.py)."""


def _unmarked(before: Snapshot, after: Snapshot, whole_diff: Diff) -> Unmarked:
    if not is_reextracted(before, after):
        return unmarked(whole_diff, before.article, after.article)
    older, newer = sorted((before.version, after.version))
    return Unmarked(
        0.0,
        (
            f"Version {newer} reads otherwise than version {older} because extraction does: "
            "it is the same page, and nobody is known to have edited it.",
        ),
    )
