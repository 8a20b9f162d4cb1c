"""Parameters that several operations take, and what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from crawler.identity.cleaning import MAX_LENGTH
from stet import named

if TYPE_CHECKING:
    from sqlite_utils import Database

    from stet.config import Config

LONGEST_URL = MAX_LENGTH + len("@1000000000")
"""Characters of a URL, with a version where that may be named. Escaped, all that an operation takes has to stay below
the 64 kB that uvicorn reads of a request: beyond, its answer is no problem document."""
LAST_VERSION = 1_000_000_000
PER_PAGE = 100
MOST = 500
URL_EXAMPLE = "https://news.example/harbour"

Url = Annotated[
    str,
    Query(
        min_length=1,
        max_length=LONGEST_URL,
        description="The page: any URL that leads to it, with or without what tracks its readers.",
        examples=[URL_EXAMPLE],
    ),
]
Version = Annotated[
    int | None,
    Query(ge=1, le=LAST_VERSION, description="The version; by default the one that stands there.", examples=[1]),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="That many items at most.", examples=[20])]


def page_or_version(which: str, example: str) -> object:
    """How a parameter that names a page, or a version of one, is described."""
    return Query(
        min_length=1,
        max_length=LONGEST_URL,
        description=f"{which}: its URL, by which the version that stands there is meant, or `URL@N` for version N.",
        examples=[example],
    )


def refuse_unknown_source(db: Database, config: Config, source: str | None) -> None:
    """Raises UnknownSource where neither the archive nor the configuration has the source that was asked for."""
    named.refuse_unknown_source(db, config, source, listed="/api/v1/sources")
