"""The sitemaps: an index, one of Google News and one of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from stet.newsroom.article_page import iso
from stet.newsroom.words import SECTIONS, SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stet.newsroom.stories import Story

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def sitemap_index(base: str) -> str:
    """The index, which names the two others."""
    maps = "".join(
        f"  <sitemap><loc>{escape(base)}/{name}</loc></sitemap>\n" for name in ("news-sitemap.xml", "sitemap.xml.gz")
    )
    return f'{_HEAD}<sitemapindex xmlns="{_SCHEMA}">\n{maps}</sitemapindex>\n'


def news_sitemap(stories: Sequence[Story], base: str) -> str:
    """The stories in the Google News namespace."""
    urls = "".join(
        f"""  <url>
    <loc>{escape(base + story.path)}</loc>
    <lastmod>{iso(story.modified)}</lastmod>
    <news:news>
      <news:publication><news:name>{SITE}</news:name><news:language>{story.language}</news:language></news:publication>
      <news:publication_date>{iso(story.published)}</news:publication_date>
      <news:title>{escape(story.title)}</news:title>
    </news:news>
  </url>
"""
        for story in stories
    )
    return f'{_HEAD}<urlset xmlns="{_SCHEMA}" xmlns:news="{_NEWS}">\n{urls}</urlset>\n'


def sitemap(stories: Sequence[Story], base: str) -> str:
    """Every story, and the pages that are none."""
    sections = "".join(f"  <url><loc>{escape(base)}/{section}/</loc></url>\n" for section in SECTIONS)
    urls = "".join(
        f"  <url><loc>{escape(base + story.path)}</loc><lastmod>{iso(story.modified)}</lastmod></url>\n"
        for story in stories
    )
    return f'{_HEAD}<urlset xmlns="{_SCHEMA}">\n  <url><loc>{escape(base)}/</loc></url>\n{sections}{urls}</urlset>\n'
