"""What is answered to methods other than GET, and to a GET that needs no answer anew."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import requests
from support.desk import Desk, article
from support.routes import paths
from support.waiting import PATIENCE
from support.web import reading_room

from archive.opening import open_for_writing
from stet.web.static import asset

if TYPE_CHECKING:
    from pathlib import Path

    from support.web import Served

PAGE = "https://news.example/a"
KINDS = {
    "page": f"/page?url={PAGE}",
    "changes": "/",
    "api": "/api/v1/changes",
    "api of a page": f"/api/v1/log?url={PAGE}",
    "atom": "/changes.atom",
    "json feed": f"/page.json?url={PAGE}",
    "timemap": f"/timemap/link/{PAGE}",
}
"""An answer of each kind that changes with the archive."""
SAFE = ("content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-resource-policy")


def head(served: Served, path: str, **headers: str) -> requests.Response:
    return requests.head(served.url + path, headers=headers, timeout=PATIENCE, allow_redirects=False)


@pytest.mark.parametrize("path", [*KINDS.values(), "/nothing", "/api/v1/nothing", "/health", "/metrics", "/search?q=("])
def test_head_is_answered_as_get_without_a_body(served: Served, path: str) -> None:
    whole, bare = served.get(path), head(served, path)
    assert (bare.status_code, bare.content) == (whole.status_code, b"")
    telling = ("content-type", "cache-control", "last-modified", "link", "vary", "content-encoding", *SAFE)
    # The metrics differ each time, for one of them is how long we have worked.
    for name in telling if path == "/metrics" else ("etag", "content-length", *telling):
        assert bare.headers.get(name) == whole.headers.get(name), name


def test_head_of_a_stream_is_its_headers_and_ends(served: Served) -> None:
    bare = head(served, "/changes/live")
    assert (bare.status_code, bare.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert "content-length" not in bare.headers


def test_every_address_that_can_be_read_has_a_head_and_names_its_methods(served: Served) -> None:
    for described in paths(served.room):
        path = re.sub(r"\{[^}]*\}", "1", described)
        readable = served.get(path, stream=True).status_code != 405
        assert (head(served, path).status_code != 405) is readable, path
        refused = requests.options(served.url + path, timeout=PATIENCE)
        assert refused.status_code == 405, path
        allowed = refused.headers["allow"].split(", ")
        assert ({"GET", "HEAD"} <= set(allowed)) is readable, path
        assert allowed == sorted(allowed)
        is_for_programs = path.startswith("/api/")
        kind = "application/problem+json" if is_for_programs else "text/html; charset=utf-8"
        assert refused.headers["content-type"] == kind, path
        for method in {"POST", "PUT", "PATCH", "DELETE", "PROPFIND"} - {*allowed}:
            answer = requests.request(method, served.url + path, timeout=PATIENCE)
            assert (answer.status_code, answer.headers["allow"]) == (405, refused.headers["allow"]), (method, path)


def test_where_a_form_is_shown_and_sent_all_its_methods_are_named(served: Served) -> None:
    assert requests.put(f"{served.url}/sign-in", timeout=PATIENCE).headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("kind", [*KINDS, "static"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_the_answer_is_told_so_by_the_same_headers(served: Served, kind: str, encoding: str) -> None:
    path = KINDS.get(kind) or asset("stet.css")
    headers = {"Accept-Encoding": encoding}
    whole = served.get(path, headers=headers)
    assert whole.status_code == 200
    for method in ("GET", "HEAD"):
        for known in (whole.headers["etag"], "*", f'"other", {whole.headers["etag"]}'):
            again = requests.request(
                method, served.url + path, headers={**headers, "If-None-Match": known}, timeout=PATIENCE
            )
            assert (again.status_code, again.content) == (304, b"")
            for name in ("etag", "cache-control", "last-modified", *SAFE):
                assert again.headers.get(name) == whole.headers.get(name), name
            assert "Accept-Encoding" in again.headers["vary"]
            assert not again.headers.keys() & {"content-type", "content-encoding"}
    assert served.get(path, headers={**headers, "If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", [KINDS["changes"], KINDS["api"], KINDS["atom"]])
def test_what_is_compressed_for_some_is_kept_for_each(served: Served, path: str) -> None:
    for encoding in ("gzip", "identity"):
        answer = served.get(path, headers={"Accept-Encoding": encoding})
        assert "Accept-Encoding" in answer.headers["vary"]
        assert answer.headers.get("content-encoding", "identity") == encoding


def test_the_policy_of_a_memento_is_kept_with_it(served: Served) -> None:
    # A browser puts the headers of a 304 in the place of those that it has.
    named = served.get(f"/timegate/{PAGE}").headers["location"].removeprefix(served.url)
    for mode in ("id_", "if_"):
        path = re.sub("/memento/([0-9]+)/", rf"/memento/\g<1>{mode}/", named)
        whole = served.get(path)
        again = served.get(path, headers={"If-None-Match": whole.headers["etag"]})
        assert (whole.status_code, again.status_code) == (200, 304)
        assert again.headers["content-security-policy"].startswith("sandbox")
        assert again.headers["content-security-policy"] == whole.headers["content-security-policy"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_the_archive_is_an_answer_anew(archive_path: Path, tmp_path: Path, kind: str) -> None:
    database = tmp_path / "stet.db"
    database.write_bytes(archive_path.read_bytes())
    with reading_room(database) as room:
        known = room.get(KINDS[kind]).headers["etag"]
        assert room.get(KINDS[kind], headers={"If-None-Match": known}).status_code == 304
        with open_for_writing(database) as db:
            desk = Desk(db, source="Example Daily")
            desk.now += timedelta(days=1)
            desk.reads(article("Nothing is as it was."))
        anew = room.get(KINDS[kind], headers={"If-None-Match": known})
        assert (anew.status_code, anew.headers["etag"] == known) == (200, False)


@pytest.mark.parametrize(
    "since", ["", "yesterday", "Thu, 01 Jan 2099 00:00:00 -0000", "Thu, 01 Jan 2099 00:00:00 +9999999999", "0"]
)
def test_an_odd_time_that_is_named_is_no_failure(served: Served, since: str) -> None:
    answer = served.get(KINDS["api of a page"], headers={"If-Modified-Since": since})
    assert answer.status_code == (304 if "-0000" in since else 200)
