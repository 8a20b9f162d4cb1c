"""A newspaper page to set stories in: furniture all around, and changeable."""

# ruff: noqa: E501 - paragraphs are written as they are read

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

Page = Callable[..., bytes]

DAM = (
    "Engineers began pumping water out of the Alder valley on Tuesday, a day after the old dam gave way in the rain.",
    "About 400 people spent the night in the school hall, where the council handed out blankets, soup and dry socks.",
    "“We heard it before we saw it,” said Marta Kolb, who farms the low meadows with her two sons and a dog called Otto.",
    "The dam, built in 1931, had been inspected in March. The report, which this newspaper has seen, found no fault in it.",
    "No one was hurt.",
    "The minister is to visit the valley on Thursday, and a commission of three judges will look into what went wrong.",
)


@pytest.fixture
def story() -> tuple[str, ...]:
    return DAM


@pytest.fixture
def page() -> Page:
    """Builds a page: `page(paragraphs, title=…, after="<p>…</p>", …)`."""
    return build


def build(
    paragraphs: Sequence[str],
    *,
    title: str = "Alder dam gives way after a week of rain",
    lang: str = "en",
    between: str = "",
    after: str = "",
    beside: str = "<li><a href='/a'>Bakers strike over flour</a></li>",
    shares: int = 12,
    ticker: str = "ALD 1,204.10 +0.31%",
    ld: dict[str, object] | None = None,
) -> bytes:
    said = {"@type": "NewsArticle", "headline": title, "author": [{"@type": "Person", "name": "Jo Park"}], **(ld or {})}
    half = len(paragraphs) // 2
    first, rest = ("".join(f"<p>{line}</p>" for line in part) for part in (paragraphs[:half], paragraphs[half:]))
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} | The Alder Post</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Alder Post">
<script type="application/ld+json">{json.dumps(said)}</script></head><body>
<header class="masthead"><a href="/">The Alder Post</a><nav><ul><li><a href="/valley">Valley</a></li></ul></nav>
<div class="ticker">{ticker}</div></header>
<main><article><h1>{title}</h1><div class="byline">By Jo Park</div><div class="dates">Updated 3 minutes ago</div>
<div class="share"><button>Share</button><span>{shares} shares</span></div>
<div class="story-text">{first}{between}{rest}{after}</div></article>
<aside class="most-read"><h3>Read next</h3><ul>{beside}</ul></aside></main>
<footer><p>© 2024 The Alder Post. All rights reserved</p><a href="#top">Back to top</a></footer></body></html>""".encode()
