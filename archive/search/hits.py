"""Full text over all snapshots: one hit a page, with the versions that match, or did until their text was removed."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.search.excerpts import Excerpt, excerpt
from archive.search.marking import places
from archive.search.query import QueryError, parse
from archive.times import iso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from typing import Self

    from sqlite_utils import Database

    from archive.search.query import Query

LIMIT = 20
SECONDS = 10.0
"""After this a search is given up."""


class SearchTooLong(ArchiveError):
    """The search was given up: it would look at too much."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page of which versions match. All times are ISO 8601 UTC."""

    url: str
    source: str | None
    state: str
    title: str
    """Of `version`."""
    versions: tuple[int, ...]
    """Those that match; of text that was removed, all that had it."""
    last_version: int
    """The highest that the page has."""
    version: int
    """The last of `versions`, and `captured_at` its time."""
    captured_at: str
    first_seen_at: str
    """The first and the last capture that showed one of `versions`."""
    last_seen_at: str
    excerpt: Excerpt
    """Of `version`."""
    gone_in: int | None = None
    """The version that came without the text, and the capture that first showed it; None where it was not removed."""
    gone_at: str | None = None


def search(
    db: Database,
    query: str,
    *,
    source: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    removed: bool = False,
    newest: bool = False,
    limit: int = LIMIT,
    offset: int = 0,
    seconds: float = SECONDS,
) -> tuple[Hit, ...]:
    """The pages of which a version captured from `since` on and before `until` matches: the best, and then the newest.

    The first `offset` are left out: they are found again for that, so that it costs more the further one goes.

    With `removed`, those whose text matched until its publisher changed it, and does not as it stands; what reads
    otherwise because we do, or is one of two headlines on trial, is not removed.

    With `newest`, the newest come first, however well they match, by the time at which a version that matches was
    captured; with both, by that at which the text was gone, and `since` and `until` are bounds of that time.
    Raises QueryError and SearchTooLong.
    """
    asked = parse(query)
    if removed and not asked.tells_loss:
        raise QueryError(
            "with NOT or ^ a text may match no more although nothing was removed; look for removed text without", query
        )
    with _bounded(db, seconds) as check:
        most, interval = offset + limit, _Interval.of(since, until)
        if removed and newest:
            found = _newest_removals(db, asked, check, source=source, interval=interval, limit=most)
        else:
            order = _NEWEST if newest else _BEST
            found = _pages(db, asked, check, source=source, interval=interval, removed=removed, order=order, limit=most)
        return tuple(_hits(db, asked, found[offset:]))


@dataclass(frozen=True, slots=True)
class _Interval:
    """From `since` on and before `until`, as the archive writes times."""

    since: str = ""
    until: str = "~"
    """Later than any time that begins with a digit."""

    @classmethod
    def of(cls, since: datetime | None, until: datetime | None) -> Self:
        return cls("" if since is None else iso(since), "~" if until is None else iso(until))

    def has(self, at: str) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class _Found:
    """A page to be shown."""

    page_id: int
    versions: tuple[int, ...]
    first_seen_at: str | None
    last_seen_at: str | None
    gone_in: int | None = None
    gone_at: str | None = None


_TITLE_WEIGHT = 5.0
"""What a word in the title counts for, one in the text being 1."""

# bm25 scores are below zero, the lowest best; rounded, so that pages that match about as well come newest first.
_MATCHED = f"""
    select rowid as id, bm25(snapshots_fts, {_TITLE_WEIGHT}, 1.0) as score
    from snapshots_fts where snapshots_fts match :match
"""  # noqa: S608
_EVERY = "select id, 0.0 as score from snapshots"
_PAGES = """
    with matched as materialized ({matched}), placed as (
        select matched.score, snapshots.page_id, snapshots.version, snapshots.captured_at,
               coalesce(snapshots.variant_of, snapshots.version) as root,
               snapshots.captured_at >= :since and snapshots.captured_at < :until as is_asked_for
        from matched join snapshots using (id)
        where {literals}
    )
    select pages.id, json_group_array(placed.version), coalesce(pages.last_changed_at, pages.first_seen_at)
    from placed
    join pages on pages.id = placed.page_id
    join snapshots as standing on standing.page_id = pages.id and standing.version = pages.version
    left join sources on sources.id = pages.source_id
    where (:source is null or sources.name = :source) and (:removed or is_asked_for)
    group by pages.id
    having max(is_asked_for)
        and (not :removed or not max(placed.root = coalesce(standing.variant_of, standing.version)))
    order by {order}, pages.id
"""
_BEST = "round(min(placed.score), 2), max(placed.captured_at) desc"
_NEWEST = "max(placed.captured_at) desc"
_CHANGED_LAST = "coalesce(pages.last_changed_at, pages.first_seen_at) desc"


def _pages(
    db: Database,
    asked: Query,
    check: Callable[[], None],
    *,
    source: str | None,
    interval: _Interval,
    removed: bool,
    order: str,
    limit: int,
) -> list[_Found]:
    """The pages to be shown, in that order."""
    found: list[_Found] = []
    for page_id, versions, _ in _matching(db, asked, source=source, interval=interval, removed=removed, order=order):
        check()
        if len(found) == limit:
            break
        page = _removal(db, page_id, versions) if removed else _presence(db, page_id, versions)
        found += [page] if page else []
    return found


