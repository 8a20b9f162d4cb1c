"""What the log keeps of an exception: where it came from, and none of what was in memory there."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

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
