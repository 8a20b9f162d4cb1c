"""Text is cut where sentences end, in four languages, and sensibly in others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.text.normalise import normalise
from archive.compare.text.sentences import sentences

LABELLED = json.loads(Path(__file__).with_name("segmentation.json").read_text())

LANGUAGES = st.sampled_from(["en", "de", "es", "fr", "ja", None, "xx"])
PROSE = st.text(st.sampled_from("ab AB1.!?…。」“”\"'»«() \n\u00a0\u200bé中")) | st.text()


@pytest.mark.parametrize("passage", LABELLED, ids=lambda passage: passage["sentences"][0])
def test_labelled_passages(passage: dict[str, object]) -> None:
    expected = passage["sentences"]
    assert isinstance(expected, list)
    joiner = passage.get("joiner", " ")
    assert sentences(str(joiner).join(expected), passage["language"]) == expected  # type: ignore[arg-type]


def test_a_line_is_a_paragraph_and_ends_a_sentence() -> None:
    assert sentences("No full stop here\nThe text begins. It ends", "en") == [
        "No full stop here",
        "The text begins.",
        "It ends",
    ]


@pytest.mark.parametrize("language", ["en-GB", "en_US", "EN"])
def test_a_region_does_not_matter(language: str) -> None:
    assert sentences("He left the U.S. before Mr. Lund did.", language) == ["He left the U.S. before Mr. Lund did."]


def test_the_year_at_the_end_is_no_ordinal() -> None:
    assert sentences("Er kam 1990. Müller war schon da.", "de") == ["Er kam 1990.", "Müller war schon da."]


def test_the_numbers_of_a_list_in_one_paragraph_begin_sentences() -> None:
    assert sentences("The steps are: 1. Stop at the line. 2. Look both ways. 3. Walk.", "en") == [
        "The steps are: 1. Stop at the line.",
        "2. Look both ways.",
        "3. Walk.",
    ]


def test_the_hour_does_not_end_before_the_hour_that_it_lasts_to() -> None:
    assert sentences("It is open from 9:00 a.m. - 6:00 p.m. on weekdays. Come.", "en") == [
        "It is open from 9:00 a.m. - 6:00 p.m. on weekdays.",
        "Come.",
    ]


def test_no_text_has_no_sentences() -> None:
    assert sentences("", "en") == []
    assert sentences(" \n \n", "en") == []


@given(PROSE, LANGUAGES)
@settings(deadline=None)
def test_nothing_is_lost(text: str, language: str | None) -> None:
    found = sentences(text, language)
    assert normalise(" ".join(found)) == normalise(text)
    assert all(sentence == " ".join(sentence.split()) != "" for sentence in found)
    if not any(stop in text for stop in "。！？｡"):
        assert " ".join(found) == " ".join(text.split())


@given(st.lists(st.sampled_from(["He met Mr. Lund.", "Is it “over”?", "She waited… and left."]), min_size=4), PROSE)
@settings(deadline=None)
def test_an_edit_cuts_nothing_anew_far_away(known: list[str], edit: str) -> None:
    edited = [*known[:1], " ".join(edit.split()), *known[2:]]
    tail = len(known) - 3
    assert sentences(" ".join(edited), "en")[-tail:] == known[3:]


@pytest.mark.parametrize("hostile", ["." * 200_000, "a. " * 100_000, ".”" * 100_000, ". » " * 50_000, "[1]" * 60_000])
def test_odd_text_takes_no_odd_time(hostile: str) -> None:
    assert normalise(" ".join(sentences(hostile, None))) == normalise(hostile)
