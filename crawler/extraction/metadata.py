"""Who, when, in which language: what a page says of its article.

In this order: JSON-LD, meta elements, the page's own markup, and last trafilatura's reading of it.
`modified` only ever comes from the first two; a clock or "Updated 3 minutes ago" on the page is no date.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml import etree
from lxml.html import document_fromstring

from crawler.extraction import bylines, dates, jsonld
from crawler.extraction.languages import iso_639_1
from crawler.extraction.page import normalise
from crawler.extraction.titles import choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from lxml.html import HtmlElement

MAX_LINE = 2_000
"""Characters read of a title, a description, or any other meta element."""

MAX_PEOPLE = 100
"""Authors that are read of JSON-LD."""

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "datepublished",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dc.date.created",
    "publishdate",
    "publish-date",
    "pubdate",
    "publication_date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "date",
)
_MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "article.updated",
    "cxenseparse:recs:modifiedtime",
)
_AUTHORS = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author_name",
    "byl",
)
_LATER_AUTHORS = ("article:author", "og:article:author", "twitter:data1", "cxenseparse:author")
_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")

_BYLINE_CLASSES = frozenset({"author", "byline", "byline__name"})
_IN_BYLINE_CLASSES = ("author-name", "author__name", "authorName", "byline-name")
_CHROME = frozenset({"nav", "footer", "aside", "form"})
_CLOCK = re.compile(r"clock|ticker|weather|today|current-?date|live-?time|wetter|tiempo|meteo", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of its article."""

    title: str
    titles: tuple[str, ...]
    """The headline in every form the page gives it."""
    headings: tuple[str, ...]
    """The title element and the h1s, as they stand."""
    authors: tuple[str, ...]
    published: str | None
    says_published: bool
    """Whether JSON-LD or a meta element dates the page; a date in its URL is no such word."""
    modified: str | None
    language: str | None
    canonical: str | None
    description: str
    is_article: bool
    """Whether JSON-LD or Open Graph call the page an article."""
    is_listing: bool
    """Whether they call it a website, a collection, a list."""
    kinds: frozenset[str]
    """All that it calls itself and its parts: the types of its JSON-LD, and `og:` with Open Graph's type."""
    says_paid: bool
    """Whether JSON-LD or a meta element says that the article is not free to read."""
    body: str
    """JSON-LD's articleBody, where given."""


def read(root: HtmlElement, *, url: str, today: date) -> Metadata:
    """The page's metadata. `today` (UTC) bounds the dates that are believed."""
    found = jsonld.nodes(root)
    node = jsonld.article(found) or {}
    meta = _meta(root)
    runs = [own for h1 in islice(root.iter("h1"), 10) if (own := _runs(h1))]
    h1s = [" ".join(own) for own in runs]
    page_title = _line(root.findtext(".//title", ""))
    said = [_line(_text(node.get("headline"))), *(meta.get(key, "") for key in _TITLES)]
    site = [meta.get("og:site_name", ""), _name(node.get("publisher"))]
    title = choose(runs, [text for text in said if text], page_title, site, urlsplit(url).hostname or "")
    published = _stated_date(node, meta, today)
    return Metadata(
        title=title,
        titles=tuple(dict.fromkeys(text for text in (title, *said, *_like(h1s, title)) if text)),
        headings=tuple(text for text in (page_title, *h1s) if text),
        authors=_authors(root, node, meta),
        published=published or _first_date(_times(root), today) or _guessed_date(root, url, today),
        says_published=published is not None,
        modified=_first_date((_text(node.get("dateModified")), *(meta.get(key, "") for key in _MODIFIED)), today),
        language=_language(root, node, meta),
        canonical=_canonical(root, url),
        description=normalise(_text(node.get("description")) or _first(meta, _DESCRIPTIONS)),
        is_article=bool(node) or "article" in meta.get("og:type", "") or bool(_first(meta, _PUBLISHED[:2])),
        is_listing=meta.get("og:type", "") == "website" or jsonld.is_listing(found),
        kinds=frozenset({f"og:{meta.get('og:type', '')}"}.union(*map(jsonld.types, found))),
        says_paid=_says_paid(found, meta),
        body=_text(node.get("articleBody")),
    )


def _runs(h1: HtmlElement) -> list[str]:
    """The heading's runs of text, one for each element in it."""
    return [line for text in h1.itertext() if (line := _line(text))]


def _meta(root: HtmlElement) -> dict[str, str]:
    """Meta elements by lower-case name, property or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = _line(element.get("content") or "")
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name:
                found.setdefault(name, content)
    return found


def _line(text: str) -> str:
    return normalise(text[: 10 * MAX_LINE])[:MAX_LINE]


def _first(meta: Mapping[str, str], keys: Iterable[str]) -> str:
    return next((meta[key] for key in keys if meta.get(key)), "")


def _text(value: Any) -> str:
    """A JSON-LD text, however wrapped."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("@value", value.get("name", "")))
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    return _line(_text(value))


def _like(h1s: Iterable[str], title: str) -> Iterator[str]:
    """The h1s that are the headline with a little more or less ("Exclusive: …")."""
    for h1 in h1s:
        if title and (title in h1 or h1 in title):
            yield h1


