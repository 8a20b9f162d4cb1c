"""A live blog is kept as posts, so that a new post is an addition and nothing else."""

# ruff: noqa: E501 - paragraphs are written as they are read

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from archive.compare.actions import ActionKind
from archive.compare.diff import diff
from archive.models import Article, Role
from crawler.extraction import extract

INTRO = "Engineers are pumping water out of the Alder valley, a day after the old dam gave way in the rain."


@dataclass(frozen=True)
class Entry:
    time: str
    headline: str
    lines: tuple[str, ...]

    @property
    def stamp(self) -> str:
        return f"2026-03-01T{self.time}:00Z"


ENTRIES = (
    Entry(
        "13:05",
        "School hall is full",
        ("About 400 people are in the school hall, the council says.", "More beds are coming."),
    ),
    Entry("12:48", "Road to Kolb farm closed", ("The police have closed the road to the Kolb farm until Thursday.",)),
    Entry(
        "12:31",
        "Water is falling",
        (
            "The lake has fallen by two metres since the morning, the water board says.",
            "“It is slowing,” said its head.",
        ),
    ),
    Entry(
        "12:02",
        "What we know",
        ("The dam gave way at four in the morning.", "It was built in 1931, and inspected in March."),
    ),
)
NEW = Entry(
    "13:40",
    "Minister on her way",
    ("The minister has left the capital and is expected in the valley at three.", "She will speak to the press."),
)

Shape = Callable[[Sequence[Entry]], str]


def paragraphs(entry: Entry) -> str:
    return "".join(f"<p>{line}</p>" for line in entry.lines)


def articles(entries: Sequence[Entry]) -> str:
    inner = "<div class='ad'>Advertisement</div>".join(
        f"<article class='live-post{' pinned' if entry.time == '12:02' else ''}' id='p{entry.time}'><header><time datetime='{entry.stamp}'>5 minutes ago</time>"
        f"<span class='author'>Jo Park</span><h3><a href='#p{entry.time}'>{entry.headline}</a></h3></header>"
        f"<div class='post-body'>{paragraphs(entry)}</div><div class='share'><button>Share</button><span>Copy link</span></div></article>"
        for entry in entries
    )
    return f"<section class='live-feed'>{inner}</section>"


def list_items(entries: Sequence[Entry]) -> str:
    items = "".join(
        f"<li class='timeline-entry'><span class='clock'>{entry.time}</span><h2>{entry.headline}</h2>{paragraphs(entry)}</li>"
        for entry in entries
    )
    return f"<ol class='liveblog'>{items}</ol>"


def batches(entries: Sequence[Entry]) -> str:
    pairs = [entries[at : at + 2] for at in range(0, len(entries), 2)]
    return "".join(
        "<div class='liveblog-page'>"
        + "".join(
            f"<div class='post'><p class='stamp'><time datetime='{entry.stamp}'>{entry.time}</time></p><h3>{entry.headline}</h3>{paragraphs(entry)}</div>"
            for entry in pair
        )
        + "</div>"
        for pair in pairs
    )


def headings(entries: Sequence[Entry]) -> str:
    lines = "".join(
        f"<h3 class='update'><time datetime='{entry.stamp}'>{entry.time}</time> {entry.headline}</h3>{paragraphs(entry)}"
        for entry in entries
    )
    return f"<div class='liveblog-body'>{lines}</div>"


SHAPES = [articles, list_items, batches, headings]


def live_page(entries: Sequence[Entry], shape: Shape = articles, *, ld: dict[str, object] | None = None) -> bytes:
    said = f"<script type='application/ld+json'>{json.dumps(ld)}</script>" if ld else ""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Alder dam: live updates | The Alder Post</title>
<meta property="og:title" content="Alder dam: live updates"><meta property="og:type" content="article">{said}</head><body>
<header><a href="/">The Alder Post</a><nav><ul><li><a href="/valley">Valley</a></li></ul></nav></header>
<main><h1>Alder dam: live updates</h1><div class="byline">By Jo Park</div><div class="intro"><p>{INTRO}</p></div>
{shape(entries)}<button>Load more</button></main>
<aside class="most-read"><h3>Read next</h3><ul><li><a href="/a">Bakers strike over flour</a></li></ul></aside>
<footer><p>© 2026 The Alder Post. All rights reserved</p></footer></body></html>""".encode()


def told(entries: Sequence[Entry]) -> dict[str, object]:
    return {
        "@type": "LiveBlogPosting",
        "headline": "Alder dam: live updates",
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "datePublished": entry.stamp,
                "headline": entry.headline,
                "articleBody": "\n".join(entry.lines),
            }
            for entry in entries
        ],
    }


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
    assert posts(article) == expected(ENTRIES, clock=shape is list_items)
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
    aside = {block.text: block.reason for block in article.removed if block.role is not Role.POST}
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
