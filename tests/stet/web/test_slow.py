"""Questions that take long do not hold up the pages that do not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from support.waiting import until

from stet.web.slow import SLOW, SlowOnes

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send


class Desk:
    """An application that answers when it is told to, and has more to say that nobody reads."""

    def __init__(self) -> None:
        self.working = 0
        self.go_on = asyncio.Event()

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        self.working += 1
        await self.go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.Event().wait()


async def nothing() -> Message:
    return {"type": "http.disconnect"}


def test_few_are_answered_at_one_time_and_slow_readers_hold_up_nobody() -> None:
    async def ask_many() -> None:
        desk = Desk()
        slow = SlowOnes(desk, at_once=2)
        begun: list[Message] = []

        async def send(message: Message) -> None:
            begun.append(message)

        def asked(path: str) -> asyncio.Task[None]:
            return asyncio.create_task(slow({"type": "http", "path": path}, nothing, send))

        asking = [asked("/search") for _ in range(5)]
        asking.append(asked("/"))
        await until(lambda: desk.working == 3)
        desk.go_on.set()
        await until(lambda: len(begun) == len(asking))
        assert desk.working == len(asking)
        for task in asking:
            task.cancel()

    asyncio.run(asyncio.wait_for(ask_many(), 30))


def test_who_waits_in_vain_is_told_to_come_back() -> None:
    async def ask_in_vain() -> list[Message]:
        desk = Desk()
        slow = SlowOnes(desk, at_once=1, wait=0.01)
        scope: Scope = {"type": "http", "method": "GET", "path": "/api/v1/search", "headers": [], "query_string": b""}
        said: list[Message] = []

        async def send(message: Message) -> None:
            said.append(message)

        first = asyncio.create_task(slow(scope, nothing, send))
        await until(lambda: desk.working)
        await slow(scope, nothing, send)
        first.cancel()
        return said

    start, body = asyncio.run(ask_in_vain())
    assert (start["status"], dict(start["headers"])[b"retry-after"]) == (503, b"1")
    assert b"Try again" in body["body"]


@pytest.mark.parametrize("path", [
    "/search", "/search.atom", "/search.json", "/compare", "/copies", "/api/v1/search", "/api/v1/compare",
    "/api/v1/copies", "/api/v1/diff", "/memento/20260101120000if_/https://news.example/a%0Ab"
])  # fmt: skip
def test_what_may_take_long_waits_for_its_turn(path: str) -> None:
    assert SLOW.fullmatch(path)


@pytest.mark.parametrize("path", [
    "/", "/page", "/changes.atom", "/api/v1/changes", "/memento/20260101120000/https://news.example/a",
    "/memento/20260101120000id_/https://news.example/a"
])  # fmt: skip
def test_what_takes_no_time_does_not(path: str) -> None:
    assert not SLOW.fullmatch(path)
