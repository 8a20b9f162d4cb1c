"""Headlines that a site shows in turn, told from one that was changed and changed back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

TRIAL = timedelta(days=1)
"""How long a headline may have been away, as far as was seen, for its return to show that two are shown in turn.

Headline tests are decided within minutes to hours (Chartbeat's after 20 minutes at the earliest), and pages are
looked at every three hours at least in their first week.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One headline, from the first look that showed it to the last before another one was seen."""

    headline: str
    """In normal form."""
    first_seen_at: datetime
    last_seen_at: datetime
    alone: bool = True
    """Whether nothing but the headline was another when it was first seen."""


def alternating(runs: Sequence[Run]) -> list[frozenset[str]]:
    """The headlines of a page that are shown in turn, those that belong together in one set each.

    A headline that comes back alone within `TRIAL` was on trial, and so was all that was shown meanwhile. One that
    comes back later, or with an edit of the text, was restored by somebody, until the page goes back and forth between
    the two once more.
    """
    groups: list[frozenset[str]] = []
    last: dict[str, int] = {}
    restored: set[frozenset[str]] = set()
    for place, run in enumerate(runs):
        left = last.get(run.headline)
        last[run.headline] = place
        if left is None:
            continue
        others = {each.headline for each in runs[left + 1 : place]}
        pairs = {other: frozenset({run.headline, other}) for other in others}
        if run.alone and run.first_seen_at - runs[left].last_seen_at <= TRIAL:
            groups = _joined(groups, frozenset({run.headline, *others}))
        else:
            again = {other for other, pair in pairs.items() if pair in restored}
            groups = _joined(groups, frozenset({run.headline, *again})) if again else groups
        restored.update(pairs.values())
    return groups


def _joined(groups: list[frozenset[str]], fresh: frozenset[str]) -> list[frozenset[str]]:
    """The groups with one more, made one with those that it shares a headline with."""
    apart = [group for group in groups if not group & fresh]
    return [*apart, fresh.union(*(group for group in groups if group & fresh))]
