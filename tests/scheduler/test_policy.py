"""When a page is looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from archive.models import Outcome
from scheduler.policy import History, RecheckPolicy, next_check

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def wait(age: timedelta, *, failures: int = 0, outcome: Outcome = Outcome.UNCHANGED) -> timedelta | None:
    at = next_check(History(NOW - age, failures, outcome), NOW, RecheckPolicy())
    return None if at is None else at - NOW


@pytest.mark.parametrize(
    ("age", "every"),
    [
        (timedelta(0), timedelta(minutes=15)),
        (timedelta(hours=2, minutes=59), timedelta(minutes=15)),
        (timedelta(hours=3), timedelta(hours=1)),
        (timedelta(days=1), timedelta(hours=3)),
        (timedelta(days=7), timedelta(days=3)),
        (timedelta(days=30), timedelta(days=30)),
        (timedelta(days=364), timedelta(days=30)),
        (timedelta(days=365), None),
    ],
)
def test_newsdiffs_steps_are_the_default(age: timedelta, every: timedelta | None) -> None:
    assert wait(age) == every


def test_failures_wait_twice_as_long_each_time_up_to_a_day() -> None:
    waits = [wait(timedelta(0), failures=number, outcome=Outcome.ERROR) for number in range(1, 15)]
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40)]
    assert waits[-1] == timedelta(days=1)


def test_a_refusal_waits_a_day_at_least() -> None:
    assert wait(timedelta(0), failures=1, outcome=Outcome.REFUSED) == timedelta(days=1)
    assert wait(timedelta(days=40), failures=1, outcome=Outcome.REFUSED) == timedelta(days=30)


def test_a_doubted_text_is_looked_at_again_soon_however_old_the_page() -> None:
    policy = RecheckPolicy(confirm_after=timedelta(minutes=4))
    for age in (timedelta(0), timedelta(days=40), timedelta(days=4_000)):
        history = History(NOW - age, 0, Outcome.NOT_ARTICLE, doubted=True)
        assert next_check(history, NOW, policy) == NOW + timedelta(minutes=4)


def test_an_old_page_that_fails_is_left_alone_too() -> None:
    assert wait(timedelta(days=400), failures=1, outcome=Outcome.ERROR) is None


@given(
    age=st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=1_000)),
    failures=st.integers(0, 10_000),
    outcome=st.sampled_from(Outcome),
)
def test_the_next_check_always_lies_ahead(age: timedelta, failures: int, outcome: Outcome) -> None:
    waited = wait(age, failures=failures, outcome=outcome)
    assert waited is None or waited > timedelta(0)


def test_steps_must_rise() -> None:
    steps = [{"until": "1d", "every": "1h"}, {"until": "3h", "every": "15m"}]
    with pytest.raises(ValidationError, match="must rise"):
        RecheckPolicy.model_validate({"steps": steps})
