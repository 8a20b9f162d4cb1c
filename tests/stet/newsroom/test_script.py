"""Each step of the script does what it says, and only that."""

from __future__ import annotations

import json

import pytest

from stet.newsroom import SCRIPT, Change, Newsroom, Step, Story, script_table
from stet.newsroom.script import (
    BRIDGE,
    CHIPS,
    DROUGHT,
    GLACIER,
    LIGHTHOUSE,
    MAYOR,
    PORT,
    SHIPYARD,
    STRIKE,
    TELESCOPE,
    TREATY,
    WINDPARK,
    WINDPARK_MOVED,
)


def advance_to(newsroom: Newsroom, name: str) -> tuple[dict[str, Story], Change]:
    """The stories before the first step of that name, and the step as taken."""
    while True:
        before = {story.slug: story for story in newsroom.stories}
        change = newsroom.advance()
        assert change is not None, f"no step {name}"
        if change.name == name:
            return before, change


def everything(newsroom: Newsroom) -> dict[str, tuple[int, bytes]]:
    paths = [*newsroom.paths, "/", "/feed.xml", "/atom.xml", "/feed.json", "/world/", "/sitemap.xml.gz"]
    answers = {path: newsroom.page(path) for path in paths}
    return {path: (answer.status, answer.body) for path, answer in answers.items()}


@pytest.mark.parametrize("number", range(len(SCRIPT)))
def test_a_step_touches_no_other_story(number: int) -> None:
    newsroom = Newsroom()
    for _ in range(number):
        newsroom.advance()
    stories, pages = newsroom.stories, {path: newsroom.page(path).body for path in newsroom.paths}
    change = newsroom.advance()
    assert change is not None
    others = [story for story in stories if story.path != change.path]
    assert [story for story in others if story not in newsroom.stories] == []
    if change.path is not None:
        assert [story.path for story in others if newsroom.page(story.path).body != pages[story.path]] == []


def test_the_script_plays_the_same_for_the_same_seed_and_other_furniture_for_another() -> None:
    first, second, other = Newsroom(7), Newsroom(7), Newsroom(8)
    while (change := first.advance()) is not None:
        assert second.advance() == change
        other.advance()
        assert everything(first) == everything(second)
        assert first.stories == other.stories
    assert first.page("/").body != other.page("/").body
    assert second.advance() is None


def test_furniture_changes_every_page_and_no_story(newsroom: Newsroom) -> None:
    for _ in range(10):
        stories, pages = newsroom.stories, {path: newsroom.page(path).body for path in newsroom.paths}
        newsroom.furniture()
        assert newsroom.stories == stories
        assert all(newsroom.page(path).body != body for path, body in pages.items())


def test_a_correction_changes_the_text_gives_notice_and_advances_the_date(newsroom: Newsroom) -> None:
    before, change = advance_to(newsroom, "correction")
    old, new = before[BRIDGE], newsroom.story(BRIDGE)
    assert (change.event, change.path) == ("correction_added", old.path)
    assert "32.5 tonnes" in old.text
    assert "32.5 tonnes" not in new.text
    assert new.modified == change.at > old.modified
    assert new.corrections[0] in newsroom.page(new.path).text
    assert new.corrections[0] not in new.text


def test_a_silent_change_of_a_number_leaves_title_and_date(newsroom: Newsroom) -> None:
    before, change = advance_to(newsroom, "silent number")
    old, new = before[STRIKE], newsroom.story(STRIKE)
    assert change.events == ("text_changed",)
    assert new.text == old.text.replace("6.4 percent", "4.6 percent") != old.text
    assert (new.title, new.modified, new.corrections) == (old.title, old.modified, ())


def test_a_headline_changes_alone(newsroom: Newsroom) -> None:
    before, change = advance_to(newsroom, "new headline")
    old, new = before[CHIPS], newsroom.story(CHIPS)
    assert change.event == "headline_changed"
    assert (new.text, new.authors, new.modified) == (old.text, old.authors, old.modified)
    assert new.title != old.title
    assert newsroom.page(new.path).text.count(new.title) == 4
    assert old.title not in newsroom.page(new.path).text


def test_a_paragraph_moves_word_for_word(newsroom: Newsroom) -> None:
    before, change = advance_to(newsroom, "moved paragraph")
    old, new = before[TREATY], newsroom.story(TREATY)
    assert change.actions == ("refactor",)
    assert new.blocks[2] == old.blocks[5]
    assert new.text != old.text
    assert sorted(new.blocks, key=str) == sorted(old.blocks, key=str)


def test_a_byline_is_added(newsroom: Newsroom) -> None:
    before, change = advance_to(newsroom, "byline added")
    old, new = before[SHIPYARD], newsroom.story(SHIPYARD)
    assert change.event == "byline_changed"
    assert new.authors == (*old.authors, "Klaus Pohl")
    assert new.text == old.text
    assert "Von Friederike Thomsen und Klaus Pohl" in newsroom.page(new.path).text


