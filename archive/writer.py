"""The one writer: a thread that takes jobs and commits them in batches, one transaction each."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from archive.errors import ArchiveError, ArchiveUnusable, explained
from archive.opening import BUSY_SECONDS, open_for_writing, transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from sqlite_utils import Database

T = TypeVar("T")

MAX_BATCH = 64
"""Jobs per transaction. One fsync a batch; more would make the first job of a batch wait for the last."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Database], Any]
    done: Future[Any]


class Writer:
    """Runs functions of a database connection in one thread; a result is given only after its commit.

    A job that raises is rolled back alone (a savepoint each) and its error given to its caller. Where the
    transaction itself fails (disk full, locked), every job of the batch gets that ArchiveError and nothing of
    the batch is kept.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._opened: Future[None] = Future()
        self._ended: ArchiveError | None = None
        self._ending = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="archive-writer", daemon=True)

    def __enter__(self) -> Self:
        """Open the archive. Raises ArchiveError."""
        self.start().result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit what was submitted, then close."""
        self.close()

    def start(self) -> Future[None]:
        """Begin to open the archive; the future is done when it is open, or has the ArchiveError."""
        self._thread.start()
        return self._opened

    def close(self, within: float | None = None) -> None:
        """Commit what was submitted, then close. After `within` seconds what is left is given up: it was never told
        to be done."""
        self._jobs.put(None)
        self._thread.join(within)

    @property
    def is_open(self) -> bool:
        """Whether what is submitted will be tried."""
        return self._opened.done() and self._opened.exception() is None and self._ended is None

    @property
    def waiting(self) -> int:
        """Jobs that are in no batch yet, about."""
        return self._jobs.qsize()

    def submit(self, work: Callable[[Database], T]) -> Future[T]:
        """Queue `work`; the future has its result once it is committed.

        It has an ArchiveError at once where there is no writer any more.
        """
        done: Future[T] = Future()
        with self._ending:
            if self._ended is None:
                self._jobs.put(_Job(work, done))
            else:
                done.set_exception(self._ended)
        return done

    async def write(self, work: Callable[[Database], T]) -> T:
        """`submit` for coroutines. A caller that is cancelled no longer hears of it; the job is still done."""
        done = asyncio.wrap_future(self.submit(work))
        # Where the caller is gone, asyncio would complain of an error that nobody takes.
        done.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(done)

    def _run(self) -> None:
        ended = ArchiveUnusable(f"the archive {self._path} is closed")
        try:
            with open_for_writing(self._path, busy_seconds=self._busy_seconds) as db:
                self._opened.set_result(None)
                while batch := self._next_batch():
                    self._commit(db, batch)
        except BaseException as error:
            if self._opened.done():
                logger.exception("the archive's writer stopped")
                ended = ArchiveUnusable(
                    f"the archive {self._path} is no longer written: {type(error).__name__}: {error}"
                )
            else:
                self._opened.set_exception(error)
        self._refuse_the_rest(ended)

    def _refuse_the_rest(self, ended: ArchiveError) -> None:
        """Nobody may wait for a writer that is no more."""
        with self._ending:
            self._ended = ended
        while not self._jobs.empty():
            job = self._jobs.get()
            if job is not None and job.done.set_running_or_notify_cancel():
                job.done.set_exception(ended)

    def _next_batch(self) -> list[_Job]:
        """All jobs that wait, at least one and at most MAX_BATCH; none when the writer is to close."""
        first = self._jobs.get()
        if first is None:
            return []
        batch = [first]
        while len(batch) < MAX_BATCH:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            batch.append(job)
        return batch

    def _commit(self, db: Database, jobs: list[_Job]) -> None:
        results: list[tuple[_Job, object]] = []
        batch = [job for job in jobs if job.done.set_running_or_notify_cancel()]
        try:
            with explained(self._path), transaction(db):
                for job in batch:
                    try:
                        with explained(self._path), db.atomic():
                            results.append((job, job.work(db)))
                    except Exception as error:
                        if not db.conn.in_transaction:
                            raise
                        job.done.set_exception(error)
        except BaseException as error:
            failure = error if isinstance(error, ArchiveError) else ArchiveError(f"writing failed: {error}")
            for job in batch:
                if not job.done.done():
                    job.done.set_exception(failure)
            if not isinstance(error, Exception):
                raise
            return
        for job, result in results:
            job.done.set_result(result)
