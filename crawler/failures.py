"""Why a page brought nothing, in one line that a person can act on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from archive.models import Failure, FailureKind
from crawler.hold import HostHeld
from crawler.identity import InvalidURL
from crawler.resolver import AddressRefused, UnknownHost
from crawler.robots import HostUnreachable, RobotsRefused, RobotsUnreadable
from crawler.stopping import CrawlStopped

if TYPE_CHECKING:
    from collections.abc import Iterator

STOPPED = Failure(FailureKind.HELD, "stopped before it was fetched", retry_after=0.0)
"""For pages that the crawl's end left unfetched: nothing was learnt about them."""


def describe(exc: BaseException, url: str, *, timeout: float, max_size: int) -> Failure:
    """What became of the request for `url` that ended in `exc`.

    `timeout` (seconds) and `max_size` (bytes) are the limits that it was made under.
    """
    match exc:
        case HostUnreachable(__cause__=BaseException() as cause):
            return describe(cause, url, timeout=timeout, max_size=max_size)
        case HostHeld() | RobotsUnreadable():
            return Failure(FailureKind.HELD, one_line(str(exc)), retry_after=exc.seconds)
        case CrawlStopped():
            return STOPPED
        case AddressRefused() | RobotsRefused():
            return Failure(FailureKind.REFUSED, one_line(str(exc)))
        case _:
            return Failure(FailureKind.FAILED, one_line(_why(exc, url, timeout, max_size)))


def bad_certificate(exc: BaseException) -> bool:
    """Whether there was no answer because the server's certificate does not hold."""
    return any("certificate verify failed" in str(cause) for cause in _causes(exc))


def _why(exc: BaseException, url: str, timeout: float, max_size: int) -> str:
    if isinstance(exc, UnknownHost | IgnoreRequest | InvalidURL):
        return str(exc)
    host = urlsplit(url).netloc.rpartition("@")[2]
    match exc:
        case CannotResolveHostError():
            why = f"no such host: {host}"
        case DownloadTimeoutError():
            why = f"{host} gave no complete answer within {timeout:g} s"
        case DownloadCancelledError():
            why = f"the body is larger than {max_size / 1e6:g} MB (max_size)"
        case ResponseDataLossError():
            why = f"{host} broke off before the body was complete"
        case DownloadConnectionRefusedError() | DownloadFailedError():
            why = _connection(exc, host)
        case _ if type(exc).__module__ == "twisted.internet.error":
            why = f"no connection to {host}: {exc}"
        case _:
            why = f"{type(exc).__name__}: {exc}"
    return why


def _connection(exc: BaseException, host: str) -> str:
    if bad_certificate(exc):
        return f"certificate of {host} not valid: {_certificate(exc)}"
    for cause in _causes(exc):
        kind = type(cause).__name__
        if kind == "ConnectionRefusedError":
            return f"{host} refused the connection"
        if "SSL" in kind or "SSL routines" in str(cause):
            return f"no TLS connection to {host}: {_tls(cause)}"
        if kind in {"ConnectionDone", "ConnectionLost", "ConnectionResetError", "ServerDisconnectedError"}:
            return f"{host} closed the connection without a valid answer"
        if kind in {"ValueError", "ParseError", "BadStatusLine", "HttpProcessingError", "BadHttpMessage"}:
            return f"the answer of {host} is not valid HTTP: {cause}"
    return f"no connection to {host}: {exc}"


def _certificate(exc: BaseException) -> str:
    # OpenSSL's reason, where it comes through; by way of Twisted it does not.
    said = re.search(r"certificate verify failed: ([^(\]]+)", str(exc))
    return said.group(1).strip() if said else "it is self-signed, out of date, or for another name"


def _tls(cause: BaseException) -> str:
    said = re.search(r"'([^']+)'\)\]|\] ([^\[(]+) \(", str(cause))
    return next(filter(None, said.groups())) if said else str(cause)


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """The exception, those it was raised from, and those that Twisted gathers in them; outermost last."""
    for gathered in getattr(exc, "reasons", None) or ():
        yield from _causes(gathered.value)
    if exc.__cause__ is not None:
        yield from _causes(exc.__cause__)
    yield exc


def one_line(text: str, longest: int = 400) -> str:
    """The start of what a server may have had a say in, for a terminal: what does not print is escaped."""
    line = " ".join(text[: 4 * longest].split())[:longest]
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line)
