"""Section pages: the links that look like articles."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from scrapy.http import HtmlResponse
from scrapy.utils.response import get_base_url

from archive.models import Found
from crawler.discovery.errors import DiscoveryError
from crawler.discovery.links import absolute, plain
from crawler.identity import identity, looks_like_article, same_site

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LINKS = 10_000
"""Links of one page that are looked at; home pages of newspapers have some 500."""


def read_section(
    body: bytes, *, url: str, content_type: str | None = None, wanted: Callable[[str], bool] | None = None
) -> list[Found]:
    """The articles that the page at `url` links to, in its order, each once, its link's text as the title.

    Wanted are links to the same site that look like articles, or those for which `wanted` says so. Raises
    DiscoveryError for what is no HTML page.
    """
    if not body.strip():
        raise DiscoveryError(f"{url} is empty")
    if content_type and "html" not in content_type.lower():
        raise DiscoveryError(f"{url} is not an HTML page but {content_type.split(';')[0]}")
    response = HtmlResponse(url, body=body, headers={"Content-Type": content_type or "text/html"})
    base = get_base_url(response)
    found: dict[str, Found] = {}
    for link in islice(response.selector.root.iter("a", "area"), MAX_LINKS):
        page = absolute(link.get("href"), base)
        if page is None or not _is_wanted(page, url, wanted):
            continue
        key = identity(page)
        # The first link to an article is often its picture, which has no text.
        if key not in found or not found[key].title:
            found[key] = Found(page, via=url, title=_text(link))
    return list(found.values())


_TEXT_NODES = 100


def _is_wanted(page: str, url: str, wanted: Callable[[str], bool] | None) -> bool:
    if wanted is not None:
        return wanted(page)
    return looks_like_article(page) and same_site(page, url)


def _text(link: Any) -> str | None:
    """The link's text, of which a page may hide any amount in links inside links."""
    return plain("".join(islice(link.itertext(), _TEXT_NODES)), html=False)
