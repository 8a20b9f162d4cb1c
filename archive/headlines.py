"""The headlines that a page has had, and when each was seen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    is_other: bool = False
    """Whether it is one of another headline than stood there before, by the view `headline_history`."""


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
        """select sightings.fetched_at, sightings.version, latest.title, shown.variant_of,
                  sightings.id in (select capture_id from headline_history where url = :url)
           from sightings
           join snapshots as shown on shown.page_id = sightings.page_id and shown.version = sightings.version
           join snapshots as latest on latest.page_id = sightings.page_id and latest.version = sightings.reading
           where sightings.page_id = :page
           order by sightings.fetched_at, sightings.id""",
        {"page": page.id, "url": page.url},
    )
    return tell([Sighting(*row) for row in rows])


def tell(sightings: Iterable[Sighting]) -> tuple[Headline, ...]:
    """The headlines that these looks, in order, come to."""
    stood: list[list[Sighting]] = []
    for sighting in sightings:
        if sighting.is_other or not stood:
            stood.append([])
        stood[-1].append(sighting)
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
