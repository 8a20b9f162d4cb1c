"""`stet reextract`: what another extraction or other settings read, read again."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from support.archived import assert_sound, rows
from support.badserver import serve_badly
from support.cli import configure, stet, stet_at_terminal, stet_started
from support.pages import article_page
from support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.badserver import BadServer

KEYS = ["url", "version", "outcome", "words_added", "words_removed", "error"]
CAPTION = "Cranes over the north quay in the first light of a cold morning."
PICTURE = f'<figure><img src="/quay.jpg" alt=""><figcaption>{CAPTION}</figcaption></figure>'
PATH = "/2026/ships-return-to-calder-bay"
WITH_CAPTIONS = {"extraction": {"captions": True}}


@pytest.fixture
def bad() -> Iterator[BadServer]:
    with serve_badly() as server:
        yield server


@pytest.fixture
def url(bad: BadServer, tmp_path: Path) -> str:
    """A page with a picture, read without its caption."""
    configure(tmp_path)
    url = bad.html(PATH, article_page(inside=PICTURE))
    assert stet(tmp_path, "fetch", url).status == 0
    return url


def alter(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "stet.db")) as db, db:
        db.execute(sql)


def kinds(folder: Path, url: str) -> list[tuple[str, int]]:
    told = stet(folder, "changes", "--json").records
    return [(change["kind"], change["version"]) for change in told if change["url"] == url]


def test_what_other_settings_read_is_read_again_once(url: str, tmp_path: Path) -> None:
    nothing = stet(tmp_path, "reextract", "--json")
    assert (nothing.status, nothing.stdout) == (0, "")
    configure(tmp_path, **WITH_CAPTIONS)
    tried = stet(tmp_path, "reextract", "--dry-run", "--json")
    assert kinds(tmp_path, url) == [("first_seen", 1)]
    done = stet(tmp_path, "reextract", "--json")
    assert tried.records == done.records
    assert "1 page read again: 1 would be reextracted" in tried.stderr
    assert "1 page read again: 1 reextracted, 0 unchanged, 0 failed" in done.stderr
    (record,) = done.records
    assert list(record) == KEYS
    assert record == {
        "url": url,
        "version": 2,
        "outcome": "reextracted",
        "words_added": len(CAPTION.split()),
        "words_removed": 0,
        "error": None,
    }
    again = stet(tmp_path, "reextract", "--json")
    assert (again.status, again.stdout) == (0, "")
    assert kinds(tmp_path, url) == [("first_seen", 1), ("reextracted", 2)]
    assert_sound(tmp_path / "stet.db")


def test_the_version_is_shown_like_any_other(url: str, tmp_path: Path) -> None:
    configure(tmp_path, **WITH_CAPTIONS)
    assert stet(tmp_path, "reextract").stdout.startswith(f"reextracted v2   {url}  +")
    new, old = stet(tmp_path, "log", "--json", url).records
    assert (new["events"], old["events"]) == (["reextracted"], ["first_seen"])
    (shown,) = stet(tmp_path, "show", "--format", "json", url).records
    (first,) = stet(tmp_path, "show", "--format", "json", "-v", "1", url).records
    assert CAPTION in shown["text"]
    assert CAPTION not in first["text"]
    assert shown["extractor"] == first["extractor"]
    assert shown["settings_digest"] != first["settings_digest"]
    bodies = [stet(tmp_path, "show", "--format", "html", "-v", version, url).stdout for version in ("1", "2")]
    assert bodies[0] == bodies[1] != ""
    assert f"+{len(CAPTION.split())} -0 words" in stet(tmp_path, "changes", "--kind", "reextracted").stdout


def test_a_fetch_tells_our_change_from_the_publishers(bad: BadServer, url: str, tmp_path: Path) -> None:
    configure(tmp_path, **WITH_CAPTIONS)
    bad.html(PATH, article_page(inside=f"{PICTURE}<p>Two more ships came in on Tuesday, the office said.</p>"))
    (record,) = stet(tmp_path, "fetch", "--json", url).records
    assert (record["outcome"], record["version"]) == ("changed", 3)
    assert record["events"] == ["reextracted", "text_changed"]
    (edit,) = stet(tmp_path, "diff", "--json", url).records
    assert [action["after"] for action in edit["actions"]] == ["Two more ships came in on Tuesday, the office said."]
    assert_sound(tmp_path / "stet.db")


def test_what_an_older_extraction_kept_is_no_deletion(bad: BadServer, url: str, tmp_path: Path) -> None:
    alter(tmp_path, "update snapshots set extractor = 'stet-extraction/1', fingerprint = 'old', title = 'Ships | News'")
    bad.html(PATH, article_page(inside=PICTURE, head="<!-- moved furniture -->"))
    (record,) = stet(tmp_path, "fetch", "--json", url).records
    assert (record["outcome"], record["version"], record["events"]) == ("unchanged", 2, ["reextracted"])
    assert record["title"] == "Ships return to Calder Bay"


def test_a_body_that_is_missing_or_refused_is_told_of_and_leaves_its_version_alone(
    bad: BadServer, url: str, tmp_path: Path
) -> None:
    other = bad.html("/2026/another-story-of-calder-bay", article_page(title="Another story"))
    assert stet(tmp_path, "fetch", other).status == 0
    alter(tmp_path, "update snapshots set extractor = 'stet-extraction/1'")
    empty = stet(tmp_path, "fetch", "--json", bad.html("/2026/an-empty-page", b"<html></html>"))
    assert empty.records[0]["outcome"] == "not_article"
    # The first page's capture has no body, the second's is one that is no article.
    alter(tmp_path, "delete from bodies where digest = (select body_digest from captures where id = 1)")
    alter(
        tmp_path,
        "update captures set body_digest = (select body_digest from captures where outcome = 'not_article')"
        " where id = 2",
    )
    for _ in range(2):
        failed = stet(tmp_path, "reextract", "--json")
        assert failed.status == 1
        assert [failed.record_of(page)["outcome"] for page in (url, other)] == ["failed", "failed"]
        assert "was not kept" in failed.record_of(url)["error"]
        assert "takes the stored body for none: " in failed.record_of(other)["error"]
    assert rows(tmp_path / "stet.db", "select distinct version, extractor from snapshots") == [(1, "stet-extraction/1")]


def test_sources_are_read_by_their_own_settings(bad: BadServer, tmp_path: Path) -> None:
    feed = "<rss version='2.0'><channel><title>x</title><item><link>{}</link></item></channel></rss>"
    sources = []
    for name in ("Courier", "Gazette"):
        page = bad.html(f"/2026/{name.lower()}-ships-return-to-the-bay", article_page(title=name, inside=PICTURE))
        url = bad.html(f"/{name}.xml", feed.format(page).encode(), "application/rss+xml")
        sources.append({"name": name, "feeds": [url]})
    configure(tmp_path, sources=sources)
    pages = [found["url"] for found in stet(tmp_path, "discover", "--json").records]
    assert stet(tmp_path, "fetch", *pages).status == 0
    sources[1]["extraction"] = {"captions": True}
    configure(tmp_path, sources=sources)
    assert stet(tmp_path, "reextract", "--source", "Courier", "--json").stdout == ""
    assert [one["url"] for one in stet(tmp_path, "reextract", "--json").records] == [pages[1]]
    unknown = stet(tmp_path, "reextract", "--source", "Currier")
    assert unknown.status == 2
    assert "the archive has: Courier, Gazette" in unknown.stderr


def test_there_must_be_an_archive(tmp_path: Path) -> None:
    for options in ((), ("--dry-run",), ("--source", "Courier")):
        ran = stet(tmp_path, "reextract", *options)
        assert ran.status == 2
        assert "there is no archive" in ran.stderr
    assert not (tmp_path / "stet.db").exists()


def test_a_run_that_is_broken_off_is_gone_on_with(bad: BadServer, tmp_path: Path) -> None:
    configure(tmp_path, workers=1)
    paths = [f"/2026/story-number-{number}-of-calder-bay" for number in range(40)]
    urls = [bad.html(path, article_page(title=f"Story {path[-20:]}", inside=PICTURE)) for path in paths]
    assert stet(tmp_path, "fetch", *urls).status == 0
    configure(tmp_path, workers=1, **WITH_CAPTIONS)
    database = tmp_path / "stet.db"
    done = "select count(*) from snapshots where reextracts is not null"
    for number in (signal.SIGINT, signal.SIGKILL):
        before = rows(database, done)
        with stet_started(tmp_path, "reextract") as process:
            wait_until(lambda before=before: rows(database, done) != before, "a page read again")
            process.send_signal(number)
            _, stderr = process.communicate(timeout=30)
        assert process.returncode != 0
        assert "Traceback" not in stderr
    (half,) = rows(database, done)
    assert 0 < int(str(half[0])) < len(urls)
    shown = stet_at_terminal(tmp_path, "reextract", "--json")
    assert "reading again" in shown.stderr
    assert len(shown.records) == len(urls) - int(str(half[0]))
    assert rows(database, done) == [(len(urls),)]
    assert_sound(database)
