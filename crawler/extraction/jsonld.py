"""JSON-LD: what a page says of its article in schema.org's words, however brokenly it says it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from crawler.extraction.page import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_SCRIPT = 1_000_000
MAX_NODES = 5_000
"""Bounds on what is read of one page: characters of one script, and objects in all of them."""

ARTICLE_TYPES = frozenset(
    {
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "LiveBlogPosting",
        "BlogPosting",
        "Report",
        "ScholarlyArticle",
        "TechArticle",
        "Review",
    }
)
_PREFERRED = ("NewsArticle", "LiveBlogPosting", "Article", "BlogPosting")

_LIST_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
_TAG = re.compile(r"<[^<>]{0,500}>")
_LINE_END = re.compile(r"\n+|<br\s*/?>|</p>")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_OPENINGS = ("//", "/*", "<!--", "<![CDATA[", "*/")
_CLOSINGS = (";", "-->", "*/", "]]>", "/*", "//", ";")
"""The marks of comments and CDATA sections around a script, in the order in which they are taken off."""


def nodes(root: HtmlElement) -> list[dict[str, Any]]:
    """All JSON-LD objects of the page, nested ones too, outer before inner."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = "".join(script.itertext())
        if len(text) > MAX_SCRIPT:
            continue
        for node in _descend(_loads(text)):
            found.append(node)
            if len(found) >= MAX_NODES:
                return found
    return found


def plain(text: str) -> str:
    """A JSON-LD text as one line without the markup and references that some sites leave in it."""
    return normalise(unescape(_TAG.sub(" ", text)))


def lines(text: str) -> list[str]:
    """The paragraphs of a JSON-LD text (articleBody), however they are divided."""
    return [line for part in _LINE_END.split(text) if (line := plain(part))]


def types(node: dict[str, Any]) -> set[str]:
    """The node's types without prefixes ("schema:NewsArticle" and a list of them alike)."""
    value = node.get("@type", node.get("type"))
    values = value if isinstance(value, list) else [value]
    names = [item.replace("#", "/").replace(":", "/").rpartition("/")[2] for item in values if isinstance(item, str)]
    return {name.strip() for name in names if name.strip()}


def article(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The node about the page's article: the first of the likeliest type that has a headline or an author."""
    best: tuple[int, dict[str, Any]] | None = None
    posts = {id(post) for node in found for post in updates(node)}
    for node in found:
        kinds = types(node) & ARTICLE_TYPES
        if not kinds or id(node) in posts:
            continue
        rank = 2 * sum(key in node for key in ("headline", "author", "datePublished", "articleBody"))
        rank += 1 if any(kind.endswith(_PREFERRED) for kind in kinds) else 0
        if best is None or rank > best[0]:
            best = (rank, node)
    return best[1] if best is not None else None


def updates(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The posts of a live blog's node."""
    stated = node.get("liveBlogUpdate")
    return [post for post in (stated if isinstance(stated, list) else [stated]) if isinstance(post, dict)]


def is_listing(found: list[dict[str, Any]]) -> bool:
    """Whether the page calls itself a collection."""
    return any(types(node) & _LIST_TYPES for node in found)


def _loads(text: str) -> Any:
    """The script's value; broken in the usual ways (comments around it, raw line breaks, commas), it is mended."""
    text = _unwrapped(text)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _unwrapped(text: str) -> str:
    text = text.strip()
    for mark in _OPENINGS:
        text = text.removeprefix(mark).lstrip()
    for mark in _CLOSINGS:
        text = text.removesuffix(mark).rstrip()
    return text


def _descend(value: Any) -> Iterator[dict[str, Any]]:
    """Every object below `value`, breadth first; bounded by the caller, safe against deep nesting."""
    level = [value]
    while level:
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                yield item
                below += [v for v in item.values() if isinstance(v, (dict, list))]
            elif isinstance(item, list):
                below += [v for v in item if isinstance(v, (dict, list))]
        level = below
