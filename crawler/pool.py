"""Extraction in a pool of processes that one bad page cannot hurt."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from concurrent.futures import TimeoutError as DeadlinePassed
from typing import TYPE_CHECKING

from pebble import ProcessExpired, ProcessPool

from crawler import extraction

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from archive.models import Article

DEADLINE = 20.0
"""Seconds for one page; the slowest of 1,000 real pages took 0.4 s."""
RECYCLE_AFTER = 2_000
"""Pages per worker process, against slow leaks in the parsers."""


class ExtractionFailed(Exception):
    """This page crashed its worker or ran past the deadline; no other page is touched."""


class ExtractionPool:
    """Runs `crawler.extraction.extract` in worker processes, a deadline on each page.

    pebble rather than concurrent.futures: it knows which worker has which page, so that a crash or a hang
    costs that page alone, where ProcessPoolExecutor fails all that is in flight (BrokenProcessPool).
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        deadline: float = DEADLINE,
        recycle_after: int = RECYCLE_AFTER,
        extract: Callable[..., Article] = extraction.extract,
    ) -> None:
        # Not fork: the daemon has threads and an event loop, which a forked child would inherit half-dead.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.extraction"])
        self._pool = ProcessPool(
            max_workers=workers or os.cpu_count() or 1,
            max_tasks=recycle_after,
            initializer=extraction.warm,
            context=context,
        )
        self._deadline = deadline
        self._extract = extract

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill the workers: whoever still waited for a page has gone."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble's one untyped method
        self._pool.join()

    async def extract(self, body: bytes, *, url: str, content_type: str | None) -> Article:
        """The article in `body`. Raises NotAnArticle (from extraction) or ExtractionFailed."""
        future = self._pool.schedule(
            self._extract, args=(body,), kwargs={"url": url, "content_type": content_type}, timeout=self._deadline
        )
        try:
            return await asyncio.wrap_future(future)
        except DeadlinePassed as error:
            raise ExtractionFailed(f"extraction took longer than {self._deadline:g} s and was ended") from error
        except ProcessExpired as error:
            raise ExtractionFailed(f"extraction crashed its process (exit code {error.exitcode})") from error