def test_a_story_appears(newsroom: Newsroom) -> None:
    path = newsroom.story(LIGHTHOUSE).path
    assert newsroom.page(path).status == 404
    before, change = advance_to(newsroom, "new article")
    assert LIGHTHOUSE not in before
    assert newsroom.stories[0].slug == LIGHTHOUSE
    assert newsroom.stories[0].published == change.at
    assert newsroom.page(path).status == 200
    for listing in ("/feed.xml", "/atom.xml", "/feed.json", "/news-sitemap.xml", "/science/", "/"):
        assert path in newsroom.page(listing).text


def test_a_headline_trial_ends_where_it_began(newsroom: Newsroom) -> None:
    before, trial = advance_to(newsroom, "headline trial")
    assert newsroom.story(GLACIER).title != before[GLACIER].title
    _, over = advance_to(newsroom, "headline trial over")
    assert newsroom.story(GLACIER) == before[GLACIER]
    assert (trial.event, over.event) == ("headline_changed", "returned")


def test_a_deletion_leaves_410_and_no_trace_in_the_feeds(newsroom: Newsroom) -> None:
    before, change = advance_to(newsroom, "deletion")
    path = before[MAYOR].path
    assert change.path == path
    assert (newsroom.page(path).status, newsroom.page(f"{path}/amp").status) == (410, 410)
    assert path not in newsroom.page("/feed.xml").text


def test_a_redirect_leads_to_the_same_text(newsroom: Newsroom) -> None:
    before, change = advance_to(newsroom, "redirect")
    old, new = before[WINDPARK], newsroom.story(WINDPARK)
    assert (change.event, change.path, new.slug) == ("moved", old.path, WINDPARK_MOVED)
    answer = newsroom.page(old.path, "http://127.0.0.9:80")
    assert (answer.status, answer.headers["Location"]) == (301, f"http://127.0.0.9:80{new.path}")
    assert newsroom.page(f"{old.path}/amp").headers["Location"].endswith(f"{new.path}/amp")
    assert (newsroom.page(new.path).status, new.text) == (200, old.text)
    assert new.path in newsroom.page("/politik/").text


def test_an_outage_lasts_one_step_and_changes_nothing(newsroom: Newsroom) -> None:
    advance_to(newsroom, "redirect")
    before = everything(newsroom)
    newsroom.advance()
    assert {status for status, _ in everything(newsroom).values()} == {503}
    assert newsroom.page("/feed.xml").headers["Retry-After"] == "1"
    assert newsroom.page("/robots.txt").status == 200
    newsroom.advance()
    assert everything(newsroom) == before


def test_a_paywall_leaves_a_teaser(newsroom: Newsroom) -> None:
    before, change = advance_to(newsroom, "paywall")
    story, page = newsroom.story(TELESCOPE), newsroom.page(newsroom.story(TELESCOPE).path).text
    assert change.event == "paywalled"
    assert story == before[TELESCOPE]
    assert [block.text in page for block in story.blocks] == [True, True] + [False] * (len(story.blocks) - 2)
    assert '"isAccessibleForFree": false' in page
    assert "Suscríbete para seguir leyendo" in page


def test_paragraphs_are_added_and_dropped(newsroom: Newsroom) -> None:
    before, _ = advance_to(newsroom, "added paragraph")
    assert newsroom.story(PORT).text.startswith(before[PORT].text + "\n")
    before, _ = advance_to(newsroom, "silent deletion")
    assert len(newsroom.story(DROUGHT).blocks) == len(before[DROUGHT].blocks) - 1
    assert newsroom.story(DROUGHT).modified == before[DROUGHT].modified
    before, change = advance_to(newsroom, "notice removed")
    assert (change.event, before[BRIDGE].text) == ("correction_removed", newsroom.story(BRIDGE).text)
    assert newsroom.story(BRIDGE).corrections == ()


def test_the_script_can_be_told_as_a_table() -> None:
    table = script_table(SCRIPT).splitlines()
    assert len(table) == len(SCRIPT) + 1
    assert "correction_added, text_changed, dates_changed, edit" in table[2]


def test_another_script_can_be_played() -> None:
    newsroom = Newsroom(script=[Step("once", None, "The furniture changes", Newsroom.furniture)])
    change = newsroom.advance()
    assert change is not None
    assert (change.number, change.name, change.event) == (1, "once", None)
    assert newsroom.advance() is None


def test_feeds_follow_the_headlines(newsroom: Newsroom) -> None:
    newsroom.edit(CHIPS, title="Chips & <crisps>", dated=True)
    items = json.loads(newsroom.page("/feed.json").body)["items"]
    assert next(item for item in items if item["id"] == CHIPS)["title"] == "Chips & <crisps>"
