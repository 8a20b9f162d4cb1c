"""The key of a page: one string for all the URLs under which a site serves it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url

from crawler.identity.amp import is_amp_parameter, without_amp_path
from crawler.identity.cleaning import clean_url, cleaned
from crawler.identity.site import split_host


def identity(url: str) -> str:
    """The unique key of the page at `url`: `example.com/a` for `https://m.example.com/a/?utm_source=x#top`.

    The clean URL without scheme, `www.`, telephone and AMP doubles, trailing slash and directory index, its
    query sorted. `identity("https://" + key) == key`, where that is not too long a URL. Raises InvalidURL where
    `clean_url` does, and for no URL that it gave.
    """
    key = _reduced(clean_url(url))
    # What is taken away can lay bare more of the same ("/a/amp/index.html"). Each round only shortens.
    while (shorter := _reduced(cleaned(f"https://{key}"))) != key:
        key = shorter
    return key


_DOUBLES = frozenset({"www", "m", "mobile", "amp"})
# Every common server gives a directory's index at both URLs, and CNN and others link to either.
_INDEX = re.compile(r"/index\.(?:s?html?|php)$", re.IGNORECASE)


def _reduced(url: str) -> str:
    parts = urlsplit(canonicalize_url(url))
    path = without_amp_path(re.sub(r"/{2,}", "/", parts.path))
    path = _INDEX.sub("", path).rstrip("/")
    query = "&".join(part for part in parts.query.split("&") if part and not is_amp_parameter(part))
    return f"{_main_host(parts.hostname or '')}{_port(parts.port)}{path}{query and '?'}{query}"


def _main_host(host: str) -> str:
    """`host` without the labels of doubles; those of the registered domain itself (`m.com`) stay."""
    if ":" in host:
        return f"[{host}]"
    labels, domain = split_host(host)
    return ".".join([*(label for label in labels if label not in _DOUBLES), domain])


def _port(port: int | None) -> str:
    # Without a scheme, its default port cannot be told from the other's.
    return "" if port in {None, 80, 443} else f":{port}"
