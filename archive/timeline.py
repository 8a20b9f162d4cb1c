"""When a page was looked at and what it showed, counted into a few spans of equal length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.pages import Page


@dataclass(frozen=True, slots=True)
class Span:
    """What was seen within one span of time."""

    place: int
    """Counted from 0."""
    read: int = 0
    """Looks that showed the article."""
    away: int = 0
    """Looks that found it gone or behind a paywall."""
    failed: int = 0
    """Looks that told nothing of it."""
    versions: int = 0
    """Versions that were seen for the first time, but for those that read otherwise because we do."""
    weight: float = 0.0
    """Of the heaviest change among them, from 0 to 1."""

    @property
    def looks(self) -> int:
        return self.read + self.away + self.failed


@dataclass(frozen=True, slots=True)
class Timeline:
    """All looks at a page, from the first to the last."""

    first_at: str
    last_at: str
    spans: tuple[Span, ...]
    """Those in which anything was seen, in order."""
    readings: int = 0
    """Versions that read otherwise because we do, of which no span tells."""

    @property
    def read(self) -> int:
        return sum(span.read for span in self.spans)

    @property
    def away(self) -> int:
        return sum(span.away for span in self.spans)

    @property
    def failed(self) -> int:
        return sum(span.failed for span in self.spans)

    @property
    def versions(self) -> int:
        return sum(span.versions for span in self.spans)


def timeline(db: Database, page: Page, *, spans: int) -> Timeline | None:
    """The page's looks counted into that many spans; None where nobody has looked."""
    first_at, last_at = db.execute(
        "select min(fetched_at), max(fetched_at) from captures where page_id = ?", [page.id]
    ).fetchone()
    if first_at is None:
        return None
    place = "(unixepoch({}) - unixepoch(:first)) * :spans / (unixepoch(:last) - unixepoch(:first) + 1)"
    rows = db.execute(
        f"""select place, sum(read), sum(away), sum(1 - read - away), sum(versions), max(weight) from (
                select {place.format("captures.fetched_at")} as place,
                       outcome in ('new', 'changed', 'unchanged', 'moved') as read,
                       outcome in ('gone', 'paywalled') as away,
                       shown.version is not null as versions, coalesce(diffs.weight, 0) as weight
                from captures
                left join snapshots as shown on shown.capture_id = captures.id
                     and shown.version = captures.version and shown.reextracts is null
                left join diffs on diffs.capture_id = captures.id
                where captures.page_id = :page
            ) group by place order by place""",  # noqa: S608
        {"page": page.id, "first": first_at, "last": last_at, "spans": spans},
    )
    (readings,) = db.execute(
        "select count(*) from snapshots where page_id = ? and reextracts is not null", [page.id]
    ).fetchone()
    return Timeline(first_at, last_at, tuple(Span(*row) for row in rows), readings)
