"""The real daemon, `stet run`, as a process of its own against a newsroom of the test's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from support.cli import QUICK, STET
from support.waiting import PATIENCE, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OFTEN = {"steps": [{"until": "36500d", "every": "200ms"}], "retry_after": "200ms", "retry_at_most": "200ms"}
"""Each page is looked at five times a second."""
SCHEDULE = {"tick": "50ms", "lease": "2s"}


def source(url: str, name: str = "Newsroom", **different: Any) -> dict[str, Any]:
    """A source with the feed, the sitemap and a section of the newsroom at `url`."""
    return {
        "name": name,
        "feeds": [f"{url}/feed.xml"],
        "sitemaps": [f"{url}/sitemap_index.xml"],
        "sections": [f"{url}/world/"],
        "every": "500ms",
        "jitter": "0s",
        **different,
    }


def write_config(
    folder: Path,
    *sources: dict[str, Any],
    crawl: dict[str, Any] | None = None,
    schedule: dict[str, Any] | None = None,
    **settings: Any,
) -> Path:
    """A config.yaml with a schedule of split seconds, but for what is given."""
    path = folder / "config.yaml"
    data = {
        "workers": 2,
        "log": {"format": "json", "level": "debug"},
        "crawl": {**QUICK, **(crawl or {})},
        "schedule": {**SCHEDULE, **(schedule or {})},
        "recheck": OFTEN,
        # Any port that is free: tests run side by side.
        "web": {"port": 0},
        "sources": list(sources),
        **settings,
    }
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


class Daemon:
    """A running `stet run`, what it has logged so far, and its end."""

    def __init__(self, config: Path, database: Path) -> None:
        self._process = subprocess.Popen(
            [STET, "run", "--config", config, "--db", database],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning"},
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def status(self) -> int | None:
        """The exit status; None while it runs."""
        return self._process.poll()

    @property
    def log(self) -> list[dict[str, Any]]:
        """The log so far. A last line that a SIGKILL cut off is none."""
        records = []
        for line in list(self.lines):
            try:
                records.append(json.loads(line))
            except ValueError:
                records.append({"event": "", "unstructured": line})
        return records

    def logged(self, event: str, **fields: Any) -> list[dict[str, Any]]:
        """The records of that event that have those fields."""
        return [
            record
            for record in self.log
            if record.get("event") == event and all(record.get(key) == value for key, value in fields.items())
        ]

    def wait_for(self, event: str, *, times: int = 1, within: float = PATIENCE, **fields: Any) -> None:
        """Return once it was logged so often."""

        def seen() -> bool:
            assert self.status is None or len(self.logged(event, **fields)) >= times, f"{self.status}: {self.told()}"
            return len(self.logged(event, **fields)) >= times

        wait_until(seen, lambda: f"{times} x {event} {fields} in\n{self.told()}", within)

    def told(self) -> str:
        """The last of the log, for a test that fails."""
        return "\n".join(self.lines[-40:])

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        self._process.send_signal(number)

    def ended(self, within: float = PATIENCE) -> int:
        """Wait for the end; the exit status, and with it the whole log."""
        try:
            status = self._process.wait(within)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {within:g} s:\n{self.told()}") from None
        self._reader.join(PATIENCE)
        return status

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()
        self.ended()

    def close(self) -> None:
        """End it, if it still runs."""
        if self.status is None:
            self._process.kill()
        self._process.wait()
        self._reader.join(PATIENCE)
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.lines.append(line.rstrip("\n"))


@contextmanager
def running(config: Path, database: Path) -> Iterator[Daemon]:
    """A daemon that has been started, and is gone in the end."""
    daemon = Daemon(config, database)
    try:
        yield daemon
    finally:
        daemon.close()


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    parents = dict(_parents())
    found = [pid]
    for parent in found:
        found.extend(child for child, of in parents.items() if of == parent)
    return found[1:]


def alive(pids: Sequence[int]) -> list[int]:
    """Those of the processes that still run."""
    return [pid for pid in pids if pid in dict(_parents())]


def _parents() -> Iterator[tuple[int, int]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            yield int(stat.parent.name), int(fields[1])
