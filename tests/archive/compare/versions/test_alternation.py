"""Headlines in turn are told from one that was changed and changed back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archive.compare.versions.alternation import TRIAL, Run, alternating

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAYS = timedelta(hours=1), timedelta(days=3)


def shown(*headlines: str, each: timedelta = HOUR) -> list[Run]:
    """Headlines one after the other, each seen for that long."""
    return [Run(name, START + each * place, START + each * (place + 1)) for place, name in enumerate(headlines)]


def test_a_headline_that_is_back_within_hours_was_on_trial() -> None:
    assert alternating(shown("A", "B")) == []
    assert alternating(shown("A", "B", "A")) == [{"A", "B"}]


def test_a_headline_that_is_back_after_days_was_restored() -> None:
    assert alternating(shown("A", "B", "A", each=DAYS)) == []
    assert alternating(shown("A", "B", "A", "C", "A", each=DAYS)) == []


def test_a_page_that_goes_back_and_forth_shows_them_in_turn_however_slowly() -> None:
    assert alternating(shown("A", "B", "A", "B", each=DAYS)) == [{"A", "B"}]


def test_a_third_headline_of_the_same_trial_belongs_to_it() -> None:
    assert alternating(shown("A", "B", "C", "A")) == [{"A", "B", "C"}]
    assert alternating(shown("A", "B", "A", "C", "B")) == [{"A", "B", "C"}]


def test_two_trials_one_after_the_other_are_two() -> None:
    assert alternating(shown("A", "B", "A", "C", "D", "C")) == [{"A", "B"}, {"C", "D"}]


def test_the_last_look_that_showed_the_headline_counts_not_the_first() -> None:
    weeks = Run("A", START, START + timedelta(days=20))
    trial = Run("B", weeks.last_seen_at + HOUR, weeks.last_seen_at + HOUR)
    assert alternating([weeks, trial, Run("A", weeks.last_seen_at + TRIAL, START + timedelta(days=40))])
    assert not alternating([weeks, trial, Run("A", weeks.last_seen_at + TRIAL + HOUR, START + timedelta(days=40))])


@given(st.lists(st.sampled_from("ABCDE"), max_size=30), st.sampled_from([HOUR, DAYS]))
def test_groups_share_no_headline_and_hold_only_what_came_back(headlines: list[str], each: timedelta) -> None:
    apart = [name for place, name in enumerate(headlines) if place == 0 or name != headlines[place - 1]]
    groups = alternating(shown(*apart, each=each))
    members = [name for group in groups for name in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 and any(apart.count(name) > 1 for name in group) for group in groups)


@given(st.lists(st.text("AB", min_size=1, max_size=3), unique=True, max_size=20))
def test_headlines_that_never_come_back_are_in_no_turn(headlines: list[str]) -> None:
    assert alternating(shown(*headlines)) == []
