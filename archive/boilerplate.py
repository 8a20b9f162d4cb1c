"""What each source repeats: its articles' lines counted over distinct pages, in the table `source_lines`.

A page of 30 lines costs some 1 ms when its first snapshot is stored, and little at each further one; a check that finds
nothing new costs nothing.
"""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from archive import evidence
from archive.evidence import Line, Occurrence
from archive.models import line_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlite_utils import Database

    from archive.models import Article
    from archive.pages import Page

MAX_LINES = 2_000
"""Lines kept of one source, beside those of its last TRIM_EVERY articles: some 70 articles' worth, within which a line
of a tenth of them comes again all but surely."""

TRIM_EVERY = 16

DECAY_EVERY = 400
"""Articles of a source after which its counts are halved; what it stopped doing is forgotten within four times that."""

NEAR = 0.5
"""The part of the evidence from which a line counts as nearly learned."""

_COLUMNS = ", ".join(field.name for field in fields(Line))
_VALUES = ", ".join("?" for _ in fields(Line))
_UPDATES = ", ".join(f"{field.name} = excluded.{field.name}" for field in fields(Line))


def learned(db: Database, source_id: int | None) -> frozenset[int]:
    """The digests of the lines that the source repeats; none of a page without a source."""
    return learned_by(db, [source_id]).get(source_id, frozenset()) if source_id is not None else frozenset()


def learned_by(db: Database, source_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The digests of what each of these sources repeats, by source id; a source that repeats nothing is not there."""
    found: dict[int, set[int]] = {}
    for source_id, digest in db.execute(
        """select source_id, digest from source_lines
           where learned_at is not null and source_id in (select value from json_each(?))""",
        [json.dumps(list(source_ids))],
    ):
        found.setdefault(source_id, set()).add(digest)
    return {source_id: frozenset(digests) for source_id, digests in found.items()}


def count(db: Database, page: Page, article: Article, *, version: int, now: str) -> None:
    """Count the lines of a snapshot that was just stored as that version, each once in the life of its page."""
    if page.source_id is None:
        return
    lines = evidence.candidates(article)
    if version > 1:
        for text in _seen_before(db, page, version):
            lines.pop(line_digest(text), None)
    if not lines and version > 1:
        return
    counted = _counted(db, page.source_id, more=version == 1)
    occurrence = Occurrence(article.title, evidence.day_of(article, now), now, counted)
    known = {line.digest: line for line in _lines(db, page.source_id, lines)}
    _put(
        db,
        page.source_id,
        (
            evidence.again(known[digest], occurrence) if digest in known else evidence.first(digest, text, occurrence)
            for digest, text in lines.items()
        ),
    )
    if version == 1 and counted % DECAY_EVERY == 0:
        _decay(db, page.source_id, counted, now)
    if version == 1 and counted % TRIM_EVERY == 0:
        _trim(db, page.source_id)


def listing(db: Database, source: str) -> list[tuple[Line, float]] | None:
    """The lines that a source repeats, and those nearly learned, each with its share; None for an unknown source.

    Learned ones first, the most frequent first.
    """
    row = db.execute("select id, articles_counted from sources where name = ?", [source]).fetchone()
    if row is None:
        return None
    source_id, counted = row
    lines = (
        Line(*line)
        for line in db.execute(
            f"""select {_COLUMNS} from source_lines where source_id = ? and (learned_at is not null or pages >= ?)
                order by learned_at is null, pages desc, text""",  # noqa: S608
            [source_id, NEAR * evidence.MIN_PAGES],
        )
    )
    return [
        (line, evidence.share(line, counted))
        for line in lines
        if line.learned_at is not None or evidence.is_learned(line, counted, asked=NEAR)
    ]


def _seen_before(db: Database, page: Page, version: int) -> list[str]:
    return [
        text
        for (text,) in db.execute(
            """select distinct blocks.text from blocks join snapshots on snapshots.id = blocks.snapshot_id
               where snapshots.page_id = ? and snapshots.version < ?""",
            [page.id, version],
        )
    ]


def _counted(db: Database, source_id: int, *, more: bool) -> int:
    """The source's articles so far, with this one if it is one more."""
    db.execute("update sources set articles_counted = articles_counted + ? where id = ?", [more, source_id])
    (counted,) = db.execute("select articles_counted from sources where id = ?", [source_id]).fetchone()
    return int(counted)


def _lines(db: Database, source_id: int, digests: Iterable[int]) -> list[Line]:
    rows = db.execute(
        f"""select {_COLUMNS} from source_lines
            where source_id = ? and digest in (select value from json_each(?))""",  # noqa: S608
        [source_id, json.dumps(list(digests))],
    )
    return [Line(*row) for row in rows]


def _put(db: Database, source_id: int, lines: Iterable[Line]) -> None:
    db.conn.executemany(
        f"""insert into source_lines (source_id, {_COLUMNS}) values (?, {_VALUES})
            on conflict (source_id, digest) do update set {_UPDATES}""",  # noqa: S608
        [(source_id, *astuple(line)) for line in lines],
    )


def _decay(db: Database, source_id: int, counted: int, now: str) -> None:
    """Halve what was counted, and the span in which it was; what falls below one page is forgotten."""
    db.execute("delete from source_lines where source_id = ? and pages < 2", [source_id])
    db.execute(
        "update source_lines set pages = pages / 2, since = :counted - (:counted - since) / 2 where source_id = :id",
        {"counted": counted, "id": source_id},
    )
    known = _lines(db, source_id, learned(db, source_id))
    _put(db, source_id, (evidence.judged(line, counted=counted, now=now) for line in known))


def _trim(db: Database, source_id: int) -> None:
    """Of too many lines the least counted go, the oldest of them first; what is learned stays."""
    db.execute(
        """delete from source_lines where source_id = :id and digest in (
               select digest from source_lines where source_id = :id
               order by learned_at is null, pages desc, last_seen_at desc limit -1 offset :most
           )""",
        {"id": source_id, "most": MAX_LINES},
    )
