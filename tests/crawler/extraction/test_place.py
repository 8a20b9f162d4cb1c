"""The text is looked for where it was found last time, so that furniture that comes and goes makes no edit."""

from __future__ import annotations

import pytest

from archive.models import Article, Memory
from crawler.extraction import extract

RIVAL = "".join(
    f"<p>Sponsored: the mattress number {n} is the softest there is, says everyone who has ever slept on one of them, "
    "and it comes to your door in a box, with a pillow and a promise that you may send it back.</p>"
    for n in range(12)
)


def read(body: bytes, place: str | None = None) -> Article:
    url = "https://alder.example/valley/dam"
    return extract(body, url=url, content_type="text/html", memory=Memory(place=place))


@pytest.fixture
def plain(page, story):
    """The story where no element says that it is an article, so that a rival's markup can."""
    return page(story).replace(b"<article>", b"<div class='story'>").replace(b"</article>", b"</div>")


def with_rival(body: bytes) -> bytes:
    rival = f"<article class='post' itemprop='articleBody'>{RIVAL}</article>".encode()
    return body.replace(b"<main>", b"<main>" + rival)


def test_a_rival_that_comes_into_the_page_takes_the_storys_place_only_from_those_who_never_saw_it(plain, story):
    first = read(plain)
    assert first.text.split("\n") == list(story)
    assert "mattress" in read(with_rival(plain)).text
    again = read(with_rival(plain), first.place)
    assert again.text.split("\n") == list(story)
    assert again.place == first.place


def test_the_place_is_known_again_under_classes_that_vary(plain, story):
    place = read(plain).place
    other = plain.replace(b"class='story'", b"class='story is-active v20261124'").replace(
        b'class="story-text"', b'class="story-text loaded"'
    )
    assert read(with_rival(other), place).text.split("\n") == list(story)


def test_a_place_that_is_gone_or_empty_is_forgotten(page, story):
    place = read(page(story)).place
    assert place
    moved = page(story).replace(b"story-text", b"body-copy").replace(b"<article>", b"<article id='dam'>")
    assert read(moved, place).text.split("\n") == list(story)
    assert read(moved, "main>div.nowhere").place == read(moved).place
    assert read(moved, "><#..").text == read(moved).text


def test_nothing_is_different_where_the_text_stays_in_its_place(page, story):
    first = read(page(story))
    assert read(page(story), first.place) == first


def test_a_story_that_grows_beyond_its_place_is_read_whole(page, story):
    lead = page(story).replace(b"<article>", b"<article><!-- -->")
    place = read(lead).place
    more = [
        f"Later that night, paragraph number {n} was added, as the water rose in the streets by the mill."
        for n in range(20)
    ]
    added = "".join(f"<p>{line}</p>" for line in more)
    grown = lead.replace(b"</div></article>", f"</div><div class='story-more'>{added}</div></article>".encode())
    assert read(grown, place).text == read(grown).text
    assert more[-1] in read(grown, place).text
