"""Each pattern takes its examples, and leaves alone what only looks like them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Role
from crawler.extraction import patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL = [pattern for language in patterns.LANGUAGES for pattern in patterns.read(language)]


def name(pattern: object) -> str:
    return f"{pattern.role}: {pattern.reason}" if isinstance(pattern, patterns.Pattern) else str(pattern)


@pytest.mark.parametrize(("pattern", "line"), [(p, line) for p in ALL for line in p.examples], ids=name)
def test_a_pattern_takes_its_example(pattern, line):
    assert list(patterns.Patterns([pattern]).matches(line)) == [pattern]


@pytest.mark.parametrize(("pattern", "line"), [(p, line) for p in ALL for line in p.never], ids=name)
def test_a_pattern_leaves_its_near_misses(pattern, line):
    assert list(patterns.Patterns([pattern]).matches(line)) == []


@pytest.mark.parametrize(("pattern", "line"), [(p, line) for p in ALL for line in p.examples], ids=name)
def test_all_patterns_together_give_an_example_its_role(pattern, line):
    assert next(patterns.load().matches(line)).role is pattern.role


LINES = [line for pattern in ALL for line in (*pattern.examples, *pattern.never)]


def one_by_one(line: str) -> Iterator[patterns.Pattern]:
    """What `matches` gives, found by asking each pattern, the slow way."""
    asked = set()
    for pattern in sorted(ALL, key=lambda pattern: patterns.ROLE_ORDER.index(pattern.role)):
        group = (pattern.role, pattern.place, pattern.way)
        expression = {"start": r"\A(?:%s)", "whole": r"\A(?:%s)\Z", "anywhere": "%s"}[pattern.way] % pattern.expression
        if group not in asked and len(line) <= pattern.longest and re.search(expression, line, re.IGNORECASE):
            asked.add(group)
            yield pattern


@pytest.mark.parametrize("cased", [str, str.lower, str.upper, str.title])
def test_looking_at_a_line_cheaply_first_changes_no_answer(cased):
    for line in map(cased, LINES):
        assert set(patterns.load().matches(line)) == set(one_by_one(line))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(LINES),
    st.sampled_from(LINES),
    st.tuples(st.integers(0, 80), st.integers(0, 80)),
    st.sampled_from(["", " ", ". ", " | ", " – ", "\n"]),
)
def test_lines_made_of_two_lines_get_the_same_answers(one, other, cuts, between):
    line = one[: cuts[0]] + between + other[cuts[1] :]
    assert set(patterns.load().matches(line)) == set(one_by_one(line))


@pytest.mark.parametrize(
    "line",
    [
        "The government corrected to 3% its forecast.",
        "A market correction: stocks fell.",
        "Prices were corrected to 1990 levels in the study.",
        "Updated figures show that the river rose by two metres on Monday.",
        "The editor of the paper said on Monday that she would resign.",
        "Reporting by the state broadcaster was not to be trusted, the minister said.",
        "Anna Weber is a reporter who has covered the war for ten years, and she was arrested on Monday at the border.",
        "Copyright law was made for printers, the judge said.",
        "Photos of the fire were everywhere by noon.",
        "Share prices fell by a tenth.",
        "Read the letter, she said, and then burn it.",
        "By Monday, 3,000 people had left the town.",
        "Register offices in the north will close in May, the ministry said.",
        "Sign up sheets hung on the door of the town hall.",
        "Published in 1931, the novel sold two million copies in the first year alone.",
        "Korrekturen an der Börse sind normal, sagte der Händler.",
        "Von Montag an fahren wieder Züge über die Brücke.",
        "La corrección de los mercados llegó el lunes.",
        "Par ailleurs, le ministre a annoncé sa démission.",
        "The deal opens a new window of opportunity for both sides.",
    ],
)
def test_ordinary_sentences_match_no_pattern(line):
    text_only = [p for p in patterns.load().matches(line) if p.place == "any"]
    assert text_only == []


@pytest.mark.parametrize("label", patterns.read_labels(), ids=lambda label: label.left)
def test_a_label_is_cut_out_of_its_line(label):
    possible, expression = patterns.labels()
    assert possible.search(label.example)
    assert " ".join(expression.sub("", label.example).replace("\ue000", "").split()) == label.left


@pytest.mark.parametrize(
    "line",
    [
        "The deal opens a new window of opportunity for both sides.",
        "The bank opens new tabs for regulars every Friday night.",
        "Der Minister öffnet ein neues Fenster für Verhandlungen.",
    ],
)
def test_a_sentence_about_windows_stays_whole(line):
    assert patterns.labels()[1].sub("", line) == line


@pytest.mark.parametrize(
    ("hint", "words"), [(hint, words) for hint in patterns.read_markup() for words in hint.examples]
)
def test_a_markup_hint_takes_its_words(hint, words):
    _, hints = patterns.markup()
    expression = next(expression for expression, known in hints if known == hint)
    assert expression.search(words.replace("AuthorBio", "Author-Bio"))


def kind_and_language(wall: object) -> str:
    return f"{wall.language}: {wall.reason}" if isinstance(wall, patterns.Wall) else str(wall)


@pytest.mark.parametrize(
    ("wall", "line"), [(wall, line) for wall in patterns.walls() for line in wall.examples], ids=kind_and_language
)
def test_a_wall_is_known_by_its_line(wall, line):
    assert wall.expression.search(line)
    assert patterns.wall(line) == wall.kind


@pytest.mark.parametrize("line", [line for wall in patterns.walls() for line in wall.never])
def test_an_articles_line_is_no_wall(line):
    assert patterns.wall(line) is None


def test_every_language_has_every_kind_of_wall():
    known = {(wall.kind, wall.language) for wall in patterns.walls()}
    assert len(known) == 3 * len(patterns.LANGUAGES)


def test_every_role_but_text_can_be_told_from_a_line():
    assert {pattern.role for pattern in ALL} == set(patterns.ROLE_ORDER)
    assert Role.BODY not in patterns.ROLE_ORDER
