"""Whatever is asked of the Memento addresses is answered, and never by a failure of ours."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.waiting import PATIENCE

if TYPE_CHECKING:
    from support.web import Served

KNOWN = ("https://news.example/a", "https://news.example/a;b?q=1&r=http://x.example/y", "news.example/hostile")
PREFIXES = ("/timegate/", "/timemap/link/", "/timemap/json/", "/timemap/x/", "/timegate", "/timegate%2F", "/memento/")
STAMPS = (
    "",
    "20260101121500/",
    "20260101121500id_/",
    "99999999999999/",
    "00000000000000if_/",
    "2026/",
    "2026id_/",
    "x/",
)

# Bytes that a request line may hold: others never reach the application.
LETTERS = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
URLS = st.one_of(
    st.sampled_from(KNOWN),
    st.text(LETTERS, max_size=40),
    st.builds("{}{}".format, st.sampled_from(KNOWN), st.text(LETTERS, max_size=20)),
    st.binary(max_size=12).map(lambda raw: "https://" + "".join(f"%{byte:02x}" for byte in raw)),
)
TIMES = st.one_of(
    st.none(),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]), max_size=40),
    st.datetimes().map(lambda at: at.strftime("%a, %d %b %Y %H:%M:%S GMT")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(prefix=st.sampled_from(PREFIXES), stamp=st.sampled_from(STAMPS), url=URLS, time=TIMES)
@example(prefix="/timegate/", stamp="", url="https://[::1", time=None)
@example(prefix="/timegate/", stamp="", url=KNOWN[0], time="Sat, 01 Jan 0001 00:00:00 GMT")
@example(prefix="/timegate/", stamp="", url=KNOWN[0], time="Fri, 31 Dec 9999 23:59:59 GMT")
@example(prefix="/memento/", stamp="99991231235959/", url=KNOWN[0], time=None)
@example(prefix="/memento/", stamp="00010101000000id_/", url=KNOWN[0], time=None)
def test_nothing_that_is_asked_is_a_failure_of_ours(
    served: Served, prefix: str, stamp: str, url: str, time: str | None
) -> None:
    address = urlsplit(served.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=PATIENCE)
    headers = {} if time is None else {"Accept-Datetime": time.encode("latin-1", "replace")}
    try:
        connection.request("GET", f"{prefix}{stamp}{url}", headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status < 500
        assert answer.status != 302 or answer.headers["location"].startswith(served.url)
    finally:
        connection.close()
