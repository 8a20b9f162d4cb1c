"""The real `stet` command, run as anybody runs it: a process of its own in a folder of its own."""

from __future__ import annotations

import ctypes
import json
import os
import pty
import resource
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STET = Path(sys.executable).with_name("stet")
QUICK: dict[str, Any] = {
    "allow_private": True,
    "autothrottle": False,
    "concurrency_per_host": 8,
    "delay": "0s",
    "retries": 0,
    "retry_backoff": "0s",
}
"""Settings of a crawl for tests that are not about what they change."""

_NOT_OURS = {"FORCE_COLOR", "LINES", "NO_COLOR", "PYTHONDONTWRITEBYTECODE"}
"""What must not come from the environment of the tests; without the last, each run would compile us anew."""


@dataclass(frozen=True)
class Ran:
    """What came of one run."""

    status: int
    stdout: str
    stderr: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines; raises where it has anything else."""
        records = [json.loads(line) for line in self.stdout.split("\n")[:-1]]
        assert all(isinstance(record, dict) for record in records)
        assert self.stdout == "" or self.stdout.endswith("\n")
        return records

    def record_of(self, url: str) -> dict[str, Any]:
        """The one record of that URL."""
        (record,) = (record for record in self.records if record["url"] == url)
        return record


def configure(folder: Path, *, crawl: dict[str, Any] | None = None, **settings: Any) -> None:
    """Write the folder's config.yaml: a quick crawl, but for what is given."""
    data = {"workers": 2, "crawl": {**QUICK, **(crawl or {})}, **settings}
    (folder / "config.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")


def stet(
    folder: Path, *arguments: str | Path, stdin: str = "", before: Callable[[], object] | None = None, **env: str
) -> Ran:
    """Run `stet` there, warnings being errors; `before` is called in the new process."""
    done = subprocess.run(
        [STET, *arguments],
        cwd=folder,
        env=_environment(**env),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=150,
        check=False,
        preexec_fn=before,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def stet_each(folder: Path, calls: Sequence[Sequence[str | Path]]) -> list[Ran]:
    """Run `stet` with each of these arguments, two at a time."""
    with ThreadPoolExecutor(2) as two:
        return list(two.map(lambda arguments: stet(folder, *arguments), calls))


def stet_started(folder: Path, *arguments: str | Path, **env: str) -> subprocess.Popen[str]:
    """Start `stet` there and leave it running."""
    return subprocess.Popen(
        [STET, *arguments],
        cwd=folder,
        env=_environment(**env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def stet_at_terminal(folder: Path, *arguments: str | Path, stdout_too: bool = False) -> Ran:
    """Run `stet` there with a terminal as standard error; standard output is a pipe, or that terminal too."""
    ours, theirs = pty.openpty()
    shown: list[bytes] = []

    def look() -> None:
        # Linux ends a terminal whose other side is closed with EIO.
        try:
            while piece := os.read(ours, 65536):
                shown.append(piece)
        except OSError:
            return

    with subprocess.Popen(
        [STET, *arguments],
        cwd=folder,
        env=_environment(TERM="xterm-256color"),
        stdin=subprocess.DEVNULL,
        stdout=theirs if stdout_too else subprocess.PIPE,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        eyes = threading.Thread(target=look)
        eyes.start()
        stdout = process.stdout.read() if process.stdout else b""
        eyes.join()
    os.close(ours)
    return Ran(process.returncode, stdout.decode(), b"".join(shown).decode())


def without_roots_rights() -> None:
    """For `before`: file modes hold for the new process also where the tests are run by root."""
    # prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE); nobody else has it to lose, nor needs to.
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


def with_room_for(size: int) -> Callable[[], None]:
    """For `before`: no file grows beyond `size` bytes, as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def _environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    return {**kept, "COLUMNS": "200", "PYTHONWARNINGS": "error", "PYTHONUTF8": "1", **more}
