"""The post office beside the crawl: looks for what is to be told, sends it, and keeps what became of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog

from archive import outbox
from archive.errors import ArchiveError, ArchiveUnusable
from archive.outbox import State
from archive.reading import Readers
from archive.times import parse_iso
from stet.notify import looking, sending
from stet.notify.targets import MOST_EVENTS, routes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set
    from datetime import datetime

    from sqlite_utils import Database

    from archive.outbox import Delivery, Draft
    from scheduler.running import Companion, Running
    from stet.config import Config
    from stet.notify.parcel import Answer, Parcel
    from stet.notify.settings import NotifySettings
    from stet.notify.targets import Route, Target

ANSWERED_WITHIN = 60.0
"""Seconds after which it is said that a target does not answer. It gets nothing else until it does."""
KEPT_FOR = timedelta(days=90)
"""How long it is known what became of a delivery."""
_LONGEST_WAIT = timedelta(hours=1)
_ASKED_AT_MOST = timedelta(days=1)
_ARCHIVE_AGAIN = 5.0
"""Seconds until the archive is tried again where it could not be written."""

logger = structlog.stdlib.get_logger(__name__)


def beside_the_crawl(config: Config) -> Companion:
    """Notifications as they run in the daemon. Raises CannotNotify."""
    leads = routes(config.notify)

    async def companion(running: Running) -> None:
        with Readers(config.database, limit=2) as readers:
            await _Office(config.notify, leads, running, readers, config.web.url).work()

    return companion


class _Office:
    """One target is sent one delivery at a time; one that fails or hangs holds up no other."""

    def __init__(
        self, settings: NotifySettings, leads: tuple[Route, ...], running: Running, readers: Readers, room: str | None
    ) -> None:
        self._settings = settings
        self._routes = leads
        self._running = running
        self._readers = readers
        self._room = room
        self._targets = {target.digest: target for route in leads for target in route.targets}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, datetime] = {}
        self._switched_off: set[str] = set()

    async def work(self) -> None:
        """Until the daemon ends."""
        ending = asyncio.ensure_future(self._running.ending.wait())
        try:
            while not await self._opened():
                if await _first({ending}, within=_ARCHIVE_AGAIN):
                    return
            look_at = monotonic()
            while not ending.done():
                wait = _ARCHIVE_AGAIN
                try:
                    if monotonic() >= look_at:
                        everything = await self._look()
                        look_at = monotonic() + (self._settings.interval.total_seconds() if everything else 0)
                    wait = min(await self._send_what_is_due(), max(0.0, look_at - monotonic()))
                except ArchiveError as error:
                    logger.warning("notifications wait for the archive", reason=str(error))
                await _first({ending, *self._under_way.values()}, within=wait)
                self._let_go()
            if self._under_way:
                # What is on its way may be answered while the crawl finishes.
                await asyncio.wait(self._under_way.values())
        finally:
            for task in (ending, *self._under_way.values()):
                task.cancel()

    async def _opened(self) -> bool:
        """Take in the rules, and what was on its way in a crash; False where the archive cannot be written just now."""
        try:
            unsure = await self._running.writer.write(self._open)
        except ArchiveUnusable:
            raise
        except ArchiveError as error:
            logger.warning("notifications wait for the archive", reason=str(error))
            return False
        for delivery, target in unsure:
            if target.tells_repeats:
                logger.warning("notification sent again: it may have gone out before", **_about(delivery, target))
            else:
                logger.warning("notification not sent again: it may have gone out", **_about(delivery, target))
        return True

    def _open(self, db: Database) -> list[tuple[Delivery, Target]]:
        now = self._running.clock()
        outbox.forget(db, before=now - KEPT_FOR)
        outbox.enrol(
            db, {route.rule.name: [target.digest for target in route.targets] for route in self._routes}, now=now
        )
        unsure = [(delivery, self._targets[delivery.target]) for delivery in outbox.interrupted(db)]
        for delivery, target in unsure:
            if target.tells_repeats:
                outbox.again(db, delivery.id, at=now, error="the daemon ended while it was sent")
            else:
                outbox.end(db, delivery.id, State.UNKNOWN, now=now, error="the daemon ended while it was sent")
        return unsure

    async def _look(self) -> bool:
        """Put what is new into the outbox; False where there is more to look at.

        All rules go on together, in one transaction: what one has put for a target no other puts again.
        """
        before = await asyncio.to_thread(self._read_considered)
        considered, is_last = before, not before
        wanted: dict[int, Sequence[Route]] = {}
        while not is_last and len(wanted) < MOST_EVENTS:
            seen = await asyncio.to_thread(self._read_look, considered)
            considered = {rule: max(event, seen.considered) for rule, event in considered.items()}
            wanted |= seen.wanted
            is_last = seen.is_last
        if considered != before:
            await self._running.writer.write(partial(self._put, tuple(looking.drafts(wanted)), considered))
        return is_last

    def _read_considered(self) -> dict[str, int]:
        with self._readers.reading() as db:
            return outbox.considered(db)

    def _read_look(self, considered: Mapping[str, int]) -> looking.Look:
        with self._readers.reading() as db:
            return looking.look(db, self._routes, considered)

    def _put(self, drafts: Sequence[Draft], considered: Mapping[str, int], db: Database) -> None:
        outbox.put(db, drafts, considered=considered, now=self._running.clock())

    async def _send_what_is_due(self) -> float:
        """Begin to send; the seconds until there is more to be sent."""
        now = self._running.clock()
        self._resting = {target: until for target, until in self._resting.items() if until > now}
        due, then = await asyncio.to_thread(self._read_due, now)
        for delivery in due:
            if not any(delivery.target in busy for busy in (self._under_way, self._resting, self._switched_off)):
                self._under_way[delivery.target] = asyncio.create_task(self._deliver(delivery))
        moments = [*self._resting.values(), *([parse_iso(then)] if then else [])]
        return max(0.0, (min(moments, default=now + _LONGEST_WAIT) - now).total_seconds())

    def _read_due(self, now: datetime) -> tuple[list[Delivery], str | None]:
        with self._readers.reading() as db:
            return outbox.due(db, now=now), outbox.next_attempt_at(db, after=now)

    async def _deliver(self, delivery: Delivery) -> None:
        target = self._targets[delivery.target]
        parcel = await asyncio.to_thread(self._read_parcel, delivery)
        await self._running.writer.write(partial(_take, delivery))
        answered = sending.begin(target, parcel)
        if not await _first({answered}, within=ANSWERED_WITHIN):
            logger.warning("a target of notifications does not answer", **_about(delivery, target))
        answer = await answered
        now = self._running.clock()
        again_at = self._again_at(delivery, answer, now)
        await self._keep(partial(_end, delivery, answer, now, again_at))
        if answer.switches_off:
            self._switched_off.add(target.digest)
        if answer.retry_after:
            self._resting[target.digest] = now + _asked(answer)
        _tell(delivery, target, answer, again_at)

    def _read_parcel(self, delivery: Delivery) -> Parcel:
        with self._readers.reading() as db:
            return looking.parcel(db, delivery, now=self._running.clock(), room=self._room)

    async def _keep(self, work: Callable[[Database], None]) -> None:
        """Write it however long that takes: until then the target gets nothing else. Raises ArchiveUnusable."""
        while True:
            try:
                return await self._running.writer.write(work)
            except ArchiveUnusable:
                raise
            except ArchiveError as error:
                logger.warning("notifications wait for the archive", reason=str(error))
                await asyncio.sleep(_ARCHIVE_AGAIN)

    def _again_at(self, delivery: Delivery, answer: Answer, now: datetime) -> datetime | None:
        """When to try again what was not taken; None where it is done with, or given up."""
        if answer.state is not State.WAITING:
            return None
        # Past so many doublings the longest wait is reached.
        doubled = self._settings.retry_after * 2 ** min(delivery.attempts, 20)
        at = now + max(min(doubled, _LONGEST_WAIT), _asked(answer))
        return at if at <= parse_iso(delivery.created_at) + self._settings.give_up_after else None

    def _let_go(self) -> None:
        """Forget what is done. Where the archive could not be read or written, that is said and tried again later."""
        for digest, task in list(self._under_way.items()):
            if not task.done():
                continue
            del self._under_way[digest]
            try:
                task.result()
            except ArchiveUnusable:
                raise
            except ArchiveError as error:
                logger.warning("notifications wait for the archive", reason=str(error))
                self._resting[digest] = self._running.clock() + timedelta(seconds=_ARCHIVE_AGAIN)


def _asked(answer: Answer) -> timedelta:
    return min(timedelta(seconds=answer.retry_after or 0.0), _ASKED_AT_MOST)


def _end(delivery: Delivery, answer: Answer, now: datetime, again_at: datetime | None, db: Database) -> None:
    if again_at is not None:
        outbox.again(db, delivery.id, at=again_at, error=answer.error)
    else:
        ended = State.FAILED if answer.state is State.WAITING else answer.state
        outbox.end(db, delivery.id, ended, now=now, error=answer.error)


def _tell(delivery: Delivery, target: Target, answer: Answer, again_at: datetime | None) -> None:
    about = _about(delivery, target)
    if answer.state is State.SENT:
        logger.info("notified", events=len(delivery.events), **about)
    elif answer.state is State.UNKNOWN:
        logger.warning("notification not sent again: it may have gone out", reason=answer.error, **about)
    elif again_at is None:
        logger.error("notification given up", reason=answer.error, attempts=delivery.attempts + 1, **about)
    else:
        # Once aloud: a target may be away for a day.
        say = logger.debug if delivery.attempts else logger.warning
        say("notification not taken, will be tried again", reason=answer.error, **about)


def _take(delivery: Delivery, db: Database) -> None:
    outbox.take(db, delivery.id)


def _about(delivery: Delivery, target: Target) -> dict[str, object]:
    return {"rule": ", ".join(delivery.rules), "target": target.name, "id": delivery.message_id}


async def _first(awaited: Set[asyncio.Future[Any]], *, within: float) -> bool:
    """Wait until one of them is done; whether one was in time."""
    done, _ = await asyncio.wait(awaited, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    return bool(done)
