"""The page that a URL names, however it was written, or a page that says what to do where there is none."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import Query
from pydantic import BeforeValidator, Field

from archive import pages
from crawler.identity import identity
from stet.web.filters import LONGEST_URL
from stet.web.rendering import page

if TYPE_CHECKING:
    from fastapi import Request
    from sqlite_utils import Database
    from starlette.responses import Response

    from archive.pages import Page

Url = Annotated[str, Query(max_length=LONGEST_URL)]
Version = Annotated[
    Annotated[int, Field(ge=1, le=10**9)] | None, BeforeValidator(lambda given: None if given == "" else given)
]
"""A form sends a field that was left empty too: it counts as not given."""


def find(db: Database, url: str) -> Page | None:
    """The page that `url` names, with tracking parameters or without. Raises InvalidURL."""
    return pages.find(db, identity(url))


def ask(request: Request) -> Response:
    """The form alone, for who names no page."""
    return page(request, "lookup.html", asked="")


def unknown(request: Request, url: str) -> Response:
    """That the archive knows nothing of it, and what can be done."""
    return page(request, "lookup.html", status=HTTPStatus.NOT_FOUND, asked=url, page_url=url)
