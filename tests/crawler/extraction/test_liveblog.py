"""A live blog is kept as posts, so that a new post is an addition and nothing else."""

# ruff: noqa: E501 - paragraphs are written as they are read

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.liveblogs import (
    ENTRIES,
    INTRO,
    NEW,
    SHAPES,
    WITH_CLOCKS,
    Entry,
    Shape,
    articles,
    live_page,
    paragraphs,
    told,
)

from archive.compare.versions.actions import ActionKind
from archive.compare.versions.diff import diff
from archive.models import Article, Role
from crawler.extraction import NotAnArticle, extract

if TYPE_CHECKING:
    from collections.abc import Sequence


def read(body: bytes) -> Article:
    return extract(body, url="https://alder.example/live/dam", content_type="text/html; charset=utf-8")


def posts(article: Article) -> list[list[str]]:
    """Each post's lines: its time, its headline, its text."""
    found: list[list[str]] = []
    for block in article.blocks:
        if block.role is Role.POST:
            found.append([block.text])
        elif found and block.role in article.text_roles:
            found[-1].append(block.text)
    return found


def expected(entries: Sequence[Entry], *, clock: bool = False) -> list[list[str]]:
    return [[entry.time if clock else entry.stamp, entry.headline, *entry.lines] for entry in entries]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_live_blog_is_kept_as_its_posts_in_page_order(shape: Shape) -> None:
    article = read(live_page(ENTRIES, shape))
    assert posts(article) == expected(ENTRIES, clock=shape in WITH_CLOCKS)
    assert article.text.startswith(INTRO)
    headlines = [block.text for block in article.blocks if block.role is Role.HEADING]
    assert headlines == [entry.headline for entry in ENTRIES]
    assert {block.role for block in article.blocks if block.text in ENTRIES[0].lines} == {Role.BODY}


