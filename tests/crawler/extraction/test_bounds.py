"""Pages made to hurt: deep, huge, endless. They end as an article or a clear refusal, and soon."""

from __future__ import annotations

import pytest

from crawler.extraction import NotAnArticle, extract

STORY = "<html><body><article><h1>Dam</h1>" + "".join(
    f"<p>This is paragraph number {n} of a story that goes on for a while, with commas, and a point.</p>"
    for n in range(8)
)


def outcome(body: str | bytes) -> str:
    try:
        return extract(
            body if isinstance(body, bytes) else body.encode(), url="https://alder.example/x", content_type="text/html"
        ).text
    except NotAnArticle as refusal:
        return f"refused: {refusal}"


@pytest.mark.timeout(30)
@pytest.mark.parametrize("tag", ["div", "b", "p", "blockquote", "table><tr><td", "ul><li", "a href=x", "span"])
def test_a_hundred_thousand_nested_tags(tag):
    assert outcome(f"<html><body><h1>Dam</h1><p>Some text that stands before.</p>{f'<{tag}>' * 100_000}deep")


@pytest.mark.timeout(30)
def test_nested_tags_after_the_story_do_not_take_the_story_away():
    assert "paragraph number 0" in outcome(STORY + "<div>" * 100_000)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "body",
    ["<html><body><p>" + "word " * 2_000_000, "<html><body>" + "<p>x</p>" * 200_000, "<" * 400_000, "<p>" * 250_000],
    ids=["10 MB of text", "paragraphs", "brackets", "open paragraphs"],
)
def test_what_is_too_large_is_refused(body):
    assert outcome(body).startswith("refused: too large")


@pytest.mark.timeout(30)
def test_a_megabyte_of_paragraphs_is_read():
    assert "word" in outcome("<html><body><article><h1>Words</h1>" + "<p>word word word word and a word</p>" * 25_000)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "extra",
    [
        "<script>" + "var a=1;" * 1_200_000 + "</script>",
        "<p data-x='" + "y" * 5_000_000 + "'>More.</p>",
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">More.</p>",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "<h1>" + "a | " * 100_000 + "</h1>",
        "<title>" + "a | " * 100_000 + "</title>",
        "<meta name='author' content='" + "a and " * 100_000 + "'>",
        "<p>" + "&nbsp;" * 100_000 + "</p>",
    ],
    ids=["script", "attribute", "attributes", "json", "h1", "title", "authors", "spaces"],
)
def test_bulk_that_nobody_reads_does_not_stop_the_story(extra):
    assert "paragraph number 0" in outcome(STORY + extra)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "line",
    [
        " ,opens" * 60,
        "By " + "Aa Bb, " * 50 + "1",
        "D 1.1 " * 60 + "x",
        "1" * 390,
        "share " * 60 + "x",
        "(" * 390,
        "Aa " * 120,
    ],
)
def test_no_line_makes_a_pattern_run_away(line):
    assert "paragraph number 0" in outcome(STORY + f"<p>{line} window tab</p>" * 300)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "body",
    [
        STORY + "<div>a line and a break<br>" * 15_000,
        STORY + f"<div>{'a line and two breaks<br><br>' * 8_000}</div>",
        STORY + f"<p>{'Correction: none.<br>' * 20_000}</p>",
        STORY + "<div class=liveblog><time datetime=2026-03-01></time>" * 2_000,
        STORY + f"<div class=liveblog>{'<p>12:31</p>' * 10_000}</div>",
        STORY
        + "<div class=post><time datetime=2026-03-01></time><p>A post of some length, and a point.</p></div>" * 3_000,
    ],
    ids=["nested breaks", "double breaks", "breaks", "nested times", "clocks", "posts"],
)
def test_notices_and_posts_are_looked_for_in_bounded_time(body):
    assert "paragraph number 0" in outcome(body)
