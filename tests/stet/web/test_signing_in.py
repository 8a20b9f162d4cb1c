"""Signing in: who gets a session, how long it lasts, and what of it can be forged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.signing import PASSWORD, TOKEN, Reader, bearer, keys
from support.web import Served, reading_room

from stet.config import WebSettings
from stet.web.access.hashes import hashed, matches
from stet.web.access.limiting import network
from stet.web.access.origins import local
from stet.web.access.sessions import AT_MOST, LASTS, Sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLOSED = {"web": WebSettings(port=0, sign_in_to_read=True, **keys())}
PAGE = {"Accept": "text/html"}


@pytest.fixture
def closed(archive_path: Path) -> Iterator[Served]:
    """A room in which nobody reads who has no key."""
    with reading_room(archive_path, **CLOSED) as room:
        yield room


def test_the_password_opens_the_room_and_signing_out_closes_it(closed: Served) -> None:
    reader = Reader(closed.url)
    assert reader.get("/", headers=PAGE).headers["location"] == "/sign-in?next=%2F"
    welcome = reader.sign_in(next="/?kind=gone")
    assert (welcome.status_code, welcome.headers["location"]) == (303, "/?kind=gone")
    cookie = welcome.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=1209600"))
    shown = reader.get("/")
    assert shown.status_code == 200
    assert shown.headers["cache-control"] == "private, no-store"
    assert "Cookie" in shown.headers["vary"]
    kept = dict(reader.browser.cookies)
    assert reader.order("/sign-out").status_code == 303
    # Who kept a copy of the cookie has nothing of it.
    assert Reader(closed.url).get("/", headers=PAGE, cookies=kept).status_code == 303


def test_a_wrong_password_opens_nothing(closed: Served) -> None:
    reader = Reader(closed.url)
    for wrong in (
        "",
        "wrong",
        PASSWORD.upper(),
        TOKEN,
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ):
        refused = reader.sign_in(wrong)
        assert refused.status_code == 403
        assert "set-cookie" not in refused.headers
        assert "That is not the password." in refused.text
    assert reader.get("/", headers=PAGE).status_code == 303


def test_who_tries_too_often_has_to_wait_even_with_the_password(closed: Served) -> None:
    reader = Reader(closed.url)
    answers = [reader.sign_in(f"guess {number}").status_code for number in range(11)]
    assert answers == [403] * 10 + [429]
    late = reader.sign_in()
    assert late.status_code == 429
    assert 1 <= int(late.headers["retry-after"]) <= 60
    assert "set-cookie" not in late.headers


def test_a_token_that_is_known_costs_no_try(closed: Served) -> None:
    assert closed.get("/api/v1/nothing", headers=bearer()).status_code == 404
    tried = [closed.get("/api/v1/nothing", headers=bearer("guess")).status_code for _ in range(10)]
    assert tried == [401] * 9 + [429]
    assert closed.get("/api/v1/nothing", headers=bearer()).status_code == 404


def test_a_forged_or_altered_cookie_is_nobodys(closed: Served) -> None:
    reader = Reader(closed.url)
    reader.sign_in()
    cookie = reader.browser.cookies["stet"]
    for forged in ("", "x", cookie[:-1], cookie + "A", cookie.swapcase(), cookie * 100):
        assert Reader(closed.url).get("/", headers=PAGE, cookies={"stet": forged}).status_code == 303, forged
    assert reader.get("/").status_code == 200


def test_a_session_ends_in_time(archive_path: Path) -> None:
    now = [datetime.now(UTC)]
    with reading_room(archive_path, clock=lambda: now[0], **CLOSED) as room:
        reader = Reader(room.url)
        reader.sign_in()
        kept = dict(reader.browser.cookies)
        now[0] += LASTS - timedelta(seconds=1)
        assert Reader(room.url).get("/", cookies=kept).status_code == 200
        now[0] += timedelta(seconds=2)
        assert Reader(room.url).get("/", cookies=kept, headers=PAGE).status_code == 303


def test_another_password_ends_all_sessions(archive_path: Path) -> None:
    with reading_room(archive_path, **CLOSED) as room:
        reader = Reader(room.url)
        reader.sign_in()
        kept = dict(reader.browser.cookies)
    changed = WebSettings(port=0, sign_in_to_read=True, password_hash=hashed("another one"))
    with reading_room(archive_path, web=changed) as room:
        assert Reader(room.url).get("/", cookies=kept, headers=PAGE).status_code == 303
        assert Reader(room.url).sign_in().status_code == 403
        assert Reader(room.url).sign_in("another one").status_code == 303


def test_signing_in_begins_a_session_that_nobody_knew_before(closed: Served) -> None:
    reader = Reader(closed.url)
    reader.browser.cookies.set("stet", "planted")
    reader.sign_in()
    first = reader.get("/").request.headers["Cookie"].rpartition("stet=")[2]
    assert first != "planted"
    assert Reader(closed.url).get("/", headers=PAGE, cookies={"stet": "planted"}).status_code == 303


def test_nobody_is_signed_in_by_another_site(closed: Served) -> None:
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": closed.url},
        {"Sec-Fetch-Site": "same-site"},
    ):
        refused = Reader(closed.url).post("/sign-in", headers, password=PASSWORD)
        assert (refused.status_code, "set-cookie" in refused.headers) == (403, False), headers


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
     "javascript:alert(1)", "", "evil", "/a\r\nSet-Cookie: b=c"],
)  # fmt: skip
def test_signing_in_leads_to_a_page_of_ours(closed: Served, away: str) -> None:
    reader = Reader(closed.url)
    assert reader.sign_in(next=away).headers["location"] == "/"
    assert reader.get("/sign-in", params={"next": away}).headers["location"] == "/"


@given(st.text(alphabet="/\\\t\n\r .:@evil?#x%2F\x00\xa0", max_size=12))
def test_no_address_leads_away(path: str) -> None:
    kept = local(path)
    assert kept.startswith("/")
    # As the URL standard has browsers read it: tabs and line ends are left out, backslashes are slashes.
    seen = "".join(each for each in kept if each not in "\t\r\n").replace("\\", "/")
    assert not seen.startswith("//")


def test_behind_https_the_cookie_goes_by_nothing_else(archive_path: Path) -> None:
    with reading_room(
        archive_path, web=WebSettings(port=0, sign_in_to_read=True, url="https://stet.example/", **keys())
    ) as room:
        for origin, status in (("https://stet.example", 303), ("https://evil.example", 403)):
            answer = Reader(room.url).post("/sign-in", {"Origin": origin}, password=PASSWORD)
            assert answer.status_code == status
        cookie = Reader(room.url).sign_in().headers["set-cookie"]
        assert cookie.startswith("__Host-stet=")
        assert "Secure" in cookie
        assert "Domain" not in cookie


def test_feed_readers_send_the_token_as_a_password(closed: Served) -> None:
    asked = closed.get("/api/v1/nothing")
    assert asked.status_code == 401
    assert asked.headers["www-authenticate"].startswith("Bearer ")
    assert "Basic " in asked.headers["www-authenticate"]
    assert "Basic " not in closed.get("/", headers={"Sec-Fetch-Mode": "cors"}).headers["www-authenticate"]
    assert closed.get("/", auth=("anybody", TOKEN)).status_code == 200
    assert closed.get("/", auth=("anybody", PASSWORD)).status_code == 401
    shown = closed.get("/", headers=bearer())
    assert shown.headers["cache-control"] == "private, no-cache"
    for broken in ("Basic", "Basic ?", "Basic gA==", "Bearer", "Bearer ", "Digest x", "\x80"):
        assert closed.get("/", headers={"Authorization": broken.encode("latin-1")}).status_code in (401, 429), broken


def test_without_a_password_there_is_nothing_to_sign_in_by(served: Served) -> None:
    page = served.get("/sign-in")
    assert page.status_code == 404
    assert Reader(served.url).sign_in().status_code == 404
    assert not served.page("/").xpath("//*[contains(@class, 'who')]")


def test_a_password_may_be_typed_on_any_keyboard() -> None:
    assert matches(hashed("caf\u00e9"), "cafe\u0301")
    assert not matches(hashed("caf\u00e9"), "cafe")
    assert not matches("$argon2id$v=19$m=65536,t=3,p=4$AAAA$A", "anything")


def test_sessions_do_not_grow_without_end() -> None:
    now, sessions = datetime(2026, 3, 1, tzinfo=UTC), Sessions()
    secrets = [sessions.begin(now)[0] for _ in range(AT_MOST + 1)]
    assert sessions.find(secrets[0], now) is None
    assert all(sessions.find(secret, now) for secret in secrets[1:])


def test_one_customers_addresses_count_together() -> None:
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2::9") != network("2001:db8:1:3::9")
    assert network("::ffff:192.0.2.7") == network("192.0.2.7") != network("192.0.2.8")
