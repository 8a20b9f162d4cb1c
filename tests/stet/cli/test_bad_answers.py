"""What the web can answer: each URL that brings no article says why in one line and stops no other."""

from __future__ import annotations

import gzip
import socket
import sqlite3
import zlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support.badserver import BadServer, head, serve_badly
from support.cli import Ran, configure, stet, stet_each
from support.pages import PARAGRAPHS, article_page

if TYPE_CHECKING:
    from pathlib import Path

MAX_SIZE = 600_000
CRAWL = {"timeout": "4s", "max_size": MAX_SIZE}

FAILURES = {
    "invalid": ("error", None, "not a valid URL"),
    "no such host": ("error", None, "no such host: x.invalid"),
    "refused port": ("error", None, "refused the connection"),
    "silent": ("error", None, "gave no complete answer within 4 s"),
    "404": ("gone", 404, "HTTP 404 Not Found"),
    "410": ("gone", 410, "HTTP 410 Gone"),
    "451": ("blocked", 451, "withheld for legal reasons"),
    "403": ("blocked", 403, "forbids access"),
    "402": ("paywalled", 402, "asks for payment"),
    "500": ("error", 500, "HTTP 500 Internal Server Error"),
    "999": ("error", 999, "HTTP 999 unknown status"),
    "circle": ("error", None, "redirects in a circle"),
    "redirect to a file": ("error", 302, "redirects to what cannot be fetched: file:///etc/passwd"),
    "redirect nowhere": ("error", 302, "HTTP 302"),
    "empty": ("not_article", 200, "empty body"),
    "picture": ("not_article", 200, "PNG"),
    "document": ("not_article", 200, "PDF"),
    "large": ("error", None, "larger than 0.6 MB (max_size)"),
    "large, unannounced": ("error", None, "larger than 0.6 MB (max_size)"),
    "gzip bomb": ("error", None, "decompressed, is larger than 0.6 MB (max_size)"),
    "deflate bomb": ("error", None, "decompressed, is larger than 0.6 MB (max_size)"),
    "not gzip": ("error", None, "not valid gzip"),
    "endless": ("error", None, "larger than 0.6 MB (max_size)"),
    "cut short": ("error", None, "broke off before the body was complete"),
    "not HTTP": ("error", None, "not valid HTTP"),
    "hung up": ("error", None, "closed the connection without a valid answer"),
}
"""What each is to be told as: outcome, status, words of the error."""


@dataclass(frozen=True)
class Ordeal:
    """One call with every bad answer in it, and good pages among them."""

    folder: Path
    urls: dict[str, str]
    before: Ran
    """The page that was good before it went bad."""
    ran: Ran

    def record(self, name: str) -> dict[str, object]:
        return self.ran.record_of(self.urls[name])


@pytest.fixture(scope="module")
def ordeal(tmp_path_factory: pytest.TempPathFactory) -> Ordeal:
    folder = tmp_path_factory.mktemp("ordeal")
    configure(folder, crawl=CRAWL)
    with serve_badly() as bad:
        spoilt = bad.html("/2026/once-a-good-story-of-the-harbour", article_page())
        before = stet(folder, "fetch", "--json", spoilt)
        bad.html("/2026/once-a-good-story-of-the-harbour", b"")
        urls = {**_unreachable(), **_statuses(bad), **_redirects(bad), **_bodies(bad), **_broken(bad)}
        urls |= {"spoilt": spoilt, **_sloppy(bad)}
        ran = stet(folder, "fetch", "--json", *urls.values())
    return Ordeal(folder, urls, before, ran)


def test_every_url_is_told_of_once(ordeal: Ordeal) -> None:
    assert ordeal.ran.status == 1
    assert sorted(record["url"] for record in ordeal.ran.records) == sorted(ordeal.urls.values())
    assert ordeal.ran.stderr == ""


@pytest.mark.parametrize("name", FAILURES)
def test_a_bad_answer_is_told_in_one_clear_line(ordeal: Ordeal, name: str) -> None:
    outcome, status, words = FAILURES[name]
    record = ordeal.record(name)
    assert (record["outcome"], record["http_status"]) == (outcome, status)
    assert words in str(record["error"])
    assert "\n" not in str(record["error"])
    assert (record["version"], record["title"], record["text"]) == (None, None, None)


@pytest.mark.parametrize("name", ["good", "windows-1252", "windows-1252 by its meta", "UTF-16", "odd charset"])
def test_text_comes_out_right_whatever_charset_is_declared(ordeal: Ordeal, name: str) -> None:
    record = ordeal.record(name)
    assert (record["outcome"], record["error"]) == ("new", None)
    assert record["text"] == "\n".join(PARAGRAPHS)


def test_nul_bytes_are_dropped_and_the_text_stands(ordeal: Ordeal) -> None:
    record = ordeal.record("NUL bytes")
    assert (record["outcome"], record["title"]) == ("new", "Ships return")
    assert record["text"] == "\n".join(["One two of three.", *PARAGRAPHS])


@pytest.mark.parametrize("name", ["nested blocks", "nested marks"])
def test_tags_nested_100_000_deep_cost_that_page_at_most(ordeal: Ordeal, name: str) -> None:
    record = ordeal.record(name)
    if record["outcome"] == "new":
        assert record["text"] == "\n".join(PARAGRAPHS)
    else:
        assert record["outcome"] in {"error", "not_article"}
        assert record["error"]


