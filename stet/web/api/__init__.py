"""The JSON API under /api/v1: the same names as the command line's JSON."""

from stet.web.api import changes, comparing, document, history, searching, sources, status, steering

ROUTERS = (
    changes.router,
    history.router,
    comparing.router,
    searching.router,
    sources.router,
    status.router,
    steering.router,
    document.router,
)
