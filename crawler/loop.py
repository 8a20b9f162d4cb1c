"""Running asyncio code with Scrapy inside, with Twisted's reactor or without it."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import is_reactor_installed

from crawler.hold import HostHolds
from crawler.resolver import ReactorNames, Resolver, resolver_for
from crawler.settings import scrapy_settings
from crawler.spider import PageSpider
from crawler.stopping import CrawlStopped, abort_downloads, turn_away

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator

    from scrapy.core.engine import ExecutionEngine

    from archive.models import Capture
    from crawler.settings import CrawlSettings
    from crawler.spider import PageRequest

T = TypeVar("T")

PATIENCE = 0.5
"""Seconds to wait, at the end, for what was cancelled."""

_CRAWLS: ContextVar[set[Crawl]] = ContextVar("crawls")
"""The crawls that the running `run` has to end."""


def run(main: Callable[[], Coroutine[Any, Any, T]], crawl: CrawlSettings) -> T:
    """Runs `main()` to its end and returns what it returns, like `asyncio.run`.

    Crawls may run inside. With the asyncio reactor, once per process: a reactor does not start twice.
    What `main` left running is cancelled, and open connections are dropped.
    """
    if crawl.reactor == "none":
        return asyncio.run(_and_end_its_crawls(main))
    return _run_in_reactor(lambda: _and_end_its_crawls(main), resolver_for(crawl))


async def crawl_pages(
    requests: AsyncIterator[PageRequest],
    deliver: Callable[[PageRequest, Capture], Awaitable[None]],
    crawl: CrawlSettings,
) -> None:
    """Fetches all of `requests` and awaits `deliver` once for each, also when it is cancelled."""
    under_way = await start_crawl(requests, deliver, crawl)
    try:
        await under_way.wait()
    except asyncio.CancelledError:
        await under_way.stop(grace=0.0)
        raise


async def start_crawl(
    requests: AsyncIterator[PageRequest],
    deliver: Callable[[PageRequest, Capture], Awaitable[None]],
    crawl: CrawlSettings,
) -> Crawl:
    """Starts a crawl that goes on until `requests` ends or it is stopped."""
    under_way = Crawl(requests, deliver, crawl)
    _CRAWLS.get(set()).add(under_way)
    await under_way.opened()
    return under_way


class Crawl:
    """A crawl under way."""

    def __init__(
        self,
        requests: AsyncIterator[PageRequest],
        deliver: Callable[[PageRequest, Capture], Awaitable[None]],
        crawl: CrawlSettings,
    ) -> None:
        runner = AsyncCrawlerRunner(scrapy_settings(crawl))
        self._crawler = runner.create_crawler(PageSpider)
        self._opened = asyncio.Event()
        self._task = runner.crawl(self._crawler, requests=requests, deliver=deliver, on_start=self._opened.set)

    @property
    def engine(self) -> ExecutionEngine:
        """Scrapy's engine, for `download_async`: one more request under the same politeness."""
        return self._crawler.engine

    def held_hosts(self, now: float | None = None) -> dict[str, float]:
        """The hosts that asked to be left alone, and for how many seconds from `now` (epoch)."""
        holds = self._crawler.get_downloader_middleware(HostHolds)
        return holds.holds.held(time.time() if now is None else now) if holds else {}

    async def opened(self) -> None:
        """Returns when requests can be made."""
        opened = asyncio.ensure_future(self._opened.wait())
        await asyncio.wait((opened, self._task), return_when=asyncio.FIRST_COMPLETED)
        opened.cancel()
        if self._task.done():
            self._task.result()

    async def wait(self) -> None:
        """Returns when all is delivered; raises what `requests` raised."""
        await asyncio.shield(self._task)
        spider = self._crawler.spider
        if isinstance(spider, PageSpider) and spider.error is not None:
            raise spider.error

    async def stop(self, grace: float = 10.0) -> None:
        """Takes no more pages, and waits `grace` seconds for those that are being downloaded.

        What could not be fetched any more is delivered as stopped. Raises as `wait` does.
        """
        stopping = asyncio.create_task(self._crawler.stop_async())
        self._turn_away()
        await asyncio.wait((self._task,), timeout=grace)
        if not self._task.done():
            self._crawler.signals.send_catch_log(signal=abort_downloads)
            self._turn_away()
        await stopping
        await self.wait()

    async def abandon(self) -> None:
        """Ends at once, and delivers no more."""
        if self._task.done():
            return
        if isinstance(self._crawler.spider, PageSpider):
            self._crawler.spider.abandon()
        await self.stop(grace=0.0)

    def _turn_away(self) -> None:
        turn_away(self._crawler.engine.downloader, CrawlStopped())


async def _and_end_its_crawls(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    crawls: set[Crawl] = set()
    _CRAWLS.set(crawls)
    try:
        return await main()
    finally:
        if endings := [asyncio.create_task(crawl.abandon()) for crawl in crawls]:
            await asyncio.wait(endings, timeout=PATIENCE)


def _run_in_reactor(main: Callable[[], Coroutine[Any, Any, T]], resolver: Resolver) -> T:
    if is_reactor_installed():
        raise RuntimeError("there is a reactor already, and it runs only once in a process")
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    reactor = _install_reactor(loop)
    reactor.installNameResolver(ReactorNames(resolver))
    tasks: list[asyncio.Task[T]] = []

    def begin() -> None:
        task = loop.create_task(main())
        tasks.append(task)
        task.add_done_callback(lambda _: loop.create_task(end()))

    async def end() -> None:
        await _cancel_the_rest()
        reactor.stop()

    reactor.callWhenRunning(begin)
    try:
        with _interruptible(tasks) as interrupted:
            reactor.run(installSignalHandlers=False)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    (task,) = tasks
    if interrupted and task.cancelled():
        raise KeyboardInterrupt
    return task.result()


def _install_reactor(loop: asyncio.AbstractEventLoop) -> Any:
    # Imported here, since without a reactor none of Twisted's loop is wanted.
    from twisted.internet import asyncioreactor, main  # noqa: PLC0415

    reactor: Any = asyncioreactor.AsyncioSelectorReactor(loop)
    main.installReactor(reactor)  # type: ignore[no-untyped-call]
    return reactor


async def _cancel_the_rest() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    if rest:
        await asyncio.wait(rest, timeout=PATIENCE)


@contextmanager
def _interruptible(tasks: list[asyncio.Task[T]]) -> Iterator[list[int]]:
    """SIGINT cancels the main task; a second one interrupts at once. As `asyncio.run` does it."""
    interrupts: list[int] = []

    def interrupt(number: int, _: object) -> None:
        interrupts.append(number)
        if len(interrupts) > 1 or not tasks or tasks[0].done():
            raise KeyboardInterrupt
        loop = tasks[0].get_loop()
        loop.call_soon_threadsafe(tasks[0].cancel)

    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if ours:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield interrupts
    finally:
        if ours and signal.getsignal(signal.SIGINT) is interrupt:
            signal.signal(signal.SIGINT, signal.default_int_handler)
