"""The headlines that a page has had, and when each was seen there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise
from archive.sightings import READ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look at a page that showed an article."""

    seen_at: str
    version: int
    title: str
    """As extraction reads it today."""
    variant_of: int | None = None
    """The version that is the same but for its headline, where the page shows the two in turn."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a headline, and where it was seen."""

    title: str
    versions: tuple[int, ...]
    first_seen_at: str
    last_seen_at: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline for as long as it stood. Seen, that is: what was there between two looks, nobody knows."""

    wordings: tuple[Wording, ...]
    """Its own, then those that the page showed in turn with it."""
    first_seen_at: str
    last_seen_at: str
    gone_by: str | None
    """When another was first seen in its place; None for the last one seen."""

    @property
    def title(self) -> str:
        return self.wordings[0].title

    @property
    def variants(self) -> tuple[Wording, ...]:
        return self.wordings[1:]


def headlines(db: Database, page: Page) -> tuple[Headline, ...]:
    """The page's headlines in the order in which they stood there."""
    rows = db.execute(
        """with readings as (
               select capture_id, max(version) as version from snapshots where page_id = :page group by capture_id
           )
           select captures.fetched_at, shown.version, latest.title, shown.variant_of
           from captures
           join snapshots as shown on shown.page_id = :page and shown.version = captures.version
           join readings on readings.capture_id = shown.capture_id
           join snapshots as latest on latest.page_id = :page and latest.version = readings.version
           where captures.page_id = :page and captures.outcome in (select value from json_each(:read))
           order by captures.fetched_at, captures.id""",
        {"page": page.id, "read": json.dumps(READ)},
    )
    return tell([Sighting(*row) for row in rows])


def tell(sightings: Sequence[Sighting]) -> tuple[Headline, ...]:
    """The headlines that these looks, in order, come to; typography alone makes no other one."""
    titles: dict[int | None, str] = {each.version: each.title for each in sightings}
    stood = [
        list(run) for _, run in groupby(sightings, key=lambda each: normalise(titles.get(each.variant_of, each.title)))
    ]
    following = [*(run[0].seen_at for run in stood[1:]), None]
    return tuple(_headline(run, gone_by) for run, gone_by in zip(stood, following, strict=False))


def _headline(run: Sequence[Sighting], gone_by: str | None) -> Headline:
    by_form: dict[str, list[Sighting]] = {}
    for sighting in sorted(run, key=lambda each: each.variant_of is not None):
        by_form.setdefault(normalise(sighting.title), []).append(sighting)
    wordings = tuple(
        Wording(
            title=seen[-1].title,
            versions=tuple(sorted({each.version for each in seen})),
            first_seen_at=min(each.seen_at for each in seen),
            last_seen_at=max(each.seen_at for each in seen),
        )
        for seen in by_form.values()
    )
    return Headline(wordings, run[0].seen_at, run[-1].seen_at, gone_by)
