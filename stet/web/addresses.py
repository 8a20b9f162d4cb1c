"""The room's own addresses, whole, for what is read away from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stet.web.room import room

if TYPE_CHECKING:
    from fastapi import Request


def absolute(request: Request, path: str) -> str:
    """`path` under the address that the room is configured to be reached at, or else was asked at."""
    base = room(request).config.web.url or str(request.base_url)
    return base.rstrip("/") + path
