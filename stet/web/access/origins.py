"""Whether a request comes from a page of ours, and whether an address leads to one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.datastructures import Headers

HOME = "/"


def is_ours(headers: Headers, url: str | None) -> bool:
    """Whether a form that was sent came from a page of ours; `url` is where people reach it, if that is known.

    Browsers tell by Sec-Fetch-Site, and by Origin where the connection is plain HTTP. What sends neither is no browser,
    and has no cookie of anybody's.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return True
    if url is not None and origin.lower() == url:
        return True
    return origin != "null" and urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def local(path: str) -> str:
    """The path, if a browser would stay with us by it; else home."""
    return path if _LOCAL.fullmatch(path) else HOME


# Browsers take `\` for `/` and leave tabs and line ends out: `/\evil.example` and `/<tab>/evil.example` lead away.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\xa0\u2028\u2029]{0,8000}")
