"""What people type is searched for, or they are told what is wrong with it: SQLite never is the one to tell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.search.query import MAX_DEPTH, MAX_LENGTH, MAX_PREFIXES, MAX_WORDS, QueryError, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLES = ("Ferry fares rise", "Harbour office shut", "Live: the vote", "")
TEXTS = (
    "Don't blame covid-19 for the 5% rise, the U.S. office said: see https://news.example/a-b/c?d=1&e.",
    "The ferry, the harbour and the ferry office; the office opened in 1,000 days at 12:30.",
    "The harbour never had a ferry. Nobody at the office rows.",
    "東京都で会議が開かれた。",
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create virtual table library using fts5 (title, text)")
        connection.executemany("insert into library values (?, ?)", zip(TITLES, TEXTS, strict=True))
        yield connection


def found(index: sqlite3.Connection, match: str) -> list[int]:
    return [row for (row,) in index.execute("select rowid from library where library match ? order by rowid", [match])]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("don't", [1]),
        ("don’t", [1]),
        ("covid-19", [1]),
        ("5%", [1]),
        ("U.S.", [1]),
        ("https://news.example/a-b/c?d=1&e", [1]),
        ("1,000 days", [2]),
        ("12:30", [2]),
        ("Live: the vote", [3]),
        ("ferry & harbour", [2, 3]),
        ("ferry - harbour", [2, 3]),
        ("“the harbour and”", [2]),
        ("«the harbour and»", [2]),
        ("office (ferry)", [1, 2, 3]),
        ("東京*", [4]),
        ("and or not near", []),
        ("ferry\0office", [1, 2, 3]),
        ("ferry \udcff", [1, 2, 3]),
    ],
)
def test_what_people_type_is_found(index: sqlite3.Connection, query: str, rows: list[int]) -> None:
    assert found(index, parse(query).match) == rows


@pytest.mark.parametrize(
    "query",
    [
        "ferry office",
        '"ferry office"',
        '"the ""harbour""" OR vote',
        "harb*",
        '"the harb"*',
        "har + never *",
        "^harbour",
        "title: ^live",
        "NEAR(ferry office)",
        'NEAR("the harbour" office, 3)',
        "NEAR(ferry offi*, 10)",
        "title: harbour office",
        "title : (ferry OR harbour) AND text:office",
        "{title text}: harbour",
        "-title: ferry",
        "TITLE: ferry",
        "ferry NOT title: fares",
        "ferry AND office NOT nobody OR vote",
        "(ferry OR vote) NOT (office AND harbour)",
        "ferry office NOT nobody OR vote AND never",
    ],
)
def test_the_language_is_that_of_fts5(index: sqlite3.Connection, query: str) -> None:
    assert found(index, parse(query).match) == found(index, query)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('ferry "office', "the quotation mark at character 7 is not closed"),
        ('NEAR(a "b', "the quotation mark at character 8 is not closed"),
        ("(ferry", "the parenthesis at character 1 is not closed"),
        ("NEAR(ferry, 5", r"the NEAR\( at character 1 is not closed"),
        ("ferry)", r"the \) at character 6 does not go"),
        ("ferry AND", "the AND at character 7 has no word after it"),
        ("ferry NEAR quay", r"the NEAR at character 7 wants its words in parentheses: NEAR\(a b, 5\)"),
        ("OR ferry", "the OR at character 1 has no word before it"),
        ("ferry AND %", "the AND at character 7 has no word after it"),
        ("ferry +", "at character 8 a word is missing"),
        ("* ferry", r"the \* at character 1 does not go"),
        ("f*", r"the \* at character 2 needs 2 letters"),
        ("author:lin", "there is no column author"),
        ("author: lin", "there is no column author"),
        ("{title author}: lin", "there is no column author .* there are title: and text:"),
        ("ferry title:", "there is no word for the title: at character 7"),
        ("title: text: ferry", "there is no word for the title:"),
        ("NEAR(a b, c)", "the comma at character 9 wants a number"),
        ("NEAR(a, 5 b)", r"the b at character 11 is not as in NEAR\(a b, 5\)"),
        ("NEAR(ab** c)", r"the \* at character 9 is not as in"),
        ("NEAR()", r"no word in the NEAR\("),
        ("NEAR(a b, 99999999999999999999999)", "1,000 words apart at most, not 99999999999999999999$"),
        ("ferry -office", "to leave out a word, put NOT before it: NOT office"),
        ("", "there is no word"),
        ("% — !", "there is no word"),
        ('""', "there is no word"),
        ("()", "there is no word"),
        ("ferry " * MAX_LENGTH, "longer than 2,000 characters"),
        ("a " * (MAX_WORDS + 1), "more than 256 words"),
        ("ab* " * (MAX_PREFIXES + 1), "more than 8 prefixes"),
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), "more than 5 parentheses"),
    ],
)
def test_what_cannot_be_searched_for_is_told_with_its_place(query: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        parse(query)


def test_the_error_knows_how_to_search_for_the_words_as_typed(index: sqlite3.Connection) -> None:
    with pytest.raises(QueryError) as raised:
        parse('harbour and "the')
    assert raised.value.literal == '"harbour and ""the"'
    assert found(index, parse(raised.value.literal).match) == [2]
    with pytest.raises(QueryError) as raised:
        parse("%")
    assert raised.value.literal is None


@pytest.mark.parametrize("joint", [" OR ", " AND ", " NOT ", " ", " + "])
def test_a_query_within_the_bounds_is_not_too_much_for_fts5(index: sqlite3.Connection, joint: str) -> None:
    found(index, parse(joint.join(["a"] * MAX_WORDS)).match)
    nested = "a"
    for _ in range(MAX_DEPTH):
        nested = f"title: (a OR b AND c NOT d {nested})"
    found(index, parse(nested).match)


PIECES = st.sampled_from(
    ['"', "(", ")", "*", "+", "^", ",", "-", ":", "AND", "OR", "NOT", "NEAR(", "title:", "{text}:", "{", "}", " ", "\n"]
)


@given(st.lists(PIECES | st.sampled_from(["a", "ab", "don't", "5", "%"]) | st.text(max_size=3), max_size=30))
@example(["^", "+"])
def test_whatever_is_typed_is_searched_for_or_told_in_our_words(index: sqlite3.Connection, pieces: list[str]) -> None:
    for joint in ("", " "):
        try:
            query = parse(joint.join(pieces))
        except QueryError:
            continue
        assert query.match or query.literals
        if query.match:
            found(index, query.match)
