"""`stet log` and `show`: what is kept of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.cli import configure, stet, stet_each
from support.desk import Desk, article, identity

from archive.opening import open_for_writing
from stet.newsroom.script import BRIDGE, BRIDGE_NOTICE, CHIPS, GLACIER, GLACIER_HEADLINE, STRIKE

if TYPE_CHECKING:
    from pathlib import Path

    from support.chronicle import Chronicle

HEADLINE_KEYS = ["title", "versions", "first_seen_at", "last_seen_at", "gone_by", "variants"]
LOG_KEYS = ["version", "captured_at", "title", "fingerprint", "events", "words_added", "words_removed", "variant_of"]


def test_the_log_lists_snapshots_newest_first(chronicle: Chronicle) -> None:
    as_json, for_people = stet_each(
        chronicle.folder, [["log", "--json", chronicle.url(GLACIER)], ["log", chronicle.url(GLACIER)]]
    )
    assert (as_json.status, as_json.stderr) == (0, "")
    newest, oldest = as_json.records
    assert list(newest) == LOG_KEYS
    assert (newest["version"], oldest["version"]) == (2, 1)
    assert (newest["variant_of"], oldest["variant_of"]) == (1, None)
    assert oldest["title"] == GLACIER_HEADLINE
    assert newest["fingerprint"] != oldest["fingerprint"]
    assert oldest["events"][0] == "first_seen"
    assert "headline_changed" in newest["events"]
    assert for_people.status == 0
    assert GLACIER_HEADLINE in for_people.stdout
    # The first version stands again: the trial is over.
    assert "*1 " in for_people.stdout
    tried, first = for_people.stdout.splitlines()[-2:]
    assert first.lstrip().startswith("*1")
    assert tried.lstrip().startswith("2")
    assert "variant of v1: There are 63 lakes" in tried


def test_the_log_has_variants_in_their_own_place(tmp_path: Path) -> None:
    configure(tmp_path)
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db)
        for title in ("One", "Two", "One", "Three", "Two"):
            desk.reads(article(title=title))
        desk.reads(article("The quay is shut again.", title="Four"))
        url = identity().url
    as_json, for_people = stet_each(tmp_path, [["log", "--json", url], ["log", url]])
    assert [(record["version"], record["variant_of"]) for record in as_json.records] == [
        (4, None),
        (3, 1),
        (2, 1),
        (1, None),
    ]
    rows = for_people.stdout.splitlines()[2:]
    assert [row.split()[0].lstrip("*") for row in rows] == ["4", "3", "2", "1"]
    assert ["variant of v1" in row for row in rows] == [False, True, True, False]


def test_the_log_counts_words(chronicle: Chronicle) -> None:
    newest, oldest = stet(chronicle.folder, "log", "--json", chronicle.url(STRIKE)).records
    assert (newest["words_added"], newest["words_removed"]) == (1, 1)
    assert (oldest["words_added"], oldest["words_removed"]) == (len(chronicle.texts[STRIKE].split()), 0)


def test_the_headlines_of_a_page_and_when_each_was_seen(chronicle: Chronicle) -> None:
    trial, kept, for_people = stet_each(
        chronicle.folder,
        [
            ["log", "--headlines", "--json", chronicle.url(GLACIER)],
            ["log", "--headlines", "--json", chronicle.url(STRIKE)],
            ["log", "--headlines", chronicle.url(GLACIER)],
        ],
    )
    (headline,) = trial.records
    assert list(headline) == HEADLINE_KEYS
    assert (headline["title"], headline["versions"], headline["gone_by"]) == (GLACIER_HEADLINE, [1], None)
    (variant,) = headline["variants"]
    assert (variant["title"], variant["versions"]) == (chronicle.second.record_of(chronicle.url(GLACIER))["title"], [2])
    assert headline["first_seen_at"] < variant["first_seen_at"] < variant["last_seen_at"] < headline["last_seen_at"]
    (standing,) = kept.records
    assert (standing["versions"], standing["variants"]) == ([1, 2], [])
    assert GLACIER_HEADLINE in for_people.stdout
    assert "in turn with v2" in for_people.stdout


def test_a_page_is_found_under_any_of_its_urls(chronicle: Chronicle) -> None:
    doubles = (f"{chronicle.url(STRIKE)}?utm_source=x", f"{chronicle.url(STRIKE)}/amp", f"{chronicle.url(STRIKE)}#top")
    plain, *others = stet_each(chronicle.folder, [["log", "--json", url] for url in (chronicle.url(STRIKE), *doubles)])
    assert plain.records
    assert all(other.stdout == plain.stdout for other in others)


def test_show_gives_the_article_as_text_markdown_json_and_raw(chronicle: Chronicle) -> None:
    forms = ("text", "markdown", "json", "html")
    calls = [["show", chronicle.url(BRIDGE), "--format", form] for form in forms]
    text, markdown, as_json, raw = stet_each(chronicle.folder, calls)
    assert {ran.status for ran in (text, markdown, as_json, raw)} == {0}
    record = chronicle.second.record_of(chronicle.url(BRIDGE))
    assert text.stdout.startswith("Port Ellery bridge reopens to lorries four days after storm\nMaren Okafor")
    assert record["text"] in text.stdout
    assert BRIDGE_NOTICE in text.stdout
    assert "The Courier Charter" not in text.stdout
    assert markdown.stdout.startswith("# Port Ellery bridge reopens")
    (shown,) = as_json.records
    about = ("title", "authors", "published", "modified", "language", "text", "corrections", "credits")
    for key in (*about, "contributors", "removed"):
        assert shown[key] == record[key]
    assert shown["version"] == 2
    assert raw.stdout.startswith("<!doctype html>")
    assert "23.5 tonnes" in raw.stdout


def test_show_gives_earlier_versions(chronicle: Chronicle) -> None:
    first, standing = stet_each(
        chronicle.folder,
        [
            ["show", "-v", "1", "--format", "json", chronicle.url(STRIKE)],
            ["show", "--format", "json", chronicle.url(GLACIER)],
        ],
    )
    assert first.records[0]["text"] == chronicle.texts[STRIKE]
    # Without a version it is the one that stands now, which need not be the last.
    assert standing.records[0]["version"] == 1


def test_what_is_not_there_is_said_in_one_line(chronicle: Chronicle) -> None:
    unknown, known = f"{chronicle.served.url}/world/never-heard-of-this-one", chronicle.url(CHIPS)
    calls = {
        ("log", unknown): "the archive knows nothing of",
        ("show", unknown): "the archive knows nothing of",
        ("diff", unknown): "the archive knows nothing of",
        ("show", "-v", "9", known): "has no version 9",
        ("diff", known): "no other version to compare version 1 with",
        ("diff", "--from", "1", known): "no other version to compare version 1 with",
        ("diff", "--from", "1", "--to", "7", known): "has no version 7",
        ("log", "not a url"): "not a valid URL",
        ("log", f"{chronicle.served.url}/private/notes-of-the-editors-office"): "never read as an article",
    }
    for words, ran in zip(calls.values(), stet_each(chronicle.folder, list(calls)), strict=True):
        assert (ran.status, ran.stdout) == (1, "")
        (line,) = ran.stderr.splitlines()
        assert line.startswith("stet: ")
        assert words in line


@pytest.mark.parametrize("wrong", [["show", "-v", "0"], ["diff", "--from", "one"], ["show", "--format", "pdf"]])
def test_an_option_that_makes_no_sense_is_wrong_usage(chronicle: Chronicle, wrong: list[str]) -> None:
    ran = stet(chronicle.folder, *wrong, chronicle.url(CHIPS))
    assert (ran.status, ran.stdout) == (2, "")
    assert "Invalid value" in ran.stderr


def test_show_says_of_each_block_what_it_is_and_why(chronicle: Chronicle) -> None:
    url = chronicle.url(BRIDGE)
    for_people, as_json, as_html = stet_each(
        chronicle.folder,
        [
            ["show", "--blocks", url],
            ["show", "--blocks", "--format", "json", url],
            ["show", "--blocks", "--format", "html", url],
        ],
    )
    blocks = as_json.records
    assert all(list(block) == ["role", "is_text", "text", "reason"] for block in blocks)
    text = "\n".join(block["text"] for block in blocks if block["is_text"])
    assert text == chronicle.second.record_of(url)["text"]
    assert {"body", "correction", "furniture"} <= {block["role"] for block in blocks}
    assert all(block["reason"] for block in blocks if not block["is_text"])
    assert BRIDGE_NOTICE in for_people.stdout
    assert "*  body" in for_people.stdout
    assert as_html.status == 2
    assert "--blocks goes with --format text or json" in as_html.stderr
