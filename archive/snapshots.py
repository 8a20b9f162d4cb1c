"""Snapshots: writing the next one of a page, and reading them back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from archive import chain, provenance
from archive.compare.text.normalise import normalise
from archive.compare.versions.fingerprint import fingerprint
from archive.copies import shingles
from archive.credits import contributors
from archive.errors import UnknownPage, UnknownVersion
from archive.models import TEXT_ROLES, Article, Block, Role, Snapshot
from archive.rows import insert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from archive.pages import Page

_COLUMNS = """snapshots.id, snapshots.version, snapshots.captured_at, snapshots.title, snapshots.authors,
    snapshots.published, snapshots.modified, snapshots.language, snapshots.words_added,
    snapshots.words_removed, snapshots.fingerprint, snapshots.chain, snapshots.capture_id, snapshots.extractor,
    snapshots.settings_digest, snapshots.text_roles, snapshots.reextracts, snapshots.variant_of"""


def add(
    db: Database,
    page: Page,
    article: Article,
    *,
    capture_id: int,
    captured_at: str,
    extractor: str,
    settings_digest: str | None,
    words_added: int,
    words_removed: int,
    reextracts: int | None = None,
    variant_of: int | None = None,
) -> int:
    """Store `article` as the page's next version; returns its number.

    `reextracts` is the version that stood before, where this one reads otherwise because we do; `variant_of` the one
    that is shown in turn with it, under another headline.
    """
    last, previous = db.execute(
        "select version, chain from snapshots where page_id = ? order by version desc limit 1", [page.id]
    ).fetchone() or (0, "")
    version = int(last) + 1
    row = {
        "page_id": page.id,
        "version": version,
        "capture_id": capture_id,
        "captured_at": captured_at,
        "title": article.title,
        "authors": _json(article.authors),
        "published": article.published,
        "modified": article.modified,
        "language": article.language,
        "text": article.text,
        "corrections": _json(article.corrections),
        "notices": notices(article.corrections),
        "credits": _json(article.credits),
        "contributors": _json([asdict(each) for each in contributors(article.credits, article.language)]),
        "words_added": words_added,
        "words_removed": words_removed,
        "fingerprint": fingerprint(article),
        "extractor": extractor,
        "settings_digest": settings_digest,
        "text_roles": _json(tuple(sorted(article.text_roles))),
        "reextracts": reextracts,
        # Outside of the chain: most are noted later.
        "variant_of": variant_of,
        "chain": chain.link(
            previous,
            version=version,
            captured_at=captured_at,
            article=article,
            extractor=extractor,
            settings_digest=settings_digest,
            reextracts=reextracts,
        ),
    }
    snapshot_id = insert(db, "snapshots", row)
    db.table("blocks").insert_all(
        {
            "snapshot_id": snapshot_id,
            "position": position,
            "role": block.role.value,
            "text": block.text,
            "reason": block.reason,
        }
        for position, block in enumerate(article.blocks)
    )
    shingles.index(db, page.id, version, snapshot_id, article.text)
    return version


def add_again(db: Database, page: Page, article: Article) -> int:
    """Store the standing version as it reads today, `article`, as the page's next one; returns its number.

    It is of the same capture, and of what last read that; no words count as added or removed, since nobody edited any.
    """
    capture_id, captured_at = db.execute(
        "select capture_id, captured_at from snapshots where page_id = ? and version = ?", [page.id, page.version]
    ).fetchone()
    read_by = provenance.of_version(db, page, page.version)
    return add(
        db,
        page,
        article,
        capture_id=capture_id,
        captured_at=captured_at,
        extractor=read_by.extractor,
        settings_digest=read_by.settings_digest,
        words_added=0,
        words_removed=0,
        reextracts=page.version,
    )


def notices(corrections: Sequence[str]) -> str:
    """Correction notices as JSON, each by its normal form: typography makes no other one."""
    return json.dumps({normalise(notice): notice for notice in corrections}, ensure_ascii=False)


def load(db: Database, page: Page, version: int | None = None) -> Snapshot:
    """One snapshot of the page: that version, or the one that stands there now. Raises UnknownPage."""
    wanted = page.version if version is None else version
    for snapshot in _snapshots(db, page, "snapshots.version = :version", wanted):
        return snapshot
    refuse_unread(page)
    raise UnknownVersion(page.url, f"{page.url} has no version {version}")


def refuse_unread(page: Page) -> None:
    """Raises UnknownPage where the page has no snapshot."""
    if page.version is None:
        raise UnknownPage(f"no snapshot of {page.url} is kept: it was never read as an article")


def history(db: Database, page: Page, *, before: int | None = None, limit: int = -1) -> list[Snapshot]:
    """The snapshots of the page, newest first: those before that version, so many at most; else all."""
    return _snapshots(db, page, "(:version is null or version < :version)", before, limit=limit)


def last_version(db: Database, page: Page) -> int:
    """The highest version of the page, 0 before the first."""
    (version,) = db.execute("select max(version) from snapshots where page_id = ?", [page.id]).fetchone()
    return int(version or 0)


def version_with(db: Database, page: Page, mark: str) -> int | None:
    """The version of the page that has the fingerprint `mark`."""
    row = db.execute("select version from snapshots where page_id = ? and fingerprint = ?", [page.id, mark]).fetchone()
    return None if row is None else int(row[0])


def capture_of(db: Database, page: Page, version: int) -> int:
    """The id of the capture that a version, which must exist, was read from."""
    (capture_id,) = db.execute(
        "select capture_id from snapshots where page_id = ? and version = ?", [page.id, version]
    ).fetchone()
    return int(capture_id)


def is_edited(db: Database, page: Page) -> bool:
    """Whether the page's publisher has changed the article since we first read it, as far as we know."""
    row = db.execute(
        "select 1 from snapshots where page_id = ? and version > 1 and reextracts is null limit 1", [page.id]
    ).fetchone()
    return row is not None


