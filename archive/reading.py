"""Read-only connections to one archive, for many readers at one time."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from queue import Empty, LifoQueue
from time import monotonic
from typing import TYPE_CHECKING

from archive.errors import ArchiveBusy, explained
from archive.opening import open_for_reading

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
        self._opened = ExitStack()
        self._own: Database | None = None
        self._idle: LifoQueue[Database | None] = LifoQueue()
        for _ in range(limit):
            self._idle.put(None)

    def __enter__(self) -> Self:
        """Open the first connection, so that an archive that cannot be read is told of at once. Raises ArchiveError."""
        with self.reading():
            return self

    def __exit__(self, *_: object) -> None:
        """Close all connections; whoever still reads gets an ArchiveError."""
        self._opened.close()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """A connection that sees one state of the archive throughout the block.

        Raises ArchiveBusy where none is free in time, or the block took longer than the patience; ArchiveUnusable.
        """
        try:
            db = self._idle.get(timeout=WAIT)
        except Empty:
            raise ArchiveBusy(f"the archive {self.path} is read by {self._limit} others; try again") from None
        try:
            db = db or self._opened.enter_context(open_for_reading(self.path, shared=True))
            with explained(self.path), _one_state(db, self._patience):
                yield db
        finally:
            self._idle.put(db)

    @contextmanager
    def glancing(self) -> Iterator[Database]:
        """A connection for single looks that take no time, for one thread alone. Raises ArchiveUnusable."""
        with explained(self.path):
            self._own = self._own or self._opened.enter_context(open_for_reading(self.path, shared=True))
            yield self._own


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
