"""What each version changed against the one that stood before it: the tables `diffs` and `actions`.

A version that reads otherwise because we do changed nothing, and neither did one that is another's variant from the
start: they have no rows there.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archive.compare.weights.unmarked import unmarked
from archive.compare.weights.weight import (
    heaviest,
    weigh_actions,
    weigh_byline,
    weigh_headline,
    weigh_notices,
    words_in_lower_case,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.compare.versions.actions import Diff
    from archive.compare.weights.unmarked import Unmarked
    from archive.compare.weights.weight import Weight
    from archive.models import Article


@dataclass(frozen=True)
class Edit:
    """A version against the one that stood before it, and what to think of the difference."""

    from_version: int
    before: Article
    after: Article
    difference: Diff

    @cached_property
    def action_weights(self) -> tuple[Weight, ...]:
        """Of each sentence that changed."""
        return weigh_actions(self.difference.changes, self.difference.language, common=self._common)

    @cached_property
    def text_weight(self) -> Weight:
        """Of the sentences together."""
        return heaviest(self.action_weights)

    @cached_property
    def headline_weight(self) -> Weight:
        """Of the headline alone."""
        title = self.difference.title
        return weigh_headline(title, self.difference.language, common=self._common) if title else heaviest(())

    @cached_property
    def byline_weight(self) -> Weight:
        """Of the byline alone."""
        return weigh_byline(self.difference.authors) if self.difference.authors else heaviest(())

    @cached_property
    def weight(self) -> Weight:
        """The heaviest of headline, byline, sentences and notices."""
        added, removed = self.difference.corrections_added, self.difference.corrections_removed
        return heaviest([self._without_notices, weigh_notices(added, removed, self.difference.language)])

    @cached_property
    def unmarked(self) -> Unmarked:
        """How much speaks for an edit that nothing on the page tells of."""
        return unmarked(self.difference, self.before, self.after, weight=self._without_notices)

    @property
    def counts(self) -> dict[str, int]:
        """Sentences, by what became of them."""
        return asdict(self.difference.counts)

    @cached_property
    def _without_notices(self) -> Weight:
        return heaviest([self.text_weight, self.headline_weight, self.byline_weight])

    @cached_property
    def _common(self) -> frozenset[str]:
        return words_in_lower_case(self.difference)


def store(db: Database, snapshot_id: int, edit: Edit, *, last_seen_at: str | None) -> None:
    """Keep an edit with the version that came of it; what stood before was last seen at `last_seen_at`."""
    db.table("diffs").insert(
        {
            "snapshot_id": snapshot_id,
            "from_version": edit.from_version,
            "last_seen_at": last_seen_at,
            "weight": edit.weight.value,
            "kinds": json.dumps(edit.weight.kinds),
            "unmarked": edit.unmarked.score,
            "evidence": json.dumps(edit.unmarked.evidence, ensure_ascii=False),
            **edit.counts,
        }
    )
    db.table("actions").insert_all(
        {
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
            "kinds": json.dumps(weight.kinds),
        }
        for position, (action, weight) in enumerate(zip(edit.difference.changes, edit.action_weights, strict=True))
    )
