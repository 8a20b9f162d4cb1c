"""What each version changed against the one that stood before it: the tables `diffs` and `actions`.

A version that reads otherwise because we do changed nothing, and neither did one that is another's variant from the
start: they have no rows there.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from archive.compare.unmarked import unmarked
from archive.compare.weight import Kind, weigh, weigh_action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

    from archive.compare.actions import Action, Diff
    from archive.compare.unmarked import Unmarked
    from archive.compare.weight import Weight
    from archive.models import Article


@dataclass(frozen=True)
class Edit:
    """A version against the one that stood before it, and what to think of the difference."""

    from_version: int
    before: Article
    after: Article
    difference: Diff

    @cached_property
    def weight(self) -> Weight:
        """The heaviest of headline, byline and sentences."""
        return weigh(self.difference)

    @cached_property
    def headline_weight(self) -> Weight:
        """Of the headline alone."""
        return weigh(replace(self.difference, authors=None, actions=()))

    @cached_property
    def text_weight(self) -> Weight:
        """Of the sentences alone."""
        return weigh(replace(self.difference, authors=None, title=None))

    @cached_property
    def unmarked(self) -> Unmarked:
        """How much speaks for an edit that nothing on the page tells of."""
        return unmarked(self.difference, self.before, self.after)

    @property
    def counts(self) -> dict[str, int]:
        """Sentences, by what became of them."""
        return asdict(self.difference.counts)


def kinds(weight: Weight) -> list[str]:
    """What kinds of thing changed, in the order in which `Kind` lists them."""
    return [kind.value for kind in Kind if kind in weight.kinds]


def store(db: Database, snapshot_id: int, edit: Edit, *, last_seen_at: str | None) -> None:
    """Keep an edit with the version that came of it; what stood before was last seen at `last_seen_at`."""
    db.table("diffs").insert(
        {
            "snapshot_id": snapshot_id,
            "from_version": edit.from_version,
            "last_seen_at": last_seen_at,
            "weight": edit.weight.value,
            "kinds": json.dumps(kinds(edit.weight)),
            "unmarked": edit.unmarked.score,
            "evidence": json.dumps(edit.unmarked.evidence, ensure_ascii=False),
            **edit.counts,
        }
    )
    db.table("actions").insert_all(_action_rows(snapshot_id, edit.difference.changes, edit.difference.language))


def _action_rows(snapshot_id: int, actions: Iterable[Action], language: str | None) -> Iterator[dict[str, object]]:
    for position, action in enumerate(actions):
        weight = weigh_action(action, language)
        yield {
            "snapshot_id": snapshot_id,
            "position": position,
            "action": action.kind.value,
            "shape": None if action.shape is None else action.shape.value,
            "before": action.before,
            "after": action.after,
            "before_index": action.before_index,
            "after_index": action.after_index,
            "similarity": action.similarity,
            "weight": weight.value,
            "kinds": json.dumps(kinds(weight)),
        }
