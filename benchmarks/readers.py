"""The extractors that are measured side by side, each a function from a page to what it read."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING

import trafilatura
from corpus import Page, Read

from crawler.extraction import ExtractionSettings, NotAnArticle, extract
from crawler.extraction.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.models import Article

NOTHING = Read("")


def readers() -> dict[str, Callable[[Page], Read]]:
    """Those whose packages are installed (the extra `bench` installs all), ours first."""
    found = {
        "stet": stet,
        f"trafilatura {trafilatura.__version__}": by_trafilatura,
        "trafilatura, fast": by_trafilatura_fast,
    }
    with suppress(ModuleNotFoundError):
        found[f"newspaper4k {version('newspaper4k')}"] = by_newspaper
    with suppress(ModuleNotFoundError):
        found[f"readability-lxml {version('readability-lxml')}"] = by_readability
    return found


def article_of(page: Page) -> Article | None:
    """Our reading, with the standfirst where the page's set wants it."""
    try:
        return extract(
            page.html,
            url=page.url,
            content_type="text/html",
            settings=ExtractionSettings(standfirst=page.wants_standfirst),
        )
    except NotAnArticle:
        return None


def stet(page: Page) -> Read:
    article = article_of(page)
    return Read(article.text, article.title, article.authors, _date(article.published)) if article else NOTHING


def by_trafilatura(page: Page) -> Read:
    """Its defaults, and its metadata."""
    html = decode(page.html, "text/html").text
    about = trafilatura.extract_metadata(html, default_url=page.url)
    authors = tuple(name.strip() for name in (about.author or "").split(";") if name.strip())
    return Read(trafilatura.extract(html, url=page.url) or "", about.title, authors, _date(about.date))


def by_trafilatura_fast(page: Page) -> Read:
    return Read(trafilatura.extract(decode(page.html, "text/html").text, url=page.url, fast=True) or "")


def by_newspaper(page: Page) -> Read:
    import newspaper  # noqa: PLC0415 - optional

    article = newspaper.Article(page.url, fetch_images=False)
    try:
        found = article.download(input_html=decode(page.html, "text/html").text).parse()
    except ImportError:
        # Some languages need a tokenizer that is a package of its own.
        return NOTHING
    published = found.publish_date
    return Read(found.text, found.title, tuple(found.authors), published.date() if published else None)


def by_readability(page: Page) -> Read:
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415 - optional

    document = Document(decode(page.html, "text/html").text)
    # Without a break after each block its words would run together.
    text = "\n".join(fromstring(document.summary()).itertext())
    return Read(text, document.short_title())


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
