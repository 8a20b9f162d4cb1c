"""The pool of extractors: a page that crashes or hangs its worker costs that page, and no other."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import extractors
from support.waiting import until

from crawler.extraction import NotAnArticle
from crawler.pool import NICER_BY, ExtractionFailed, ExtractionPool, PoolUnusable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from archive.models import Article


def in_pool(
    work: Callable[[ExtractionPool], Coroutine[Any, Any, None]], *, workers: int = 2, **options: Any
) -> list[int]:
    """Run `work` with a pool, and say which processes it had; none of them outlives it."""
    pids: set[int] = set()

    async def main() -> None:
        with ExtractionPool(workers, **{"extract": extractors.obedient, "warm": extractors.warm, **options}) as pool:
            await work(pool)
            pids.update(children())

    asyncio.run(main())
    assert not [pid for pid in pids if is_alive(pid)]
    assert multiprocessing.active_children() == []
    return sorted(pids)


def children() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid]


def is_alive(pid: int) -> bool:
    """Whether the process runs, or is a zombie that nobody has reaped."""
    return Path(f"/proc/{pid}").exists()


async def said(pool: ExtractionPool, body: str) -> str:
    return (await pool.extract(body.encode(), url="https://news.example/a", content_type=None)).text


async def worker_of(pool: ExtractionPool, body: str = "words") -> int:
    article: Article = await pool.extract(body.encode(), url="https://news.example/a", content_type=None)
    return int(article.authors[0])


async def outcomes(*awaited: Awaitable[str]) -> list[str | BaseException]:
    return await asyncio.gather(*awaited, return_exceptions=True)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("abort", "crashed its process"),
        ("exit 3", "exit code 3"),
        ("hang", "took longer than 0.5 s"),
        ("recurse too deep", "RecursionError: too deep"),
        ("quit now", "SystemExit: now"),
        ("unreadable", "Unreadable: onetwo"),
        ("unpicklable", "Stubborn"),
    ],
)
def test_a_bad_page_costs_that_page_and_none_of_its_neighbours(bad: str, why: str) -> None:
    async def work(pool: ExtractionPool) -> None:
        texts = [f"page {number}" for number in range(20)]
        pages = [*texts[:10], bad, *texts[10:]]
        results = await outcomes(*(said(pool, page) for page in pages))
        failed = results.pop(10)
        assert isinstance(failed, ExtractionFailed)
        assert why in str(failed)
        assert results == texts
        assert await said(pool, "afterwards") == "afterwards"

    in_pool(work, deadline=0.5)


def test_many_bad_pages_among_good_ones() -> None:
    async def work(pool: ExtractionPool) -> None:
        pages = [("abort", "exit 1", "page")[number % 3] for number in range(18)]
        results = await outcomes(*(said(pool, page) for page in pages))
        for page, result in zip(pages, results, strict=True):
            assert result == "page" if page == "page" else isinstance(result, ExtractionFailed)

    in_pool(work)


def test_what_is_no_article_is_told_with_its_reason() -> None:
    async def work(pool: ExtractionPool) -> None:
        with pytest.raises(NotAnArticle, match="a list of links") as caught:
            await said(pool, "refuse a list of links")
        assert caught.value.reason == "a list of links"

    in_pool(work, workers=1)


def test_a_worker_that_is_killed_while_idle_is_no_pages_failure() -> None:
    async def work(pool: ExtractionPool) -> None:
        for _ in range(3):
            pid = await worker_of(pool)
            os.kill(pid, signal.SIGKILL)
            await until(lambda pid=pid: pid not in children())
            assert await outcomes(*(said(pool, str(number)) for number in range(8))) == [
                str(number) for number in range(8)
            ]

    in_pool(work)


def test_all_workers_killed_at_once_are_made_anew() -> None:
    async def work(pool: ExtractionPool) -> None:
        await pool.ready()
        pids = children()
        assert len(pids) == 3
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        assert await outcomes(*(said(pool, str(number)) for number in range(8))) == [str(number) for number in range(8)]

    in_pool(work, workers=3)


def test_workers_are_recycled() -> None:
    async def work(pool: ExtractionPool) -> None:
        pids = [await worker_of(pool) for _ in range(10)]
        assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [4, 4, 2]

    in_pool(work, workers=1, recycle_after=4)


def test_workers_leave_the_processor_to_the_daemon_where_both_want_it() -> None:
    async def work(pool: ExtractionPool) -> None:
        worker = await worker_of(pool)
        assert os.getpriority(os.PRIO_PROCESS, worker) == min(os.getpriority(os.PRIO_PROCESS, 0) + NICER_BY, 19)

    in_pool(work, workers=1)


def test_nothing_is_started_before_it_is_needed() -> None:
    async def work(_: ExtractionPool) -> None:
        assert children() == []

    in_pool(work)


def test_a_pool_that_cannot_start_says_so() -> None:
    async def work(pool: ExtractionPool) -> None:
        with pytest.raises(PoolUnusable, match="no process for extraction can be started"):
            await pool.ready()
        with pytest.raises(PoolUnusable, match="no process for extraction can be started"):
            await said(pool, "words")

    in_pool(work, warm=extractors.warm_fails)


def test_pages_that_hang_do_not_hold_up_the_end(tmp_path: Path) -> None:
    async def work(pool: ExtractionPool) -> None:
        begun = [tmp_path / "1", tmp_path / "2"]
        hanging = [asyncio.create_task(said(pool, f"hang-in-c {path}")) for path in begun]
        await until(lambda: all(path.exists() for path in begun))
        hanging.append(asyncio.create_task(said(pool, "waits for its turn")))
        await asyncio.sleep(0)
        for task in hanging:
            task.cancel()

    assert len(in_pool(work)) == 2


def test_the_real_extraction_runs_in_it() -> None:
    async def work() -> str:
        with ExtractionPool(1) as pool:
            await pool.ready()
            with pytest.raises(NotAnArticle):
                await pool.extract(b"", url="https://news.example/a", content_type="text/html")
            sentence = (
                "The harbour office counted 214 ships in March, and its clerk was pleased with every one of them."
            )
            page = f"<html><body><article><h1>Ships</h1>{f'<p>{sentence}</p>' * 5}</article></body></html>"
            article = await pool.extract(page.encode(), url="https://news.example/a", content_type="text/html")
            return article.text

    assert "214 ships" in asyncio.run(work())
