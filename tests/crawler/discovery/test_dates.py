"""Dates of feeds and sitemaps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.dates import iso_utc, latest_instant


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T10:00Z", "2024-05-03T10:00:00+00:00"),
        (" 2024-05-03T10:00:00.123+02:00\n", "2024-05-03T08:00:00+00:00"),
        ("2024-05-03 10:00:00", "2024-05-03T10:00:00+00:00"),
        ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00+00:00"),
        ("0001-01-01T00:00:00+14:00", None),
        ("2024-02-30", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (1714730400, None),
    ],
)
def test_dates_become_iso_8601_in_utc(text: object, iso: str | None) -> None:
    assert iso_utc(text) == iso


@given(st.text(max_size=30))
def test_no_text_makes_a_date_that_cannot_be_compared(text: str) -> None:
    latest_instant(iso_utc(text), "2024-05-03")


def test_a_day_counts_to_its_end() -> None:
    assert latest_instant("2024-05-03", "2024-05-03T10:00:00+00:00") == datetime(
        2024, 5, 3, 23, 59, 59, 999999, tzinfo=UTC
    )
    assert latest_instant(None) is None
