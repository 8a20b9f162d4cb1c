"""`stet watch` and `stet unwatch`: pages into and out of the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.cli import stet

if TYPE_CHECKING:
    from pathlib import Path

A, B = "https://news.example/2026/a-first-story", "https://news.example/2026/a-second-story"


def test_watching_twice_is_once(tmp_path: Path) -> None:
    assert stet(tmp_path, "watch", "--json", A, B, f"{A}?utm_source=x").records == [
        {"url": A, "result": "watched", "error": None},
        {"url": B, "result": "watched", "error": None},
        {"url": A, "result": "already watched", "error": None},
    ]
    again = stet(tmp_path, "watch", A)
    assert (again.status, again.stdout, again.stderr) == (0, f"already watched {A}\n", "")
    assert stet(tmp_path, "unwatch", "--json", A, A).records == [
        {"url": A, "result": "unwatched", "error": None},
        {"url": A, "result": "not watched", "error": None},
    ]


def test_a_wrong_url_stops_no_other(tmp_path: Path) -> None:
    ran = stet(tmp_path, "watch", "--json", "news.example/a", "ftp://news.example/a", "", B)
    assert ran.status == 1
    assert [record["result"] for record in ran.records] == ["error", "error", "error", "watched"]
    assert "it has no scheme; write https://news.example/a" in ran.records[0]["error"]
    assert "only http and https" in ran.records[1]["error"]
    assert "the URL is empty" in ran.records[2]["error"]


def test_unwatching_what_was_never_known_is_no_failure(tmp_path: Path) -> None:
    ran = stet(tmp_path, "unwatch", A)
    assert (ran.status, ran.stdout) == (0, f"not watched     {A}\n")
