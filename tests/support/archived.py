"""What an archive holds, read as anybody may read it, and whether all of it holds together."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from sqlite3 import Connection, connect
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlite_utils import Database

from archive import chain, pages, snapshots
from archive.compare.copies.minhash import sketch
from crawler.extraction import extract

if TYPE_CHECKING:
    from pathlib import Path

    from stet.newsroom import Newsroom

Snapshots = dict[tuple[str, int], str]
"""Chain digests by (page's path, version)."""


@dataclass(frozen=True)
class PageState:
    """What stands at one page."""

    state: str
    versions: int
    title: str | None
    text: str | None


def rows(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """What a query gives, through a connection of its own."""
    with closing(connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        return connection.execute(sql, values).fetchall()


def kept(path: Path) -> Snapshots:
    """All snapshots that a reader sees; none where there is no archive yet."""
    if not path.exists() or not rows(path, "select 1 from sqlite_master where name = 'snapshots'"):
        return {}
    found = rows(path, "select url, snapshots.version, chain from snapshots join pages on pages.id = page_id")
    return {(urlsplit(str(url)).path, int(str(version))): str(link) for url, version, link in found}


def known_as(path: Path) -> set[tuple[str, int]]:
    """All snapshots as (path, version), under every path that has led to their page: a page may move meanwhile."""
    found = (
        rows(
            path,
            """select pages.key, snapshots.version from snapshots join pages on pages.id = page_id
           union
           select aliases.key, snapshots.version from snapshots join aliases using (page_id)""",
        )
        if kept(path)
        else []
    )
    return {(f"/{str(key).partition('/')[2]}", int(str(version))) for key, version in found}


def events(path: Path) -> list[tuple[str, str]]:
    """(path of the page, kind), in order."""
    found = rows(path, "select url, kind from events join pages on pages.id = page_id order by events.id")
    return [(urlsplit(str(url)).path, str(kind)) for url, kind in found]


def outcomes(path: Path) -> set[str]:
    """The outcomes of all captures."""
    return {str(outcome) for (outcome,) in rows(path, "select distinct outcome from captures")}


def states(path: Path) -> dict[str, PageState]:
    """What stands at each page, by path."""
    found = rows(
        path,
        """select url, state, (select count(*) from snapshots where page_id = pages.id), snapshots.title, text
           from pages left join snapshots on page_id = pages.id and snapshots.version = pages.version""",
    )
    return {
        urlsplit(str(url)).path: PageState(
            str(state), int(str(versions)), title and str(title), None if text is None else str(text)
        )
        for url, state, versions, title, text in found
    }


def on_show(newsroom: Newsroom, url: str) -> dict[str, tuple[str, str]]:
    """Title and text that extraction reads from each story of the newsroom served at `url`, by path."""
    found = {}
    for path in newsroom.paths:
        page = newsroom.page(path, url)
        article = extract(page.body, url=url + path, content_type=page.headers["Content-Type"])
        if not article.paywalled:
            found[path] = (article.title, article.text)
    return found


def shows(path: Path, said: dict[str, tuple[str, str]]) -> bool:
    """Whether the latest snapshots of the archive are these."""
    if not kept(path):
        return False
    archived = states(path)
    return all(story in archived and (archived[story].title, archived[story].text) == said[story] for story in said)


def assert_sound(path: Path) -> None:
    """File and index are whole, each page's versions are numbered through, no link of a chain is missing or altered."""
    with closing(connect(path, timeout=30)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        db = Database(connection)
        for (page_id,) in connection.execute("select id from pages").fetchall():
            _assert_history_sound(db, pages.get(db, page_id))
        _assert_nothing_twice(db)
        _assert_edits_sound(db)
        _assert_search_in_step(connection)
        _assert_wording_in_step(connection)


def _assert_history_sound(db: Database, page: pages.Page) -> None:
    previous, marks = "", []
    for number, snapshot in enumerate(reversed(snapshots.history(db, page)), start=1):
        assert snapshot.version == number, page.url
        previous = chain.link(
            previous,
            version=number,
            captured_at=snapshot.captured_at,
            article=snapshot.article,
            extractor=snapshot.extractor,
            settings_digest=snapshot.settings_digest,
            reextracts=snapshot.reextracts,
        )
        assert snapshot.chain == previous, f"{page.url} v{number}"
        marks.append(snapshot.fingerprint)
    assert len(set(marks)) == len(marks), f"{page.url}: one state is kept as two versions"


def _assert_edits_sound(db: Database) -> None:
    wrong = {
        "event without a weight": "select id from events where weight is null or not weight between 0 and 1",
        "event seen before it was not": "select id from events where details ->> 'last_seen_at' > observed_at",
        "edit without a diff": """select id from snapshots where version > 1 and reextracts is null
            and variant_of is null and capture_id not in (select capture_id from diffs)""",
        "diff that is none": """select id from diffs join snapshots using (capture_id)
            where (reextracts is not null and version = to_version) or from_version = to_version""",
        "diff of what was not shown": """select id from diffs join captures on id = capture_id
            where to_version is not version""",
        "edit told without a diff": """select events.id from events join captures on captures.id = events.capture_id
            where kind in ('text_changed', 'byline_changed', 'correction_added', 'correction_removed')
              and capture_id not in (select capture_id from diffs)""",
        "actions that were not counted": """select capture_id from diffs
            where additions + deletions + edits + refactors <> (
                select count(*) from actions where actions.capture_id = diffs.capture_id)""",
        "variant of a variant": """select variants.id from snapshots as variants join snapshots as roots
            on roots.page_id = variants.page_id and roots.version = variants.variant_of
            where roots.variant_of is not null or roots.version >= variants.version or roots.title = variants.title""",
    }
    for what, sql in wrong.items():
        assert db.execute(sql).fetchall() == [], what


def _assert_wording_in_step(connection: Connection) -> None:
    kept = dict(connection.execute("select snapshot_id, hashes from sketches").fetchall())
    since: dict[tuple[int, int], int] = {}
    for snapshot_id, page_id, version, text in connection.execute(
        "select id, page_id, version, text from snapshots order by version"
    ):
        made = sketch(text)
        assert kept.pop(snapshot_id, None) == made.pack(), f"snapshot {snapshot_id}"
        for each in made.hashes:
            since.setdefault((each, page_id), version)
    assert not kept
    rows = connection.execute("select hash, page_id, version from shingles").fetchall()
    assert {(each, page_id): version for each, page_id, version in rows} == since


def _assert_nothing_twice(db: Database) -> None:
    twice = {
        # Not of a page that has moved: its two addresses may have been asked within one millisecond.
        "capture": """select page_id, fetched_at from captures where page_id not in (select page_id from aliases)
            group by 1, 2 having count(*) > 1""",
        "event of a capture": "select capture_id, version, kind from events group by 1, 2, 3 having count(*) > 1",
        "first_seen": "select page_id from events where kind = 'first_seen' group by 1 having count(*) > 1",
        "page": "select url from pages group by 1 having count(*) > 1",
        # But one that reads otherwise because we do is of the capture that it was first read from.
        "snapshot of a capture": """select capture_id from snapshots where reextracts is null
            group by 1 having count(*) > 1""",
        # But a page that went away from it may be back at it.
        "event of a version": """select told.id from events as told
            join events as before on before.page_id = told.page_id and before.version = told.version
             and before.kind = told.kind and before.capture_id < told.capture_id
            where told.kind in ('headline_changed', 'text_changed', 'byline_changed', 'correction_added')
              and not exists (select 1 from captures where page_id = told.page_id and version <> told.version
                              and id between before.capture_id and told.capture_id)""",
    }
    for what, sql in twice.items():
        assert db.execute(sql).fetchall() == [], what


def _assert_search_in_step(connection: Connection) -> None:
    """The full-text index holds the words of the snapshots, and no others; SQLite raises where it does not."""
    connection.execute("insert into snapshots_fts (snapshots_fts, rank) values ('integrity-check', 1)")
    connection.rollback()
