"""Host names to addresses that may be fetched from: what connects, connects to these and no others.

The check stands between the lookup and the connection, so that a name cannot answer differently in between.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest

from crawler.addresses import literal, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from crawler.settings import CrawlSettings

TIME_TO_LIVE = 60.0
"""Seconds for which an answer is used again."""
TIME_OUT = 20.0
"""Seconds to wait for DNS."""


class AddressRefused(IgnoreRequest):
    """A host is, or leads to, an address that must not be fetched from."""


class UnknownHost(CannotResolveHostError):
    """There is no host of that name, as far as DNS can tell."""


@dataclass(frozen=True, slots=True)
class _Answer:
    addresses: tuple[str, ...]
    until: float


class Resolver:
    """Resolves host names and lets only public addresses through, unless `allow_private`.

    `fixed` answers for its hosts as a hosts file does, and is not judged: whoever runs us wrote it.
    `lookup` blocks, and raises OSError for no such host.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        fixed: Mapping[str, Sequence[str]] | None = None,
        lookup: Callable[[str], Iterable[str]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.allow_private = allow_private
        self._fixed = fixed or {}
        self._lookup = lookup or system_lookup
        self._clock = clock
        self._answers: dict[str, _Answer] = {}
        self._under_way: dict[str, asyncio.Task[tuple[str, ...]]] = {}

    async def addresses(self, host: str) -> tuple[str, ...]:
        """The addresses to connect to, at least one.

        Raises AddressRefused if there are only such as must not be used, UnknownHost if none.
        """
        if host.lower() in self._fixed:
            return tuple(self._fixed[host.lower()])
        found = await self._all(host.lower())
        allowed = tuple(address for address in found if self.allow_private or refusal(address) is None)
        if not allowed:
            raise AddressRefused(_why(host, found[0]))
        return allowed

    def permits(self, address: str) -> bool:
        """Whether `addresses` may have given out this address, for some host."""
        fixed = any(address in addresses for addresses in self._fixed.values())
        return self.allow_private or fixed or refusal(address) is None

    async def _all(self, host: str) -> tuple[str, ...]:
        if (spelled_out := literal(host)) is not None:
            return (spelled_out,)
        answer = self._answers.get(host)
        if answer is not None and answer.until > self._clock():
            return answer.addresses
        if host not in self._under_way:
            task = asyncio.create_task(self._look_up(host))
            self._under_way[host] = task
            task.add_done_callback(lambda _: self._under_way.pop(host, None))
        return await asyncio.shield(self._under_way[host])

    async def _look_up(self, host: str) -> tuple[str, ...]:
        try:
            async with asyncio.timeout(TIME_OUT):
                found = await _in_thread(self._lookup, host)
        except TimeoutError as exc:
            raise UnknownHost(f"DNS gave no answer for {host} within {TIME_OUT:.0f} s") from exc
        except (OSError, ValueError) as exc:
            raise UnknownHost(_unresolved(host, exc)) from exc
        addresses = tuple(dict.fromkeys(found))
        if not addresses:
            raise UnknownHost(f"no such host: {host}")
        self._forget_old()
        self._answers[host] = _Answer(addresses, self._clock() + TIME_TO_LIVE)
        return addresses

    def _forget_old(self) -> None:
        now = self._clock()
        for host in [host for host, answer in self._answers.items() if answer.until <= now]:
            del self._answers[host]


class ReactorNames:
    """The resolver as Twisted's reactor asks it, for every connection that it makes by name."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self._under_way: set[asyncio.Task[None]] = set()

    def resolveHostName(  # noqa: N802 (the name is Twisted's)
        self,
        receiver: Any,
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: object = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        task = asyncio.get_running_loop().create_task(self._resolve(receiver, hostName, portNumber, transportSemantics))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return receiver

    async def _resolve(self, receiver: Any, host: str, port: int, transport: Any) -> None:
        # Imported here, since without a reactor none of Twisted's network is wanted.
        from twisted.internet.address import IPv4Address, IPv6Address  # noqa: PLC0415

        receiver.resolutionBegan(None)
        try:
            # Refused or unknown, Twisted is told of no address, and connects to none.
            with suppress(AddressRefused, UnknownHost):
                for address in await self.resolver.addresses(host):
                    kind = IPv6Address if ":" in address else IPv4Address
                    receiver.addressResolved(kind(transport, address, port))
        finally:
            receiver.resolutionComplete()


def resolver_for(crawl: CrawlSettings) -> Resolver:
    """The resolver that a crawl's settings ask for."""
    return Resolver(allow_private=crawl.allow_private, fixed=crawl.resolve)


def system_lookup(host: str) -> list[str]:
    """The system's answer, IPv4 and IPv6, in the order in which they should be tried."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


async def _in_thread(lookup: Callable[[str], Iterable[str]], host: str) -> Iterable[str]:
    """As `asyncio.to_thread`, but in a thread that nothing waits for at exit: getaddrinfo may hang long."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Iterable[str]] = loop.create_future()

    def settle(found: Iterable[str] | None, exc: Exception | None) -> None:
        if answer.cancelled():
            return
        if exc is not None:
            answer.set_exception(exc)
        else:
            answer.set_result(found or ())

    def work() -> None:
        found, failure = None, None
        try:
            found = lookup(host)
        except (OSError, ValueError) as exc:
            failure = exc
        # The loop may be closed by now, and nobody wait.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, found, failure)

    threading.Thread(target=work, name=f"lookup {host}", daemon=True).start()
    return await answer


def _unresolved(host: str, exc: Exception) -> str:
    if isinstance(exc, socket.gaierror) and exc.errno == socket.EAI_AGAIN:
        return f"the name {host} cannot be looked up just now: DNS does not answer"
    return f"no such host: {host}"


def _why(host: str, address: str) -> str:
    spelled_out = literal(host)
    leads = f"{host} is" if spelled_out else f"{host} resolves to {address},"
    if spelled_out and spelled_out != host:
        leads = f"{host} is {address},"
    return f"{leads} a {refusal(address)} address; allow it with allow_private: true or --allow-private"
