"""What holds for every answer of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.web import Served

HARBOUR = "url=https%3A%2F%2Fnews.example%2Fharbour"


@pytest.mark.parametrize("path", ["changes", f"log?{HARBOUR}", f"show?{HARBOUR}", "sources", "openapi.json"])
def test_who_has_the_answer_already_is_told_so(served: Served, path: str) -> None:
    first = served.get(f"/api/v1/{path}")
    assert first.headers["cache-control"] == "no-cache"
    again = served.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["log", "headlines", "show", "blocks"])
def test_what_is_known_of_a_page_is_as_old_as_the_last_look_at_it(served: Served, path: str) -> None:
    first = served.get(f"/api/v1/{path}?{HARBOUR}")
    assert first.headers["last-modified"] == "Thu, 01 Jan 2026 13:30:00 GMT"
    for since, status in ((first.headers["last-modified"], 304), ("Thu, 01 Jan 2026 13:29:59 GMT", 200)):
        assert served.get(f"/api/v1/{path}?{HARBOUR}", headers={"If-Modified-Since": since}).status_code == status


def test_a_page_that_was_read_again_is_as_old_as_that(served: Served) -> None:
    answer = served.get("/api/v1/show?url=https%3A%2F%2Fnews.example%2Forchard")
    assert answer.headers["last-modified"].startswith("Sun, 11 Jan 2026")


def test_long_answers_are_compressed(served: Served) -> None:
    assert served.get("/api/v1/changes").headers["content-encoding"] == "gzip"


def test_scripts_of_other_origins_cannot_read_them(served: Served) -> None:
    headers = served.get("/api/v1/changes", headers={"Origin": "https://elsewhere.example"}).headers
    assert not [name for name in headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("log?url=ftp%3A%2F%2Fnews.example", 400, "ftp"),
        ("log?url=https%3A%2F%2Fnews.example%2Fnowhere", 404, "knows nothing of https://news.example/nowhere"),
        (f"show?{HARBOUR}&version=99", 404, "has no version 99"),
        (f"diff?{HARBOUR}&from=2&to=2", 404, "not with itself"),
        ("search?q=NEAR(", 400, ""),
        ("changes?text=%22%22", 400, ""),
        ("changes?source=Nobody", 404, "no source is named Nobody"),
        ("boilerplate?source=Nobody", 404, "no source is named Nobody"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(served: Served, path: str, status: int, says: str) -> None:
    answer = served.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert says in problem["detail"]
    assert "errors" not in problem


def test_a_wrong_request_is_told_what_is_wrong_with_each_parameter(served: Served) -> None:
    answer = served.get("/api/v1/changes?limit=501&since=yesterday&before=1&unheard=of")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    faults = {fault["parameter"]: fault["detail"] for fault in answer.json()["errors"]}
    assert faults.keys() == {"limit", "since", "before", "unheard"}
    assert faults["since"].startswith("'yesterday' is neither a time")
