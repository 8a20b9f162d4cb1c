"""Which events a rule lets through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.receiver import SECRET

from archive.models import EventKind
from archive.stream import Change
from archive.wording import Edited, Wording
from stet.notify.rules import Rule
from stet.notify.settings import RuleSettings

CORRECTION = Change(
    id=1,
    observed_at="2026-01-01T12:00:00.000Z",
    source="Example Daily",
    url="https://news.example/a",
    kind="correction_added",
    version=2,
    title="Wind farm approved",
    weight=1.0,
    variant_of=None,
    details={"corrections": ["An earlier version named the wrong mayor."], "before": [], "after": ["…"]},
    capture_id=1,
)
SAID = Wording(
    "The council met in Müllheim.\n議会は風力発電所を承認した。", (Edited("There are 12 turbines.", None, 0.7),)
)


def rule(**settings: Any) -> Rule:
    webhook = {"url": "https://hooks.example/", "secrets": [SECRET]}
    return Rule(RuleSettings.model_validate({"name": "r", "webhooks": [webhook], **settings}))


def wants(change: Change, **settings: Any) -> bool:
    return rule(**settings).wants(change, lambda: SAID)


def test_all_conditions_must_hold() -> None:
    fits: dict[str, Any] = {
        "sources": ["Example Daily"],
        "kinds": ["correction_added"],
        "min_weight": 1,
        "words": ["mayor"],
    }
    assert wants(CORRECTION, **fits)
    for name, other in {"sources": ["Other"], "kinds": ["gone"], "words": ["dog"]}.items():
        assert not wants(CORRECTION, **{**fits, name: other}), name
    assert not wants(replace(CORRECTION, weight=0.9), **fits)


def test_without_conditions_it_is_what_publishers_do_that_matters() -> None:
    assert wants(CORRECTION)
    assert not wants(replace(CORRECTION, weight=0.4))
    assert not wants(replace(CORRECTION, kind="reextracted"))
    assert not wants(replace(CORRECTION, kind="reextracted"), min_weight=0)
    assert not wants(replace(CORRECTION, kind="headline_changed", variant_of=1))


@pytest.mark.parametrize("kind", EventKind)
def test_a_kind_that_is_asked_for_is_told_whatever_it_weighs(kind: EventKind) -> None:
    asked = replace(CORRECTION, kind=kind.value, weight=0.0, variant_of=1)
    assert wants(asked, kinds=[kind.value])
    assert not wants(asked, kinds=[kind.value], min_weight=0.1)


@pytest.mark.parametrize(
    "word",
    [
        *("wind farm", "WIND  FARM", "mayor", "müllheim", "Mu\u0308llheim", "turbines", "turbin*", "12"),
        *("風力", "承認"),
    ],
)
def test_a_word_is_found_in_headline_notice_text_and_what_went(word: str) -> None:
    assert wants(CORRECTION, words=["nowhere", word])


@pytest.mark.parametrize("word", ["farms", "turbin", "win", "ind", "1", "mayor named", "Müllheimer"])
def test_a_part_of_a_word_is_another_word(word: str) -> None:
    assert not wants(CORRECTION, words=[word])


@given(st.text(min_size=1, max_size=30).filter(lambda text: any(map(str.isalnum, text))), st.text(max_size=50))
def test_words_are_no_expressions(word: str, text: str) -> None:
    """Whatever is asked for is found where it stands alone, and nothing but it."""
    try:
        asked = rule(words=[word])
    except ValueError:
        return
    there = replace(CORRECTION, title="", details={})
    assert asked.wants(there, lambda: Wording(f"{text} . {word.rstrip('*')} . {text}"))
    assert not asked.wants(there, Wording)


def test_looking_for_words_is_bounded() -> None:
    hostile = Wording("wind " * 1_000_000)
    assert not rule(words=["wind farm", "wind wind storm*"]).wants(replace(CORRECTION, title=""), lambda: hostile)
