"""The pages for people, a module each."""

from stet.web.pages import changes, signing_in, steering

ROUTERS = (changes.router, signing_in.router, steering.router)
