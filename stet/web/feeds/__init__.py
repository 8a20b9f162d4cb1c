"""Feeds: Atom and JSON Feed of all changes, of a page's, of a source's and of a search's."""

from stet.web.feeds.routes import router

ROUTERS = (router,)
