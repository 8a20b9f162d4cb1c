"""The application: its routes, and what every answer goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from stet.web import api, errors, health, metrics, observing, pages, static
from stet.web.conditional import ConditionalGet
from stet.web.headers import SecurityHeaders

if TYPE_CHECKING:
    from stet.web.room import Room


def create_app(room: Room) -> FastAPI:
    """The reading room's ASGI application."""
    app = FastAPI(
        title="Stet",
        summary="What news sites said, every time they said it.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.room = room
    errors.install(app)
    observing.install(app, room)
    metrics.install(app, room)
    for router in (*pages.ROUTERS, *api.ROUTERS, static.router, metrics.router, health.router):
        app.include_router(router)
    # The last one added is the outermost.
    app.add_middleware(ConditionalGet)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    app.add_middleware(SecurityHeaders)
    return app
