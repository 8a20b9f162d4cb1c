"""`stet run`: the daemon."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import structlog

from crawler.loop import run as run_loop
from crawler.pool import PoolUnusable
from scheduler.daemon import DaemonFailed, run_daemon
from stet.cli.common import FAILED, allow_private_option, command, fail
from stet.lock import only_one

if TYPE_CHECKING:
    from stet.config import Config

logger = structlog.stdlib.get_logger(__name__)


@command
@allow_private_option
def run(settings: Config) -> None:
    """Discover, fetch, store and come back, until SIGTERM or SIGINT. A second signal ends it at once."""
    with only_one(settings.database):
        try:
            run_loop(lambda: _until_signalled(settings), settings.crawl)
        except (DaemonFailed, PoolUnusable) as error:
            fail(str(error), FAILED)


async def _until_signalled(settings: Config) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def signalled(number: signal.Signals) -> None:
        if stop.is_set():
            # What is committed is safe, and what is in flight is leased: there is nothing to lose.
            os._exit(128 + number)
        logger.info("finishing what is in flight; signal again to end at once", signal=number.name)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, signalled, number)
    if settings.crawl.contact is None:
        logger.warning("sites cannot tell who is fetching; set `crawl.contact` to a page that says so")
    await run_daemon(settings.daemon(), stop)
