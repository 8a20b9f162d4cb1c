"""The words that events tell, to find them by: the table `events_fts`.

Its `title` has the page's headline, and the one before where it changed; its `text` the sentences that changed, before
and after, the names of a byline that changed, and the notices. What an article says besides is found by
archive/search. Words of scripts without spaces are indexed by the character.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.models import EventKind
from archive.progress import told
from archive.search.query import parse, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database


def match(query: str) -> str:
    """A search query as `events_fts` is to be asked. Raises QueryError."""
    asked = parse(query)
    literals = ['"{}"'.format(literal.replace('"', '""')) for literal in asked.literals]
    return spaced(" AND ".join(filter(None, [asked.match, *literals])))


def few_matching(db: Database, match: str, *, most: int) -> list[int] | None:
    """The events that match; None where there are more than `most`."""
    rows = db.execute(
        "select rowid from events_fts where events_fts match :match limit :limit", {"match": match, "limit": most + 1}
    ).fetchall()
    return None if len(rows) > most else [event_id for (event_id,) in rows]


def keep(db: Database, event_id: int) -> None:
    """Index an event that was stored, after its version and the edits of its capture."""
    kind, said, capture_id, title = db.execute(
        """select events.kind, events.details, events.capture_id, coalesce(snapshots.title, pages.title)
           from events join pages on pages.id = events.page_id
           left join snapshots on snapshots.page_id = events.page_id and snapshots.version = events.version
           where events.id = ?""",
        [event_id],
    ).fetchone()
    details = json.loads(said)
    titles = dict.fromkeys(filter(None, [title, *_headlines(kind, details)]))
    texts = [*_texts(kind, details)]
    if kind == EventKind.TEXT_CHANGED:
        actions = "select before, after from actions where capture_id = ? order by position"
        texts += [text for sides in db.execute(actions, [capture_id]) for text in sides if text]
    db.execute(
        "insert into events_fts (rowid, title, text) values (?, ?, ?)",
        [event_id, spaced("\n".join(titles)), spaced("\n".join(texts))],
    )


def create(db: Database) -> None:
    """The table, with the events that there are."""
    db.execute(
        """create virtual table events_fts using fts5(
               title, text, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
           )"""
    )
    db.execute(
        """create trigger events_deleted after delete on events begin
               delete from events_fts where rowid = old.id;
           end"""
    )
    known = db.execute("select id from events").fetchall()
    for (event_id,) in told(known, "indexing what events tell", len(known)):
        keep(db, event_id)


def _headlines(kind: str, details: Mapping[str, Any]) -> Iterator[str | None]:
    """Those before and after, where the event is about them."""
    sides = details if kind == EventKind.HEADLINE_CHANGED else details.get("headline")
    if isinstance(sides, dict):
        yield from (sides.get("before"), sides.get("after"))


def _texts(kind: str, details: Mapping[str, Any]) -> Iterator[str]:
    if kind == EventKind.BYLINE_CHANGED:
        yield from (*details["before"], *details["after"])
    yield from details.get("corrections", ())
