"""Long work tells how far it is, short work nothing."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from archive.progress import told

if TYPE_CHECKING:
    import pytest


def test_long_work_tells_every_ten_seconds_how_far_it_is(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    seconds = count(step=5)
    assert list(told("abcdef", "copying", 6, clock=lambda: float(next(seconds)))) == list("abcdef")
    assert caplog.messages == [f"copying: {done} of 6 done" for done in (1, 3, 5)]


def test_short_work_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    assert list(told("abc", "copying", 3, clock=lambda: 0.0)) == list("abc")
    assert caplog.messages == []
