"""A newsroom for each test, and one that is being served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stet.newsroom import Newsroom, Served, serve

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def served(newsroom: Newsroom) -> Iterator[Served]:
    with serve(newsroom) as served:
        yield served
