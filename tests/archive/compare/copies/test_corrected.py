"""What a correction altered is told apart, and known again where another text still says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare.copies.corrected import Altered, altered, carried, lines, named
from archive.compare.versions.diff import diff
from archive.models import Article, Block, Role

WAS = "The harbour office counted 214 ships in March."
BECAME = "The harbour office counted 241 ships in March."
NUMBER = Altered(WAS, BECAME)


def article(*body: str, title: str = "Ships return", language: str = "en") -> Article:
    return Article(title, (), None, None, language, tuple(Block(Role.BODY, text) for text in body))


def carries(was: Altered, *body: str, title: str = "Ships return", language: str = "en") -> str | None:
    found = carried(was, lines(article(*body, title=title, language=language)))
    return None if found is None else found.sentence


def test_a_copy_that_was_not_corrected_still_says_it() -> None:
    assert carries(NUMBER, "Nobody was hurt.", f"{WAS} Officials were glad.") == WAS
    found = carried(NUMBER, lines(article(WAS)))
    assert found is not None
    assert found.likeness == 1.0


@pytest.mark.parametrize(
    "nearly",
    [
        "In March, the harbour office counted 214 ships.",
        "The harbour office had counted 214 ships in March.",
        "The harbour office counted 214 ships in March, said the mayor, who was glad of every one of them.",
    ],
)
def test_in_nearly_its_wording_too(nearly: str) -> None:
    assert carries(NUMBER, nearly) == nearly


@pytest.mark.parametrize(
    "other",
    [
        BECAME,
        "In March, the harbour office counted 241 ships.",
        "The harbour office counted ships in March.",
        "The harbour office counted 241 ships in March, not 214.",
        "The customs office seized 214 parcels in May.",
        "Nobody was hurt.",
    ],
)
def test_a_copy_that_says_what_is_right_or_nothing_of_it_does_not(other: str) -> None:
    assert carries(NUMBER, other) is None


@pytest.mark.parametrize(
    ("was", "became", "language"),
    [
        ("The mayor was charged with fraud on Friday.", "The mayor was not charged with fraud on Friday.", "en"),
        ("The mayor admitted to the fraud.", "The mayor allegedly admitted to the fraud.", "en"),
        (
            "Der Rat stimmte am Montag für den Bau der Brücke.",
            "Der Rat stimmte am Montag gegen den Bau der Brücke.",
            "de",
        ),
        ("Le maire a été condamné à deux ans de prison.", "Le maire a été condamné à deux mois de prison.", "fr"),
        ("El puerto contó 214 barcos en marzo.", "El puerto contó 241 barcos en marzo.", "es"),
        ("港口办公室三月份统计了二百一十四艘船。", "港口办公室三月份统计了三百一十五艘船。", "zh"),
    ],
)
def test_negations_hedges_and_other_languages(was: str, became: str, language: str) -> None:
    assert carries(Altered(was, became), was, language=language) == was
    assert carries(Altered(was, became), became, language=language) is None
    assert carries(Altered(became, was), became, language=language) == became
    assert carries(Altered(became, was), was, language=language) is None


def test_a_sentence_that_was_taken_out_and_a_headline() -> None:
    assert carries(Altered(WAS, None), WAS) == WAS
    assert carries(Altered(WAS, None), "Nobody was hurt.") is None
    assert carries(Altered("Mayor quits over dam", "Mayor stays despite dam"), title="Mayor quits over dam") is not None
    assert carries(Altered("Mayor quits over dam", "Mayor stays despite dam"), title="Mayor stays on") is None


def test_what_a_correction_altered_is_what_the_notice_speaks_of() -> None:
    before = article(WAS, "Officials spoke on Monday.", "The quay, it is said, reopened.", "More follows.")
    after = article(BECAME, "Officials spoke on Tuesday.", "The quay – it is said – reopened.")
    found = altered(diff(before, after))
    assert [each.before for each in found] == [WAS, "Officials spoke on Monday.", "More follows."]
    assert named(found, ["An earlier version of this article gave the number of ships as 214."]) == (found[0],)
    assert named(found, ["This article was corrected on Tuesday."]) == (found[1],)
    assert named(found, ["This article has been amended."]) == ()


def test_sentences_that_became_one_are_looked_for_one_by_one() -> None:
    after = "The harbour office counted 241 ships in March and the mayor was glad of every one of them."
    (first, *_) = altered(diff(article(WAS, "The mayor was glad of every one of them."), article(after)))
    assert (first.before, first.after) == (WAS, after)
    assert carries(first, WAS) == WAS


@given(st.text(), st.one_of(st.none(), st.text()), st.lists(st.text(), max_size=5))
def test_whatever_the_texts_what_is_found_stands_there(was: str, became: str | None, body: list[str]) -> None:
    said = lines(article(*body))
    found = carried(Altered(was, became), said)
    assert found is None or (found.sentence in [line.text for line in said] and 0.7 <= found.likeness <= 1)
