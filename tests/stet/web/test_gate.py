"""The gate: nothing is shown or done that it was not told to let through, whatever routes there are."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
import requests
from support.routes import paths
from support.signing import TOKEN, Reader, bearer, keys
from support.waiting import PATIENCE
from support.web import Served, reading_room

from stet.config import WebSettings
from stet.web.access.gate import MAX_BODY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN_TO_ALL = {"/sign-in", "/favicon.ico", "/static/{digest}/{name}", "/health", "/ready"}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "QUERY")


@pytest.fixture
def closed(archive_path: Path) -> Iterator[Served]:
    with reading_room(archive_path, web=WebSettings(port=0, sign_in_to_read=True, **keys())) as room:
        yield room


def ask(room: Served, method: str, path: str, **options: object) -> requests.Response:
    return requests.request(method, room.url + path, timeout=PATIENCE, allow_redirects=False, **options)  # type: ignore[arg-type]


def test_a_closed_room_shows_nothing_to_who_has_no_key(closed: Served) -> None:
    for described in paths(closed.room):
        path = re.sub(r"\{[^}]*\}", "1", described)
        for method in METHODS:
            answer = ask(closed, method, path)
            if described in SHOWN_TO_ALL and method in ("GET", "HEAD"):
                assert answer.status_code != 401, described
            elif described in SHOWN_TO_ALL:
                assert answer.status_code in (403, 405), (method, described)
            else:
                assert answer.status_code == 401, (method, described)
                assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "path", ["/static/../", "/static/x/../../", "/sign-in/", "/sign-in/x", "//sign-in", "/health/..",
     "/static/1/1/1", "/SIGN-IN"]
)  # fmt: skip
def test_what_only_looks_like_an_open_page_is_none(closed: Served, path: str) -> None:
    with requests.Session() as session:
        asked = requests.Request("GET", closed.url).prepare()
        asked.url = closed.url + path
        assert session.send(asked, allow_redirects=False, timeout=PATIENCE).status_code == 401


@pytest.mark.parametrize("host", ["x/sign-in?", "x/api/", "x/sign-in#", "evil.example", ""])
def test_whatever_a_request_says_of_its_host_it_needs_a_key(closed: Served, host: str) -> None:
    for path in ("/watch", "/sign-out", "/api/v1/watch"):
        assert ask(closed, "POST", path, headers={"Host": host}).status_code == 401
    assert ask(closed, "GET", "/", headers={"Host": host}).status_code == 401
    led = ask(closed, "GET", "/?kind=gone", headers={"Host": host, "Accept": "text/html"})
    assert led.headers["location"] == "/sign-in?next=%2F%3Fkind%3Dgone"


def test_what_needs_a_key_is_kept_by_no_cache_that_others_share(closed: Served) -> None:
    for path in ("/", "/changes.atom", "/api/v1/changes", "/metrics", "/nothing"):
        for headers in ({}, bearer(), {"Authorization": f"Basic {b64encode(f'any:{TOKEN}'.encode()).decode()}"}):
            answer = closed.get(path, headers=headers)
            assert answer.status_code != 200 or headers, path
            assert "private" in answer.headers["cache-control"], path


def test_people_are_led_to_the_form_and_back(closed: Served) -> None:
    asked = closed.get("/?kind=gone", headers={"Accept": "text/html,*/*"})
    assert asked.status_code == 303
    reader = Reader(closed.url)
    back = str(reader.page(asked.headers["location"]).xpath("string(//input[@name='next']/@value)"))
    assert reader.sign_in(next=back).headers["location"] == "/?kind=gone"


def test_an_open_room_over_a_read_only_archive_lets_nobody_write(archive_path: Path) -> None:
    with reading_room(archive_path, web=WebSettings(port=0, **keys())) as room:
        assert room.get("/").status_code == 200
        for path in paths(room.room):
            if "{" in path or path == "/sign-in":
                continue
            answer = ask(room, "POST", path, headers=bearer())
            assert answer.status_code in (403, 405), path
        assert "stet run" in ask(room, "POST", "/watch").text


def test_what_is_not_there_is_said_to_be_not_there(served: Served) -> None:
    assert ask(served, "POST", "/nothing").status_code == 404
    assert ask(served, "POST", "/").status_code == 405


def test_what_is_too_long_is_not_read(served: Served) -> None:
    assert ask(served, "POST", "/sign-in", data={"password": "x" * MAX_BODY}).status_code == 413
    pieces = (b"x" * 10_000 for _ in range(10))
    assert ask(served, "POST", "/sign-in", data=pieces).status_code == 413


def test_pages_differ_by_cookie_only_where_somebody_can_sign_in(served: Served, closed: Served) -> None:
    assert "Cookie" not in served.get("/").headers.get("vary", "")
    assert "Cookie" in closed.get("/sign-in").headers["vary"]
    assert closed.get("/sign-in").headers["cache-control"] == "private, no-store"
    assert closed.get("/favicon.ico").headers["cache-control"].startswith("public")