def readings_between(db: Database, page: Page, one: int, other: int) -> tuple[int, ...]:
    """The versions after the lower of two, up to the higher, that read otherwise because we do."""
    rows = db.execute(
        "select version from snapshots where page_id = ? and version > ? and version <= ? and reextracts is not null",
        [page.id, min(one, other), max(one, other)],
    ).fetchall()
    return tuple(sorted(int(version) for (version,) in rows))


def body_digest(db: Database, page: Page, version: int) -> str | None:
    """The digest of the raw body that a version was read from."""
    row = db.execute(
        """select captures.body_digest from snapshots join captures on captures.id = snapshots.capture_id
           where snapshots.page_id = ? and snapshots.version = ?""",
        [page.id, version],
    ).fetchone()
    return None if row is None else row[0]


def _snapshots(db: Database, page: Page, where: str, version: int | None, *, limit: int = -1) -> list[Snapshot]:
    rows = db.execute(
        f"select {_COLUMNS} from snapshots where page_id = :page and {where} order by version desc limit :limit",  # noqa: S608
        {"page": page.id, "version": version, "limit": limit},
    ).fetchall()
    return [_snapshot(db, page, row) for row in rows]


def _snapshot(db: Database, page: Page, row: tuple[object, ...]) -> Snapshot:
    (
        id_,
        version,
        captured_at,
        title,
        authors,
        published,
        modified,
        language,
        added,
        removed,
        mark,
        link,
        by,
        extractor,
        settings_digest,
        text_roles,
        reextracts,
        variant_of,
    ) = row
    blocks = db.execute(
        "select role, text, reason from blocks where snapshot_id = ? order by position", [id_]
    ).fetchall()
    # A capture that was read again has the events of each of its versions.
    events = db.execute(
        "select kind from events where capture_id = ? and version = ? order by id", [by, version]
    ).fetchall()
    article = Article(
        title=str(title),
        authors=tuple(json.loads(str(authors))),
        published=published if published is None else str(published),
        modified=modified if modified is None else str(modified),
        language=language if language is None else str(language),
        blocks=tuple(Block(Role(role), text, reason or "") for role, text, reason in blocks),
        text_roles=TEXT_ROLES if text_roles is None else frozenset(map(Role, json.loads(str(text_roles)))),
    )
    return Snapshot(
        url=page.url,
        version=int(str(version)),
        captured_at=str(captured_at),
        fingerprint=str(mark),
        article=article,
        events=tuple(kind for (kind,) in events),
        words_added=int(str(added)),
        words_removed=int(str(removed)),
        chain=str(link),
        extractor=str(extractor or ""),
        settings_digest=settings_digest if settings_digest is None else str(settings_digest),
        reextracts=reextracts if reextracts is None else int(str(reextracts)),
        variant_of=variant_of if variant_of is None else int(str(variant_of)),
    )


def _json(values: Sequence[object]) -> str:
    return json.dumps(values, ensure_ascii=False)
