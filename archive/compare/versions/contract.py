"""A diff as the command line's contract has it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from archive.compare.versions.actions import ActionKind

if TYPE_CHECKING:
    from archive.compare.versions.actions import Action, Diff


def as_json(diff: Diff, *, unchanged: bool = False) -> dict[str, object]:
    """The keys that `stet diff --json` prints of a diff; unchanged sentences only when asked for."""
    return {
        "title": diff.title and {"before": diff.title.before, "after": diff.title.after},
        "authors": diff.authors and {"before": list(diff.authors.before), "after": list(diff.authors.after)},
        "actions": [action_as_json(action) for action in (diff.actions if unchanged else diff.changes)],
        "corrections_added": list(diff.corrections_added),
        "corrections_removed": list(diff.corrections_removed),
        "counts": asdict(diff.counts),
    }


def action_as_json(action: Action) -> dict[str, object]:
    """One action of a diff."""
    said: dict[str, object] = {
        "action": str(action.kind),
        "shape": action.shape and str(action.shape),
        "before": action.before,
        "after": action.after,
        "before_index": action.before_index,
        "after_index": action.after_index,
        "similarity": action.similarity,
    }
    if action.marks or action.kind is ActionKind.EDIT:
        said["marks"] = [{"op": mark.op, "text": mark.text} for mark in action.marks]
    return said
