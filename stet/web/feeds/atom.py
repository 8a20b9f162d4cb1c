"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from stet.web.feeds.feed import Feed, Item

MEDIA_TYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"


def as_atom(feed: Feed) -> bytes:
    """The feed's document."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set(f"{{{_XML}}}lang", "en")
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    _add(_add(root, "author"), "name", "Stet")
    _add(root, "generator", "Stet")
    _link(root, "self", feed.url, MEDIA_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    for item in feed.items:
        _entry(_add(root, "entry"), item)
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return document


def _entry(entry: etree._Element, item: Item) -> None:
    if item.language:
        entry.set(f"{{{_XML}}}lang", item.language)
    _add(entry, "id", item.id)
    _add(entry, "title", item.title)
    _add(entry, "updated", item.at)
    _add(entry, "published", item.at)
    if item.source:
        _add(_add(entry, "author"), "name", item.source)
    _link(entry, "alternate", item.url, "text/html")
    _link(entry, "related", item.original)
    for tag in item.tags:
        _add(entry, "category").set("term", tag)
    _add(entry, "content", item.content).set("type", "html")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text
    return child


def _link(parent: etree._Element, relation: str, url: str, media_type: str | None = None) -> None:
    link = _add(parent, "link")
    link.set("rel", relation)
    if media_type is not None:
        link.set("type", media_type)
    link.set("href", url)
