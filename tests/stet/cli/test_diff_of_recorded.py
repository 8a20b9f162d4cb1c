"""`stet diff` of what was recorded over weeks: it says what the archive says, and tells of no edit that was none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.cli import configure, stet, stet_each
from support.desk import BODY, Desk, article, identity

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path

TRIAL, DATED = identity("trial").url, identity("dated").url
EDITED = (BODY[0].replace("214", "241"), *BODY[1:])
AGAIN = (BODY[0].replace("214", "412"), *BODY[1:])
ONE, OTHER = "Ships return to the quay", "Why the quay is full again"
DAWN, NOON = "2026-01-01T05:00:00Z", "2026-01-01T12:00:00Z"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with two headlines in turn, and one whose date advanced before its text was edited."""
    made = tmp_path_factory.mktemp("recorded")
    configure(made)
    with open_for_writing(made / "stet.db") as db:
        desk = Desk(db)
        trial = identity("trial")
        desk.reads(article("The quay is closed.", title="Quay closed"), trial)
        desk.reads(article("The quay is open.", title="Quay open"), trial)
        for title in (ONE, OTHER, ONE):
            desk.reads(article(title=title), trial)
        desk.reads(article(*EDITED, title=ONE), trial)
        for body, modified in ((BODY, DAWN), (BODY, NOON), (EDITED, NOON)):
            desk.reads(article(*body, modified=modified), identity("dated"))
    return made


def test_a_diff_is_by_default_with_what_stood_before(folder: Path) -> None:
    (record,) = stet(folder, "diff", "--json", TRIAL).records
    assert (record["from"], record["to"], record["title"], record["in_turn"]) == (3, 5, None, None)
    assert [action["after"] for action in record["actions"]] == [EDITED[0]]


def test_a_headline_shown_in_turn_is_no_edit_whichever_two_versions_are_compared(folder: Path) -> None:
    recorded, crosswise, for_people, variants = stet_each(
        folder,
        [
            ["diff", "--json", TRIAL],
            ["diff", "--json", "--from", "4", TRIAL],
            ["diff", "--from", "4", TRIAL],
            ["diff", "--json", "--from", "3", "--to", "4", TRIAL],
        ],
    )
    (record,) = crosswise.records
    assert record["title"] is None
    assert record["in_turn"] == {"before": OTHER, "after": ONE}
    assert record["unmarked"] == recorded.records[0]["unmarked"]
    assert record["weight"] == recorded.records[0]["weight"]
    assert f"The page shows the headlines “{OTHER}” and “{ONE}” in turn" in for_people.stdout
    assert "Observed: the number 214 became 241;" in for_people.stdout
    (record,) = variants.records
    assert record["unmarked"]["score"] == 0
    assert record["title"] == {"before": ONE, "after": OTHER}


def test_the_score_of_an_edit_is_the_one_that_the_archive_holds(folder: Path) -> None:
    (record,) = stet(folder, "diff", "--json", DATED).records
    with open_for_writing(folder / "stet.db") as db:
        score, weight = db.execute("select score, weight from unmarked where url = ?", [DATED]).fetchone()
    assert (record["unmarked"]["score"], record["weight"]) == (score, weight)
    assert score > 0.5
    assert f"the article's own modified date stayed at {NOON}" in record["unmarked"]["evidence"]


def test_a_diff_that_runs_backwards_says_so_and_scores_nothing(folder: Path) -> None:
    as_json, for_people, as_patch = stet_each(
        folder,
        [["diff", "--from", "5", "--to", "1", "--format", form, TRIAL] for form in ("json", "terminal", "unified")],
    )
    (record,) = as_json.records
    assert record["unmarked"] == {"score": 0.0, "evidence": ["shown backwards: version 1 was seen before version 5"]}
    assert "Shown backwards: version 1 was seen before version 5." in for_people.stdout
    assert "Observed" not in for_people.stdout
    assert as_patch.stdout.startswith("Shown backwards: ")
