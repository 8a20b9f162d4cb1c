"""What the log keeps of an exception: where it came from, and none of what was in memory there."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from stet.logs import FIELDS, LONGEST, Troubles, kept_troubles

if TYPE_CHECKING:
    from pathlib import Path

_SCRIPT = """
import logging, sys
import structlog
from stet.config import LogSettings
from stet.logs import configure

def read(body):
    raise ValueError("no article")

configure(LogSettings(format=sys.argv[1]))
for log in (structlog.stdlib.get_logger("ours"), logging.getLogger("scrapys")):
    try:
        read("the whole " + "page" * 500)
    except ValueError:
        log.exception("not taken")
"""


@pytest.mark.parametrize("form", ["console", "json"])
def test_an_exception_is_logged_with_its_traceback_and_without_the_page(form: str, tmp_path: Path) -> None:
    # From a file, since tracebacks say less of code that is in none.
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    done = subprocess.run([sys.executable, script, form], capture_output=True, text=True, check=True)
    assert done.stderr.count("ValueError: no article") == 2
    assert done.stderr.count("in read") == 2
    assert "the whole page" not in done.stderr
    assert len(done.stderr) < 3000


def test_the_last_warnings_and_errors_are_kept_with_what_was_said_of_them() -> None:
    log = logging.getLogger("tests.troubles")
    with kept_troubles() as troubles:
        log.info("nothing to see")
        log.warning("%s is slow", "news.example")
        log.error("failed", exc_info=ValueError("x" * 10_000))
    log.warning("nobody listens")
    failed, slow = troubles.last
    assert (slow.level, slow.logger, slow.event) == ("warning", "tests.troubles", "news.example is slow")
    assert failed.event == "failed"
    assert failed.fields["error"].startswith("ValueError: xxx")
    assert len(failed.fields["error"]) == LONGEST
    assert troubles.counts == {"warning": 1, "error": 1}


def test_what_is_kept_is_bounded_and_the_newest() -> None:
    troubles = Troubles(most=3)
    for number in range(5):
        said = {"event": "source failing", "number": number, **{f"field{each}": each for each in range(100)}}
        troubles.handle(logging.LogRecord("scheduler", logging.WARNING, "", 0, said, (), None))  # type: ignore[arg-type]
    assert [trouble.fields["number"] for trouble in troubles.last] == ["4", "3", "2"]
    assert {len(trouble.fields) for trouble in troubles.last} == {FIELDS}
    assert troubles.counts == {"warning": 5}
