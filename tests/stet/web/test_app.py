"""What holds for every answer of the reading room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from support.web import Served


def test_what_is_not_there_is_a_page_for_people_and_a_problem_for_programs(served: Served) -> None:
    page = served.get("/nothing")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is nothing at this address." in page.text
    problem = served.get("/api/v1/nothing")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    assert problem.json()["status"] == 404


def test_a_version_that_is_not_there_leads_to_those_that_are(served: Served) -> None:
    page = served.get("/version?url=https://news.example/a&v=99")
    assert page.status_code == 404
    main = html.fromstring(page.text).get_element_by_id("content")
    assert main.findtext("p") == "https://news.example/a has no version 99."
    assert main.xpath("./p/a/@href") == ["/page?url=https%3A%2F%2Fnews.example%2Fa"]


def test_who_has_the_page_already_is_told_so(served: Served) -> None:
    first = served.get("/")
    again = served.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_every_answer_says_that_nothing_else_may_be_loaded(served: Served) -> None:
    for path in ("/", "/nothing", "/api/v1/nothing", "/static/0/stet.css"):
        headers = served.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_all_that_a_page_needs_is_one_request_deep_and_kept(served: Served) -> None:
    page = served.page("/")
    named = page.xpath("//link[not(@rel='alternate')]/@href | //script/@src")
    assert named
    for path in named:
        answer = served.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert b"@import" not in answer.content
        assert b"url(" not in answer.content
