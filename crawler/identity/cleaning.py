"""The URL to fetch and to show: valid, safely encoded, and free of what only tracks the reader."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from unicodedata import category
from urllib.parse import unquote, urlsplit

import idna
from w3lib.url import safe_url_string

from crawler.identity.amp import publisher_url
from crawler.identity.tracking import without_tracking

MAX_LENGTH = 2083
"""Characters; Internet Explorer's old limit, which sitemaps (2,048) and servers still keep to."""


class InvalidURL(ValueError):
    """A URL that cannot name a page; the message is one line with the URL and what is wrong with it."""


def clean_url(url: str) -> str:
    """The URL to fetch and to show for `url`.

    http(s) with a lower-case ASCII host, without user name, fragment, default port, session and tracking
    parameters; the order of the others stays. An AMP viewer's or cache's URL becomes the publisher's own.
    Raises InvalidURL.
    """
    if len(url.strip()) > MAX_LENGTH or len(clean := cleaned(url)) > MAX_LENGTH:
        raise _invalid(url.strip(), f"it is longer than {MAX_LENGTH} characters")
    return clean


def cleaned(url: str) -> str:
    """As `clean_url`, but of any length: what is made of a clean URL may be longer than that one."""
    text = url.strip()
    _refuse_bad_form(text)
    try:
        # Browsers take "\" for "/" up to the query; else "http://good.com\@evil.com" has two readings.
        address, mark, rest = re.split(r"([?#]|$)", text, maxsplit=1)
        parts = urlsplit(address.replace("\\", "/") + mark + rest)
        scheme, port = parts.scheme, parts.port
        host = _host(parts.hostname or "", bracketed="[" in parts.netloc)
        if port == 0:
            raise ValueError("port 0")  # noqa: TRY301 - worded with the others below
        query = without_tracking(parts.query)
        netloc = host if port in {None, _DEFAULT_PORTS[scheme]} else f"{host}:{port}"
        path = _SESSION.sub("", parts.path) or "/"
        clean = safe_url_string(f"{scheme}://{netloc}{path}{query and '?'}{query}")
    except ValueError as error:
        raise _invalid(text, _reason(error)) from error
    return _unwrapped(clean)


_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST_WITH_PORT = re.compile(r"[^/?#@:]+:\d+(?:[/?#]|$)")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_SHOWN = 120


def _refuse_bad_form(text: str) -> None:
    """Raises InvalidURL for what can be seen without taking the URL apart."""
    if not text:
        raise InvalidURL("the URL is empty")
    if any(character.isspace() for character in text):
        raise _invalid(text, "it contains spaces")
    if any(category(character) in {"Cc", "Cs"} for character in text):
        raise _invalid(text, "it contains control characters")
    scheme = _SCHEME.match(text)
    if not scheme or _HOST_WITH_PORT.match(text):
        raise _invalid(text, f"it has no scheme; write https://{_shown(text.lstrip('/'))}")
    if scheme[1].lower() not in _DEFAULT_PORTS:
        raise _invalid(text, f"only http and https are fetched, not {_shown(scheme[1])}")
    if not re.match(r"[/\\]{2}[^/\\?#]", text[scheme.end() :]):
        raise _invalid(text, "it has no host")


def _host(host: str, *, bracketed: bool) -> str:
    """`host` in ASCII and lower case. Raises ValueError for what cannot be a host."""
    if bracketed:
        if "%" in host:
            raise ValueError("an IPv6 zone")
        return f"[{IPv6Address(host)}]"
    host = unquote(host).lower()
    if not host.isascii():
        host = _idna(host)
    host = host.removesuffix(".")
    if not _HOST.fullmatch(host):
        raise ValueError("a host of odd characters")
    return host


def _idna(host: str) -> str:
    """The ASCII form as browsers make it (UTS 46), and IDNA 2003's for the emoji hosts IDNA 2008 forbids."""
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host.encode("idna").decode("ascii").lower()


def _unwrapped(url: str) -> str:
    """The publisher's URL where `url` is of an AMP viewer and names a valid one, else `url`."""
    inner = publisher_url(url)
    if inner is None:
        return url
    try:
        return cleaned(inner)
    except InvalidURL:
        return url


def _reason(error: ValueError) -> str:
    return "its port is not valid" if "port" in str(error).lower() else "its host is not valid"


def _invalid(text: str, reason: str) -> InvalidURL:
    return InvalidURL(f"{_shown(text)}: not a valid URL: {reason}")


def _shown(text: str) -> str:
    """`text` on one line: shortened, and with what does not print escaped."""
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in short
    )
