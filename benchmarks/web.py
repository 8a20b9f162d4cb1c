"""The web page beside a crawl at full speed, over 100,000 snapshots: how fast each is with the other.

    python benchmarks/web.py [--snapshots 100000] [--rounds 3] [--seconds 20] [--rate 50] [--db FILE]

The real daemon (`stet run`) fetches generated pages from loopback hosts (benchmarks/page_server.py): no delays, and
each page comes with other furniture than the time before, so that it is read whole. Rounds alone and rounds with
readers take turns. Requests are sent when they are due, whether the ones before were answered or not, and their time
counts from then. Half of them ask for the changes, with and without filters, half for histories of pages taken at
random among those that were edited. The archive is made once (`--db` keeps it) and copied for the run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import yaml
from prometheus_client.parser import text_string_to_metric_families
from web_archive import OUTLETS, build

from archive.opening import open_for_reading, open_for_writing, transaction
from crawler.identity import identify
from scheduler import frontier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SERVER = Path(__file__).with_name("page_server.py")
STET = Path(sys.executable).with_name("stet")
CHANGES, HISTORY, COMPARISON = "the changes", "a page's history", "two of its versions"
WARMED_UP = 8.0
"""Seconds of the crawl before the first round: the workers load their parsers, and read every page once."""


@dataclass(slots=True)
class Round:
    """Some seconds of crawling, with readers or without."""

    seconds: float = 0.0
    pages: float = 0.0
    daemon_cpu: float = 0.0
    """Seconds of the daemon's own process, extraction not counted."""
    client_cpu: float = 0.0
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By what was asked for and the status; 0 where the connection broke."""
    sizes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Bytes of the longest answer, as sent."""

    @property
    def per_second(self) -> float:
        return self.pages / self.seconds


def main() -> None:
    """Prints benchmarks/results/web.md."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="stet-web-") as folder:
        kept = options.db or Path(folder) / "kept.db"
        if not kept.exists():
            build(kept, options.snapshots)
        database = Path(shutil.copy(kept, Path(folder) / "stet.db"))
        with _server(options.pages) as urls:
            with open_for_writing(database) as db, transaction(db):
                for url in urls:
                    frontier.watch(db, identify(url), now=datetime.now(UTC))
            with _daemon(Path(folder), database) as room:
                _measure(room, database, options)


def _measure(room: str, database: Path, options: argparse.Namespace) -> None:
    with open_for_reading(database) as db:
        edited = db.execute("select url, version from pages where version > 1 and not watched").fetchall()
        (snapshots,) = db.execute("select count(*) from snapshots").fetchone()
        (edits,) = db.execute("select count(*) from diffs").fetchone()
    chance = random.Random(3)  # noqa: S311
    time.sleep(WARMED_UP)
    alone, beside = [], []
    for _ in range(options.rounds):
        alone.append(asyncio.run(_round(room, options, None)))
        beside.append(asyncio.run(_round(room, options, lambda: _asked(chance, edited))))
    _print(alone, beside, options, snapshots, edits)


def _asked(chance: random.Random, edited: list[tuple[str, int]]) -> tuple[str, str]:
    """(what is asked for, the path)"""
    if chance.random() < 0.5:
        filters = chance.choice(
            (
                {},
                {},
                {"kind": "text_changed"},
                {"kind": "headline_changed", "min_weight": "0.3"},
                {"source": f"Outlet {chance.randrange(OUTLETS)}"},
                {"since": f"{chance.randrange(2, 80)}d"},
            )
        )
        return CHANGES, f"/?{urlencode(filters)}" if filters else "/"
    url, newest = chance.choice(edited)
    if chance.random() < 0.7:
        return HISTORY, f"/page?{urlencode({'url': url})}"
    to = chance.randrange(2, newest + 1)
    return COMPARISON, f"/page?{urlencode({'url': url, 'from': to - 1, 'to': to})}"


async def _round(room: str, options: argparse.Namespace, asked: Callable[[], tuple[str, str]] | None) -> Round:
    told = Round()
    client = Client(room)
    pages, daemon_cpu = await _counted(room)
    started, cpu = time.perf_counter(), time.process_time()
    if asked is not None:
        under_way = []
        for number in range(options.seconds * options.rate):
            due = started + number / options.rate
            await asyncio.sleep(due - time.perf_counter())
            under_way.append(asyncio.create_task(_ask(client, told, due, *asked())))
        await asyncio.gather(*under_way)
    await asyncio.sleep(started + options.seconds - time.perf_counter())
    told.client_cpu = time.process_time() - cpu
    told.seconds = time.perf_counter() - started
    pages_then, daemon_cpu_then = await _counted(room)
    told.pages, told.daemon_cpu = pages_then - pages, daemon_cpu_then - daemon_cpu
    client.close()
    return told


async def _ask(client: Client, told: Round, due: float, what: str, path: str) -> None:
    try:
        status, body = await client.ask(path)
    except (OSError, asyncio.IncompleteReadError):
        status, body = 0, b""
    told.latencies[what].append(1000 * (time.perf_counter() - due))
    if status != 200:
        told.errors[what, status] += 1
    told.sizes[what] = max(told.sizes[what], len(body))


class Client:
    """Asks over connections that are kept open, as many as it takes."""

    def __init__(self, room: str) -> None:
        self._host, self._port = str(urlsplit(room).hostname), urlsplit(room).port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, path: str) -> str:
        """The text there."""
        status, body = await self.ask(path, encoding="identity")
        assert status == 200, (path, status)
        return body.decode()

    async def ask(self, path: str, *, encoding: str = "gzip") -> tuple[int, bytes]:
        """Status and body."""
        # The server closes those that were idle for some seconds.
        self._idle = [kept for kept in self._idle if not kept[0].at_eof()]
        connection = self._idle.pop() if self._idle else await asyncio.open_connection(self._host, self._port)
        reader, writer = connection
        writer.write(f"GET {path} HTTP/1.1\r\nHost: room\r\nAccept-Encoding: {encoding}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].partition(b"\r")[0])
        body = await reader.readexactly(length)
        self._idle.append(connection)
        return int(head[9:12]), body

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()


async def _counted(room: str) -> tuple[float, float]:
    """Pages checked, and CPU seconds of the daemon's process."""
    client = Client(room)
    metrics = await client.get("/metrics")
    client.close()
    samples = [sample for family in text_string_to_metric_families(metrics) for sample in family.samples]
    pages = sum(sample.value for sample in samples if sample.name == "stet_fetches_total")
    (cpu,) = (sample.value for sample in samples if sample.name == "process_cpu_seconds_total")
    return pages, cpu