def _newest_removals(
    db: Database,
    asked: Query,
    check: Callable[[], None],
    *,
    source: str | None,
    interval: _Interval,
    limit: int,
) -> list[_Found]:
    """The pages from which text went in that interval, the last first."""
    found: list[tuple[str, _Found]] = []
    rows = _matching(db, asked, source=source, interval=_Interval(), removed=True, order=_CHANGED_LAST)
    for page_id, versions, changed_at in rows:
        check()
        # Nothing went from a page after it changed last, nor from those that follow.
        if changed_at < interval.since or (len(found) == limit and changed_at < found[-1][0]):
            break
        page = _removal(db, page_id, versions)
        if page is not None and page.gone_at is not None and interval.has(page.gone_at):
            found = sorted([*found, (page.gone_at, page)], key=itemgetter(0), reverse=True)[:limit]
    return [page for _, page in found]


def _matching(
    db: Database, asked: Query, *, source: str | None, interval: _Interval, removed: bool, order: str
) -> Iterator[tuple[int, tuple[int, ...], str]]:
    """Pages of which a version matches, in that order: the id, these versions, and when the page changed last."""
    literals = {f"literal_{number}": literal for number, literal in enumerate(asked.literals)}
    rows = db.execute(
        _PAGES.format(
            matched=_MATCHED if asked.match else _EVERY,
            literals=" and ".join(
                ["true", *(f"(instr(snapshots.text, :{name}) or instr(snapshots.title, :{name}))" for name in literals)]
            ),
            order=order,
        ),
        {
            **literals,
            "match": asked.match,
            "source": source,
            "since": interval.since,
            "until": interval.until,
            "removed": removed,
        },
    )
    for page_id, versions, changed_at in rows:
        yield page_id, tuple(sorted(json.loads(versions))), changed_at


def _presence(db: Database, page_id: int, versions: tuple[int, ...]) -> _Found:
    """When the page showed these versions."""
    first, last = db.execute(
        """select min(fetched_at), max(fetched_at) from sightings
           where page_id = :page and version in (select value from json_each(:versions))""",
        {"page": page_id, "versions": json.dumps(versions)},
    ).fetchone()
    return _Found(page_id, versions, first, last)


def _removal(db: Database, page_id: int, versions: tuple[int, ...]) -> _Found | None:
    """When the publisher took from the page what these versions had; None where that was our doing."""
    shown = db.execute(
        """
        select version, at, is_ours from (
            select version, at, is_ours, turn, id, lag(version) over (order by at, turn, id) as before from (
                select id, version, fetched_at as at, false as is_ours, 1 as turn from sightings
                where page_id = :page
                union all
                -- What is read again for a capture is read before that is compared with it.
                select id, version, observed_at, true, 0 from events where page_id = :page and kind = 'reextracted'
            )
        )
        where before is not version order by at, turn, id
        """,
        {"page": page_id},
    ).fetchall()
    gone = None
    for (before, _, _), (version, at, is_ours) in pairwise(shown):
        if before in versions and version not in versions:
            gone = None if is_ours else (version, at)
    if gone is None:
        return None
    return replace(_presence(db, page_id, versions), gone_in=gone[0], gone_at=gone[1])


def _hits(db: Database, asked: Query, found: Sequence[_Found]) -> Iterator[Hit]:
    """The hits of the pages, in their order."""
    shown = json.dumps([(page.page_id, page.versions[-1]) for page in found])
    rows = db.execute(
        """
        select snapshots.page_id, pages.url, sources.name, pages.state, snapshots.captured_at,
               (select max(version) from snapshots as every where every.page_id = pages.id),
               coalesce(snapshots.title, ''), snapshots.text
        from json_each(:shown)
        join snapshots on snapshots.page_id = value ->> 0 and snapshots.version = value ->> 1
        join pages on pages.id = snapshots.page_id
        left join sources on sources.id = pages.source_id
        """,
        {"shown": shown},
    )
    of_page = {row[0]: row[1:] for row in rows}
    for_title, for_text = ([each for each in asked.phrases if name in each.columns] for name in ("title", "text"))
    for page in found:
        url, source, state, captured_at, last_version, title, text = of_page[page.page_id]
        in_text = places(text, for_text)
        yield Hit(
            url=url,
            source=source,
            state=state,
            title=title,
            versions=page.versions,
            last_version=last_version,
            version=page.versions[-1],
            captured_at=captured_at,
            first_seen_at=page.first_seen_at or captured_at,
            last_seen_at=page.last_seen_at or captured_at,
            excerpt=excerpt(text, in_text) if in_text else excerpt(title, places(title, for_title)),
            gone_in=page.gone_in,
            gone_at=page.gone_at,
        )


@contextmanager
def _bounded(db: Database, seconds: float) -> Iterator[Callable[[], None]]:
    """Give up after that time: within a statement, and between statements where the function given is called."""
    ends = time.monotonic() + seconds
    too_long = SearchTooLong(
        f"the search took longer than {seconds:g} s; look for rarer words, or for longer beginnings of words"
    )

    def check() -> None:
        if time.monotonic() > ends:
            raise too_long

    db.conn.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
    try:
        yield check
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise too_long from error
        raise
    finally:
        db.conn.set_progress_handler(None, 0)


_STEPS = 1_000
"""Of SQLite's virtual machine, some tens of microseconds, between two looks at the clock."""
