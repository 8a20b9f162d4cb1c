"""Running asyncio code with Scrapy inside. A reactor runs once, so each of its tests is a process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from crawler.loop import run
from crawler.settings import CrawlSettings

BOTH = pytest.mark.parametrize("reactor", ["none", "asyncio"])

START = """
import asyncio, logging, signal, sys, warnings
from crawler.loop import crawl_pages, run, start_crawl
from crawler.settings import CrawlSettings
from crawler.spider import PageRequest

REACTOR, URL = sys.argv[1:3]
CRAWL = CrawlSettings(
    reactor=REACTOR, allow_private=True, obey_robots=False, delay=0, retries=0, timeout=1000, concurrency=4,
    concurrency_per_host=4,
)

async def deliver(page, capture):
    print("delivered", page.url, capture.status, capture.failure and capture.failure.message, flush=True)

async def pages(*urls):
    for url in urls:
        yield PageRequest(url)
"""


def start(script: str, reactor: str, url: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", START + script, reactor, url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> tuple[int, list[str], str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out.splitlines(), err


@BOTH
def test_what_main_returns_is_returned(reactor: str) -> None:
    script = """
async def main():
    await asyncio.sleep(0)
    return 42
print(run(main, CRAWL))
"""
    assert end(start(script, reactor)) == (0, ["42"], "")


@BOTH
def test_what_main_raises_is_raised(reactor: str) -> None:
    script = """
async def main():
    raise LookupError("lost")
try:
    run(main, CRAWL)
except LookupError as exc:
    print(repr(exc))
"""
    assert end(start(script, reactor)) == (0, ["LookupError('lost')"], "")


@BOTH
def test_crawls_follow_one_another_and_logging_is_left_alone(reactor: str, site: Any) -> None:
    site.on("/a")
    script = """
async def main():
    for _ in range(2):
        await crawl_pages(pages(URL), deliver, CRAWL)
run(main, CRAWL)
print(logging.getLogger().handlers, logging.getLogger("scrapy").level, logging.getLogger("twisted").level)
"""
    status, out, err = end(start(script, reactor, site.url("/a")))
    assert (status, err) == (0, "")
    assert out == [f"delivered {site.url('/a')} 200 None"] * 2 + ["[] 0 0"]


@BOTH
def test_hanging_connections_do_not_keep_the_process(reactor: str, site: Any) -> None:
    site.on("/a", raw=b"", stall=True)
    script = """
async def main():
    await start_crawl(pages(URL, URL, URL), deliver, CRAWL)
    while not (await asyncio.to_thread(sys.stdin.readline)).strip():
        pass
    return "ended"
print(run(main, CRAWL))
"""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", START + script, reactor, site.url("/a")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    site.wait_for_hits(3)
    out, err = process.communicate("go\n", timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.splitlines()[-1] == "ended"


@BOTH
def test_a_stop_delivers_what_hangs(reactor: str, site: Any) -> None:
    site.on("/a", raw=b"", stall=True)
    script = """
async def main():
    crawl = await start_crawl(pages(*[URL] * 6), deliver, CRAWL)
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    await crawl.stop(grace=0.05)
    print("stopped")
run(main, CRAWL)
"""
    process = start(script, reactor, site.url("/a"))
    site.wait_for_hits(4)
    process.send_signal(signal.SIGTERM)
    status, out, err = end(process)
    assert (status, err) == (0, "")
    *delivered, stopped = out
    assert stopped == "stopped"
    assert delivered == [f"delivered {site.url('/a')} None stopped before it was fetched"] * 4


@BOTH
def test_an_interrupted_crawl_delivers_what_hangs(reactor: str, site: Any) -> None:
    site.on("/a", raw=b"", stall=True)
    script = """
try:
    run(lambda: crawl_pages(pages(URL), deliver, CRAWL), CRAWL)
except KeyboardInterrupt:
    print("interrupted")
"""
    process = start(script, reactor, site.url("/a"))
    site.wait_for_hits(1)
    process.send_signal(signal.SIGINT)
    assert end(process) == (
        0,
        [f"delivered {site.url('/a')} None stopped before it was fetched", "interrupted"],
        "",
    )


@BOTH
def test_an_interrupt_cancels_main_and_comes_out_as_one(reactor: str) -> None:
    script = """
async def main():
    try:
        print("ready", flush=True)
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0)
        print("cleaned up", flush=True)
try:
    run(main, CRAWL)
except KeyboardInterrupt:
    print("interrupted", signal.getsignal(signal.SIGINT) is signal.default_int_handler)
"""
    process = start(script, reactor)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    assert end(process) == (0, ["cleaned up", "interrupted True"], "")


def test_a_reactor_that_is_there_already_is_refused() -> None:
    script = """
async def main():
    pass
run(main, CRAWL)
try:
    run(main, CRAWL)
except RuntimeError as exc:
    print(exc)
"""
    assert end(start(script, "asyncio")) == (
        0,
        ["there is a reactor already, and it runs only once in a process"],
        "",
    )


@pytest.mark.parametrize("allowed", ["None", "True"])
def test_a_reactor_without_the_guard_is_refused(allowed: str, site: Any) -> None:
    script = f"""
from scrapy.utils.reactor import install_reactor
STRICT = CRAWL.model_copy(update={{"allow_private": False}})
async def main():
    from twisted.internet import reactor
    if {allowed} is None:
        reactor.installNameResolver(object())
    try:
        await crawl_pages(pages(URL), deliver, STRICT)
    except RuntimeError as exc:
        print(exc)
run(main, CRAWL)
"""
    status, out, _ = end(start(script, "asyncio", site.url("/a")))
    assert status == 0
    assert out == [
        "the reactor resolves names unguarded: run the crawl inside crawler.loop.run"
        if allowed == "None"
        else "the reactor lets private addresses through, this crawl must not"
    ]
    assert site.hits == []


def test_without_a_reactor_it_runs_again_and_again() -> None:
    async def main() -> int:
        await asyncio.sleep(0)
        return os.getpid()

    crawl = CrawlSettings(reactor="none")
    assert run(main, crawl) == run(main, crawl) == os.getpid()
