"""What stands between a name and a connection."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

import pytest

from crawler.resolver import TIME_TO_LIVE, AddressRefused, ReactorNames, Resolver, UnknownHost, system_lookup

if TYPE_CHECKING:
    from collections.abc import Callable


class Dns:
    """A DNS that says what it is told to, and counts how often it is asked."""

    def __init__(self, **names: list[str]) -> None:
        self.names = {name.replace("_", "."): addresses for name, addresses in names.items()}
        self.asked: list[str] = []

    def __call__(self, host: str) -> list[str]:
        self.asked.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self.names[host]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def addresses(resolver: Resolver, host: str) -> tuple[str, ...]:
    return asyncio.run(resolver.addresses(host))


def test_a_name_that_leads_to_a_private_address_is_refused_with_a_way_out() -> None:
    resolver = Resolver(lookup=Dns(news_example=["10.0.0.5"]))
    with pytest.raises(AddressRefused) as refused:
        addresses(resolver, "news.example")
    assert str(refused.value) == (
        "news.example resolves to 10.0.0.5, a private address; allow it with allow_private: true or --allow-private"
    )


def test_an_odd_notation_is_spelled_out_in_the_refusal() -> None:
    with pytest.raises(AddressRefused, match=r"^0x7f\.1 is 127\.0\.0\.1, a loopback address"):
        addresses(Resolver(), "0x7f.1")


def test_only_the_public_ones_of_several_addresses_are_used() -> None:
    resolver = Resolver(lookup=Dns(news_example=["127.0.0.1", "93.184.216.34", "fe80::1"]))
    assert addresses(resolver, "news.example") == ("93.184.216.34",)


def test_private_addresses_can_be_allowed() -> None:
    resolver = Resolver(allow_private=True, lookup=Dns(news_example=["10.0.0.5"]))
    assert addresses(resolver, "NEWS.example") == ("10.0.0.5",)


def test_a_host_with_a_fixed_address_is_neither_looked_up_nor_judged() -> None:
    dns = Dns()
    resolver = Resolver(fixed={"news.example": ("127.0.0.1",)}, lookup=dns)
    assert addresses(resolver, "News.example") == ("127.0.0.1",)
    assert dns.asked == []
    assert resolver.permits("127.0.0.1")
    assert not resolver.permits("127.0.0.2")


def test_an_unknown_name_is_told_of() -> None:
    with pytest.raises(UnknownHost, match=r"^no such host: nowhere\.example$"):
        addresses(Resolver(lookup=Dns()), "nowhere.example")


def test_a_dns_that_does_not_answer_is_told_apart_from_an_unknown_name() -> None:
    def down(host: str) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(UnknownHost, match="cannot be looked up just now"):
        addresses(Resolver(lookup=down), "news.example")


@pytest.mark.parametrize("host", ["a..b", "a" * 70 + ".example"])
def test_what_cannot_be_a_name_is_unknown(host: str) -> None:
    with pytest.raises(UnknownHost):
        addresses(Resolver(lookup=system_lookup), host)


def test_an_answer_is_used_for_a_minute_and_then_asked_for_again() -> None:
    dns, clock = Dns(news_example=["93.184.216.34"]), Clock()
    resolver = Resolver(lookup=dns, clock=clock)
    addresses(resolver, "news.example")
    clock.now = TIME_TO_LIVE - 1
    addresses(resolver, "news.example")
    assert dns.asked == ["news.example"]
    clock.now = TIME_TO_LIVE
    dns.names["news.example"] = ["127.0.0.1"]
    with pytest.raises(AddressRefused):
        addresses(resolver, "news.example")


def test_many_who_ask_at_once_share_one_lookup() -> None:
    dns = Dns(news_example=["93.184.216.34"])
    resolver = Resolver(lookup=dns)

    async def ask() -> list[tuple[str, ...]]:
        return await asyncio.gather(*(resolver.addresses("news.example") for _ in range(10)))

    assert asyncio.run(ask()) == [("93.184.216.34",)] * 10
    assert dns.asked == ["news.example"]


class Receiver:
    """What Twisted passes in, to be told of addresses."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.complete = asyncio.Event()

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
        """Nothing is told yet."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.told.append((type(address).__name__, address.host, address.port))

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete.set()


def told_to_twisted(host: str, lookup: Callable[[str], list[str]]) -> list[Any]:
    async def ask() -> list[Any]:
        receiver = Receiver()
        ReactorNames(Resolver(lookup=lookup)).resolveHostName(receiver, host, 443)
        await receiver.complete.wait()
        return receiver.told

    return asyncio.run(ask())


def test_twisted_is_told_of_the_addresses_that_it_may_connect_to() -> None:
    dns = Dns(news_example=["10.0.0.5", "93.184.216.34", "2606:2800:220:1::1"])
    assert told_to_twisted("news.example", dns) == [
        ("IPv4Address", "93.184.216.34", 443),
        ("IPv6Address", "2606:2800:220:1::1", 443),
    ]


@pytest.mark.parametrize("host", ["news.example", "nowhere.example", "127.0.0.1", "2130706433", "::1"])
def test_twisted_is_told_of_nothing_that_is_refused(host: str) -> None:
    assert told_to_twisted(host, Dns(news_example=["10.0.0.5"])) == []
