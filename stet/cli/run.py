"""`stet run`: the daemon."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import structlog

from crawler.loop import run as run_loop
from crawler.pool import PoolUnusable
from scheduler.daemon import DaemonFailed, run_daemon
from stet.cli.common import FAILED, WRONG_USAGE, allow_private_option, command, fail
from stet.cli.serve import listening, tell_who_can_read
from stet.lock import only_one
from stet.logs import kept_troubles
from stet.notify import office
from stet.notify.targets import CannotNotify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.running import Companion
    from stet.config import Config

SWITCHED_WITHIN = 0.0005
"""Seconds for which one thread keeps the interpreter while another wants it. Whoever reads the archive gives it away
with each statement and waits for it again: with Python's 5 ms a page of twenty waits for 100 ms beside a crawl."""

logger = structlog.stdlib.get_logger(__name__)


@command
@allow_private_option
def run(settings: Config) -> None:
    """Discover, fetch, store and come back, until SIGTERM or SIGINT. A second signal ends it at once."""
    sys.setswitchinterval(SWITCHED_WITHIN)
    with only_one(settings.database):
        try:
            with ExitStack() as opened:
                companions = [*_reading_room(settings, opened), *_notifications(settings)]
                run_loop(lambda: _until_signalled(settings, companions), settings.crawl)
        except (DaemonFailed, PoolUnusable) as error:
            fail(str(error), FAILED)


def _reading_room(settings: Config, opened: ExitStack) -> Iterator[Companion]:
    """The reading room, where it is to be served and can be."""
    if not settings.web.serve:
        return
    try:
        from stet.web.serving import beside_the_crawl  # noqa: PLC0415 - needs the extra
    except ImportError:
        logger.warning("the reading room is not served: pip install 'stet-news[web]', or set `web.serve: false`")
        return
    listener = opened.enter_context(listening(settings.web))
    tell_who_can_read(settings.web)
    yield beside_the_crawl(settings, listener, opened.enter_context(kept_troubles()))


def _notifications(settings: Config) -> Iterator[Companion]:
    """Who is told of changes, where somebody is."""
    if not settings.notify.rules:
        return
    try:
        yield office.beside_the_crawl(settings)
    except CannotNotify as error:
        fail(str(error), WRONG_USAGE)


async def _until_signalled(settings: Config, companions: Sequence[Companion]) -> None:
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
    await run_daemon(settings.daemon(), stop, companions=companions)
