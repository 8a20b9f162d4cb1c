"""The pages for people, a module each."""

from stet.web.pages import changes, reference

ROUTERS = (changes.router, reference.router)
