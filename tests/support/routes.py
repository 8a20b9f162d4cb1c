"""The addresses of a reading room, as its routes describe them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stet.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stet.web.room import Room


def paths(room: Room) -> list[str]:
    """Of all routes that the room has, as they are described."""
    found = {getattr(route, "path", "") for route in _routes(create_app(room).routes)} - {""}
    assert {"/", "/sign-in", "/watch", "/api/v1/watch", "/api/v1/openapi.json"} <= found
    return sorted(found)


def _routes(routes: list[object]) -> Iterator[object]:
    for route in routes:
        yield route
        # FastAPI keeps the routes of a router that is included inside of one that stands for it.
        yield from _routes(getattr(getattr(route, "original_router", None), "routes", []))
