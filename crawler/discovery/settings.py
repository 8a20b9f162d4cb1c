"""Where the pages of one source are found, and which of them are wanted."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from crawler.durations import Duration
from crawler.expressions import Pattern
from crawler.identity import clean_url


def _http_url(url: str) -> str:
    clean_url(url)
    return url.strip()


HttpURL = Annotated[str, AfterValidator(_http_url)]


class DiscoverySettings(BaseModel):
    """Where to look for pages, and what to take."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    feeds: list[HttpURL] = []
    """RSS, Atom, RDF or JSON feeds."""
    sitemaps: list[HttpURL] = []
    """Sitemaps, sitemap indexes, or a robots.txt that names some."""
    sections: list[HttpURL] = []
    """Pages with links to articles: a home page, a section front."""
    include: list[Pattern] = []
    """Regular expressions; if there are any, one must be found in a page's URL, which is then taken on your
    word: also from another site, and without looking like an article."""
    exclude: list[Pattern] = []
    """Regular expressions; a page in whose URL one is found is passed over."""
    max_pages: int = Field(default=500, ge=1)
    """Pages found in one run; the newest of a sitemap come first."""
    max_age: Duration | None = Field(default=None, gt=timedelta(0))
    """Entries of sitemaps that have not changed for longer are passed over."""
