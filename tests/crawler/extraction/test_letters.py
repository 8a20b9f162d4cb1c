"""A line is only tried on the expressions that can begin as it does, and on none too few."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extraction import patterns
from crawler.extraction.patterns.letters import FIGURE, first_letter, first_letters

UNWORDED = [pattern for language in patterns.LANGUAGES for pattern in patterns.read(language) if not pattern.words]


@pytest.mark.parametrize(
    ("expression", "letters"),
    [
        ("by|von", "bv"),
        (r"\W{0,3}(?:the )?paper", "tp"),
        ("s?tory", "st"),
        ("[kc]orrection", "kc"),
        (r"\(?(?:this|our) story", "to"),
        (r"©\s?x", None),
        (r"\d{1,2} min|updated", FIGURE + "u"),
        ("(?-i:Reuters|AP)", "ra"),
        ("(?:a|b)?c", "abc"),
        ("(?:a|)b", None),
        ("[A-Z]x", None),
        (r"\w+", None),
        (".x", None),
        ("(?!no)yes", None),
    ],
)
def test_the_letters_with_which_a_line_can_begin(expression, letters):
    assert first_letters(expression) == (None if letters is None else frozenset(letters))


@pytest.mark.parametrize(
    ("line", "letter"), [("by jo", "b"), ("— «von", "v"), ("12 min", FIGURE), ("", ""), ("¡¿—…", ""), ("٣ x", FIGURE)]
)
def test_the_first_letter_of_a_line(line, letter):
    assert first_letter(line) == letter


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_what_an_expression_takes_begins_with_one_of_its_letters(data):
    pattern = data.draw(st.sampled_from(UNWORDED))
    letters = first_letters(pattern.expression)
    if letters is not None:
        line = data.draw(st.from_regex(pattern.expression, fullmatch=True)).lower()
        assert first_letter(line) in letters
