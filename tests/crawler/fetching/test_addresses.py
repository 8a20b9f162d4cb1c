"""The addresses that must not be fetched from, in every disguise."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import literal, refusal


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("::1", "loopback"),
        ("10.0.0.5", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fc00::1", "private"),
        ("fec0::1", "private"),
        ("192.0.2.1", "private"),
        ("169.254.1.1", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("100.127.255.254", "carrier-grade NAT"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("::", "unspecified"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("3fff::1", "reserved"),
        ("169.254.169.254", "cloud metadata"),
        ("168.63.129.16", "cloud metadata"),
        ("100.100.100.200", "cloud metadata"),
        ("fd00:ec2::254", "cloud metadata"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:169.254.169.254", "cloud metadata"),
        ("::127.0.0.1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("2002:a9fe:a9fe::1", "cloud metadata"),
        ("64:ff9b::10.0.0.5", "private"),
        ("64:ff9b:1::1", "reserved"),
        ("2001:0:7f00:1::", "loopback"),
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str, why: str) -> None:
    assert refusal(address) == why


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"],
)
def test_a_public_address_is_not_refused(address: str) -> None:
    assert refusal(address) is None


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_gets_through_in_ipv6_clothes(address: ipaddress.IPv4Address) -> None:
    why = refusal(str(address))
    assert why is not None or address.is_global
    assert refusal(f"::ffff:{address}") == why
    assert refusal(f"64:ff9b::{address}") == why
    assert refusal(str(ipaddress.IPv6Address((0x2002 << 112) | (int(address) << 80)))) == why


@given(st.ip_addresses(v=6))
def test_only_global_unicast_and_what_stands_for_ipv4_gets_through(address: ipaddress.IPv6Address) -> None:
    open_networks = map(ipaddress.IPv6Network, ("2000::/3", "::ffff:0:0/96", "64:ff9b::/96"))
    assert refusal(str(address)) is not None or any(address in network for network in open_networks)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1"])
def test_a_number_is_read_as_resolvers_read_it(host: str) -> None:
    assert literal(host) == "127.0.0.1"


@pytest.mark.parametrize("host", ["news.example", "localhost", "1.2.3.4.5", "4294967296", ""])
def test_a_name_is_no_address(host: str) -> None:
    assert literal(host) is None


def test_brackets_and_zone_belong_to_the_url() -> None:
    assert literal("[::1]") == "::1"
    assert literal("fe80::1%25eth0") == "fe80::1"
