"""What tests can make the newsroom do, beside the script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stet.newsroom import Newsroom, Response
from stet.newsroom.exchange import answer
from stet.newsroom.script import BRIDGE


def test_a_story_comes_back_after_a_status(newsroom: Newsroom) -> None:
    path, before = newsroom.story(BRIDGE).path, newsroom.page(newsroom.story(BRIDGE).path)
    for status in (404, 451, 500, 418):
        newsroom.set_status(BRIDGE, status)
        assert newsroom.page(path).status == status
    newsroom.set_status(BRIDGE, 200)
    assert newsroom.page(path).body == before.body


def test_a_story_can_move_twice_and_back(newsroom: Newsroom) -> None:
    former = newsroom.story(BRIDGE).path
    newsroom.redirect(BRIDGE, "second")
    newsroom.redirect("second", "third")
    assert newsroom.page(former).headers["Location"].endswith("/world/third")
    assert newsroom.page("/world/second").headers["Location"].endswith("/world/third")
    newsroom.redirect("third", BRIDGE)
    assert newsroom.page(former).status == 200
    assert newsroom.page("/world/third").headers["Location"].endswith(former)
    assert newsroom.page("/world/second").headers["Location"].endswith(former)


def test_stories_of_ones_own_can_be_published(newsroom: Newsroom) -> None:
    story = replace(newsroom.story(BRIDGE), slug="of-my-own", title="Of my own", published=newsroom.clock)
    newsroom.publish(story)
    assert newsroom.stories[0] == story
    assert newsroom.page("/world/of-my-own").status == 200


def test_unknown_fields_and_stories_are_refused(newsroom: Newsroom) -> None:
    with pytest.raises(TypeError):
        newsroom.edit(BRIDGE, headline="No such field")
    with pytest.raises(KeyError):
        newsroom.set_status("no-such-story", 410)


def test_answers_of_ones_own_stand_in_for_any_path(newsroom: Newsroom) -> None:
    path = newsroom.story(BRIDGE).path
    newsroom.answer_with(path, Response(200, {"Content-Type": "text/html"}, b"\x00\x01"))
    assert newsroom.page(path).body == b"\x00\x01"
    newsroom.answer_with(path, None)
    assert newsroom.page(path).text.startswith("<!doctype html>")


def test_validators_follow_the_body(newsroom: Newsroom) -> None:
    path = newsroom.story(BRIDGE).path
    first = newsroom.page(path).headers
    newsroom.edit("rail-freight-strike-ends-with-pay-deal", title="Elsewhere")
    assert newsroom.page(path).headers == first
    newsroom.edit(BRIDGE, title="Here")
    second = newsroom.page(path).headers
    assert second["ETag"] != first["ETag"]
    assert second["Last-Modified"] != first["Last-Modified"]


def test_a_story_can_keep_its_etag_while_its_body_changes(newsroom: Newsroom) -> None:
    path, first = newsroom.story(BRIDGE).path, newsroom.page(newsroom.story(BRIDGE).path)
    newsroom.keep_etag(BRIDGE)
    newsroom.edit(BRIDGE, title="Another")
    newsroom.furniture()
    wrong = newsroom.page(path)
    assert wrong.body != first.body
    assert wrong.headers == first.headers
    assert answer(wrong, "GET", {"if-none-match": first.headers["ETag"]}).status == 304
    newsroom.keep_etag(BRIDGE, on=False)
    assert newsroom.page(path).headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize(
    ("request_headers", "status"),
    [
        ({}, 200),
        ({"if-none-match": '"other"'}, 200),
        ({"if-none-match": 'W/"a"'}, 304),
        ({"if-none-match": '"a"'}, 304),
        ({"if-none-match": '"other", W/"a"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-modified-since": "Tue, 10 Mar 2026 09:00:00 GMT"}, 304),
        ({"if-modified-since": "Tue, 10 Mar 2026 08:59:59 GMT"}, 200),
        ({"if-modified-since": "Wed, 11 Mar 2026 09:00:00 GMT"}, 304),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": "Wed, 11 Mar 2026 09:00:00 GMT", "if-none-match": '"other"'}, 200),
    ],
)
def test_conditional_requests(request_headers: dict[str, str], status: int) -> None:
    page = Response(200, {"ETag": 'W/"a"', "Last-Modified": "Tue, 10 Mar 2026 09:00:00 GMT"}, b"body")
    assert answer(page, "GET", request_headers).status == status


@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.8, *;q=0.1", True),
        ("deflate,gzip ;q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("identity", False),
        ("", False),
    ],
)
def test_bodies_are_compressed_where_that_is_accepted(accepted: str, *, is_compressed: bool) -> None:
    page = Response(200, {"Content-Type": "text/html"}, b"body" * 100)
    found = answer(page, "GET", {"accept-encoding": accepted})
    assert (found.headers.get("Content-Encoding") == "gzip") is is_compressed
    assert found.headers["Content-Length"] == str(len(found.body))
