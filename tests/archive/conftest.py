"""An archive on disk, and a desk that records in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.desk import Desk

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_for_writing(tmp_path / "stet.db") as opened:
        yield opened


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)
