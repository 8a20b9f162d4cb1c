"""The chain can be computed again from what is stored, and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from support.archived import assert_sound
from support.desk import Desk, article

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_not_stored_does_not_enter_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db)
        for title in ("One", "Two", "Three"):
            desk.reads(replace(article(title=title), canonical="https://news.example/elsewhere"))
    assert_sound(path)
