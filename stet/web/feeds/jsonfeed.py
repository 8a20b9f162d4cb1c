"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stet.web.feeds.feed import Feed, Item

MEDIA_TYPE = "application/feed+json"


def as_json_feed(feed: Feed) -> bytes:
    """The feed's document."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "language": "en",
        "authors": [{"name": "Stet"}],
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _item(item: Item) -> dict[str, object]:
    told: dict[str, object] = {
        "id": item.id,
        "url": item.url,
        "external_url": item.original,
        "title": item.title,
        "content_html": item.content,
        "date_published": item.at,
        "tags": list(item.tags),
    }
    if item.source:
        told["authors"] = [{"name": item.source}]
    if item.language:
        told["language"] = item.language
    return told
