"""`stet diff`: two snapshots of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.cli import stet, stet_each

from stet.newsroom.script import BRIDGE, BRIDGE_NOTICE, GLACIER, GLACIER_HEADLINE, SHIPYARD, STRIKE

if TYPE_CHECKING:
    from support.chronicle import Chronicle

DIFF_KEYS = {"url", "from", "to", "title", "authors", "actions", "corrections_added", "unmarked", "weight", "kinds"}
ACTION_KEYS = {"action", "before", "after", "before_index", "after_index", "similarity", "weight", "kinds"}


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


def test_a_diff_says_how_much_each_change_matters_and_whether_it_was_marked(chronicle: Chronicle) -> None:
    marked, silent = stet_each(chronicle.folder, [["diff", "--json", chronicle.url(slug)] for slug in (BRIDGE, STRIKE)])
    for record in (marked.records[0], silent.records[0]):
        (action,) = record["actions"]
        assert action["kinds"] == ["number"]
        assert 0.5 < action["weight"] <= record["weight"] <= 1
        assert record["unmarked"]["evidence"]
    assert marked.records[0]["unmarked"]["score"] < 0.5 < silent.records[0]["unmarked"]["score"]
    assert silent.records[0]["reextracted"] is False


def test_a_diff_names_headline_and_byline_apart_from_the_text(chronicle: Chronicle) -> None:
    headline, byline = stet_each(
        chronicle.folder, [["diff", "--json", chronicle.url(slug)] for slug in (GLACIER, SHIPYARD)]
    )
    assert headline.records[0]["title"]["after"] == GLACIER_HEADLINE, "the trial was over last"
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


def test_the_parts_that_were_asked_for_are_told_alone_in_every_form(chronicle: Chronicle) -> None:
    url = chronicle.url(BRIDGE)
    text, both, named_apart, page, patch, headline = stet_each(
        chronicle.folder,
        [
            ["diff", "--json", "--only", "text", url],
            ["diff", "--json", "--only", "text,corrections", url],
            ["diff", "--json", "--only", "corrections", "--only", "text", url],
            ["diff", "--format", "html", "--only", "corrections", url],
            ["diff", "--format", "unified", "--only", "corrections", url],
            ["diff", "--only", "headline", url],
        ],
    )
    (record,) = text.records
    assert (record["title"], record["authors"], record["corrections_added"]) == (None, None, [])
    assert record["left_out"] == ["headline", "byline", "corrections"]
    assert [action["action"] for action in record["actions"]] == ["edit"]
    assert named_apart.stdout == both.stdout
    assert both.records[0]["corrections_added"] == [BRIDGE_NOTICE]
    assert "Not shown: headline, byline, text." in page.stdout
    assert "<del>" not in page.stdout
    assert patch.stdout.splitlines()[0] == "Not shown: headline, byline, text."
    assert [line for line in patch.stdout.splitlines()[3:] if line[0] == "+"] == [f"+Notice: {BRIDGE_NOTICE}"]
    assert "Not shown: byline, text, corrections." in headline.stdout
    assert "Nothing changed in the headline." in headline.stdout


def test_as_many_unchanged_sentences_are_told_as_were_asked_for(chronicle: Chronicle) -> None:
    url = chronicle.url(STRIKE)
    none, two, whole = stet_each(
        chronicle.folder,
        [["diff", "--json", url], ["diff", "--json", "--context", "2", url], ["diff", "--json", "--all", url]],
    )
    (changed,) = none.records[0]["actions"]
    around = two.records[0]["actions"]
    everything = whole.records[0]["actions"]
    place = everything.index(changed)
    assert around == everything[max(0, place - 2) : place + 3]
    assert len(around) > 1
    bare, terminal, patch = stet_each(
        chronicle.folder,
        [
            ["diff", "--context", "0", url],
            ["diff", "--all", url],
            ["diff", "--format", "unified", "--context", "0", url],
        ],
    )
    assert changed["after"] not in bare.stdout
    assert "unchanged" in bare.stdout
    assert "unchanged" not in terminal.stdout
    shown = " ".join(terminal.stdout.split())
    assert all(action["after"] in shown for action in [*everything[:place], *everything[place + 1 :]])
    assert len(patch.stdout.splitlines()) == 5


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (["--only", "headline,title"], "'title': it is one or more of headline,byline,text,corrections."),
        (["--only", ""], "it is one or more of headline,byline,text,corrections."),
        (["--context", "-1"], "Invalid value"),
        (["--all", "--context", "2"], "Give one of them."),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(chronicle: Chronicle, wrong: list[str], words: str) -> None:
    ran = stet(chronicle.folder, "diff", *wrong, chronicle.url(STRIKE))
    assert (ran.status, ran.stdout) == (2, "")
    assert words in ran.stderr
