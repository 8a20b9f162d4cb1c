"""The pages for people, a module each."""

from stet.web.pages import changes, copies, history, version

ROUTERS = (changes.router, history.router, version.router, copies.router)
