"""Which site a URL is of: its registrable domain."""

from __future__ import annotations

from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from tldextract import TLDExtract

from crawler.identity.cleaning import InvalidURL, clean_url


def same_site(a: str, b: str) -> bool:
    """Whether both URLs are of one registrable domain; False where one is not valid.

    Domains under which others may register (github.io) count as suffixes. Where there is no registrable
    domain (localhost, IP addresses) the hosts must be equal, and for IP addresses the ports too.
    """
    try:
        return _site(clean_url(a)) == _site(clean_url(b))
    except InvalidURL:
        return False


def split_host(host: str) -> tuple[list[str], str]:
    """The labels before the registrable domain, and the domain: (["en", "m"], "wikipedia.org").

    A host without a registrable domain is all domain, except that what stands before a last label of
    no known suffix counts as labels (["www"], "intranet").
    """
    if _is_address(host):
        return [], host
    found = _suffixes().extract_str(host)
    labels = [label for label in found.subdomain.split(".") if label]
    return labels, ".".join(part for part in (found.domain, found.suffix) if part)


def _site(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_address(host):
        return f"{host}:{parts.port}"
    labels, domain = split_host(host)
    # Under a last label that no list knows (.example, .internal) the domain is one label more: the list's rule "*".
    return domain if "." in domain else ".".join([*labels[-1:], domain])


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> TLDExtract:
    """The public suffix list bundled with tldextract; nothing is downloaded and nothing is written."""
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
