"""The room's own addresses, whole, for what is read away from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stet.web.room import room

if TYPE_CHECKING:
    from fastapi import Request


def absolute(request: Request, path: str) -> str:
    """`path` under the address that the room is configured to be reached at, or else was asked at."""
    return (room(request).config.web.url or _asked_at(request)) + path


def _asked_at(request: Request) -> str:
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        host = ":".join(map(str, request.scope["server"] or ("localhost",)))
    return f"{request.url.scheme}://{host}"


_HOST = re.compile(r"(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?", re.IGNORECASE)
