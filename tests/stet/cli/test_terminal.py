"""What reaches a terminal: progress on standard error, results whole, and nothing of a page that steers it."""

from __future__ import annotations

import re
import signal
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from support.badserver import head, serve_badly
from support.cli import Ran, configure, stet, stet_at_terminal, stet_each, stet_started
from support.pages import PARAGRAPHS, article_page

from stet.newsroom import Newsroom, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVIL = "\x1b[31mred \x1b]0;owned\x07 \x9b2J \u202eelttil \x7f"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HEADLINE = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s"}</script>'


@dataclass(frozen=True)
class Evil:
    """An archive of pages that try to steer the terminal, and how the runs looked that made it."""

    folder: Path
    titled: str
    others: tuple[str, ...]
    first: Ran
    """With --json, to pipes."""
    second: Ran
    """With --json, a terminal as standard error; the first page's text has changed."""
    third: Ran
    """For people, a terminal as both."""


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evil]:
    folder = tmp_path_factory.mktemp("evil")
    configure(folder)
    with serve_badly() as bad:
        path = "/2026/a-story-with-a-steering-title"
        titled = bad.html(path, article_page(title=f"Ships {EVIL} return"))
        escaped = HEADLINE % r"Ships \u001b[31m \u009b2J \ud800 return"
        page = article_page(inside=f"<p>Three ships {EVIL} came in.</p>")
        others = (
            bad.html("/2026/a-story-with-a-steering-headline", article_page(head=escaped)),
            bad.html("/2026/a-story-with-steering-headers", page, "text/html", f'ETag: "{EVIL}"', f"X-Note: {EVIL}"),
            bad.on("/2026/a-redirect-that-steers-away", head("302 Found", f"Location: gopher://x/{EVIL}", length=0)),
            bad.html("/2026/a-story-of-more-than-ten-megabytes", article_page(inside="<p>ship</p>" * 1_000_000)),
            f"{bad.url}/2026/a-url-that-steers-{EVIL}",
        )
        first = stet(folder, "fetch", "--json", titled, *others)
        bad.html(path, article_page(title=f"Ships {EVIL} do not return", inside=f"<p>One {EVIL} stayed.</p>"))
        second = stet_at_terminal(folder, "fetch", "--json", titled, *others)
        third = stet_at_terminal(folder, "fetch", titled, *others, stdout_too=True)
    yield Evil(folder, titled, others, first, second, third)


def test_json_lines_carry_nothing_that_steers(evil: Evil) -> None:
    assert len(evil.first.records) == 6
    assert not STEERING.search(evil.first.stdout)
    assert not STEERING.search(evil.first.stderr)
    outcomes = [record["outcome"] for record in evil.first.records]
    assert sorted(outcomes) == ["error", "error", "error", "new", "new", "new"]


def test_ten_megabytes_are_the_limit(evil: Evil) -> None:
    record = evil.first.record_of(evil.others[3])
    assert (record["outcome"], record["error"]) == ("error", "the body is larger than 10 MB (max_size)")


def test_the_text_around_what_steers_stands(evil: Evil) -> None:
    record = evil.first.record_of(evil.others[1])
    assert record["text"].split("\n")[-len(PARAGRAPHS) :] == list(PARAGRAPHS)
    assert "came in." in record["text"]


def test_no_command_lets_a_page_steer_the_terminal(evil: Evil) -> None:
    calls = [
        ["log", evil.titled],
        ["show", evil.titled],
        ["show", "--format", "markdown", evil.others[1]],
        ["show", "--format", "json", evil.titled],
        ["diff", evil.titled],
        ["diff", "--format", "unified", evil.titled],
        ["diff", "--format", "json", evil.titled],
        ["diff", "--format", "html", evil.titled],
        ["changes"],
        ["changes", "--json"],
        ["log", f"https://news.example/{EVIL}"],
        ["changes", "--since", EVIL],
        ["search", "ships"],
        ["search", "ships", "--json"],
        ["search", "came", "--removed"],
        ["search", f'"{EVIL}'],
        ["watch", f"https://news.example/{EVIL}"],
    ]
    for call, ran in zip(calls, stet_each(evil.folder, calls), strict=True):
        assert ran.stdout or ran.stderr
        assert not STEERING.search(ran.stdout), call
        assert not STEERING.search(ran.stderr), call


def test_progress_is_shown_on_a_terminal_and_results_stay_clean(evil: Evil) -> None:
    assert "fetching" in evil.second.stderr
    assert "6/6" in evil.second.stderr
    assert len(evil.second.records) == 6
    assert evil.second.record_of(evil.titled)["outcome"] == "changed"
    assert not STEERING.search(evil.second.stdout)


def test_on_one_terminal_results_stand_whole_above_the_bar(evil: Evil) -> None:
    shown = evil.third.stderr
    assert "6/6" in shown
    # Of the terminal's controls there are rich's colours and movements, and no others.
    seen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", seen)
    lines = [line.split() for line in re.split(r"[\r\n]+", seen)]
    results = [line for line in lines if line[:1] and line[0] in {"unchanged", "changed", "error"}]
    assert len(results) == 6
    assert ["unchanged", "v2", evil.titled] in [line[:3] for line in results]


def test_one_page_needs_no_progress(tmp_path: Path) -> None:
    ran = stet_at_terminal(tmp_path, "fetch", "--json", "ftp://news.example/a")
    assert (ran.status, ran.stderr) == (1, "")
    assert "only http and https" in ran.records[0]["error"]


def test_a_raw_body_goes_to_files_only(evil: Evil) -> None:
    shown = stet_at_terminal(evil.folder, "show", "--format", "html", evil.titled, stdout_too=True)
    assert shown.status == 1
    assert "a raw body may steer the terminal; write it to a file" in shown.stderr
    assert "\x1b" not in shown.stderr
    assert "\x1b[31m" in stet(evil.folder, "show", "--format", "html", evil.titled).stdout


def test_an_interrupt_keeps_what_was_told(tmp_path: Path) -> None:
    configure(tmp_path)
    with serve_badly() as bad:
        good = bad.html("/2026/a-good-story-of-the-harbour", article_page())
        silent = bad.silence("/2026/a-story-that-never-comes")
        with stet_started(tmp_path, "fetch", "--json", good, silent) as fetching:
            assert fetching.stdout is not None
            told = fetching.stdout.readline()
            bad.wait_for("/2026/a-story-that-never-comes")
            fetching.send_signal(signal.SIGINT)
            _, stderr = fetching.communicate()
    assert good in told
    assert fetching.returncode not in {0, 2}
    assert "Traceback" not in stderr
    with closing(sqlite3.connect(tmp_path / "stet.db")) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert db.execute("select count(*) from snapshots").fetchone() == (1,)


def test_loopback_is_refused_unless_told_and_not_even_asked(tmp_path: Path) -> None:
    configure(tmp_path, crawl={"allow_private": False})
    with serve(Newsroom()) as served:
        page = served.url + Newsroom().paths[0]
        refused = stet(tmp_path, "fetch", "--json", page, page.replace("127.0.0.1", "localhost"))
        assert served.requests == ()
        allowed = stet(tmp_path, "fetch", "--json", "--allow-private", page)
    assert (refused.status, allowed.status) == (1, 0)
    for record in refused.records:
        assert (record["outcome"], record["http_status"], record["version"]) == ("refused", None, None)
        assert "--allow-private" in record["error"]
    assert allowed.records[0]["outcome"] == "new"
