"""The pages for people, a module each."""

from stet.web.pages import changes, status

ROUTERS = (changes.router, status.router)
