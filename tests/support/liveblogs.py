"""A live blog in the shapes that sites give it."""

# ruff: noqa: E501 - paragraphs are written as they are read

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


def ticker(entries: Sequence[Entry]) -> str:
    items = "".join(
        f"<div class='item'><div class='hour'>{entry.time} Uhr</div><div><h4>{entry.headline}</h4>{paragraphs(entry)}</div></div>"
        for entry in entries
    )
    return f"<div class='liveticker'>{items}</div>"


def definitions(entries: Sequence[Entry]) -> str:
    terms = "".join(
        f"<dt><time datetime='{entry.stamp}'>{entry.time}</time></dt><dd><h3>{entry.headline}</h3>{paragraphs(entry)}</dd>"
        for entry in entries
    )
    return f"<dl class='liveblog'>{terms}</dl>"


def cards(entries: Sequence[Entry]) -> str:
    found = "".join(
        f"<div class='card'><div class='left'><time datetime='{entry.stamp}'>{entry.time}</time></div><div class='right'>"
        f"<div class='card-title'>{entry.headline}</div><div class='card-text'>{'<br><br>'.join(entry.lines)}</div></div></div>"
        for entry in entries
    )
    return f"<div class='live feed'>{found}</div>"


SHAPES = [articles, list_items, batches, headings, ticker, definitions, cards]
WITH_CLOCKS = [list_items, ticker]
"""The shapes whose posts give a clock time only."""


def live_page(entries: Sequence[Entry], shape: Shape = articles, *, ld: dict[str, object] | None = None) -> bytes:
    said = f"<script type='application/ld+json'>{json.dumps(ld)}</script>" if ld else ""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Alder dam: live updates | The Alder Post</title>
<meta property="og:title" content="Alder dam: live updates"><meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-01T08:00:00Z">{said}</head><body>
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
