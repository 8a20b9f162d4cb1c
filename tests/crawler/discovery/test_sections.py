"""Reading section pages."""

from __future__ import annotations

import pytest

from crawler.discovery.errors import DiscoveryError
from crawler.discovery.sections import MAX_LINKS, read_section

URL = "https://www.example.com/politics/"


def test_a_section_page_names_the_articles_it_links_to() -> None:
    body = """<html><body><nav><a href="/">Home</a><a href="/sport/">Sport</a><a href="/tag/a-b-c-d-e">Tag</a></nav>
      <a href="/politics/senate-passes-budget-after-night"><img src="x.jpg"></a>
      <a href="/politics/senate-passes-budget-after-night?utm_source=front#top">Senate passes
         <b>budget</b></a>
      <a href="https://m.example.com/2024/05/03/größe/">Größe</a>
      <a href="javascript:open('a-b-c-d-e')">x</a><a href="mailto:a-b-c-d@example.com">x</a><a>x</a>
      <a href="#a-b-c-d">x</a>
      <a href="http://[a-b-c-d">x</a><a href="https://other.com/2024/05/03/a-b-c-d">elsewhere</a>
      <a href="/a-long-name-of-a-picture.jpg">x</a></body></html>"""
    found = read_section(body.encode(), url=URL, content_type="text/html; charset=utf-8")
    assert [(page.url, page.title) for page in found] == [
        (
            "https://www.example.com/politics/senate-passes-budget-after-night",
            "Senate passes budget",
        ),
        ("https://m.example.com/2024/05/03/gr%C3%B6%C3%9Fe/", "Größe"),
    ]
    assert {page.via for page in found} == {URL}


def test_links_are_relative_to_the_base_of_the_page() -> None:
    body = b'<base href="https://example.com/b/"><a href="one-two-three-four">x</a>'
    assert read_section(body, url=URL)[0].url == "https://example.com/b/one-two-three-four"


def test_what_is_wanted_may_be_said() -> None:
    body = b'<a href="/short">x</a><a href="https://other.com/short">y</a><a href="/long-long-long-long">z</a>'
    found = read_section(body, url=URL, wanted=lambda url: url.endswith("/short"))
    assert [page.url for page in found] == ["https://www.example.com/short", "https://other.com/short"]


@pytest.mark.parametrize(
    ("body", "content_type", "says"),
    [
        (b"", "text/html", "is empty"),
        (b"%PDF-1.7", "application/pdf", "is not an HTML page but application/pdf"),
    ],
)
def test_what_is_no_page_is_said_so(body: bytes, content_type: str, says: str) -> None:
    with pytest.raises(DiscoveryError, match=says):
        read_section(body, url=URL, content_type=content_type)


@pytest.mark.parametrize(
    "body", [b"junk", b"\x00\xff\xfe" * 50, b"<" * 10_000, b"<a href='/a'", b"<?xml version='1.0'?>"]
)
def test_a_page_of_nonsense_has_no_articles(body: bytes) -> None:
    assert read_section(body, url=URL) == []


def test_a_hundred_thousand_links_are_looked_at_only_so_far() -> None:
    body = b"".join(b'<a href="/2024/05/03/story-%d">x</a>' % number for number in range(100_000))
    assert len(read_section(body, url=URL)) == MAX_LINKS


def test_links_within_links_are_harmless() -> None:
    body = b"".join(b'<div><a href="/2024/05/03/story-%d">text' % number for number in range(20_000))
    assert len(read_section(body, url=URL)) <= MAX_LINKS
