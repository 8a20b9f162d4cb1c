"""`stet compare`: two pages' articles, for scripts, at the terminal and as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.cli import configure, stet, stet_each
from support.desk import Desk, article, identity

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = ["a", "b", "alignments", "only_a", "only_b", "coverage_a", "coverage_b", "facts", "verdict"]
WIRE = (
    "The museum ship Petronella sank at her moorings in Orvane harbour on Sunday with the loss of 230 paintings.",
    "Harbour master Ada Lindqvist said nobody was aboard. She blamed a valve.",
    "The Baltic Maritime Trust had bought the ship in 1998.",
)
REWORDED = (
    "230 paintings were lost on Sunday as Petronella, a museum ship, went down at her berth in the harbour of Orvane.",
    "The vessel had been purchased by the Baltic Maritime Trust in 1989.",
    "According to Ada Lindqvist, the harbour master, no person was aboard.",
    "<script>alert(1)</script> \x1b[31mSubscribe\x1b[0m to our newsletter for more.",
)
WIRE_URL, COPY_URL, AT_URL = (f"https://news.example/{path}" for path in ("wire", "copy", "@desk/wire@2"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a wire story in two versions, a rewording, and a page whose URL has an @."""
    made = tmp_path_factory.mktemp("compare")
    configure(made)
    with open_for_writing(made / "stet.db") as db:
        desk = Desk(db)
        desk.reads(article(WIRE[0], title="Museum ship sinks"), identity("wire"))
        desk.reads(article(*REWORDED, title="Ship lost"), identity("copy"))
        desk.reads(article(*WIRE, title="Museum ship sinks"), identity("wire"))
        desk.reads(article(*WIRE, title="Museum ship sinks"), identity("@desk/wire@2"))
    return made


def test_the_json_is_the_contracts(folder: Path) -> None:
    ran = stet(folder, "compare", "--json", WIRE_URL, COPY_URL)
    assert (ran.status, ran.stderr) == (0, "")
    (record,) = ran.records
    assert [key for key in record if key in CONTRACT] == CONTRACT
    assert (record["a"], record["b"]) == (f"{WIRE_URL}@2", f"{COPY_URL}@1")
    assert set(record["facts"]) == {"numbers", "quotes", "names", "told_differently"}
    for kind in ("numbers", "quotes", "names"):
        assert set(record["facts"][kind]) == {"shared", "only_a", "only_b"}
    assert record["verdict"] == "rewrite"
    assert [(each["a"], each["b"]) for each in record["alignments"]] == [([0], [0]), ([1], [2]), ([3], [1])]
    assert (record["only_a"], record["only_b"]) == ([2], [3])
    assert record["paragraphs_a"] == [1, 2, 2, 3]
    assert record["sentences_a"][2] == "She blamed a valve."
    assert "Baltic Maritime Trust" in record["facts"]["names"]["shared"]
    (told,) = record["facts"]["told_differently"]
    assert (told["kind"], told["a"], told["b"]) == ("date", "1998", "1989")
    assert (told["a_sentence"], told["b_sentence"]) == (3, 1)


def test_who_was_seen_first_is_told_with_the_interval(folder: Path) -> None:
    (record,) = stet(folder, "compare", "--json", WIRE_URL, COPY_URL).records
    assert record["seen_first"] == {"page": "a", "seconds_apart": 900.0}
    assert record["seen_a"]["first_seen_at"] < record["seen_b"]["first_seen_at"] < record["seen_a"]["captured_at"]


def test_a_version_is_named_behind_an_at_where_the_page_is_known_without_it(folder: Path) -> None:
    first, as_url, missing, unknown = stet_each(
        folder,
        [
            ["compare", "--json", f"{WIRE_URL}@1", COPY_URL],
            ["compare", "--json", AT_URL, f"{AT_URL}@1"],
            ["compare", f"{WIRE_URL}@7", COPY_URL],
            ["compare", f"{WIRE_URL}/none@1", COPY_URL],
        ],
    )
    assert (first.records[0]["a"], len(first.records[0]["sentences_a"])) == (f"{WIRE_URL}@1", 1)
    assert (as_url.records[0]["a"], as_url.records[0]["b"]) == (f"{AT_URL}@1", f"{AT_URL}@1")
    assert as_url.records[0]["verdict"] == "copy"
    assert missing.status == 1
    assert "has no version 7" in missing.stderr
    assert unknown.status == 1
    assert "the archive knows nothing of" in unknown.stderr


def test_the_terminal_shows_both_texts_and_is_not_steered(folder: Path) -> None:
    ran = stet(folder, "compare", WIRE_URL, COPY_URL, COLUMNS="140")
    assert ran.status == 0
    assert "Rewrite: " in ran.stdout
    assert "A was first seen here 15 min before B; that is when we looked, not when they were written." in ran.stdout
    assert "Told differently" in ran.stdout
    assert "Ada Lindqvist" in ran.stdout
    assert "\x1b" not in ran.stdout


def test_the_page_is_escaped_and_needs_no_script(folder: Path) -> None:
    ran = stet(folder, "compare", "--format", "html", WIRE_URL, COPY_URL)
    assert ran.status == 0
    assert ran.stdout.startswith("<!DOCTYPE html>")
    assert "&lt;script&gt;alert(1)" in ran.stdout
    assert "<script" not in ran.stdout
    assert "\x1b" not in ran.stdout
    assert "default-src 'none'" in ran.stdout
    for sentence in ("She blamed a valve.", "no person was aboard"):
        assert sentence in ran.stdout
