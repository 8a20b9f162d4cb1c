"""What can be wrong with the archive, in words that say what to do."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class ArchiveError(Exception):
    """The archive cannot be opened, read or written. The message names the file and what to do."""


class ArchiveUnusable(ArchiveError):
    """The file will not get better by itself: damaged, not a database, not ours, not writable."""


class ArchiveBusy(ArchiveError):
    """Another process holds the write lock for longer than we wait; it may pass."""


class ArchiveFull(ArchiveError):
    """There is no room to write; it may pass."""


class UnknownPage(ArchiveError):
    """The archive holds nothing under that URL, or not that version."""


class UnknownVersion(UnknownPage):
    """The archive holds the page at `url`, but not in that version."""

    def __init__(self, url: str, said: str) -> None:
        super().__init__(f"{said}; `stet log {url}` lists those it has")
        self.url = url
        self.said = said


class UnknownSource(ArchiveError):
    """No source has that name."""


class BodyMissing(ArchiveError):
    """The raw body that a version was read from was not kept, or is damaged."""


# SQLite's primary result codes (https://www.sqlite.org/rescode.html) and what to tell a person.
_ADVICE: dict[int, tuple[type[ArchiveError], str]] = {
    sqlite3.SQLITE_BUSY: (ArchiveBusy, "is locked by another process; try again when it has finished"),
    sqlite3.SQLITE_LOCKED: (ArchiveBusy, "is locked by another process; try again when it has finished"),
    sqlite3.SQLITE_INTERRUPT: (ArchiveBusy, "took too long to answer; ask for less"),
    sqlite3.SQLITE_FULL: (ArchiveFull, "cannot grow: the disk is full; free some space"),
    sqlite3.SQLITE_IOERR: (ArchiveFull, "cannot be read or written: check the disk ({error})"),
    sqlite3.SQLITE_READONLY: (
        ArchiveUnusable,
        "is read-only; make it and its folder writable, or choose --db",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        ArchiveUnusable,
        "cannot be opened; check that its folder exists and is writable",
    ),
    sqlite3.SQLITE_PERM: (ArchiveUnusable, "may not be opened; check its permissions"),
    sqlite3.SQLITE_NOTADB: (ArchiveUnusable, "is not a SQLite database; choose another file with --db"),
    sqlite3.SQLITE_CORRUPT: (
        ArchiveUnusable,
        "is damaged ({error}); keep it, and restore a backup or try `sqlite3 FILE .recover`",
    ),
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file at `path` into ours; errors in our own SQL pass unchanged."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        advice = None if code is None else _ADVICE.get(code & 0xFF)
        if advice is None:
            raise
        kind, text = advice
        raise kind(f"the archive {path} {text.format(error=error)}") from error
