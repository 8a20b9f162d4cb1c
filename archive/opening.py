"""Opening the archive's file: for the one writer, or to read beside it."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from sqlite_utils import Database

from archive.errors import ArchiveUnusable, explained
from archive.schema import migrations, step_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

BUSY_SECONDS = 30.0
"""How long a writer waits for another process's transaction."""

_LARGE = 50_000_000
"""Bytes of an archive that is not brought up to date in a few seconds."""

_CACHE_KIB = 32_000
"""A batch changes some 4,000 pages, most of them of the index of copies. SQLite's 2 MB hold 500: the rest would be
written before the commit, and read and written again."""


@contextmanager
def open_for_writing(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Iterator[Database]:
    """A connection that may write, its schema brought up to date. Raises ArchiveError.

    WAL, so that readers never wait; synchronous=FULL, so that a committed batch outlives a power cut.
    """
    _refuse_folder(path)
    if not path.parent.is_dir():
        raise ArchiveUnusable(f"the archive's folder {path.parent} does not exist; make it or choose --db")
    with explained(path), closing(sqlite3.connect(path, timeout=busy_seconds)) as connection:
        # Looked at before WAL is switched on: a file that is not ours is left as it was.
        _refuse_strangers(path, connection)
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        connection.execute(f"pragma cache_size = -{_CACHE_KIB}")
        db = Database(connection)
        if _is_behind(db):
            if path.stat().st_size > _LARGE:
                logger.info("bringing the archive %s up to date, which is done once and may take minutes", path)
            with transaction(db):
                migrations.apply(db)
        yield db


@contextmanager
def open_for_reading(path: Path, *, shared: bool = False) -> Iterator[Database]:
    """A connection that cannot write; `shared`, by one thread after another.

    Raises ArchiveUnusable where there is no archive yet.
    """
    _refuse_folder(path)
    if not path.is_file() or path.stat().st_size == 0:
        raise ArchiveUnusable(f"there is no archive at {path} yet; `stet fetch URL` makes one, --db names another")
    with explained(path), closing(_connected(path, shared=shared)) as connection:
        _refuse_strangers(path, connection)
        db = Database(connection)
        if _is_behind(db):
            raise ArchiveUnusable(
                f"the archive {path} is from an older stet; `stet run` brings it up to date, and without the network "
                "`stet reextract`"
            )
        yield db


class Unwatched(sqlite3.Connection):
    """A connection that looks neither for locks nor for a write-ahead log: to the file as it was when it was opened."""


def has_log(path: Path) -> bool:
    """Whether something may be committed that is not in the file itself yet."""
    log = path.resolve().with_name(f"{path.resolve().name}-wal")
    return log.is_file() and log.stat().st_size > 0


def _connected(path: Path, *, shared: bool) -> sqlite3.Connection:
    """A connection that reads. It is Unwatched where nothing can be made beside the file, as on a read-only disk.

    WAL wants to make the file of its locks also to read (https://www.sqlite.org/wal.html#readonly).
    """
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connect = partial(sqlite3.connect, uri=True, timeout=BUSY_SECONDS, check_same_thread=not shared)
    connection: sqlite3.Connection = connect(uri)
    try:
        connection.execute("select 1 from sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if error.sqlite_errorcode & _PRIMARY not in _NOTHING_MADE or has_log(path):
            raise
        return connect(f"{uri}&immutable=1", factory=Unwatched)
    return connection


_PRIMARY = 0xFF
_NOTHING_MADE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """One transaction that takes the write lock at once, so that what it read cannot go stale.

    A deferred one that reads and then writes fails with "database is locked" without waiting (SQLITE_BUSY_SNAPSHOT).
    """
    db.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    try:
        db.execute("commit")
    except BaseException:
        db.rollback()
        raise


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise ArchiveUnusable(f"{path} is a folder; the archive is a file, name it with --db or `database`")


def _refuse_strangers(path: Path, connection: sqlite3.Connection) -> None:
    """Raise ArchiveUnusable for a database with tables that are not an archive's, or a newer stet's."""
    tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    if not tables:
        return
    if migrations.migrations_table not in tables:
        raise ArchiveUnusable(f"{path} is a database, but not a stet archive; choose another file with --db")
    applied = {migration.name for migration in migrations.applied(Database(connection))}
    if not applied:
        raise ArchiveUnusable(f"{path} is a database, but not a stet archive; choose another file with --db")
    if applied - step_names():
        raise ArchiveUnusable(f"the archive {path} is from a newer stet; install that version or choose --db")


def _is_behind(db: Database) -> bool:
    return bool(migrations.pending(db))
