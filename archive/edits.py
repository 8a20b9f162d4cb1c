"""What each capture found changed against what stood there before: the tables `diffs` and `actions`.

That is a version seen for the first time, or one that the page is back at. A version that reads otherwise because we do
changed nothing, and neither did one that is another's variant: they have no rows there.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archive.compare.weights.unmarked import unmarked
from archive.compare.weights.weight import weigh_parts

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.compare.versions.actions import Diff
    from archive.compare.weights.unmarked import Unmarked
    from archive.compare.weights.weight import Weights
    from archive.models import Article


@dataclass(frozen=True)
class Edit:
    """A version against the one that stood before it, and what to think of the difference."""

    from_version: int
    before: Article
    after: Article
    difference: Diff

    @cached_property
    def weights(self) -> Weights:
        """Of the parts that differ."""
        return weigh_parts(self.difference)

    @cached_property
    def unmarked(self) -> Unmarked:
        """How much speaks for an edit that nothing on the page tells of."""
        return unmarked(self.difference, self.before, self.after, weights=self.weights)

    @property
    def counts(self) -> dict[str, int]:
        """Sentences, by what became of them."""
        return asdict(self.difference.counts)


def store(
    db: Database, page_id: int, capture_id: int, edit: Edit, *, to_version: int | None, last_seen_at: str | None
) -> None:
    """Keep an edit with the capture that showed it; what stood before was last seen at `last_seen_at`."""
    whole = edit.weights.whole
    db.table("diffs").insert(
        {
            "capture_id": capture_id,
            "page_id": page_id,
            "from_version": edit.from_version,
            "to_version": to_version,
            "last_seen_at": last_seen_at,
            "weight": whole.value,
            "kinds": json.dumps(whole.kinds),
            "unmarked": edit.unmarked.score,
            "evidence": json.dumps(edit.unmarked.evidence, ensure_ascii=False),
            **edit.counts,
        }
    )
    db.table("actions").insert_all(
        {
            "capture_id": capture_id,
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
        for position, (action, weight) in enumerate(edit.weights.actions.items())
    )
