"""A small archive with a history, and the reading room over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.desk import BODY, Desk, article, identity
from support.web import reading_room

from archive.models import Outcome
from archive.opening import open_for_writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.web import Served


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages of one source: one edited three times and corrected, one gone."""
    path = tmp_path_factory.mktemp("room") / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db, source="Example Daily")
        desk.reads(article())
        desk.reads(article("The harbour office counted 241 ships in March.", *BODY[1:]))
        desk.reads(article("The harbour office counted 241 ships in March.", *BODY[1:], title="Ships come back"))
        desk.reads(
            article(
                "The harbour office counted 241 ships in March.",
                *BODY[1:],
                title="Ships come back",
                corrections=("Correction: an earlier version gave another number of ships.",),
            )
        )
        desk.reads(article("The lighthouse was sold.", title="Lighthouse sold"), identity("lighthouse"))
        desk.finds(Outcome.GONE, identity("lighthouse"))
    return path


@pytest.fixture(scope="session")
def served(archive_path: Path) -> Iterator[Served]:
    with reading_room(archive_path) as room:
        yield room
