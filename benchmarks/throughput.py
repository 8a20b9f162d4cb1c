"""Pages a second and CPU a page: first fetch and re-checks, split by stage.

    python benchmarks/throughput.py [--pages 1000] [--hosts 20] [--size 115000] [--json]

Generated pages are served by another process on loopback hosts (127.0.0.2 …); delays are 0, robots.txt is
obeyed, the archive is on disk, extraction has a worker a core. CPU is that of the daemon's process and of
its workers, the server's is not counted. Every ratio is of figures taken in this one run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from archive.opening import open_for_writing, transaction
from archive.writer import Writer
from crawler.identity import identify
from crawler.loop import crawl_pages, run
from crawler.pool import ExtractionPool
from crawler.reading import read
from crawler.settings import CrawlSettings
from crawler.spider import PageRequest
from scheduler import frontier
from scheduler.daemon import run_daemon
from scheduler.policy import RecheckPolicy
from scheduler.settings import DaemonSettings, ScheduleSettings
from scheduler.storing import store
from stet import logs
from stet.config import LogSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from archive.models import Capture, Finding
    from scheduler.checked import Checked

SERVER = Path(__file__).with_name("page_server.py")


@dataclass(frozen=True, slots=True)
class Measured:
    """One stage over all pages."""

    stage: str
    pages: int
    seconds: float
    cpu: float
    """Seconds, of this process and all below it but the server."""
    outcomes: dict[str, int] | None = None

    @property
    def per_second(self) -> float:
        return self.pages / self.seconds

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / self.pages


def main() -> None:
    options = _options()
    logs.configure(LogSettings(level="warning"))
    with (
        _server(options.pages, options.hosts, options.size) as (urls, server_pid),
        tempfile.TemporaryDirectory() as folder,
    ):
        crawl = CrawlSettings(
            delay=0, autothrottle=False, allow_private=True, concurrency=16, concurrency_per_host=4, retries=0
        )
        bench = Bench(urls, crawl, Path(folder), server_pid)
        results = run(bench.all, crawl)
    if options.json:
        print(json.dumps([{**vars_of(one)} for one in results]))
    else:
        _print(results, options)


def vars_of(one: Measured) -> dict[str, object]:
    return {
        "stage": one.stage,
        "pages": one.pages,
        "pages_per_second": round(one.per_second, 1),
        "cpu_ms_per_page": round(one.cpu_ms, 2),
        "outcomes": one.outcomes,
    }


class Bench:
    """The stages, one after another in one loop."""

    def __init__(self, urls: list[str], crawl: CrawlSettings, folder: Path, server_pid: int) -> None:
        self.urls = urls
        self.crawl = crawl
        self.folder = folder
        self.server_pid = server_pid

    async def all(self) -> list[Measured]:
        captures, download = await self.download()
        findings, extraction = await self.extraction(captures)
        storing = await self.storing(captures, findings)
        database = self.folder / "whole.db"
        with open_for_writing(database) as db, transaction(db):
            for url in self.urls:
                frontier.watch(db, identify(url), now=datetime.now(UTC))
        whole = [await self.daemon("first fetch", database)]
        for stage, mode in (
            ("re-check, 304", "steady"),
            ("re-check, same body", "no-validators"),
            ("re-check, furniture changed", "furniture"),
        ):
            await self.tell_server(mode)
            with open_for_writing(database) as db, transaction(db):
                db.execute("update pages set next_check_at = '2000-01-01T00:00:00.000Z', checks = 1")
            whole.append(await self.daemon(stage, database))
        return [download, extraction, storing, *whole]

    async def download(self) -> tuple[list[Capture], Measured]:
        captures: list[Capture] = []

        async def deliver(_: PageRequest, capture: Capture) -> None:
            captures.append(capture)

        with self.measuring() as done:
            await crawl_pages(_requests(self.urls), deliver, self.crawl)
        assert all(capture.status == 200 for capture in captures)
        return captures, done("download", len(captures))

    async def extraction(self, captures: list[Capture]) -> tuple[list[Finding], Measured]:
        with ExtractionPool() as pool:
            await asyncio.gather(*(read(capture, pool) for capture in captures[:8]))
            with self.measuring() as done:
                findings = list(await asyncio.gather(*(read(capture, pool) for capture in captures)))
                measured = done("extraction", len(captures))
        return findings, measured

    async def storing(self, captures: list[Capture], findings: list[Finding]) -> Measured:
        policy = RecheckPolicy()
        with Writer(self.folder / "storing.db") as writer, self.measuring() as done:
            await asyncio.gather(
                *(
                    writer.write(
                        lambda db, capture=capture, finding=finding: store(
                            db, identify(capture.url), capture, finding, source=None, policy=policy
                        )
                    )
                    for capture, finding in zip(captures, findings, strict=True)
                )
            )
        return done("storing", len(captures))

    async def daemon(self, stage: str, database: Path) -> Measured:
        """The real daemon, until every page was recorded once."""
        stop = asyncio.Event()
        outcomes: dict[str, int] = {}
        first: list[float] = []

        def note(checked: Checked) -> None:
            first.append(time.perf_counter())
            outcome = checked.recorded.outcome.value
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            if len(first) == len(self.urls):
                stop.set()

        settings = DaemonSettings(database, self.crawl, ScheduleSettings(tick=timedelta(seconds=1)), RecheckPolicy())
        with self.measuring() as done:
            await run_daemon(settings, stop, on_checked=note)
            return done(stage, len(first), outcomes)

    async def tell_server(self, mode: str) -> None:
        reader, writer = await asyncio.open_connection(*_address(self.urls[0]))
        writer.write(f"GET /mode/{mode} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    @contextmanager
    def measuring(self) -> Iterator[_Done]:
        yield _Done(time.perf_counter(), _cpu(self.server_pid), self.server_pid)


@dataclass(frozen=True, slots=True)
class _Done:
    started: float
    cpu: float
    server_pid: int

    def __call__(self, stage: str, pages: int, outcomes: dict[str, int] | None = None) -> Measured:
        seconds = time.perf_counter() - self.started
        return Measured(stage, pages, seconds, _cpu(self.server_pid) - self.cpu, outcomes)


async def _requests(urls: list[str]) -> AsyncIterator[PageRequest]:
    for url in urls:
        yield PageRequest(url)


def _cpu(without: int) -> float:
    """CPU seconds of this process and its living descendants, and of the dead they waited for (proc(5))."""
    stats: dict[int, tuple[int, float]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            stats[int(entry.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK"))
    total, ours = 0.0, {os.getpid()}
    while ours:
        total += sum(stats[pid][1] for pid in ours if pid in stats)
        ours = {pid for pid, (parent, _) in stats.items() if parent in ours and pid != without}
    return total


@contextmanager
def _server(pages: int, hosts: int, size: int) -> Iterator[tuple[list[str], int]]:
    command = [sys.executable, str(SERVER), str(pages), str(hosts), str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield json.loads(server.stdout.readline()), server.pid
        finally:
            server.terminate()


def _address(url: str) -> tuple[str, int]:
    host, _, port = url.split("/")[2].partition(":")
    return host, int(port)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--size", type=int, default=115_000, help="bytes a page")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _print(results: list[Measured], options: argparse.Namespace) -> None:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("scrapy", "trafilatura", "sqlite-utils", "lxml"))
    print(f"{options.pages} pages of {options.size:,} bytes on {options.hosts} loopback hosts; {os.cpu_count()} cores")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; {libraries}\n")
    whole = next(one for one in results if one.stage == "first fetch")
    print("| stage | pages/s | CPU ms/page | CPU, first fetch = 1 | outcomes |\n|---|---:|---:|---:|---|")
    for one in results:
        outcomes = ", ".join(f"{count} {name}" for name, count in (one.outcomes or {}).items())
        ratio = one.cpu_ms / whole.cpu_ms
        print(f"| {one.stage} | {one.per_second:.0f} | {one.cpu_ms:.2f} | {ratio:.2f} | {outcomes} |")


if __name__ == "__main__":
    main()
