"""One archive with a history, made once for all that is read from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.chronicle import Chronicle, chronicle_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    with chronicle_in(tmp_path_factory.mktemp("chronicle")) as made:
        yield made