@pytest.mark.parametrize("with_json_ld", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_new_post_on_top_is_an_addition_of_its_sentences_and_nothing_else(shape: Shape, with_json_ld: bool) -> None:
    before, after = (
        read(live_page(entries, shape, ld=told(entries) if with_json_ld else None))
        for entries in (ENTRIES, (NEW, *ENTRIES))
    )
    changed = [action for action in diff(before, after).actions if action.kind is not ActionKind.UNCHANGED]
    assert {action.kind for action in changed} == {ActionKind.ADDITION}
    assert [action.after for action in changed] == [NEW.headline, *NEW.lines]


def test_an_edited_post_is_an_edit_in_it() -> None:
    edited = Entry("12:48", ENTRIES[1].headline, ("The police have closed the road to the Kolb farm until Friday.",))
    before, after = read(live_page(ENTRIES)), read(live_page((ENTRIES[0], edited, *ENTRIES[2:])))
    changed = [action for action in diff(before, after).actions if action.kind is not ActionKind.UNCHANGED]
    assert [(action.kind, action.after) for action in changed] == [(ActionKind.EDIT, edited.lines[0])]


def test_turning_the_order_round_moves_posts_and_rewrites_none() -> None:
    before, after = read(live_page(ENTRIES)), read(live_page(ENTRIES[::-1]))
    assert {action.kind for action in diff(before, after).actions} == {ActionKind.UNCHANGED, ActionKind.REFACTOR}


def test_what_stands_between_and_around_the_lines_of_posts_is_set_aside_with_reasons() -> None:
    article = read(live_page(ENTRIES))
    aside = {block.text: block.reason for block in article.removed}
    assert {"Share", "Copy link", "5 minutes agoJo Park"} <= aside.keys()
    assert all(aside.values())


def test_a_time_that_only_counts_from_now_opens_no_post() -> None:
    article = read(live_page(ENTRIES, lambda entries: articles(entries).replace("datetime=", "data-at=")))
    assert article.texts(Role.POST) == ()


def test_relative_times_on_the_page_are_given_by_json_ld() -> None:
    def relative(entries: Sequence[Entry]) -> str:
        return articles(entries).replace("datetime=", "data-at=")

    assert posts(read(live_page(ENTRIES, relative, ld=told(ENTRIES)))) == expected(ENTRIES)


def test_posts_that_the_page_loads_late_are_taken_from_json_ld() -> None:
    article = read(live_page(ENTRIES[:1], ld=told(ENTRIES)))
    assert posts(article) == expected(ENTRIES)
    assert article.text.startswith(INTRO)
    assert article.text.count(ENTRIES[0].lines[0]) == 1


def test_json_lds_updates_do_not_get_round_a_paywall() -> None:
    article = read(live_page(ENTRIES[:1], ld={**told(ENTRIES), "isAccessibleForFree": False}))
    assert ENTRIES[2].lines[0] not in article.text


def test_a_post_of_one_line_is_text() -> None:
    short = Entry("13:40", "All schools in the valley stay shut on Wednesday", ())
    assert posts(read(live_page((*ENTRIES, short))))[-1] == [short.stamp, short.headline]


def test_a_correction_in_a_post_is_a_correction() -> None:
    notice = "Correction: An earlier version of this post gave the wrong road."
    corrected = Entry("12:48", ENTRIES[1].headline, (*ENTRIES[1].lines, notice))
    assert read(live_page((ENTRIES[0], corrected, *ENTRIES[2:]))).corrections == (notice,)


def test_other_stories_and_comments_with_times_make_no_live_blog(page, story) -> None:
    teasers = "".join(
        f"<div class='post entry'><time datetime='{entry.stamp}'></time><h3><a href='/{entry.time}'>{entry.headline}</a></h3>{paragraphs(entry)}</div>"
        for entry in ENTRIES
    )
    comments = "".join(
        f"<li class='comment post'><time datetime='{entry.stamp}'></time>{paragraphs(entry)}</li>" for entry in ENTRIES
    )
    for after in (f"<section class='posts'>{teasers}</section>", f"<ol class='comments'>{comments}</ol>"):
        article = read(page(story, after=after))
        assert article.texts(Role.POST) == ()
        assert article.text.split("\n")[: len(story)] == list(story)


@pytest.mark.parametrize(
    "said",
    [
        {"liveBlogUpdate": value}
        for value in (None, "", 5, [None, 1, "x", {}], {"datePublished": 3, "headline": []}, [[]])
    ],
)
def test_broken_updates_in_json_ld_are_passed_over(said: dict[str, object]) -> None:
    article = read(live_page(ENTRIES, ld={"@type": "LiveBlogPosting", "headline": "Alder dam", **said}))
    assert posts(article) == expected(ENTRIES)


_MARKUP = st.sampled_from(
    [
        *(
            "<div class=liveblog>",
            "<div class=post>",
            "<dl><dt>",
            "<dd>",
            "<h3>",
            "<a href='#p'>",
            "<li>",
            "</div>",
            "</a>",
        ),
        *(
            "<time datetime='2026-03-01T12:31:00Z'>",
            "<time>12:31",
            "</time>",
            "12:31 Uhr",
            "<br>",
            "<aside>",
            "<header>",
        ),
        *(
            "<p>The lake has fallen by two metres since the morning, the water board says.</p>",
            "<b>Correction</b>",
            "Share",
        ),
    ]
)


@settings(deadline=None)
@given(st.lists(_MARKUP, max_size=60).map("".join), st.booleans())
def test_any_mix_of_posts_is_read_or_refused(markup: str, with_json_ld: bool) -> None:
    try:
        article = read(live_page(ENTRIES[:2], lambda _: markup, ld=told(ENTRIES) if with_json_ld else None))
    except NotAnArticle:
        return
    assert all(block.text for block in article.blocks)
    if with_json_ld:
        assert len(article.texts(Role.POST)) >= len(ENTRIES) // 2
