"""Waiting for what is to come, with a deadline and without a fixed sleep."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds; generous, since it is only waited out where something is wrong."""


async def until(holds: Callable[[], T], within: float = PATIENCE) -> T:
    """Return what `holds` gives once that is true."""
    deadline = time.monotonic() + within
    while not (value := holds()):
        assert time.monotonic() < deadline, "it did not come to pass"
        await asyncio.sleep(0.01)
    return value


def wait_until(holds: Callable[[], T], what: object = "it", within: float = PATIENCE) -> T:
    """`until` outside of coroutines; `what` is named where it does not come to pass."""
    deadline = time.monotonic() + within
    while not (value := holds()):
        assert time.monotonic() < deadline, f"{what() if callable(what) else what} did not come to pass"
        time.sleep(0.01)
    return value
