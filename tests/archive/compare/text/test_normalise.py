"""What a reader cannot tell apart is the same text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.text.normalise import normalise

TRICKY = st.text(
    st.one_of(
        st.sampled_from(
            "ae \n\t\u00a0\u2028\u200b\u00ad\u0301\u0308\u202e\x00\x1c\ud800“”‘’`´«»–—-‐−….。！\"')」\u1fef\u1ffd"
        ),
        st.characters(),
    )
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It’s over,” he said.", '"It\'s over," he said.'),
        ("„Nein“, sagte sie.", "“Nein”, sagte sie."),
        ("a line\n  broken\u00a0here ", "a line broken here"),
        ("cafe\u0301", "café"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202eright to left\u202c", "right to left"),
        ("NUL\x00 here", "NUL here"),
        ("e\u200b\u0301", "é"),
        ("1990—1995", "1990–1995"),
        ("non\u2011breaking", "non-breaking"),
        ("and so on…", "and so on..."),
        ("`quoted`", "'quoted'"),
        ("天气很好。 我们走。", "天气很好。我们走。"),
    ],
)
def test_typography_makes_no_difference(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"), [("5 million", "6 million"), ("It is", "it is"), ("a b", "ab"), ("pre-war", "prewar")]
)
def test_what_a_reader_sees_does(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(TRICKY)
@settings(deadline=None)
def test_it_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(TRICKY, TRICKY)
@settings(deadline=None)
def test_the_whole_follows_from_the_parts(one: str, other: str) -> None:
    assert normalise(f"{one} {other}") == normalise(f"{normalise(one)} {normalise(other)}")


@given(TRICKY)
@settings(deadline=None)
def test_the_result_can_be_written_down(text: str) -> None:
    plain = normalise(text)
    assert plain.encode().decode() == plain
    assert plain == plain.strip()
    assert "\n" not in plain
    assert "\x00" not in plain
