"""An archive on disk, and a desk that records in it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.desk import Desk

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database


NOBODY = 65534


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_for_writing(tmp_path / "stet.db") as opened:
        yield opened


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


@pytest.fixture
def nobodys_folder() -> Iterator[Path]:
    """A folder in which the test has no more rights than anybody, also where it is run by root."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
            try:
                yield Path(folder)
            finally:
                os.seteuid(0)
        else:
            yield Path(folder)
