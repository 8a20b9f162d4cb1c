"""One daemon an archive: two would fetch every page twice and be twice as impolite."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.errors import ArchiveUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold the archive's daemon lock, which ends with the process however it ends. Raises ArchiveUnusable."""
    path = database.with_name(f"{database.name}.lock")
    try:
        file = path.open("a")
    except OSError as error:
        raise ArchiveUnusable(f"the lock file {path} cannot be made: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveUnusable(f"another `stet run` has the archive {database}; stop it, or choose --db") from error
        yield
