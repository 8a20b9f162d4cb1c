"""Leaving a host alone when it asks for it: 429 and 503, with or without Retry-After (RFC 9110, 10.2.3)."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import IgnoreRequest

from crawler.stopping import turn_away

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

STATUSES = frozenset({429, 503})
SHORTEST, LONGEST = 1.0, 86_400.0
"""Seconds: the bounds of a hold. A host that asks for more than a day is asked again after one."""
UNSAID, LONGEST_UNSAID = 60.0, 3600.0
"""Seconds: the first and the longest hold of a host that does not say how long."""


class HostHeld(IgnoreRequest):
    """The host asked to be left alone for another `seconds`."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host} asked to be left alone for another {seconds:.0f} s")
        self.host = host
        self.seconds = seconds


class Holds:
    """The hosts on hold. `now` is in seconds since the epoch, all else in seconds."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._unsaid: dict[str, int] = {}

    def hold(self, host: str, asked: float | None, now: float) -> float:
        """Holds a host for as long as it asked, and says how long that is.

        A host that does not say is held longer each time that it turns us away again.
        """
        left = self.remaining(host, now)
        if asked is None and not left:
            self._unsaid[host] = self._unsaid.get(host, 0) + 1
        times = self._unsaid.get(host, 1)
        seconds = asked if asked is not None else min(LONGEST_UNSAID, UNSAID * 2 ** min(times - 1, 10))
        seconds = max(left, min(max(seconds, SHORTEST), LONGEST))
        self._until[host] = now + seconds
        return seconds

    def answered(self, host: str) -> None:
        """The host answers as it should again."""
        self._unsaid.pop(host, None)

    def remaining(self, host: str, now: float) -> float:
        """For how long the host is still held; 0 if it is not."""
        return max(0.0, self._until.get(host, now) - now)

    def held(self, now: float) -> dict[str, float]:
        """The hosts that are held, and for how much longer."""
        self._until = {host: until for host, until in self._until.items() if until > now}
        return {host: until - now for host, until in self._until.items()}


class HostHolds:
    """Puts hosts on hold, and turns away all requests to them meanwhile.

    Leaves the seconds of a hold in `request.meta["held_for"]` of the request that was answered with it.
    """

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.time) -> None:
        self.holds = Holds()
        self._crawler = crawler
        self._clock = clock
        # Sent before the host's next request goes out; `process_response` would come too late for that one.
        crawler.signals.connect(self._response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises HostHeld."""
        host = _host(request)
        if left := self.holds.remaining(host, self._clock()):
            raise HostHeld(host, left)

    def _response_downloaded(self, response: Response, request: Request) -> None:
        host = _host(request)
        if response.status not in STATUSES:
            self.holds.answered(host)
            return
        now = self._clock()
        asked = retry_after(response.headers.get("Retry-After"), now)
        seconds = self.holds.hold(host, asked, now)
        request.meta["held_for"] = seconds
        # Those that wait for their turn at the host passed `process_request` before it asked.
        turn_away(self._crawler.engine.downloader, HostHeld(host, seconds), host=host)


def retry_after(value: bytes | None, now: float) -> float | None:
    """The seconds that a Retry-After header asks for, from seconds or a date; None if it says neither."""
    said = (value or b"").decode("latin-1").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", said, re.ASCII):
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
