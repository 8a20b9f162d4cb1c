"""Sending by Apprise. What it says of an address stays here, since the address holds the token."""

from __future__ import annotations

import logging
import re
import threading
import warnings
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from archive.outbox import State
from stet.notify.message import LONGEST, message
from stet.notify.parcel import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from stet.notify.parcel import Parcel

_STATUS = re.compile(r"error=(\d{3})\b")
_UNCERTAIN = re.compile(
    "read timed out|readtimeout|connection aborted|remotedisconnected|connection reset|unexpectedly closed",
    re.IGNORECASE,
)
"""The request went out, and what came of it is not known."""
_UNREACHED = re.compile("connection error|socket exception", re.IGNORECASE)


def complaint(url: str) -> str | None:
    """What is wrong with an Apprise URL, in words without it."""
    plugin = _plugin(url)
    if plugin is None:
        return (
            "is no address that Apprise understands; they start with a service's scheme, such as mailto:// or slack://"
        )
    if len(plugin) != 1:
        return (
            f"would send {len(plugin)} messages; give each recipient an address of its own, without `retry`: where one "
            "fails, the others would be sent theirs again"
        )
    return None


def send(url: str, parcel: Parcel) -> Answer:
    """Send the parcel and wait for it, as long as the service takes."""
    with _overheard() as said:
        try:
            apprise = _apprise()
            plugin = _plugin(url)
            if plugin is None:
                return Answer(State.FAILED, "is no address that Apprise understands")
            text = message(parcel, longest=min(LONGEST, plugin.body_maxlen))
            service = apprise.Apprise(asset=plugin.asset)
            service.add(plugin)
            if service.notify(title=text.title, body=text.body, body_format=apprise.NotifyFormat.TEXT):
                return Answer(State.SENT)
        except Exception as error:  # noqa: BLE001 - some hundred services, and what they raise may name the address
            said.append(type(error).__name__)
    return _failure("\n".join(said))


def _failure(said: str) -> Answer:
    if status := _STATUS.search(said):
        return Answer(State.WAITING, f"the service answered {status[1]}")
    if _UNCERTAIN.search(said):
        return Answer(State.UNKNOWN, "the service did not answer; it may have the message")
    if _UNREACHED.search(said):
        return Answer(State.WAITING, "the service cannot be reached")
    return Answer(State.WAITING, "the service did not take it")


@cache
def _apprise() -> ModuleType:
    """Apprise, all of its services loaded, and kept from the log."""
    logger = logging.getLogger("apprise")
    logger.propagate = False
    # Each record of a sending thread is for that thread (`_overheard`); all it says is needed to tell what failed.
    logger.setLevel(logging.DEBUG)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import apprise  # noqa: PLC0415 - an extra, and slow

        apprise.Apprise.instantiate("json://localhost", suppress_exceptions=True)
    return apprise


def _plugin(url: str) -> Any:
    apprise = _apprise()
    asset = apprise.AppriseAsset(
        app_id="Stet",
        app_desc="Stet",
        # With a limit of its own it would send in threads that hold up the end of the process.
        service_timeout=0,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )
    return apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What Apprise logs in this thread, and no other."""
    said: list[str] = []
    handler = _Ear(said, threading.get_ident())
    logger = logging.getLogger("apprise")
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)


class _Ear(logging.Handler):
    """Keeps what one thread logs, as far as it is of use."""

    def __init__(self, said: list[str], thread: int) -> None:
        super().__init__()
        self._said = said
        self._thread = thread

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread and len(self._said) < _MOST:
            self._said.append(record.getMessage()[:_LONGEST])


_MOST = 200
_LONGEST = 2_000
