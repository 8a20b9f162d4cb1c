"""The feeds, the sitemaps and the pages with lists of links."""

from __future__ import annotations

import gzip
import json
import warnings
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

if TYPE_CHECKING:
    from stet.newsroom import Newsroom

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser

SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.mark.parametrize("path", ["/feed.xml", "/atom.xml"])
def test_a_feed_parses_and_lists_every_story(newsroom: Newsroom, path: str) -> None:
    page = newsroom.page(path)
    feed = feedparser.parse(page.body, response_headers={"content-type": page.headers["Content-Type"]})
    assert not feed.bozo
    stories = newsroom.stories
    assert [entry.title for entry in feed.entries] == [story.title for story in stories]
    links = [entry.link.partition("?")[0] for entry in feed.entries]
    assert links == [f"http://newsroom.example{story.path}" for story in stories]
    assert all(entry.published_parsed for entry in feed.entries)


def test_the_links_of_the_rss_feed_carry_tracking_parameters_and_lead_to_the_stories(newsroom: Newsroom) -> None:
    feed = feedparser.parse(newsroom.page("/feed.xml").body)
    for entry in feed.entries:
        assert "utm_source=rss" in entry.link
        assert newsroom.page(entry.link.removeprefix("http://newsroom.example")).status == 200


def test_the_json_feed_is_version_1_1(newsroom: Newsroom) -> None:
    feed = json.loads(newsroom.page("/feed.json").body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["language"] for item in feed["items"]] == [story.language for story in newsroom.stories]


def test_the_sitemap_index_leads_to_all_stories(newsroom: Newsroom) -> None:
    index = etree.fromstring(newsroom.page("/sitemap_index.xml").body)
    news, everything = index.xpath("//s:loc/text()", namespaces=SITEMAP)
    assert news == "http://newsroom.example/news-sitemap.xml"
    assert everything == "http://newsroom.example/sitemap.xml.gz"
    tree = etree.fromstring(newsroom.page("/news-sitemap.xml").body)
    assert tree.xpath("//n:title/text()", namespaces=SITEMAP) == [story.title for story in newsroom.stories]
    packed = newsroom.page("/sitemap.xml.gz")
    assert packed.headers["Content-Type"] == "application/gzip"
    found = etree.fromstring(gzip.decompress(packed.body)).xpath("//s:loc/text()", namespaces=SITEMAP)
    assert {f"http://newsroom.example{path}" for path in newsroom.paths} < set(found)
    assert "http://newsroom.example/world/" in found


def test_a_section_links_its_own_stories_and_much_else(newsroom: Newsroom) -> None:
    links = html.fromstring(newsroom.page("/world/").body.decode()).xpath("//main//a/@href")
    own = [story.path for story in newsroom.stories if story.section == "world"]
    assert [link for link in links if link in newsroom.paths] == own
    assert {"/tags/ports", "/newsletters/", "/video/", "/world/?page=2"} < set(links)


def test_every_address_in_the_navigation_answers(newsroom: Newsroom) -> None:
    home = html.fromstring(newsroom.page("/").body.decode())
    for path in home.xpath("//nav//a/@href | //footer//a[starts-with(@href, '/')]/@href"):
        assert newsroom.page(path).status == 200, path
    assert newsroom.page("/world").headers["Location"] == "http://newsroom.example/world/"


def test_robots_keeps_the_private_pages_private(newsroom: Newsroom) -> None:
    assert "Disallow: /private/\n" in newsroom.page("/robots.txt").text
    assert "Sitemap: http://newsroom.example/sitemap_index.xml" in newsroom.page("/robots.txt").text
    assert newsroom.page("/private/drafts").status == 200
    newsroom.crawl_delay(0.5)
    assert "Crawl-delay: 0.5\nDisallow: /private/\n" in newsroom.page("/robots.txt").text
    newsroom.robots("User-agent: *\nDisallow: /\n")
    assert newsroom.page("/robots.txt").text == "User-agent: *\nDisallow: /\n"
