"""Whatever the bytes, what comes out is an Article or NotAnArticle, and every string fits into SQLite."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Article
from crawler.extraction import NotAnArticle, bylines, dates, extract
from crawler.extraction.titles import without_site

TAGS = (
    "html head body title meta link script article main section div p h1 h2 ul li blockquote aside nav footer a span",
    "b br table tr td figure figcaption time form button noscript svg math template",
)
WORDS = st.sampled_from(
    (
        *("The dam broke.", "Correction:", "By Jo Park", "opens new tab", "2024-05-02", " ", "Ä", "“", "©"),
        *(
            "\ud800",
            "\x00",
            "\x1f",
            "\u200b",
            "\ue000",
            "&#xD800;",
            "&#1;",
            "&#x1F;",
            "&#xFFFE;",
            "&#39;",
            "]]>",
            "<!--",
        ),
    )
) | st.text(st.characters(), max_size=20)
ATTRIBUTES = st.sampled_from(
    (
        "",
        " class='author-bio'",
        ' class="correction"',
        " id=x hidden",
        " property='og:title' content='x'",
        " href='http://['",
        " type='application/ld+json'",
        " lang=de",
        " datetime='2024-05-02'",
        " style='clip:rect(0 0 0 0)' class=sr-only",
        " role=navigation",
        " rel=canonical href='//x/y'",
        " name=author content='@a'",
    )
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 30))):
        tag = draw(st.sampled_from(" ".join(TAGS).split()))
        kind = draw(st.integers(0, 3))
        if kind == 0:
            parts.append(f"<{tag}{draw(ATTRIBUTES)}>")
        elif kind == 1:
            parts.append(f"</{tag}>")
        else:
            parts.append(f"<{tag}{draw(ATTRIBUTES)}>{draw(WORDS)}</{tag}>")
    return "".join(parts)


def check(body: bytes, content_type: str | None) -> None:
    try:
        article = extract(body, url="https://alder.example/x", content_type=content_type, today=date(2024, 5, 20))
    except NotAnArticle as refusal:
        assert str(refusal)
        assert "\n" not in str(refusal)
        return
    assert isinstance(article, Article)
    for text in (
        article.title,
        *article.authors,
        article.published or "",
        article.modified or "",
        article.canonical or "",
        *(text for block in article.blocks for text in (block.text, block.reason)),
    ):
        text.encode("utf-8")
        assert "\x00" not in text
        assert "\n" not in text


CONTENT_TYPES = st.sampled_from(
    [None, "text/html", "text/html; charset=utf-8", "text/html; charset=utf-16", "x", "; charset=\x00"]
)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400), CONTENT_TYPES)
def test_random_bytes(body, content_type):
    check(body, content_type)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=60), markup(), CONTENT_TYPES)
def test_random_bytes_among_markup(noise, text, content_type):
    check(b"<html><body><p>Some words. " + noise + text.encode("utf-8", "surrogatepass") + noise, content_type)


@settings(max_examples=150, deadline=None)
@given(markup())
def test_broken_markup(text):
    check(text.encode("utf-8", "surrogatepass"), "text/html; charset=utf-8")


@given(st.text(max_size=80))
def test_names_dates_and_titles_take_any_text(text):
    bylines.clean(bylines.split(text))
    dates.iso(text, today=date(2024, 5, 20))
    without_site(text, ["The Alder Post"])
