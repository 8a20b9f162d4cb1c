"""`stet demo`: the main job, on any machine, within half a minute."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.archived import assert_sound, kept
from support.cli import stet

from stet.newsroom import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.cli import Ran


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("demo")
    ran = stet(folder, "demo", "--keep", COLUMNS="200", TMPDIR=str(folder))
    yield ran
    shutil.rmtree(folder)


def test_it_sees_all_that_the_newsroom_does(demo: Ran) -> None:
    assert demo.status == 0, demo.stdout + demo.stderr
    assert demo.stderr.strip() == ""
    for step in SCRIPT:
        assert step.what in demo.stdout
    assert demo.stdout.count("✓") == len(SCRIPT)
    assert "✗" not in demo.stdout


def test_it_shows_a_diff(demo: Ran) -> None:
    assert "[- 32.5-]{+ 23.5+}" in demo.stdout


def test_what_it_kept_is_an_archive(demo: Ran) -> None:
    match = re.search(r"The archive is kept at (\S+);", demo.stdout)
    assert match
    database = Path(match.group(1))
    assert len(kept(database)) > len(SCRIPT)
    assert_sound(database)
    assert stet(database.parent, "changes", "--db", database, "--json").records
