"""Whatever is asked of any address, by whatever client, is answered, and refused in the right form."""

from __future__ import annotations

import json
import re
import socket
from datetime import UTC, datetime
from gzip import decompress
from http.client import HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.routes import paths
from support.waiting import PATIENCE

from archive.reading import Readers
from stet.config import Config
from stet.web.room import Room

if TYPE_CHECKING:
    from support.web import Served

NAMES = (
    b"url", b"q", b"a", b"b", b"v", b"version", b"from", b"to", b"before", b"after", b"last", b"until", b"since",
    b"source", b"name", b"kind", b"min_weight", b"min_share", b"text", b"removed", b"limit", b"offset", b"days",
    b"only", b"context", b"all", b"next", b"unheard", b"", b"%00", b"%ed%a0%80", b"kind%5B%5D",
)  # fmt: skip
VALUES = (
    b"", b"0", b"-1", b"1", b"2", b"1e309", b"nan", b"inf", b"9" * 5_000, b"9223372036854775808", b"%00", b"a%00b",
    b"%ed%a0%80", b"%ff%fe", b"%", b"%zz", b"+", b"%F0%9F%98%80", b"%E2%80%AE", b"'", b"%22", b"%22%22", b"NEAR(",
    b"a*", b"%3Cscript%3E", b"../../etc/passwd", b"true", b"2d", b"2026-01-31", b"0001-01-01T00:00:00%2B23:59",
    b"9999-12-31T23:59:59-23:59", b"9999w", b"2026-01-01T12:15:00.000Z_1", b"2026-01-01T12:15:00.000Z_" + b"9" * 18,
    b"https://news.example/a", b"https://news.example/a@2", b"https://news.example/a@" + b"9" * 30, b"news.example/a",
    b"https://[::1", b"https://a:b@c:99999/", b"javascript:alert(1)", b"http://xn--a", b"text_changed",
    b"Example%20Daily", b"headline", b"x" * 65_000, b"%20" * 2_000, b"(" * 1_500, b"\xff\xfe", b"\xf0\x9f\x98\x80",
)  # fmt: skip
HEADERS = (
    b"Accept: text/html", b"Accept: application/json;q=nan", b"Accept: \xff", b"Accept-Encoding: gzip",
    b"Accept-Encoding: identity;q=0, *;q=0", b"If-None-Match: *", b'If-None-Match: "', b"If-None-Match: \xff,,W/",
    b"If-Modified-Since: Sat, 31 Jan 2099 12:00:00 -0000", b"If-Modified-Since: Sat, 31 Jan 2099 12:00:00 +99999999",
    b"If-Modified-Since: 0", b"Range: bytes=0-1", b"Range: bytes=-999999999999999999999", b"Last-Event-ID: 1",
    b"Last-Event-ID: " + b"9" * 40, b"Last-Event-ID: \xb2", b"Accept-Datetime: Sat, 01 Jan 0001 00:00:00 GMT",
    b"Accept-Datetime: x", b"Accept-Language: *;q=2", b"Cookie: stet=\xff; =; ;;", b"Authorization: Bearer \xff",
    b"Authorization: Basic !!!!", b"Content-Length: 0", b"Origin: null", b"Referer: \xff", b"X-Forwarded-For: x",
    b"Content-Type: multipart/form-data", b"Content-Type: application/json; charset=x",
)  # fmt: skip
PIECES = (
    b"1", b"link", b"json", b"atom", b"x", b"..", b".", b"%2e%2e", b"%2F", b"%00", b"%ff", b"20260101121500",
    b"20260101121500id_", b"20260101121500if_", b"99999999999999", b"00000000000000", b"https://news.example/a",
    b"https%3A%2F%2Fnews.example%2Fa", b"https:/news.example/a", b"http://[", b"stet.css", b"\xff", b"x" * 60_000,
    b"%E2%80%AE", b"", b"//",
)  # fmt: skip

PAIRS = st.builds(lambda name, value: name + b"=" + value, st.sampled_from(NAMES), st.sampled_from(VALUES))
ODD_TEXT = st.text(max_size=30).map(lambda text: b"".join(b"%%%02x" % byte for byte in text.encode()))
QUERIES = st.one_of(
    st.lists(PAIRS, max_size=5).map(b"&".join),
    st.builds(lambda name, value: name + b"=" + value, st.sampled_from(NAMES), ODD_TEXT),
    st.binary(max_size=40).map(lambda raw: re.sub(rb"[\x00-\x20#\x7f]", b"", raw)),
)


BY_THE_SERVER = b"Invalid HTTP request received."
READ_BY_THE_SERVER = 65_536
"""What never reaches the application: a request that is none, or whose head is longer than 64 kB."""
PATHS = paths(Room(Config(), Readers(Path("none.db")), lambda: datetime.now(UTC)))


def filled(path: str) -> st.SearchStrategy[bytes]:
    """The path with something in the place of each of its parameters."""
    fixed = re.split(r"\{[^}]*\}", path)
    pieces = st.lists(st.sampled_from(PIECES), min_size=len(fixed) - 1, max_size=len(fixed) - 1)
    return pieces.map(
        lambda drawn: b"".join(start.encode() + piece for start, piece in zip(fixed, [*drawn, b""], strict=True))
    )


class Answer(HTTPResponse):
    """An answer, with what it said."""

    said: bytes


def ask(served: Served, method: bytes, target: bytes, headers: list[bytes]) -> Answer | None:
    """What the bytes of that request bring: of a stream, only its headers.

    None where the server hung up on a request that is too long to be read.
    """
    address = urlsplit(served.url)
    lines = [method + b" " + target + b" HTTP/1.1", b"Host: 127.0.0.1", b"Connection: close", *headers]
    request = b"\r\n".join([*lines, b"", b""])
    with socket.create_connection((str(address.hostname), address.port or 80), PATIENCE) as connection:
        answer = Answer(connection, method=method.decode())
        with answer:
            try:
                connection.sendall(request)
                answer.begin()
                is_stream = answer.headers.get_content_type() == "text/event-stream"
                said = b"" if is_stream else answer.read()
            except ConnectionError:
                assert len(request) > READ_BY_THE_SERVER
                return None
            answer.said = decompress(said) if said and answer.headers["content-encoding"] == "gzip" else said
            return answer


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(
    max_examples=1_500,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    path=st.sampled_from(PATHS).flatmap(filled),
    query=QUERIES,
    headers=st.lists(st.sampled_from(HEADERS), max_size=3),
    method=st.sampled_from((b"GET", b"GET", b"GET", b"GET", b"HEAD", b"POST", b"OPTIONS")),
)
def test_no_request_is_a_failure_of_ours(
    served: Served, path: bytes, query: bytes, headers: list[bytes], method: bytes
) -> None:
    is_answered(ask(served, method, path + b"?" + query, headers), path, method)


def is_answered(answer: Answer | None, path: bytes, method: bytes) -> None:
    """It is no failure, and a refusal is a page for people and a problem for programs."""
    if answer is None:
        return
    assert answer.status < 500, answer.said
    if answer.status == 400 and answer.headers.get_content_type() == "text/plain":
        assert answer.said in ({b""} if method == b"HEAD" else {BY_THE_SERVER})
        return
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    if answer.status < 400 or method == b"HEAD":
        return
    if path.startswith(b"/api/"):
        assert answer.headers["content-type"] == "application/problem+json"
        assert json.loads(answer.said)["status"] == answer.status
    elif answer.headers["content-type"] == "text/html; charset=utf-8":
        assert b"<h1" in answer.said
