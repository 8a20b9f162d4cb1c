"""The pages for people, a module each."""

from stet.web.pages import (
    changes,
    compare,
    copies,
    history,
    live,
    reference,
    search,
    signing_in,
    sources,
    status,
    steering,
    version,
)

ROUTERS = (
    changes.router,
    live.router,
    history.router,
    version.router,
    copies.router,
    compare.router,
    search.router,
    sources.router,
    status.router,
    reference.router,
    signing_in.router,
    steering.router,
)
