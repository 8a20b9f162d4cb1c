"""`stet search`: what any version says, and what was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.cli import stet, stet_at_terminal, stet_each

from stet.newsroom.script import BRIDGE, GLACIER

if TYPE_CHECKING:
    from support.chronicle import Chronicle

KEYS = {
    *("url", "source", "state", "title", "versions", "last_version", "version", "captured_at", "first_seen_at"),
    *("last_seen_at", "removed", "gone_in", "gone_at", "snippet", "matches"),
}


def test_a_page_is_found_by_its_words(chronicle: Chronicle) -> None:
    ran = stet(chronicle.folder, "search", "bridge", "--json")
    assert (ran.status, ran.stderr) == (0, "")
    hit = ran.record_of(chronicle.url(BRIDGE))
    assert set(hit) == KEYS
    assert (hit["versions"], hit["last_version"], hit["removed"], hit["gone_at"]) == ([1, 2], 2, False, None)
    assert (hit["source"], hit["state"]) == ("Courier", "live")
    (start, end), *_ = hit["matches"]
    assert hit["snippet"][start:end].lower() == "bridge"
    assert len({record["url"] for record in ran.records}) == len(ran.records)


def test_hits_can_be_chosen_by_source_time_and_number(chronicle: Chronicle) -> None:
    calls = [
        ["--source", "Courier"],
        ["--source", "Nobody"],
        ["--since", "1h"],
        ["--since", "2999-01-01"],
        ["--until", "2020-01-01"],
        ["--limit", "2"],
    ]
    ours, nobodys, lately, never, once, two = stet_each(
        chronicle.folder, [["search", "the", "--json", *call] for call in calls]
    )
    assert ours.records == lately.records
    assert len(ours.records) > 2
    assert two.records == ours.records[:2]
    for ran in (never, once):
        assert (ran.status, ran.stdout, ran.stderr) == (0, "", "stet: no hits\n")
    assert (nobodys.status, nobodys.stdout) == (2, "")
    assert "No source is named Nobody; there are: Courier" in nobodys.stderr


def test_what_was_removed_is_told_with_its_interval(chronicle: Chronicle) -> None:
    call = ["search", '"32.5 tonnes"', "--removed"]
    as_json, for_people = stet_each(chronicle.folder, [[*call, "--json"], call])
    hit = as_json.record_of(chronicle.url(BRIDGE))
    assert (hit["versions"], hit["version"], hit["removed"], hit["gone_in"]) == ([1], 1, True, 2)
    assert hit["first_seen_at"] <= hit["last_seen_at"] < hit["gone_at"]
    assert "[32.5 tonnes]" in for_people.stdout
    assert "v1 of 2 · first seen " in for_people.stdout
    assert " · gone in v2: there " in for_people.stdout


def test_hits_for_people_bracket_what_matches_and_colour_it_on_a_terminal(chronicle: Chronicle) -> None:
    piped = stet(chronicle.folder, "search", "title: hidden")
    _, url, facts, excerpt = piped.stdout.splitlines()
    assert url == chronicle.url(GLACIER)
    assert facts.startswith("v1 of 2 · seen 20")
    assert "[hidden]" in excerpt
    shown = stet_at_terminal(chronicle.folder, "search", "title: hidden", stdout_too=True).stderr
    assert "\x1b[1;33m" in shown
    assert "[hidden]" not in shown


def test_a_malformed_query_is_wrong_usage_and_told_how_to_be_meant(chronicle: Chronicle) -> None:
    calls = [["search", query] for query in ('bridge "it', "author:lin", "(bridge", "f*", "%")]
    quote, column, parenthesis, star, nothing = stet_each(chronicle.folder, calls)
    for ran in (quote, column, parenthesis, star, nothing):
        assert (ran.status, ran.stdout) == (2, "")
        assert "fts5" not in ran.stderr.lower()
        assert "Traceback" not in ran.stderr
    assert quote.stderr == (
        "stet: the quotation mark at character 8 is not closed\n"
        'stet: to search for the words as they stand: stet search \'"bridge ""it"\'\n'
    )
    assert "there is no column author" in column.stderr
    assert "at character 1 is not closed" in parenthesis.stderr
    assert nothing.stderr == "stet: there is no word in the query\n"


def test_negations_and_removal_do_not_go_together(chronicle: Chronicle) -> None:
    ran = stet(chronicle.folder, "search", "--removed", "bridge NOT ferry")
    assert ran.status == 2
    assert "NOT" in ran.stderr
