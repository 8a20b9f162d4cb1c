"""A Memento client's way through a page's past (RFC 7089)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from memento_client import MementoClient
from starlette.requests import Request
from support.web import reading_room

from archive.opening import open_for_writing
from stet.config import Config, WebSettings
from stet.web.app import create_app
from stet.web.memento import timemap
from stet.web.memento.links import page_links
from stet.web.room import Room

if TYPE_CHECKING:
    from pathlib import Path

    import requests
    from support.web import Served

PAGE = "https://news.example/a"
ODD = "https://news.example/a;b?q=1&r=http://x.example/y"
FIRST, SECOND, AGAIN, GONE = ("20260101121500", "20260101123000", "20260101124500", "20260101130000")

LINK = re.compile(r'<(?P<uri>[A-Za-z0-9%:/?#\[\]@!$&\'()*+,;=._~-]+)>(?P<given>(?:; [a-z]+="[^"]*")+)(?:, |,\n|\n?\Z)')


def links(text: str) -> dict[str, dict[str, str]]:
    """The links of a header or a TimeMap by relation, read by the letter of RFC 8288."""
    found: dict[str, dict[str, str]] = {}
    place = 0
    while place < len(text):
        link = LINK.match(text, place)
        assert link is not None, text[place : place + 200]
        place = link.end()
        given = dict(re.findall('([a-z]+)="([^"]*)"', link["given"]))
        rel = given.pop("rel")
        found[f"{rel}{given.get('datetime', '')[-12:-4]}"] = {"uri": link["uri"], **given}
    return found


def stamps(answer: requests.Response) -> list[str]:
    """The times of the mementos that a TimeMap lists, in its order."""
    return re.findall(r'/memento/(\d{14})/[^>]*>; rel="[a-z ]*\bmemento"', answer.text)


def test_a_public_client_finds_its_way_through_time(served: Served) -> None:
    with MementoClient(timegate_uri=f"{served.url}/timegate/", check_native_timegate=False) as client:
        # It asks for the original first, which is nowhere: a memento says what that is.
        info = client.get_memento_info(f"{served.url}/memento/{FIRST}/{PAGE}", datetime(2026, 1, 1, 12, 29))  # noqa: DTZ001 - it knows none
    assert info["original_uri"] == PAGE
    found = info["mementos"]
    assert found["closest"] == {
        "uri": [f"{served.url}/memento/{SECOND}/{PAGE}"],
        "http_status_code": 200,
        "datetime": datetime(2026, 1, 1, 12, 30),  # noqa: DTZ001
    }
    assert {name: each["uri"] for name, each in found.items() if name != "closest"} == {
        name: [f"{served.url}/memento/{stamp}/{PAGE}"]
        for name, stamp in (("first", FIRST), ("prev", FIRST), ("next", AGAIN), ("last", GONE))
    }


def test_the_timegate_leads_to_the_nearest_and_without_a_time_to_the_newest(served: Served) -> None:
    for asked, stamp in (
        ({"Accept-Datetime": "Thu, 01 Jan 2026 12:20:00 GMT"}, FIRST),
        ({"Accept-Datetime": "Mon, 01 Jan 1990 00:00:00 GMT"}, FIRST),
        ({}, GONE),
    ):
        answer = served.get(f"/timegate/{PAGE}", headers=asked)
        assert answer.status_code == 302
        assert answer.headers["location"] == f"{served.url}/memento/{stamp}/{PAGE}"
        assert "accept-datetime" in answer.headers["vary"]
        assert "memento-datetime" not in answer.headers
    told = links(answer.headers["link"])
    assert told["original"]["uri"] == PAGE
    assert told["timemap"] == {
        "uri": f"{served.url}/timemap/link/{PAGE}",
        "type": "application/link-format",
        "from": "Thu, 01 Jan 2026 12:15:00 GMT",
        "until": "Thu, 01 Jan 2026 13:00:00 GMT",
    }
    assert set(told) == {"original", "timemap", "first memento12:15:00", "prev memento12:45:00", "last memento13:00:00"}


@pytest.mark.parametrize("said", ["", "yesterday", "Thu, 32 Jan 2026 12:00:00 GMT", "2026-01-01T12:00:00Z"])
def test_a_time_that_is_none_is_refused(served: Served, said: str) -> None:
    answer = served.get(f"/timegate/{PAGE}", headers={"Accept-Datetime": said})
    assert answer.status_code == 400
    assert "accept-datetime" in answer.headers["vary"]
    assert links(answer.headers["link"])["original"]["uri"] == PAGE


def test_what_is_not_known_is_not_found(served: Served) -> None:
    for url in ("https://news.example/nothing", "https://news.example/bare"):
        for path in (f"/timegate/{url}", f"/timemap/link/{url}", f"/timemap/json/{url}", f"/memento/{FIRST}id_/{url}"):
            assert served.get(path).status_code == 404, path
    assert "accept-datetime" in served.get(f"/timegate/{url}").headers["vary"]


@pytest.mark.parametrize(
    "written",
    [
        ODD,
        ODD.replace("//", "/", 1),
        "news.example/a;b?q=1&r=http://x.example/y",
        "https%3A%2F%2Fnews.example%2Fa%3Bb%3Fq%3D1%26r%3Dhttp%3A%2F%2Fx.example%2Fy",
        "https://news.example/a%3Bb%3Fq%3D1%26r%3Dhttp://x.example/y",
        "http://www.news.example/a;b?q=1&r=http://x.example/y",
    ],
)
def test_a_url_is_understood_however_it_is_written(served: Served, written: str) -> None:
    answer = served.get(f"/timegate/{written}")
    assert answer.status_code == 302
    assert links(answer.headers["link"])["original"]["uri"] == ODD
    exact = served.get(answer.headers["location"].removeprefix(served.url).replace("/http", "id_/http", 1))
    assert exact.content == b"<html>odd</html>"


def test_a_timemap_lists_every_memento(served: Served) -> None:
    answer = served.get(f"/timemap/link/{PAGE}")
    assert answer.headers["content-type"] == "application/link-format"
    assert stamps(answer) == [FIRST, SECOND, AGAIN, GONE]
    told = links(answer.text)
    assert told["self"]["uri"] == f"{served.url}/timemap/link/{PAGE}"
    assert told["self"]["until"] == "Thu, 01 Jan 2026 13:00:00 GMT"
    assert told["timegate"]["uri"] == f"{served.url}/timegate/{PAGE}"
    said = served.get(f"/timemap/json/{PAGE}").json()
    assert said["original_uri"] == PAGE
    assert said["timegate_uri"] == told["timegate"]["uri"]
    assert [each["datetime"] for each in said["mementos"]["list"]][:2] == [
        "2026-01-01T12:15:00Z",
        "2026-01-01T12:30:00Z",
    ]
    assert said["mementos"]["last"]["uri"] == told["last memento13:00:00"]["uri"]


def test_a_long_timemap_comes_in_parts(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timemap, "PER_PAGE", 3)
    whole = served.get(f"/timemap/link/{PAGE}")
    assert stamps(whole) == [FIRST, SECOND, AGAIN]
    address = links(whole.text)["timemap"]["uri"]
    assert address == f"{served.url}/timemap/link/{GONE}/{PAGE}"
    rest = served.get(address.removeprefix(served.url))
    assert stamps(rest) == [GONE]
    assert links(rest.text)["self"]["uri"] == address
    assert links(rest.text)["timemap"]["uri"] == f"{served.url}/timemap/link/{FIRST}/{PAGE}"
    index = served.get(f"/timemap/json/{PAGE}").json()["timemap_index"]
    assert index == [{"uri": f"{served.url}/timemap/json/{GONE}/{PAGE}", "from": "2026-01-01T13:00:00Z"}]


def test_programs_get_the_exact_bytes(served: Served) -> None:
    answer = served.get(f"/memento/{AGAIN}id_/{PAGE}")
    assert (answer.status_code, answer.content) == (200, b"<html>two</html>")
    assert answer.headers["memento-datetime"] == "Thu, 01 Jan 2026 12:45:00 GMT"
    assert answer.headers["x-archive-orig-etag"] == '"1"'
    told = links(answer.headers["link"])
    assert set(told) == {
        *("original", "timegate", "timemap", "first memento12:15:00", "prev memento12:30:00", "memento12:45:00"),
        "last next memento13:00:00",
    }
    again = served.get(f"/memento/{AGAIN}id_/{PAGE}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_large_body_comes_whole(served: Served) -> None:
    address = served.get("/timegate/https://news.example/large").headers["location"].removeprefix(served.url)
    exact = served.get(address.replace("/https", "id_/https"))
    lines = exact.content.split(b"</p>")
    assert (len(lines), lines[-2]) == (50_001, b"<p>Line 49999")
    assert exact.headers["x-archive-orig-etag"] == '"1"'
    assert "The rest is not shown here" not in served.get(address.replace("/https", "if_/https")).text


@pytest.mark.parametrize("mode", ["", "id_", "if_"])
def test_a_time_without_a_memento_leads_to_the_nearest(served: Served, mode: str) -> None:
    for stamp, nearest in (("20260101122959", SECOND), ("202601011229", SECOND), ("20260101", FIRST), ("2026", FIRST)):
        answer = served.get(f"/memento/{stamp}{mode}/{PAGE}")
        assert (answer.status_code, answer.headers["location"]) == (302, f"{served.url}/memento/{nearest}{mode}/{PAGE}")
        assert "memento-datetime" not in answer.headers
        told = links(answer.headers["link"])
        assert told["original"]["uri"] == PAGE
        assert told["timegate"]["uri"] == f"{served.url}/timegate/{PAGE}"
        assert told["timemap"]["uri"] == f"{served.url}/timemap/link/{PAGE}"


@pytest.mark.parametrize("stamp", ["2026010112295", "20261301000000", "00000000000000", "x", "20260101121500xx_"])
def test_what_is_no_time_is_refused(served: Served, stamp: str) -> None:
    assert served.get(f"/memento/{stamp}/{PAGE}").status_code == 400


def test_a_memento_of_a_page_that_was_gone_says_so_itself(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "gone.db"
    path.write_bytes(served.room.readers.path.read_bytes())
    with open_for_writing(path) as db:
        db.execute("update captures set status = 410 where outcome = 'gone'")
        db.conn.commit()
    with reading_room(path) as room:
        for mode in ("", "id_"):
            answer = room.get(f"/memento/{GONE}{mode}/{PAGE}")
            assert answer.status_code == 410
            assert answer.headers["memento-datetime"] == "Thu, 01 Jan 2026 13:00:00 GMT"


def test_a_damaged_body_is_told_of_and_is_no_defect_of_ours(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    path.write_bytes(served.room.readers.path.read_bytes())
    with open_for_writing(path) as db:
        db.execute("update bodies set zstd = x'00'")
        db.conn.commit()
    with reading_room(path) as room:
        assert room.get(f"/memento/{FIRST}/{PAGE}").status_code == 200
        for mode in ("id_", "if_"):
            answer = room.get(f"/memento/{FIRST}{mode}/{PAGE}")
            assert (answer.status_code, "damaged" in answer.text) == (404, True)


def test_only_a_host_that_is_one_is_repeated_in_addresses(served: Served) -> None:
    for host, expected in (
        ("stet.example:8443", "http://stet.example:8443/"),
        ('a">, <http://evil.example', served.url),
    ):
        answer = served.get(f"/timegate/{PAGE}", headers={"Host": host})
        assert links(answer.headers["link"])["timemap"]["uri"].startswith(expected)


@pytest.mark.parametrize("url", [None, "https://stet.example"])
def test_a_page_of_ours_can_say_where_its_subject_s_past_is(served: Served, url: str | None) -> None:
    config = Config(web=WebSettings(url=url))
    scope = {
        "type": "http",
        "app": create_app(Room(config, served.room.readers, served.room.clock)),
        "scheme": "http" if url else "https",
        "path": "/page",
        "headers": [(b"host", b"127.0.0.1" if url else b"stet.example")],
        "server": None,
    }
    told = links(page_links(Request(scope), 'https://news.example/a">'))
    assert told["original"]["uri"] == "https://news.example/a%22%3E"
    assert told["timegate"]["uri"] == "https://stet.example/timegate/https://news.example/a%22%3E"
    assert told["timemap"]["uri"] == "https://stet.example/timemap/link/https://news.example/a%22%3E"
