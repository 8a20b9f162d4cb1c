"""What is told of two snapshots of a page, the same in whichever form it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import shorten
from typing import TYPE_CHECKING

from archive.between import Between, Recorded
from archive.compare.versions.diff import diff
from archive.compare.versions.parts import Part, only, without_headline
from archive.compare.weights.unmarked import Unmarked, unmarked
from archive.compare.weights.weight import weigh_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archive.compare.versions.actions import Change, Diff
    from archive.compare.weights.weight import Weights
    from archive.models import Article, Snapshot

EVERYTHING = frozenset(Part)
NOTHING_KNOWN = Between()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Two snapshots of a page, and what changed between them."""

    before: Snapshot
    after: Snapshot
    known: Between
    diff: Diff
    """Narrowed to what is to be shown."""
    left_out: tuple[Part, ...]
    """What it was narrowed by."""
    context: int | None
    """Unchanged sentences to be shown on either side of a change; None for what the form is used to."""
    is_whole: bool
    """Whether all that is unchanged is to be shown."""
    weight: float
    """Of all that changed, left out or not, from 0 to 1."""
    kinds: tuple[str, ...]
    """What kinds of things that is, the heaviest first."""
    unmarked: Unmarked
    """Likewise."""
    weights: Weights
    """Of the parts that changed."""
    in_turn: Change[str] | None
    """The headlines, where the page shows the two in turn over texts that differ: in neither diff nor score."""

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
    known: Between = NOTHING_KNOWN,
    *,
    parts: Collection[Part] = EVERYTHING,
    context: int | None = None,
    whole: bool = False,
) -> Sheet:
    """Compare two snapshots of a page, to show these parts of what changed."""
    compared = diff(before.article, after.article)
    in_turn = compared.title if known.in_turn and not _no_edit(before, after) else None
    if in_turn:
        compared = without_headline(compared)
    weights = weigh_parts(compared)
    # What was kept when the edit was seen may count a headline that is known for one on trial only since.
    recorded = None if in_turn or _no_edit(before, after) else known.recorded
    observed = _unmarked(before, after, known, compared, weights)
    return Sheet(
        before=before,
        after=after,
        known=known,
        diff=only(compared, parts),
        left_out=tuple(part for part in Part if part not in parts),
        context=context,
        is_whole=whole,
        weight=recorded.weight if recorded else weights.whole.value,
        kinds=recorded.kinds if recorded else weights.whole.kinds,
        unmarked=observed if recorded is None else _as_recorded(observed, recorded),
        weights=weights,
        in_turn=in_turn,
    )


def label(snapshot: Snapshot) -> str:
    """`v2 · 2026-01-31T12:00:00.000Z`."""
    return f"v{snapshot.version} · {snapshot.captured_at}"


def notes(sheet: Sheet) -> tuple[str, ...]:
    """What is to be known of the diff before it is read, in any form."""
    no_edit = _no_edit(sheet.before, sheet.after)
    readings = "" if no_edit else _some_ours(sheet.known.readings)
    backwards = "" if no_edit else _backwards(sheet.before, sheet.after, sheet.known)
    back = "" if no_edit else _back(sheet.before, sheet.after, sheet.known)
    in_turn = _told_in_turn(sheet.in_turn) if sheet.in_turn else ""
    left_out = f"Not shown: {', '.join(sheet.left_out)}." if sheet.left_out else ""
    return tuple(filter(None, (no_edit, backwards and f"{_sentence(backwards)}.", back, in_turn, readings, left_out)))


def observation(sheet: Sheet) -> str:
    """What was observed of an edit that changed more than polish and is not marked as one; else empty.

    Of what changed only the heaviest is named, for the diff shows it all; of marks, all that was looked for.
    """
    observed = sheet.unmarked
    if observed.score < _WORTH_A_WORD:
        return ""
    more = f" (and {len(observed.changes) - 1} more)" if len(observed.changes) > 1 else ""
    heaviest = [f"{each}{more}" for each in observed.changes[:1]]
    of_what = " of the whole edit" if sheet.left_out else ""
    return f"Observed{of_what}: {'; '.join([*heaviest, *observed.marks])}. Unmarked: {observed.score:.2g} of 1."


def nothing_changed(sheet: Sheet) -> str:
    """What to say where there is nothing to show: `Nothing changed in the byline.`"""
    if not sheet.left_out:
        return "Nothing changed."
    shown = [f"the {part}" for part in Part if part not in sheet.left_out]
    named = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    return f"Nothing changed in {named}."


_WORTH_A_WORD = 0.5
"""The weight from which an edit is one that a reader would want to know of (archive/compare/weights/weight.py)."""


def _unmarked(before: Snapshot, after: Snapshot, known: Between, compared: Diff, weights: Weights) -> Unmarked:
    if not_one := _no_edit(before, after) or _backwards(before, after, known):
        return Unmarked(0.0, (not_one,))
    return unmarked(compared, _as_last_seen(before.article, known), after.article, weights=weights)


def _as_last_seen(article: Article, known: Between) -> Article:
    """The article with the dates that it gave in the end."""
    dates = known.last_dates
    return article if dates is None else replace(article, published=dates.published, modified=dates.modified)


def _as_recorded(observed: Unmarked, recorded: Recorded) -> Unmarked:
    """What was observed of an edit when it was seen; the marks among it are those that are still read."""
    marks = {*observed.extent, *observed.marks}
    changes = tuple(each for each in recorded.evidence if each not in marks)
    rest = [each for each in recorded.evidence if each in marks]
    extent = tuple(each for each in rest if each in observed.extent)
    return Unmarked(recorded.unmarked, changes, extent, tuple(each for each in rest if each not in observed.extent))


def _backwards(before: Snapshot, after: Snapshot, known: Between) -> str:
    """That the two are shown against the order in which they were seen; empty where they are not."""
    if before.version < after.version or known.recorded:
        return ""
    return f"shown backwards: version {after.version} was seen before version {before.version}"


def _back(before: Snapshot, after: Snapshot, known: Between) -> str:
    """That the page went back to an earlier version; empty where it did not."""
    if before.version < after.version or not known.recorded:
        return ""
    return f"The page went back: version {after.version} stood there again after version {before.version}."


def _told_in_turn(headlines: Change[str]) -> str:
    was, became = (shorten(each, _HEADLINE, placeholder=" …") for each in (headlines.before, headlines.after))
    return f"The page shows the headlines “{was}” and “{became}” in turn: that is no edit, and left out here."


_HEADLINE = 120
"""Characters."""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


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
