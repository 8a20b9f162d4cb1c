"""Logging: structlog over the standard library, so that Scrapy's and APScheduler's lines come out the same way."""

from __future__ import annotations

import logging
import sys
from collections import Counter, deque
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stet.config import LogSettings

UNHEARD = "stet-notification"
"""The name of threads that others' code sends in: what it logs may hold an address, and an address its token."""
KEPT = 50
"""The last warnings and errors that are kept in memory."""
LONGEST = 500
"""Characters of what is kept of one text."""
FIELDS = 12


@dataclass(frozen=True, slots=True)
class Trouble:
    """One warning or error that was logged. Its texts may have come from the web."""

    at: datetime
    level: str
    logger: str
    event: str
    fields: Mapping[str, str]


class Troubles(logging.Handler):
    """The last warnings and errors, and how many there were. May be used from any thread."""

    def __init__(self, most: int = KEPT) -> None:
        super().__init__(logging.WARNING)
        self._last: deque[Trouble] = deque(maxlen=most)
        self._counts: Counter[str] = Counter()

    @property
    def last(self) -> tuple[Trouble, ...]:
        """The newest first."""
        with self._guarded():
            return tuple(reversed(self._last))

    @property
    def counts(self) -> dict[str, int]:
        """How many there were, by level."""
        with self._guarded():
            return dict(self._counts)

    def emit(self, record: logging.LogRecord) -> None:
        self._counts[record.levelname.lower()] += 1
        self._last.append(_trouble(record))

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        self.acquire()
        try:
            yield
        finally:
            self.release()


@contextmanager
def kept_troubles() -> Iterator[Troubles]:
    """The warnings and errors of all loggers, as long as it lasts."""
    troubles = Troubles()
    root = logging.getLogger()
    root.addHandler(troubles)
    try:
        yield troubles
    finally:
        root.removeHandler(troubles)


def configure(settings: LogSettings) -> None:
    """Send everything to standard error, as lines for people or as JSON Lines."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=()),
        structlog.processors.TimeStamper(fmt="iso" if settings.format == "json" else "%Y-%m-%d %H:%M:%SZ", utc=True),
        _drop_empty,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[structlog.types.Processor]
    if settings.format == "json":
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                sort_keys=False,
                pad_event_to=0,
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    handler.addFilter(lambda record: record.threadName != UNHEARD)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.level.upper())
    for chatty in ("scrapy", "twisted", "apscheduler", "asyncio", "trafilatura", "htmldate"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
    # Their warnings are of one page each, which is told with its failure anyway, and name settings of Scrapy's.
    for repeating in ("scrapy.core.downloader.handlers.http11", "scrapy.downloadermiddlewares.httpcompression"):
        logging.getLogger(repeating).setLevel(logging.ERROR)
    # Some 100 records a page, each made only to be dropped.
    logging.getLogger("charset_normalizer").setLevel(logging.WARNING)


def _trouble(record: logging.LogRecord) -> Trouble:
    # Of structlog's, the message is what was said, by name.
    said: Mapping[str, object] = record.msg if isinstance(record.msg, dict) else {"event": record.getMessage()}
    fields = {name: _short(value) for name, value in said.items() if name not in _ELSEWHERE}
    if (error := _error(said.get("exc_info") or record.exc_info)) is not None:
        fields = {"error": _short(f"{type(error).__name__}: {error}"), **fields}
    return Trouble(
        at=datetime.fromtimestamp(record.created, UTC),
        level=record.levelname.lower(),
        logger=record.name,
        event=_short(said.get("event", "")),
        fields=dict(islice(fields.items(), FIELDS)),
    )


_ELSEWHERE = frozenset({"event", "level", "logger", "timestamp", "exc_info", "stack_info"})


def _error(known: object) -> BaseException | None:
    if known is True:
        return sys.exc_info()[1]
    if isinstance(known, tuple):
        return known[1] if isinstance(known[1], BaseException) else None
    return known if isinstance(known, BaseException) else None


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _drop_empty(_logger: object, _method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """A key without a value says nothing."""
    return {key: value for key, value in event.items() if value is not None}
