"""The pages for people, a module each."""

from stet.web.pages import changes, live

ROUTERS = (changes.router, live.router)
