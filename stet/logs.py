"""Logging: structlog over the standard library, so that Scrapy's and APScheduler's lines come out the same way."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from stet.config import LogSettings

UNHEARD = "stet-notification"
"""The name of threads that others' code sends in: what it logs may hold an address, and an address its token."""


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
    # Some 100 records a page, each made only to be dropped (measured, facts.md).
    logging.getLogger("charset_normalizer").setLevel(logging.WARNING)


def _drop_empty(_logger: object, _method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """A key without a value says nothing."""
    return {key: value for key, value in event.items() if value is not None}
