"""How often something may be tried, kept in memory."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from math import ceil
from time import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

TRIES = RateLimitItemPerMinute(10, namespace="tries")
TRIES_OF_ALL = RateLimitItemPerMinute(60, namespace="tries of all")
"""Passwords and unknown tokens: each costs a hash."""
WRITES = RateLimitItemPerMinute(60, namespace="writes")


class TooOften(Exception):
    """It was tried too often; it may be again `after` seconds from now."""

    def __init__(self, after: int) -> None:
        super().__init__(f"That was tried too often; it may be again in {after} s.")
        self.after = after


class Limits:
    """Counts of what clients have tried lately."""

    def __init__(self) -> None:
        self._counts = MovingWindowRateLimiter(MemoryStorage())

    def count_try(self, client: str) -> None:
        """One password or token. Raises TooOften."""
        # First the client's own, so that one that is refused takes nothing from what the others have left.
        self._count(TRIES, client)
        self._count(TRIES_OF_ALL, "")

    def count_write(self, client: str) -> None:
        """One order. Raises TooOften."""
        self._count(WRITES, client)

    def _count(self, item: RateLimitItem, client: str) -> None:
        if not self._counts.hit(item, client):
            reset = self._counts.get_window_stats(item, client).reset_time
            raise TooOften(max(1, ceil(reset - time())))


def network(address: str) -> str:
    """What counts as one client: an address of IPv4, a /64 of IPv6, which is what one customer has."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
