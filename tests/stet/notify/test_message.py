"""What people read of changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from archive.looks import HeaviestEdit
from archive.stream import Change
from stet.notify.message import LONGEST, message
from stet.notify.parcel import Parcel, Told

EDIT = Change(
    id=7,
    observed_at="2026-01-01T12:00:00.000Z",
    source="Example Daily",
    url="https://news.example/a",
    kind="text_changed",
    version=2,
    title="Ships return",
    weight=0.8,
    variant_of=None,
    details={"from_version": 1, "to_version": 2},
    capture_id=1,
)
SAID = HeaviestEdit("edit", "There were 214 ships.", "There were 241 ships.", ("number",), 1)
PARCEL = Parcel(("ships",), "msg_1", "2026-01-01T12:05:00.000Z", datetime(2026, 1, 1, 12, 5, tzinfo=UTC))


def test_a_change_is_told_with_what_stood_there_and_where_it_is_to_be_seen() -> None:
    text = message(replace(PARCEL, told=(Told(EDIT, SAID),), room="https://stet.example/"))
    assert text.title == "ships: 1 change"
    assert text.body.splitlines() == [
        "Text changed: Ships return (Example Daily)",
        "− There were 214 ships.",
        "+ There were 241 ships.",
        "Weight 0.80, seen 2026-01-01 12:00 UTC",
        "https://news.example/a",
        "https://stet.example/page?url=https%3A%2F%2Fnews.example%2Fa&from=1&to=2",
    ]


def test_a_kind_of_change_is_called_what_it_is_called_in_the_reading_room() -> None:
    lifted = replace(EDIT, kind="unpaywalled", details={})
    assert message(replace(PARCEL, told=(Told(lifted),))).body.startswith("Free again: Ships return")


def test_the_heaviest_comes_first_and_what_finds_no_room_is_counted() -> None:
    told = tuple(Told(replace(EDIT, id=number, weight=number / 100), SAID) for number in range(100))
    text = message(replace(PARCEL, told=told, room="https://stet.example/"))
    assert text.title == "ships: 100 changes"
    weights = [line[7:11] for line in text.body.splitlines() if line.startswith("Weight ")]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == "0.99"
    assert text.body.endswith(f"and {100 - len(weights)} more: https://stet.example/")


def test_headlines_steer_nothing_and_ring_for_nobody() -> None:
    title = "@everyone \x1b[31mred\u202edne"
    body = message(replace(PARCEL, told=(Told(replace(EDIT, title=title)),))).body
    assert "@everyone" not in body
    assert not set("\x1b\u202e") & set(body)


@given(
    st.lists(
        st.builds(Told, st.builds(replace, st.just(EDIT), title=st.text(max_size=400)), st.just(SAID)), max_size=30
    ),
    st.integers(100, 10_000),
    st.text(min_size=1, max_size=100),
)
def test_no_message_is_longer_than_its_service_takes(told: list[Told], longest: int, name: str) -> None:
    text = message(replace(PARCEL, rules=(name,), told=tuple(told)), longest=longest)
    assert len(text.title) + len(text.body) <= min(longest, LONGEST)
    assert text.body
