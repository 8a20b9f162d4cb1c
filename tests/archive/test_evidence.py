"""When a line is learned to be the source's own; in doubt it is the article's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.desk import article

from archive import evidence
from archive.evidence import Line, Occurrence
from archive.models import Block, Role, line_digest

HOUSE = "The Alder Post is printed on paper from the valley."
TITLES = ("Dam gives way", "Bakers strike", "Glacier survey", "Windpark vote", "Lighthouse logs", "Rail freight deal")
RUNNING = ("Alder dam trial opens", "Minister heard at Alder dam trial", "Engineers of Alder on trial over dam")
DAYS = [str(date(2026, 1, 1) + timedelta(days)) for days in range(60)]


def seen(*occurrences: tuple[str, str], text: str = HOUSE, others: int = 0) -> tuple[Line, int]:
    """The line after articles of these titles and days, `others` without it after each; and the articles so far."""
    counted, line = 0, None
    for title, day in occurrences:
        counted += 1
        occurrence = Occurrence(title, day, f"{day}T12:00:00.000Z", counted)
        line = evidence.again(line, occurrence) if line else evidence.first(line_digest(text), text, occurrence)
        counted += others
    assert line is not None
    return line, counted


def issues(count: int, *, titles: tuple[str, ...] = TITLES, days: int = 5) -> list[tuple[str, str]]:
    return [(titles[i % len(titles)], DAYS[i * days // count]) for i in range(count)]


def distinct(count: int) -> tuple[str, ...]:
    """Titles of stories that have nothing to do with each other."""
    return tuple(f"{chr(97 + i // 26)}{chr(97 + i % 26)}xx" for i in range(count))


def test_a_house_line_is_learned() -> None:
    line, counted = seen(*issues(8))
    assert line.learned_at == "2026-01-05T12:00:00.000Z"
    assert (line.pages, line.days, line.stories, evidence.share(line, counted)) == (8, 5, 6, 1.0)


@pytest.mark.parametrize(
    ("occurrences", "others"),
    [
        (issues(7), 0),
        (issues(30, days=2), 0),
        (issues(30, titles=RUNNING), 2),
        (issues(30), 12),
    ],
    ids=["on few pages", "on two days", "within one story", "on few of the source's articles"],
)
def test_what_is_short_of_evidence_stays_text(occurrences: list[tuple[str, str]], others: int) -> None:
    line, _ = seen(*occurrences, others=others)
    assert line.learned_at is None


def test_titles_after_one_pattern_do_not_hide_a_line_that_most_articles_have() -> None:
    titles = tuple(f"Morning briefing: {title}" for title in TITLES)
    few, _ = seen(*issues(19, titles=titles))
    many, _ = seen(*issues(24, titles=titles))
    assert (few.stories, few.learned_at) == (1, None)
    assert many.learned_at is not None


def test_a_long_line_needs_more_evidence_than_a_short_one() -> None:
    text = (
        "The valley has been waiting for a new dam since the old one was found to be unsafe by three engineers who " * 2
    )
    titles = distinct(60)
    few, _ = seen(*issues(20, titles=titles), text=text)
    many, _ = seen(*issues(40, titles=titles), text=text)
    assert (few.learned_at, many.learned_at is not None) == (None, True)


@given(
    st.lists(st.tuples(st.sampled_from(TITLES), st.sampled_from(DAYS[:4])), min_size=1, max_size=40),
    st.integers(0, 15),
)
def test_nothing_is_learned_without_all_of_the_evidence(occurrences: list[tuple[str, str]], others: int) -> None:
    line, counted = seen(*occurrences, others=others)
    assert line.pages == len(occurrences)
    assert line.days <= len({day for _, day in occurrences})
    assert line.stories <= len(occurrences)
    assert 0 < evidence.share(line, counted) <= 1
    if line.learned_at is not None:
        assert line.pages >= evidence.MIN_PAGES
        assert line.days >= evidence.MIN_DAYS
        assert line.stories >= evidence.MIN_STORIES or line.pages >= evidence.SURE_PAGES


def test_a_learned_line_is_forgotten_only_far_below_what_it_took() -> None:
    line, _ = seen(*issues(10))
    assert evidence.judged(line, counted=150, now="2026-03-01").learned_at is not None
    assert evidence.judged(line, counted=210, now="2026-03-01").learned_at is None


@pytest.mark.parametrize(
    "block",
    [
        Block(Role.BODY, "“We heard it before we saw it,” she said."),
        Block(Role.BODY, 'The judge called it "an outrage".'),
        Block(Role.QUOTE, "We heard it before we saw it."),
        Block(Role.TABLE, "Gold | Silver"),
        Block(Role.BODY, "The index closed 3 percent down at 1,204 points."),
        Block(Role.BODY, "* * *"),
        Block(Role.BODY, "word " * 200),
        Block(Role.PROMO, "Sign up"),
    ],
)
def test_what_an_article_itself_may_say_again_is_not_counted(block: Block) -> None:
    assert evidence.candidates(replace(article(), blocks=(block,))) == {}


@pytest.mark.parametrize(
    "block",
    [
        Block(Role.BODY, HOUSE),
        Block(Role.BODY, "12 comments"),
        Block(Role.HEADING, "About the Post"),
        Block(Role.FURNITURE, HOUSE, "the source repeats this line"),
    ],
)
def test_lines_of_text_and_those_learned_before_are_counted(block: Block) -> None:
    assert evidence.candidates(replace(article(), blocks=(block,))) == {line_digest(block.text): block.text}


def test_an_article_came_out_on_the_day_it_names_unless_that_lies_ahead() -> None:
    assert evidence.day_of(article(published="2026-01-01T08:00:00Z"), "2026-02-01T00:00:00Z") == "2026-01-01"
    assert evidence.day_of(article(published="2026-03-01"), "2026-02-01T00:00:00Z") == "2026-02-01"
    assert evidence.day_of(article(published=None), "2026-02-01T00:00:00Z") == "2026-02-01"