def test_a_page_that_goes_bad_keeps_what_it_had(ordeal: Ordeal) -> None:
    assert ordeal.before.records[0]["outcome"] == "new"
    record = ordeal.record("spoilt")
    assert (record["outcome"], record["version"], record["error"]) == ("not_article", 1, "empty body")
    shown = stet(ordeal.folder, "show", "--format", "json", ordeal.urls["spoilt"])
    assert shown.records[0]["text"] == ordeal.before.records[0]["text"]


def test_a_page_that_never_was_fails_and_one_that_was_known_may_go(tmp_path: Path) -> None:
    configure(tmp_path, crawl=CRAWL)
    with serve_badly() as bad:
        known = bad.html(_path("known"), article_page())
        assert stet(tmp_path, "fetch", known).status == 0
        bad.on(_path("known"), head("404 Not Found", length=0))
        went, never = stet_each(tmp_path, [["fetch", "--json", known], ["fetch", "--json", bad.url + _path("never")]])
    assert (went.status, went.records[0]["outcome"], went.records[0]["events"]) == (0, "gone", ["gone"])
    assert (never.status, never.records[0]["outcome"], never.records[0]["events"]) == (1, "gone", [])


def test_the_archive_is_sound_after_all_that(ordeal: Ordeal) -> None:
    with closing(sqlite3.connect(ordeal.folder / "stet.db")) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert db.execute("pragma foreign_key_check").fetchall() == []


def _path(name: str) -> str:
    return f"/2026/{name.replace(' ', '-').replace(',', '')}-and-a-long-slug"


def _unreachable() -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "invalid": "http://[::1",
        "no such host": f"http://x.invalid{_path('a story')}",
        "refused port": f"http://127.0.0.1:{port}{_path('a story')}",
    }


def _statuses(bad: BadServer) -> dict[str, str]:
    page = b"<h1>We are sorry</h1><p>This page cannot be shown to you.</p>"
    return {
        code: bad.on(_path(code), head(f"{code} Whatever", "Content-Type: text/html", length=len(page)), page)
        for code in ("404", "410", "451", "403", "402", "500", "999")
    }


def _redirects(bad: BadServer) -> dict[str, str]:
    def redirect(name: str, *headers: str) -> str:
        return bad.on(_path(name), head("302 Found", *headers, length=0))

    redirect("circle closes", f"Location: {_path('circle')}")
    return {
        "circle": redirect("circle", f"Location: {_path('circle closes')}"),
        "redirect to a file": redirect("redirect to a file", "Location: file:///etc/passwd"),
        "redirect nowhere": redirect("redirect nowhere"),
    }


def _bodies(bad: BadServer) -> dict[str, str]:
    bomb = b"<p>" + bytes(50_000_000)
    noise = bytes(range(256)) * 400
    long = b"<p>" + b"long " * MAX_SIZE
    html = "Content-Type: text/html"
    chunk = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
    return {
        "silent": bad.silence(_path("silent")),
        "empty": bad.html(_path("empty"), b""),
        "picture": bad.html(_path("picture"), b"\x89PNG\r\n\x1a\n" + noise),
        "document": bad.html(_path("document"), b"%PDF-1.7\n" + noise),
        "large": bad.html(_path("large"), long),
        "large, unannounced": bad.on(_path("large, unannounced"), head("200 OK", html), long),
        "gzip bomb": bad.html(_path("gzip bomb"), gzip.compress(bomb), "text/html", "Content-Encoding: gzip"),
        "deflate bomb": bad.html(_path("deflate"), zlib.compress(bomb), "text/html", "Content-Encoding: deflate"),
        "not gzip": bad.html(_path("not gzip"), b"plain, really", "text/html", "Content-Encoding: gzip"),
        "endless": bad.on(_path("endless"), head("200 OK", html, "Transfer-Encoding: chunked"), endless=chunk),
    }


def _broken(bad: BadServer) -> dict[str, str]:
    return {
        "cut short": bad.on(
            _path("cut short"), head("200 OK", "Content-Type: text/html", length=99_999), article_page()
        ),
        "not HTTP": bad.on(_path("not HTTP"), b"SSH-2.0-OpenSSH_9.2\r\n"),
        "hung up": bad.on(_path("hung up")),
    }


def _sloppy(bad: BadServer) -> dict[str, str]:
    """Pages that are articles all the same."""
    latin = article_page(charset="windows-1252")
    meta = article_page(charset="windows-1252", head='<meta charset="utf-8">')
    nul = article_page(title="Ships\0 return", inside="<p>One\0 two\0 of three.</p>\0")
    return {
        "good": bad.html(_path("good"), article_page()),
        "windows-1252": bad.html(_path("windows-1252"), latin),
        "windows-1252 by its meta": bad.html(_path("windows-1252 by its meta"), meta, "text/html"),
        "UTF-16": bad.html(_path("utf-16"), article_page(charset="utf-16")),
        "odd charset": bad.html(_path("odd charset"), article_page(), "text/html; charset=klingon"),
        "NUL bytes": bad.html(_path("nul"), nul),
        "nested blocks": bad.html(_path("nested blocks"), article_page(inside="<div>" * 100_000)),
        "nested marks": bad.html(_path("nested marks"), article_page(inside="<b>" * 100_000)),
    }
