"""The pages for people, a module each."""

from stet.web.pages import changes, compare, search, sources

ROUTERS = (changes.router, compare.router, search.router, sources.router)
