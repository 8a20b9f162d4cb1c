"""A newsroom that is served, and where the daemon keeps what it sees of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from stet.newsroom import Newsroom, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stet.newsroom import Served


@pytest.fixture
def newsroom() -> Newsroom:
    """Opened some hours ago, so that none of the times the script gives lies ahead of the clock."""
    return Newsroom(opened=datetime.now(UTC) - timedelta(hours=6))


@pytest.fixture
def served(newsroom: Newsroom) -> Iterator[Served]:
    with serve(newsroom) as site:
        yield site


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "stet.db"