@contextmanager
def _server(pages: int) -> Iterator[list[str]]:
    command = [sys.executable, str(SERVER), str(pages), "20", "115000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            urls = json.loads(server.stdout.readline())
            asyncio.run(_tell(urls[0]))
            yield urls
        finally:
            server.terminate()


async def _tell(url: str) -> None:
    client = Client(url)
    await client.get("/mode/restless")
    client.close()


@contextmanager
def _daemon(folder: Path, database: Path) -> Iterator[str]:
    """`stet run` over the archive; the URL of its reading room."""
    config = folder / "config.yaml"
    config.write_text(
        yaml.safe_dump(
            {
                "log": {"format": "json"},
                "crawl": {
                    "delay": 0,
                    "autothrottle": False,
                    "allow_private": True,
                    "concurrency_per_host": 4,
                    "retries": 0,
                },
                "schedule": {"tick": "1s"},
                "recheck": {"steps": [{"until": "36500d", "every": "1s"}]},
                "web": {"port": 0},
            }
        ),
        encoding="utf-8",
    )
    command = [STET, "run", "--config", config, "--db", database]
    log = folder / "log"
    with log.open("wb") as told, subprocess.Popen(command, stderr=told) as daemon:
        try:
            while not (room := _room(log)):
                assert daemon.poll() is None, log.read_text(encoding="utf-8")
                time.sleep(0.1)
            yield room
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(30)
        finally:
            daemon.kill()


def _room(log: Path) -> str | None:
    """Where the reading room is, once the log has it."""
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines()[:20])
    return next((line["url"].rstrip("/") for line in lines if line["event"] == "reading room"), None)


def _print(alone: list[Round], beside: list[Round], options: argparse.Namespace, snapshots: int, edits: int) -> None:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("fastapi", "uvicorn", "scrapy", "trafilatura"))
    print(f"`{' '.join(['python', 'benchmarks/web.py', *sys.argv[1:]])}`, {os.cpu_count()} cores")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {libraries}\n")
    print(f"{snapshots:,} snapshots, {edits:,} edits; {options.rounds} rounds of {options.seconds} s each way;")
    print(f"{options.rate} requests/s. The machine's load average at the end: {os.getloadavg()[0]:.1f}\n")
    print("| asked for | requests | errors | p50, ms | p99, ms | max, ms | longest answer, kB, as sent |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for what in (CHANGES, HISTORY, COMPARISON):
        spent = sorted(each for one in beside for each in one.latencies[what])
        errors = _errors(what, beside)
        longest = max(one.sizes[what] for one in beside) / 1000
        print(
            f"| {what} | {len(spent)} | {errors} | {spent[len(spent) // 2]:.1f} | {spent[len(spent) * 99 // 100]:.1f} |"
            f" {spent[-1]:.1f} | {longest:.1f} |"
        )
    print("\n| crawl | pages/s | of each round | CPU of the daemon's process, s/s | CPU of the client, s/s |")
    print("|---|---:|---|---:|---:|")
    for name, rounds in (("alone", alone), ("with readers", beside)):
        seconds = sum(one.seconds for one in rounds)
        each = ", ".join(f"{one.per_second:.1f}" for one in rounds)
        print(
            f"| {name} | {sum(one.pages for one in rounds) / seconds:.1f} | {each} |"
            f" {sum(one.daemon_cpu for one in rounds) / seconds:.2f} |"
            f" {sum(one.client_cpu for one in rounds) / seconds:.3f} |"
        )
    slower = 1 - sum(one.pages for one in beside) / sum(one.pages for one in alone)
    print(f"\nWith readers the crawl is slower by {slower:.1%}.")


def _errors(what: str, rounds: list[Round]) -> str:
    """How many, and of which status: `4 of 503`."""
    counted: Counter[int] = Counter()
    for one in rounds:
        counted.update({status: count for (asked, status), count in one.errors.items() if asked == what})
    return ", ".join(f"{count} of {status}" for status, count in sorted(counted.items())) or "0"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snapshots", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--rate", type=int, default=50, help="requests a second")
    parser.add_argument("--pages", type=int, default=1_000, help="pages that are crawled")
    parser.add_argument("--db", type=Path, help="the archive to read; made there if it is not")
    return parser.parse_args()


if __name__ == "__main__":
    main()
