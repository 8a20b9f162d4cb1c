"""`stet demo`: the main job, on any machine, within half a minute."""

from __future__ import annotations

import re
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from support.archived import assert_sound, kept
from support.cli import Ran, configure, stet, stet_started
from support.waiting import PATIENCE

from stet.newsroom import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("demo")
    configure(folder, web={"port": 0})
    process = stet_started(folder, "demo", "--keep", "--serve", TMPDIR=str(folder))
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        if room := re.search(r"reading room.* url=(\S+)", line):
            (folder / "room.html").write_bytes(requests.get(room[1], timeout=PATIENCE).content)
            break
        said.append(line)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=PATIENCE)
    yield Ran(process.returncode, stdout, "".join(said) + stderr)
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


def test_it_shows_the_reading_room(demo: Ran) -> None:
    database = re.search(r"The archive is kept at (\S+);", demo.stdout)
    assert database
    page = Path(database[1]).parent.parent.joinpath("room.html").read_text(encoding="utf-8")
    assert "<del>32.5</del><ins>23.5</ins>" in page.replace(" <ins>", "<ins>")


def test_what_it_kept_is_an_archive(demo: Ran) -> None:
    match = re.search(r"The archive is kept at (\S+);", demo.stdout)
    assert match
    database = Path(match.group(1))
    assert len(kept(database)) > len(SCRIPT)
    assert_sound(database)
    assert stet(database.parent, "changes", "--db", database, "--json").records
