"""Read-only connections to one archive, for many readers at one time."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from queue import Empty, LifoQueue
from time import monotonic
from typing import TYPE_CHECKING

from archive.errors import ArchiveBusy, explained
from archive.opening import Unwatched, has_log, open_for_reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

    from sqlite_utils import Database

PATIENCE = 5.0
"""Seconds for one block of reading: what takes longer is ended, so that no question holds up the others."""
WAIT = 5.0
"""Seconds to wait for a connection while all are in use."""

_STEPS = 10_000
"""SQLite's instructions between two looks at the clock: about a tenth of a millisecond."""


class Readers:
    """Hands out connections that are kept open, `limit` at most at one time; may be used from any thread."""

    def __init__(self, path: Path, *, limit: int = 8, patience: float = PATIENCE) -> None:
        self.path = path
        self._limit = limit
        self._patience = patience
        self._own: _Kept | None = None
        self._idle: LifoQueue[_Kept | None] = LifoQueue()
        self._open: set[_Kept] = set()
        for _ in range(limit):
            self._idle.put(None)

    def __enter__(self) -> Self:
        """Open the first connection, so that an archive that cannot be read is told of at once. Raises ArchiveError."""
        with self.reading():
            return self

    def __exit__(self, *_: object) -> None:
        """Close all connections; whoever still reads gets an ArchiveError."""
        while self._open:
            self._open.pop().close()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """A connection that sees one state of the archive throughout the block.

        Raises ArchiveBusy where none is free in time, or the block took longer than the patience; ArchiveUnusable.
        """
        try:
            kept = self._idle.get(timeout=WAIT)
        except Empty:
            raise ArchiveBusy(f"the archive {self.path} is read by {self._limit} others; try again") from None
        try:
            kept = self._unless_stale(kept)
            kept = kept or self._opened()
            with explained(self.path), _one_state(kept.db, self._patience):
                yield kept.db
        finally:
            self._idle.put(kept)

    @contextmanager
    def glancing(self) -> Iterator[Database]:
        """A connection for single looks that take no time, for one thread alone; the same one while the file is.

        Raises ArchiveUnusable.
        """
        with explained(self.path):
            self._own = self._unless_stale(self._own)
            self._own = self._own or self._opened()
            yield self._own.db

    def _unless_stale(self, kept: _Kept | None) -> _Kept | None:
        """The connection, closed and forgotten where another archive stands there by now."""
        if kept is None or kept.is_current(self.path):
            return kept
        self._open.discard(kept)
        kept.close()
        return None

    def _opened(self) -> _Kept:
        opened = _Kept(self.path)
        self._open.add(opened)
        return opened


class _Kept:
    """A connection that is kept open, and the file that it reads."""

    def __init__(self, path: Path) -> None:
        # Looked at before it is opened: if it is replaced in between, that is seen later.
        self._file = _file(path)
        self._opened = ExitStack()
        self.db = self._opened.enter_context(open_for_reading(path, shared=True))

    def is_current(self, path: Path) -> bool:
        found = _file(path)
        if isinstance(self.db.conn, Unwatched):
            return found == self._file and not has_log(path)
        return found[:_IDENTITY] == self._file[:_IDENTITY]

    def close(self) -> None:
        self._opened.close()


def _file(path: Path) -> tuple[int, ...]:
    """Which file stands there, and how it was left; all 0 where none does."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0, 0)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


_IDENTITY = 2


@contextmanager
def _one_state(db: Database, patience: float) -> Iterator[None]:
    ends = monotonic() + patience
    db.conn.set_progress_handler(lambda: monotonic() > ends, _STEPS)
    db.execute("begin")
    try:
        yield
    finally:
        db.conn.set_progress_handler(None, 0)
        db.rollback()
