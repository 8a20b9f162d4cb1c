"""What is told of two snapshots of a page, the same in whichever form it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.diff import diff
from archive.compare.parts import Part, only

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.compare.actions import Diff
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

    def around(self, usual: int) -> int | None:
        """Unchanged sentences shown on either side of a change; None for all."""
        if self.is_whole:
            return None
        return usual if self.context is None else self.context

    @property
    def is_reextracted(self) -> bool:
        """Whether one of the two is the other as today's extraction reads it."""
        return self.after.reextracts == self.before.version or self.before.reextracts == self.after.version


def lay_out(
    before: Snapshot,
    after: Snapshot,
    *,
    parts: Collection[Part] = EVERYTHING,
    context: int | None = None,
    whole: bool = False,
) -> Sheet:
    """Compare two snapshots of a page, to show these parts of what changed."""
    difference = only(diff(before.article, after.article), parts)
    left_out = tuple(part for part in Part if part not in parts)
    return Sheet(before, after, difference, left_out, context, whole)


def label(snapshot: Snapshot) -> str:
    """`v2 · 2026-01-31T12:00:00.000Z`."""
    return f"v{snapshot.version} · {snapshot.captured_at}"


def notes(sheet: Sheet) -> tuple[str, ...]:
    """What is to be said before the changes, a sentence each."""
    said = []
    if sheet.is_reextracted:
        newer, older = sorted((sheet.before.version, sheet.after.version), reverse=True)
        said.append(
            f"Version {newer} reads otherwise than version {older} because extraction does: "
            "it is the same page, and nobody is known to have edited it."
        )
    if sheet.left_out:
        said.append(f"Not shown: {', '.join(sheet.left_out)}.")
    return tuple(said)
