"""`stet log`, `show` and `diff`: what is kept of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.cli import stet, stet_each

from stet.newsroom.script import BRIDGE, BRIDGE_NOTICE, CHIPS, GLACIER, GLACIER_HEADLINE, SHIPYARD, STRIKE

if TYPE_CHECKING:
    from support.chronicle import Chronicle

LOG_KEYS = ["version", "captured_at", "title", "fingerprint", "events", "words_added", "words_removed", "variant_of"]
DIFF_KEYS = {"url", "from", "to", "title", "authors", "actions", "corrections_added"}
ACTION_KEYS = {"action", "before", "after", "before_index", "after_index", "similarity"}


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
    first, tried = for_people.stdout.splitlines()[-2:]
    assert first.lstrip().startswith("*1")
    assert "variant of v1: There are 63 lakes" in tried


def test_the_log_counts_words(chronicle: Chronicle) -> None:
    newest, oldest = stet(chronicle.folder, "log", "--json", chronicle.url(STRIKE)).records
    assert (newest["words_added"], newest["words_removed"]) == (1, 1)
    assert (oldest["words_added"], oldest["words_removed"]) == (len(chronicle.texts[STRIKE].split()), 0)


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


def test_a_diff_as_json_has_the_contracts_keys(chronicle: Chronicle) -> None:
    ran, same = stet_each(
        chronicle.folder,
        [["diff", "--json", chronicle.url(BRIDGE)], ["diff", "--format", "json", chronicle.url(BRIDGE)]],
    )
    assert same.stdout == ran.stdout
    (record,) = ran.records
    assert set(record) >= DIFF_KEYS
    assert (record["from"], record["to"], record["title"], record["authors"]) == (1, 2, None, None)
    assert record["corrections_added"] == [BRIDGE_NOTICE]
    (action,) = record["actions"]
    assert set(action) >= ACTION_KEYS
    assert action["action"] == "edit"
    assert "32.5 tonnes" in action["before"]
    assert "23.5 tonnes" in action["after"]
    assert 0 < action["similarity"] < 1


def test_a_diff_names_headline_and_byline_apart_from_the_text(chronicle: Chronicle) -> None:
    headline, byline = stet_each(
        chronicle.folder, [["diff", "--json", chronicle.url(slug)] for slug in (GLACIER, SHIPYARD)]
    )
    assert headline.records[0]["title"]["before"] == GLACIER_HEADLINE
    assert headline.records[0]["actions"] == []
    authors = byline.records[0]["authors"]
    assert authors["after"] == [*authors["before"], "Klaus Pohl"]


def test_a_diff_may_go_backwards_and_show_what_stayed(chronicle: Chronicle) -> None:
    back, whole = stet_each(
        chronicle.folder,
        [
            ["diff", "--json", "--from", "2", "--to", "1", chronicle.url(STRIKE)],
            ["diff", "--json", "--all", chronicle.url(STRIKE)],
        ],
    )
    assert "6.4 percent" in back.records[0]["actions"][0]["after"]
    assert {action["action"] for action in whole.records[0]["actions"]} == {"unchanged", "edit"}


def test_a_diff_can_be_read_patched_and_put_on_a_page(chronicle: Chronicle) -> None:
    forms = ("terminal", "unified", "html")
    terminal, unified, page = stet_each(
        chronicle.folder, [["diff", "--format", form, chronicle.url(STRIKE)] for form in forms]
    )
    assert {ran.status for ran in (terminal, unified, page)} == {0}
    assert "4.6" in terminal.stdout
    assert "\x1b" not in terminal.stdout
    lines = unified.stdout.splitlines()
    assert lines[0].startswith("--- ")
    assert lines[1].startswith("+++ ")
    assert any(line.startswith("-") and "6.4 percent" in line for line in lines[2:])
    assert any(line.startswith("+") and "4.6 percent" in line for line in lines[2:])
    assert page.stdout.lower().startswith("<!doctype html>")
    assert "<del" in page.stdout
    assert "<ins" in page.stdout


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
