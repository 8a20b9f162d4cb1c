"""The feeds: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from stet.newsroom.article_page import iso
from stet.newsroom.words import SECTIONS, SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stet.newsroom.stories import Story

_TRACKING = "?utm_source=rss&utm_medium=feed&utm_campaign=top"


def rss(stories: Sequence[Story], base: str) -> str:
    """RSS 2.0; its links carry tracking parameters, as those of many sites do."""
    items = "\n".join(
        f"""    <item>
      <title>{escape(story.title)}</title>
      <link>{escape(base + story.path + _TRACKING)}</link>
      <guid isPermaLink="false">{story.slug}</guid>
      <pubDate>{format_datetime(story.published)}</pubDate>
      <category>{SECTIONS[story.section]}</category>
      <dc:creator>{escape(", ".join(story.authors))}</dc:creator>
      <description>{escape(story.summary)}</description>
    </item>"""
        for story in stories
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>{SITE}</title>
    <link>{escape(base)}/</link>
    <atom:link href="{escape(base)}/feed.xml" rel="self" type="application/rss+xml"/>
    <description>News from Calder Bay and beyond</description>
{items}
  </channel>
</rss>
"""


def atom(stories: Sequence[Story], base: str) -> str:
    """Atom, with the date of the last change of each story."""
    entries = "\n".join(
        f"""  <entry xml:lang="{story.language}">
    <title>{escape(story.title)}</title>
    <link rel="alternate" type="text/html" href="{escape(base + story.path)}"/>
    <id>tag:courier.example,2026:{story.slug}</id>
    <published>{iso(story.published)}</published>
    <updated>{iso(story.modified)}</updated>
    {"".join(f"<author><name>{escape(name)}</name></author>" for name in story.authors)}
    <summary>{escape(story.summary)}</summary>
  </entry>"""
        for story in stories
    )
    updated = max((story.modified for story in stories), default=None)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>{SITE}</title>
  <id>{escape(base)}/</id>
  <link rel="self" href="{escape(base)}/atom.xml"/>
  <updated>{iso(updated) if updated else "1970-01-01T00:00:00Z"}</updated>
{entries}
</feed>
"""


def json_feed(stories: Sequence[Story], base: str) -> str:
    """JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": SITE,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/feed.json",
        "items": [
            {
                "id": story.slug,
                "url": base + story.path,
                "title": story.title,
                "summary": story.summary,
                "content_text": story.summary,
                "date_published": iso(story.published),
                "date_modified": iso(story.modified),
                "authors": [{"name": name} for name in story.authors],
                "language": story.language,
            }
            for story in stories
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)
