"""The application: its routes, and what every answer goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from stet.web import api, errors, feeds, health, memento, metrics, pages, static
from stet.web.access.access import Access
from stet.web.access.gate import Gate
from stet.web.conditional import ConditionalGet
from stet.web.headers import SecurityHeaders
from stet.web.live import Live
from stet.web.methods import Head
from stet.web.reprints import Reprints
from stet.web.slow import SlowOnes

if TYPE_CHECKING:
    from stet.web.room import Room


def create_app(room: Room) -> FastAPI:
    """The reading room's ASGI application."""
    app = FastAPI(
        title="Stet",
        summary="What news sites said, every time they said it.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.room = room
    app.state.live = Live(room.readers)
    app.state.access = Access(room)
    errors.install(app)
    metrics.install(app, room)
    of_programs = (*api.ROUTERS, *feeds.ROUTERS, *memento.ROUTERS, metrics.router, health.router)
    for router in (*pages.ROUTERS, *of_programs, static.router):
        app.include_router(router)
    # The last one added is the outermost.
    app.add_middleware(SlowOnes)
    app.add_middleware(ConditionalGet)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)
    app.add_middleware(Reprints, readers=room.readers)
    app.add_middleware(Gate, access=app.state.access, url=room.config.web.url)
    app.add_middleware(errors.Defects)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Head)
    return app
