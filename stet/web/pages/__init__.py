"""The pages for people, a module each."""

from stet.web.pages import changes

ROUTERS = (changes.router,)
