"""Which network addresses may be fetched from: pure judgement, no lookups.

Sources: the IANA special-purpose address registries; RFC 6598 (carrier-grade NAT), RFC 3056 (6to4),
RFC 4380 (Teredo), RFC 6052 (NAT64); the metadata addresses are those that the cloud providers document.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_METADATA = frozenset(
    map(
        ip_address,
        (
            "169.254.169.254",  # AWS, Azure, Google, most others
            "169.254.170.2",  # AWS containers
            "168.63.129.16",  # Azure's wire server: a public address that is none
            "100.100.100.200",  # Alibaba
            "192.0.0.192",  # Oracle
            "fd00:ec2::254",  # AWS
            "fd20:ce::254",  # Google
        ),
    )
)
_CARRIER_GRADE_NAT = IPv4Network("100.64.0.0/10")
_THIS_NETWORK = IPv4Network("0.0.0.0/8")
_DOCUMENTATION = IPv6Network("3fff::/20")  # RFC 9637, which Python 3.11 does not know of
_NAT64 = IPv6Network("64:ff9b::/96")
_IPV4_COMPATIBLE = IPv6Network("::/96")


def refusal(address: str) -> str | None:
    """What is wrong with an IPv4 or IPv6 address (`private`, `loopback`, …); None if it is public.

    An IPv6 address that stands for an IPv4 address is judged as that. A zone (`fe80::1%eth0`) is ignored.
    """
    judged = ip_address(address.partition("%")[0])
    if isinstance(judged, IPv6Address) and (meant := _stands_for(judged)) is not None:
        return _special(meant)
    carried = _carries(judged) if isinstance(judged, IPv6Address) else ()
    return next((why for one in (*carried, judged) if (why := _special(one)) is not None), None)


def literal(host: str) -> str | None:
    """The address that a URL's host spells out, in any notation that resolvers take; None for a name.

    `2130706433`, `0x7f.1` and `0177.0.0.1` are all 127.0.0.1 to inet_aton(3).
    """
    bare = host.removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(bare.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, UnicodeError):
        return None


def _stands_for(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to this one end at, where they may: mapped, 6to4, NAT64."""
    if address in _NAT64:
        return _last_32_bits(address)
    return address.ipv4_mapped or address.sixtofour


def _carries(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses inside one that is refused in any case: they name the reason better."""
    if address.teredo is not None:
        return address.teredo
    return (_last_32_bits(address),) if address in _IPV4_COMPATIBLE and int(address) > 1 else ()


def _last_32_bits(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)


def _special(address: Address) -> str | None:
    kinds = (
        (address in _METADATA, "cloud metadata"),
        (address.is_loopback, "loopback"),
        (address.is_link_local, "link-local"),
        (address.is_multicast, "multicast"),
        (address in _CARRIER_GRADE_NAT, "carrier-grade NAT"),
        (address.is_unspecified or address in _THIS_NETWORK, "unspecified"),
        (address.is_reserved, "reserved"),
        (address.is_private or getattr(address, "is_site_local", False), "private"),
        (not address.is_global or address in _DOCUMENTATION, "reserved"),
    )
    return next((why for holds, why in kinds if holds), None)
