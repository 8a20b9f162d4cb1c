"""The pages for people, a module each."""

from stet.web.pages import changes, compare, live, search, sources

ROUTERS = (changes.router, live.router, compare.router, search.router, sources.router)
