"""What is recorded while readers look: one look at the archive a second tells all of them, whoever writes it."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from starlette.concurrency import run_in_threadpool

from archive.errors import ArchiveError
from archive.stream import last_id, recorded_after, together
from stet.web.entries import entries
from stet.web.rendering import templates

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sqlite_utils import Database

    from archive.reading import Readers
    from archive.stream import Wanted

LISTENERS = 100
"""At one time; each holds a connection."""
EVERY = 1.0
"""Seconds between two looks at whether something was recorded."""
HEARTBEAT = 15.0
"""Seconds after which a listener is told that there is nothing, so that those on the way keep the connection."""
MOST = 50
"""Events told at once; who has missed more is told to look at the page."""
FAR = 10_000
"""Events recorded since, through which a filter is looked for."""

logger = structlog.stdlib.get_logger(__name__)


class TooManyListeners(Exception):
    """There is room for no more."""


@dataclass(frozen=True, slots=True)
class News:
    """What was recorded after an event."""

    entries: str
    """HTML, the newest first; empty where nothing was that is asked for."""
    is_too_much: bool
    """More than is told at once, and therefore not in `entries`."""
    last: int
    """The id of the event recorded last."""


class Live:
    """Tells listeners of what is recorded. Belongs to one loop; looks at the archive only while somebody listens."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._listeners = 0
        self._turn = asyncio.Event()
        self._ended = False
        self._watching: asyncio.Task[None] | None = None
        self._asked: dict[tuple[Wanted, int | None], asyncio.Task[News]] = {}

    def end(self) -> None:
        """Let all listeners go."""
        self._ended = True
        self._turn.set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """A listener's place. Raises TooManyListeners."""
        if self._listeners >= LISTENERS:
            raise TooManyListeners
        self._listeners += 1
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self._listeners -= 1
            if not self._listeners:
                self._watching.cancel()
                self._watching = None

    async def news(self, wanted: Wanted, after: int | None) -> AsyncIterator[News | None]:
        """What is recorded after that event, or from now on; None as a heartbeat. Ends when the server does."""
        while not self._ended:
            turn = self._turn
            try:
                found = await self._since(wanted, after)
            except ArchiveError as error:
                self._asked.pop((wanted, after), None)
                logger.warning("listeners are told later", error=str(error))
            else:
                if found.last != after:
                    after = found.last
                    yield found
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT):
                    await turn.wait()
                    continue
            yield None

    async def _since(self, wanted: Wanted, after: int | None) -> News:
        """Listeners that ask the same in one turn are answered at once."""
        if len(self._asked) > LISTENERS:
            self._asked.clear()
        if (wanted, after) not in self._asked:
            self._asked[wanted, after] = asyncio.create_task(run_in_threadpool(self._read, wanted, after))
        return await asyncio.shield(self._asked[wanted, after])

    def _read(self, wanted: Wanted, after: int | None) -> News:
        with self._readers.reading() as db:
            last = last_id(db)
            if after is None or after >= last:
                # What is not reached yet was recorded in an archive that another took the place of.
                return News("", is_too_much=after is not None and after > last, last=last)
            found = [] if last - after > FAR else recorded_after(db, wanted, after, limit=MOST + 1)
            if last - after > FAR or len(found) > MOST:
                return News("", is_too_much=True, last=last)
            shown = entries(db, list(together(found))[::-1])
        rendered = templates().get_template("entries.html").render(entries=shown, of_page=False) if shown else ""
        return News(rendered, is_too_much=False, last=last)

    async def _watch(self) -> None:
        """Begin a turn whenever an event was recorded; `data_version` says cheaply that nothing was written."""
        seen: tuple[Database, int] | None = None
        last: int | None = None
        complained = False
        while not self._ended:
            try:
                # Reads of shared memory, and of the end of an index: no work for a thread.
                with self._readers.glancing() as db:
                    # Another connection stands for another archive, and counts anew.
                    state = (db, *db.execute("pragma data_version").fetchone())
                    if state != seen:
                        seen = state
                        if (recorded := last_id(db)) != last:
                            last = recorded
                            self._begin_turn()
                complained = False
            except ArchiveError as error:
                if not complained:
                    logger.warning("the archive cannot be watched", error=str(error))
                complained = True
            await asyncio.sleep(EVERY)

    def _begin_turn(self) -> None:
        self._asked.clear()
        self._turn.set()
        self._turn = asyncio.Event()
