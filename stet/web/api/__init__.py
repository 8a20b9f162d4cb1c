"""The JSON API under /api/v1: the same names as the command line's JSON."""

from stet.web.api import steering

ROUTERS = (steering.router,)
