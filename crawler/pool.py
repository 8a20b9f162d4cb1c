"""Extraction in a pool of processes that one bad page cannot hurt."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from concurrent.futures import TimeoutError as DeadlinePassed
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from pebble import CONSTS, ProcessExpired, ProcessPool

from archive.models import Memory
from crawler import extraction
from crawler.extraction import ExtractionSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from archive.models import Article

DEADLINE = 20.0
"""Seconds for one page; the slowest of 1,000 real pages took 0.4 s."""
RECYCLE_AFTER = 2_000
"""Pages per worker process, against slow leaks in the parsers."""
STARTS_WITHIN = 60.0
"""Seconds for the first worker to import the parsers and warm up; it takes some two."""
NICER_BY = 10
"""Extraction takes all of the processor that it is given. What the loop and the writer have to do comes first: they
feed the workers, and people wait for their pages."""
ATTEMPTS = 3
"""How many pools one page may see break under it before it is given up."""


class ExtractionFailed(Exception):
    """This page could not be read: it crashed its worker, ran past the deadline, or met a defect of the parsers."""


class PoolUnusable(Exception):
    """No process for extraction can be started: no page will ever be read."""


class ExtractionPool:
    """Runs `crawler.extraction.extract` in worker processes, a deadline on each page.

    pebble rather than concurrent.futures: it knows which worker has which page, so that a crash or a hang
    costs that page alone, where ProcessPoolExecutor fails all that is in flight (BrokenProcessPool). It still
    breaks when a worker dies that has no page (the kernel's out-of-memory killer); then the pool is made anew,
    and what was in flight is done again.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        deadline: float = DEADLINE,
        recycle_after: int = RECYCLE_AFTER,
        extract: Callable[..., Article] = extraction.extract,
        warm: Callable[[], None] = extraction.warm,
    ) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._deadline = deadline
        self._recycle_after = recycle_after
        self._extract = extract
        self._warm = warm
        self._pool: ProcessPool | None = None
        self._changing = asyncio.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill the workers: whoever still waited for a page has gone."""
        self._closed = True
        if self._pool is not None:
            _end(self._pool)

    async def ready(self) -> None:
        """Return once a worker has answered. Raises PoolUnusable."""
        pool = await self._running()
        try:
            async with asyncio.timeout(STARTS_WITHIN):
                await asyncio.wrap_future(pool.schedule(os.getpid))
        except (RuntimeError, OSError, ProcessExpired) as error:
            reason = error.__cause__ or error
            raise PoolUnusable(f"no process for extraction can be started: {reason}") from error

    async def extract(
        self,
        body: bytes,
        *,
        url: str,
        content_type: str | None,
        settings: ExtractionSettings = ExtractionSettings(),
        memory: Memory = Memory(),
    ) -> Article:
        """The article in `body`. Raises NotAnArticle (from extraction), ExtractionFailed or PoolUnusable."""
        work = partial(
            _guarded, self._extract, body, url=url, content_type=content_type, settings=settings, memory=memory
        )
        for _ in range(ATTEMPTS):
            pool = await self._running()
            try:
                return await self._extract_in(pool, work)
            except _Broken:
                await self._discard(pool)
        await self.ready()
        raise ExtractionFailed(f"extraction broke all its processes {ATTEMPTS} times")

    async def _extract_in(self, pool: ProcessPool, work: Callable[[], Article]) -> Article:
        try:
            future = pool.schedule(work, timeout=self._deadline)
        except (RuntimeError, OSError) as error:
            raise _Broken from error
        try:
            return await asyncio.wrap_future(future)
        except DeadlinePassed as error:
            raise ExtractionFailed(f"extraction took longer than {self._deadline:g} s and was ended") from error
        except ProcessExpired as error:
            raise ExtractionFailed(f"extraction crashed its process (exit code {error.exitcode})") from error
        except BrokenProcessPool as error:
            raise _Broken from error

    async def _running(self) -> ProcessPool:
        async with self._changing:
            if self._closed:
                raise PoolUnusable("extraction has ended")
            if self._pool is None:
                self._pool = self._made()
                # In a thread, since the fork server's first answer takes a second: it imports the parsers first.
                await asyncio.to_thread(_start, self._pool)
            return self._pool

    async def _discard(self, broken: ProcessPool) -> None:
        async with self._changing:
            if self._pool is broken:
                self._pool = None
                await asyncio.to_thread(_end, broken)

    def _made(self) -> ProcessPool:
        # pebble would wait three seconds for a worker to heed its SIGTERM, and look after no other meanwhile.
        CONSTS.term_timeout = 0.0
        # Not fork: the daemon has threads and an event loop, which a forked child would inherit half-dead.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.extraction"])
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=self._recycle_after,
            initializer=partial(_begin, self._warm),
            context=context,
        )


class _Broken(Exception):
    """The pool broke, through no fault of the page that we know of."""


def _begin(warm: Callable[[], None]) -> None:
    """In the worker, first."""
    os.nice(NICER_BY)
    warm()


def _guarded(extract: Callable[..., Article], body: bytes, **known: object) -> Article:
    """In the worker: let nothing out but what the daemon expects, and can unpickle."""
    try:
        return extract(body, **known)
    except extraction.NotAnArticle:
        raise
    except BaseException as error:  # noqa: BLE001 - even SystemExit, which would end the daemon
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:400]
        raise ExtractionFailed(f"extraction failed: {reason}") from None


def _start(pool: ProcessPool) -> None:
    # First, since it ends by unblocking what it has blocked.
    resource_tracker.ensure_running()
    # All that is started from here on inherits it: a SIGTERM to the daemon's whole group (systemd, a terminal)
    # must not cost the pages at hand. The daemon itself ends its workers, with SIGKILL.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        _ = pool.active
    except (RuntimeError, OSError, EOFError) as error:
        raise PoolUnusable(f"no process for extraction can be started: {error.__cause__ or error}") from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble's one untyped method
    pool.join()
