"""The stories, and the pages made of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from lxml import html

from stet.newsroom import Block, Newsroom, parse_blocks

SLUGS = sorted(story.slug for story in Newsroom().stories)


def linked_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_there_are_a_dozen_stories_in_three_languages(newsroom: Newsroom) -> None:
    assert Counter(story.language for story in newsroom.stories) == {"en": 6, "de": 3, "es": 3}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_holds_the_whole_story_in_order(newsroom: Newsroom, slug: str) -> None:
    story = newsroom.story(slug)
    tree = html.fromstring(newsroom.page(story.path).body.decode())
    for label in tree.xpath('//span[@class="visually-hidden"]'):
        label.drop_tree()
    found = [
        element.text_content()
        for element in tree.xpath('//div[@class="article-body"]/*[self::p or self::h2 or self::blockquote or self::ul]')
    ]
    body = "\n".join(found)
    place = 0
    for block in story.blocks:
        if block.role != "caption":
            place = body.index(block.text, place) + len(block.text)
    assert 5 <= sum(block.role == "body" for block in story.blocks) <= 9


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_says_what_it_is(newsroom: Newsroom, slug: str) -> None:
    story = newsroom.story(slug)
    page = newsroom.page(story.path).text
    tree, data = html.fromstring(page), linked_data(page)
    assert tree.get("lang") == story.language == data["inLanguage"]
    assert tree.xpath("//h1")[0].text == story.title == data["headline"]
    assert data["@type"] == "NewsArticle"
    assert [author["name"] for author in data["author"]] == list(story.authors)
    assert datetime.fromisoformat(data["datePublished"]) == story.published
    assert datetime.fromisoformat(data["dateModified"]) == story.modified
    assert data["isAccessibleForFree"] is True
    assert tree.xpath('//link[@rel="canonical"]/@href') == [f"http://newsroom.example{story.path}"]
    assert tree.xpath('//meta[@property="og:title"]/@content') == [story.title]


@pytest.mark.parametrize("slug", SLUGS)
def test_furniture_stands_around_every_story(newsroom: Newsroom, slug: str) -> None:
    page = newsroom.page(newsroom.story(slug).path).text
    for part in ("ticker", "share", "newsletter", "consent", "most-read", "sign-off", "trust", "to-top"):
        assert re.search(rf'class="[^"]*\b{part}\b', page), part
    assert "{" not in re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)


def test_the_other_editions_name_the_full_one_as_canonical(newsroom: Newsroom) -> None:
    for path in newsroom.paths:
        for double in (f"{path}/amp", f"{path}?view=mobile", f"{path}?utm_source=rss&utm_medium=feed"):
            tree = html.fromstring(newsroom.page(double).body.decode())
            assert tree.xpath('//link[@rel="canonical"]/@href') == [f"http://newsroom.example{path}"]


def test_an_edition_changes_what_stands_around_the_story_only(newsroom: Newsroom) -> None:
    story = newsroom.story("werft-in-hallerhafen-baut-stellen-ab")
    for double in ("/amp", "?view=mobile"):
        page = unescape(newsroom.page(story.path + double).text)
        assert "most-read" not in page
        assert all(block.text in page for block in story.blocks)


def test_stories_are_dated_back_from_the_opening() -> None:
    opened = datetime(2031, 5, 4, 12, tzinfo=UTC)
    stories = Newsroom(opened=opened).stories
    assert all(opened - timedelta(days=2) < story.published <= story.modified <= opened for story in stories)


def test_blocks_are_read_from_marked_text() -> None:
    assert parse_blocks("One [two](https://a.example) three.\n\n## Four\n\n- five\n- six\n\n> Seven\n\n^ Eight") == (
        Block("body", "One [two](https://a.example) three."),
        Block("heading", "Four"),
        Block("list", "five"),
        Block("list", "six"),
        Block("quote", "Seven"),
        Block("caption", "Eight"),
    )
    assert parse_blocks("One [two](https://a.example) three.")[0].text == "One two three."


def test_a_replacement_must_be_unmistakable(newsroom: Newsroom) -> None:
    story = newsroom.story("glacier-survey-finds-hidden-lakes")
    with pytest.raises(ValueError, match="not once"):
        story.replaced("the", "a")
    with pytest.raises(ValueError, match="stands 0 times"):
        story.replaced("no such words", "")
