"""What is told of two snapshots of a page, the same in whichever form it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.versions.diff import diff
from archive.compare.versions.parts import Part, only
from archive.compare.weights.unmarked import Unmarked, unmarked
from archive.compare.weights.weight import weigh, words_in_lower_case

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archive.compare.versions.actions import Diff
    from archive.compare.weights.weight import Weight
    from archive.models import Snapshot

EVERYTHING = frozenset(Part)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Two snapshots of a page, and what changed between them."""

    before: Snapshot
    after: Snapshot
    readings: tuple[int, ...]
    """The versions from the one to the other that read otherwise because extraction does."""
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
        return self.after.reextracts == self.before.version or self.before.reextracts == self.after.version


def lay_out(
    before: Snapshot,
    after: Snapshot,
    *,
    readings: tuple[int, ...] = (),
    parts: Collection[Part] = EVERYTHING,
    context: int | None = None,
    whole: bool = False,
) -> Sheet:
    """Compare two snapshots of a page, to show these parts of what changed."""
    whole_diff = diff(before.article, after.article)
    return Sheet(
        before=before,
        after=after,
        readings=readings,
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


def notes(sheet: Sheet) -> tuple[str, ...]:
    """What is to be known of the diff before it is read, in any form."""
    no_edit = _no_edit(sheet.before, sheet.after)
    readings = "" if no_edit else _some_ours(sheet.readings)
    left_out = f"Not shown: {', '.join(sheet.left_out)}." if sheet.left_out else ""
    return tuple(filter(None, (no_edit, readings, left_out)))


def observation(sheet: Sheet) -> str:
    """What was observed of an edit that changed more than polish and is not marked as one; else empty.

    Of what changed only the heaviest is named, for the diff shows it all; of marks, all that was looked for.
    """
    evidence, score = sheet.unmarked.evidence, sheet.unmarked.score
    if score < _WORTH_A_WORD:
        return ""
    # What changed comes first, the heaviest first; that no notice came, and what became of the dates, come last.
    changes, marks = evidence[:-2], evidence[-2:]
    more = f" (and {len(changes) - 1} more)" if len(changes) > 1 else ""
    heaviest = [f"{changes[0]}{more}"] if changes else []
    return f"Observed: {'; '.join([*heaviest, *marks])}. Unmarked: {score:.2g} of 1."


_WORTH_A_WORD = 0.5
"""The weight from which an edit is one that a reader would want to know of (archive/compare/weights/weight.py)."""


def _unmarked(before: Snapshot, after: Snapshot, whole_diff: Diff) -> Unmarked:
    no_edit = _no_edit(before, after)
    return Unmarked(0.0, (no_edit,)) if no_edit else unmarked(whole_diff, before.article, after.article)


def _no_edit(before: Snapshot, after: Snapshot) -> str:
    """Why the two differ though nobody is known to have edited anything; empty where that is not so."""
    older, newer = sorted((before.version, after.version))
    if after.reextracts == before.version or before.reextracts == after.version:
        return (
            f"Version {newer} reads otherwise than version {older} because extraction does: "
            "it is the same page, and nobody is known to have edited it."
        )
    if (before.variant_of or before.version) == (after.variant_of or after.version):
        return f"Versions {older} and {newer} are variants: the page shows their headlines in turn."
    return ""


def _some_ours(readings: Sequence[int]) -> str:
    """That not all that differs need be an edit."""
    if not readings:
        return ""
    which = f"{'versions' if len(readings) > 1 else 'version'} {', '.join(map(str, readings))}"
    return f"At {which} extraction came to read the page otherwise: some of what differs may be that, and no edit."
