"""The daemon at work, as those see and steer it that run beside the crawl: the web page, the notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine
    from datetime import datetime
    from typing import Any, TypeAlias

    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from archive.writer import Writer
    from scheduler.feeding import Feed
    from scheduler.settings import DaemonSettings


@dataclass(frozen=True, slots=True)
class Running:
    """What the daemon works with. `ending` is set when it ends: who runs beside it is then to end too."""

    settings: DaemonSettings
    writer: Writer
    feed: Feed
    jobs: AsyncIOScheduler
    ending: asyncio.Event
    clock: Callable[[], datetime]


Companion: TypeAlias = "Callable[[Running], Coroutine[Any, Any, None]]"
"""Runs beside the crawl, in the same loop, until `ending` is set."""