def _authors(root: HtmlElement, node: Mapping[str, Any], meta: Mapping[str, str]) -> tuple[str, ...]:
    people, organisations = _jsonld_authors(node.get("author", node.get("creator")))
    if people:
        return bylines.clean(people)
    written = _first_names(meta, _AUTHORS) or _first_names(meta, _LATER_AUTHORS) or _marked_authors(root)
    return written or bylines.clean(organisations)


def _jsonld_authors(value: Any) -> tuple[list[str], list[str]]:
    people: list[str] = []
    organisations: list[str] = []
    for item in value[:MAX_PEOPLE] if isinstance(value, list) else [value]:
        if isinstance(item, str):
            people += bylines.split(item)
        elif isinstance(item, dict):
            names = item.get("name")
            texts = [_name(name) for name in (names[:MAX_PEOPLE] if isinstance(names, list) else [names])]
            is_organisation = any("Organization" in kind for kind in jsonld.types(item))
            (organisations if is_organisation else people).extend(text for text in texts if text)
    return [name for name in people if bylines.clean([name])], organisations


def _first_names(meta: Mapping[str, str], keys: Iterable[str]) -> tuple[str, ...]:
    for key in keys:
        if names := bylines.clean(bylines.split(meta.get(key, ""))):
            return names
    return ()


def _marked_authors(root: HtmlElement) -> tuple[str, ...]:
    """Names in elements marked as the byline, the first such place that holds any."""
    for element in islice(filter(_is_byline, root.iter(etree.Element)), 20):
        if any(above.tag in _CHROME for above in element.iterancestors()):
            continue
        text = normalise(" ".join(element.itertext()))
        if not 3 <= len(text) <= 200:  # noqa: PLR2004
            continue
        names = [name for name in bylines.clean(bylines.split(text)) if _could_be_a_name(name)]
        if names:
            return tuple(names)
    return ()


def _is_byline(element: HtmlElement) -> bool:
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return True
    classes = element.get("class")
    if not classes or ("author" not in classes and "byline" not in classes):
        return False
    return not _BYLINE_CLASSES.isdisjoint(classes.split()) or any(part in classes for part in _IN_BYLINE_CLASSES)


def _could_be_a_name(text: str) -> bool:
    """Two to five capitalised words, short ones ("van", "de la") aside, and no figures."""
    words = text.split()
    capitalised = all(word[:1].isupper() or len(word) <= 3 for word in words)  # noqa: PLR2004
    return 1 < len(words) <= 5 and capitalised and not any(c.isdigit() for c in text)  # noqa: PLR2004


def _stated_date(node: Mapping[str, Any], meta: Mapping[str, str], today: date) -> str | None:
    return _first_date(
        (_text(node.get("datePublished")), *(meta.get(key, "") for key in _PUBLISHED), _text(node.get("dateCreated"))),
        today,
    )


def _first_date(values: Iterable[str], today: date) -> str | None:
    return next((found for value in values if (found := dates.iso(value, today=today))), None)


def _times(root: HtmlElement) -> Iterator[str]:
    """The <time> elements of the article: those marked as its date, else the first below the headline."""
    marked = root.xpath(".//*[@itemprop='datePublished'] | .//time[@pubdate]")
    h1 = root.find(".//h1")
    below = h1.xpath("following::time[@datetime][position() <= 3]") if h1 is not None else []
    for element in (*marked, *below):
        if any(above.tag in _CHROME or _is_clock(above) for above in (element, *element.iterancestors())):
            continue
        yield (element.get("datetime") or element.get("content") or "").strip()


def _is_clock(element: HtmlElement) -> bool:
    return bool(_CLOCK.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _guessed_date(root: HtmlElement, url: str, today: date) -> str | None:
    """htmldate's reading (what trafilatura uses) of the head and the URL; in the body it takes clocks for dates."""
    page = document_fromstring("<html><head></head><body></body></html>")
    head = root.find("head")
    if head is not None:
        page.replace(page[0], deepcopy(head))
    try:
        found = find_date(page, extensive_search=False, original_date=True, url=url, max_date=today.isoformat())
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    return dates.iso(found, today=today)


def _language(root: HtmlElement, node: Mapping[str, Any], meta: Mapping[str, str]) -> str | None:
    said = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        _language_name(node.get("inLanguage")),
        meta.get("og:locale"),
        meta.get("content-language"),
        meta.get("dc.language"),
        meta.get("language"),
    )
    return next((code for tag in said if tag and (code := iso_639_1(tag))), None)


def _language_name(value: Any) -> str:
    if isinstance(value, dict):
        return _text(value.get("alternateName")) or _text(value.get("name"))
    return _text(value)


def _canonical(root: HtmlElement, url: str) -> str | None:
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            href = normalise(element.get("href") or "")
            try:
                absolute = urljoin(url, href)
                parts = urlsplit(absolute)
            except ValueError:
                return None
            return absolute if href and parts.scheme in {"http", "https"} and parts.hostname else None
    return None


def _says_paid(found: Iterable[Mapping[str, Any]], meta: Mapping[str, str]) -> bool:
    said = (meta.get("isaccessibleforfree"), *(item.get("isAccessibleForFree") for item in found))
    return meta.get("article:content_tier", "").lower() == "locked" or any(_is_false(value) for value in said)


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower().rsplit("/", 1)[-1] in {"false", "no"})
