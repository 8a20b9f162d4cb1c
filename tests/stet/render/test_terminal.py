"""The terminal shows each kind of change, with colour and without, and is not steered by what it shows."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from support.sheets import sheet_of, version

from archive.between import Between, Recorded
from archive.compare.versions.parts import Part
from archive.compare.weights.unmarked import Unmarked
from archive.models import Article, Block, Role
from stet.render.sheet import lay_out, notes, observation
from stet.render.terminal import render_terminal

BEFORE = Article(
    "Bridge to open in June",
    ("Ruth Ames",),
    None,
    None,
    "en",
    (
        Block(Role.BODY, "The bridge will open in June. It cost 12 million euros. Nobody objected to it at all."),
        Block(Role.BODY, "Crowds are expected. Police will be there. Trams run late. Shops stay open."),
        Block(Role.BODY, "The old bridge closed in 2019. It had stood for a century."),
        Block(Role.CORRECTION, "Correction: the mayor is called Lund."),
    ),
)
AFTER = replace(
    BEFORE,
    title="Bridge to open in July",
    authors=("Ruth Ames", "Jaime Soto"),
    blocks=(
        Block(Role.BODY, "It had stood for a century. The bridge will open in July. It cost 12 million euros."),
        Block(Role.BODY, "Crowds are expected. Police will be there. Trams run late. Shops stay open."),
        Block(Role.BODY, "The old bridge closed in 2019. Fishermen protested on Monday."),
        Block(Role.CORRECTION, "Correction: the bridge opens in July."),
    ),
)


def _blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(Role.BODY, text) for text in texts)


CHEAP = replace(BEFORE, blocks=_blocks("The bridge cost 12 million euros."))
DEAR = replace(BEFORE, blocks=_blocks("The bridge cost 21 million euros."))


def printed(
    before: Article,
    after: Article,
    *,
    options: dict[str, Any] | None = None,
    colour: bool = False,
    width: int = 80,
    **settings: bool,
) -> str:
    """What is printed of two articles, laid out with `options`."""
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None, **settings
    )
    console.print(render_terminal(sheet_of(before, after, **(options or {}))))
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def test_without_colour_brackets_say_what_went_and_came() -> None:
    assert (
        printed(BEFORE, AFTER)
        == """\
https://news.example/bridge
v1 · 2026-03-01T09:00:00.000Z → v2 · 2026-03-02T09:00:00.000Z

Headline
 ~ Bridge to open in[- June-]{+ July+}
   · date: June → July

Byline
 ~ Ruth Ames{+, Jaime Soto+}
   · name added: Jaime Soto

Corrections
 - Correction: the mayor is called Lund.
   · name removed: Lund
 + Correction: the bridge opens in July.
   · date added: July

Text
 > (moved from sentence 9 to 1) It had stood for a century.
 ~ The bridge will open in[- June-]{+ July+}.
   · date: June → July
   It cost 12 million euros.
 - Nobody objected to it at all.
   · hedge removed: Nobody
   Crowds are expected.
   … 3 sentences unchanged
   The old bridge closed in 2019.
 + Fishermen protested on Monday.
   · date added: Monday

12 words added, 14 words removed"""
    )


def test_with_colour_what_went_is_struck_red_and_what_came_green() -> None:
    shown = printed(BEFORE, AFTER, colour=True)
    assert "\x1b[9;31m June\x1b[0m\x1b[32m July\x1b[0m" in shown
    assert "\x1b[9;31mNobody objected to it at all.\x1b[0m" in shown
    assert "[-" not in shown


def test_no_color_brings_the_brackets_back() -> None:
    assert "[- June-]{+ July+}" in printed(BEFORE, AFTER, colour=True, no_color=True)


def test_nothing_changed() -> None:
    assert printed(BEFORE, BEFORE).endswith("Nothing changed.")
    alone = printed(BEFORE, replace(BEFORE, title="Bridge to open"), options={"parts": {Part.BYLINE}})
    assert alone.endswith("Nothing changed in the byline.")
    apart = printed(BEFORE, BEFORE, options={"parts": {Part.BYLINE, Part.TEXT, Part.CORRECTIONS}})
    assert apart.endswith("Nothing changed in the byline, the text and the corrections.")


def test_a_headline_has_the_names_of_its_article_for_its_reason() -> None:
    named = replace(BEFORE, title="Talks On Steel With Lopez Failed", blocks=_blocks("Lopez met Smith.", "It ended."))
    text = printed(named, replace(named, title="Talks On Steel With Smith Failed"))
    assert "   · name: Lopez → Smith\n" in text


def test_headlines_shown_in_turn_are_left_out_and_that_is_said() -> None:
    text = printed(CHEAP, replace(DEAR, title="A bridge, at last"), options={"known": Between(in_turn=True)}, width=400)
    assert f"The page shows the headlines “{BEFORE.title}” and “A bridge, at last” in turn" in text
    assert "Headline\n" not in text
    assert "Observed: the number 12 million euros became 21 million euros; no correction" in text
    assert text.endswith("\n1 word added, 1 word removed")


def test_a_diff_that_runs_backwards_observes_nothing() -> None:
    sheet = lay_out(version(3, DEAR), version(1, CHEAP))
    assert sheet.unmarked == Unmarked(0.0, ("shown backwards: version 1 was seen before version 3",))
    assert notes(sheet) == ("Shown backwards: version 1 was seen before version 3.",)
    assert observation(sheet) == ""


def test_an_observation_of_more_than_is_shown_says_so() -> None:
    sheet = lay_out(version(1, CHEAP), version(2, DEAR), parts={Part.BYLINE})
    assert observation(sheet).startswith(
        "Observed of the whole edit: the number 12 million euros became 21 million euros; "
    )


def test_what_was_kept_of_an_edit_when_it_was_seen_is_what_is_told_of_it() -> None:
    evidence = ("the sum 12 became 21", "1 word was added", "no correction or update notice was added")
    kept = Recorded(0.7, ("number",), 0.6, evidence)
    sheet = lay_out(version(1, CHEAP), version(2, DEAR), Between(recorded=kept))
    assert (sheet.weight, sheet.kinds, sheet.unmarked.score) == (0.7, ("number",), 0.6)
    assert sheet.unmarked.evidence == evidence
    told = "Observed: the sum 12 became 21; no correction or update notice was added. Unmarked: 0.6 of 1."
    assert observation(sheet) == told


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (
            {"context": 0},
            ["~ The bridge will", "… 1 sentence unchanged", "- Nobody", "… 5 sentences unchanged", "+ Fish"],
        ),
        ({"context": 2}, ["It cost", "- Nobody", "Crowds", "Police", "Trams", "Shops", "The old", "+ Fish"]),
        ({"whole": True}, ["It cost", "- Nobody", "Crowds", "Police", "Trams", "Shops", "The old", "+ Fish"]),
    ],
)
def test_as_much_stands_around_a_change_as_was_asked_for(options: dict[str, Any], shown: list[str]) -> None:
    text = printed(BEFORE, AFTER, options=options)
    places = [text.find(words) for words in shown]
    assert -1 not in places
    assert places == sorted(places)
    assert ("unchanged" in text) == ("unchanged" in "".join(shown))


def test_a_part_alone_is_shown_and_counted_and_the_rest_is_said_to_be_left_out() -> None:
    text = printed(BEFORE, AFTER, options={"parts": {Part.HEADLINE, Part.CORRECTIONS}})
    assert "Not shown: byline, text." in text
    assert "Bridge to open in[- June-]{+ July+}" in text
    assert "Ruth Ames" not in text
    assert "Nobody objected" not in text
    assert text.endswith("\n7 words added, 7 words removed")


def test_a_sentence_that_became_two_and_two_that_became_one_are_said_to_be_that() -> None:
    one = "The old bridge closed in 2019, and the ferry has carried people over the harbour since then."
    two = "The old bridge closed in 2019. The ferry has carried people over the harbour since then."
    short, long = (replace(BEFORE, blocks=(Block(Role.BODY, text),)) for text in (one, two))
    assert "~ (split into 2 sentences) The old bridge closed in 2019" in printed(short, long)
    assert "~ (merged from 2 sentences) The old bridge closed in 2019" in printed(long, short)


def test_what_was_observed_of_an_edit_that_nothing_marks_is_said_as_what_was_seen() -> None:
    silent = replace(BEFORE, blocks=(Block(Role.BODY, "The bridge cost 12 million euros."),))
    after = replace(silent, blocks=(Block(Role.BODY, "The bridge cost 21 million euros."),))
    assert "Observed: " in printed(silent, after)
    assert "no correction or update notice was added" in printed(silent, after, width=400)
    notice = Block(Role.CORRECTION, "Correction: an earlier version gave another price.")
    assert "Observed" not in printed(silent, replace(after, blocks=(*after.blocks, notice)))


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"reextracts": 1}, "Version 2 reads otherwise than version 1 because extraction does"),
        ({"variant_of": 1}, "Versions 1 and 2 are variants: the page shows their headlines in turn."),
    ],
)
def test_what_is_no_edit_is_said_to_be_none(known: dict[str, int], words: str) -> None:
    sheet = lay_out(version(1, BEFORE), version(2, AFTER, **known))
    told = Console(file=io.StringIO(), width=200)
    told.print(render_terminal(sheet))
    assert isinstance(told.file, io.StringIO)
    assert words in told.file.getvalue()
    assert "Observed" not in told.file.getvalue()
    assert sheet.unmarked.score == 0
    assert words not in printed(BEFORE, AFTER, width=200)


def test_where_extraction_changed_between_two_versions_some_may_be_that() -> None:
    assert "At version 2 extraction came to read the page otherwise" in printed(
        BEFORE, AFTER, options={"known": Between(readings=(2,))}, width=200
    )


def test_long_sentences_are_wrapped_beside_their_sign() -> None:
    long = replace(BEFORE, blocks=(*BEFORE.blocks, Block(Role.BODY, "word " * 40)))
    lines = printed(BEFORE, long, width=40).splitlines()
    assert " + word word word word word word word" in lines
    assert all(len(line) <= 40 for line in lines)


def test_markup_of_ours_in_their_text_is_just_text() -> None:
    assert "[red]x[/] :smile:" in printed(BEFORE, replace(BEFORE, title="[red]x[/] :smile:"))


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x07\x08\x9b\u202e\x00\r\ud800"))), st.booleans())
@settings(deadline=None)
def test_no_control_character_reaches_the_terminal(hostile: str, colour: bool) -> None:
    after = Article(
        hostile, (hostile,), None, None, None, (Block(Role.BODY, f"Said: {hostile}"), Block(Role.CORRECTION, hostile))
    )
    before = replace(after, blocks=(Block(Role.BODY, f"Said: {hostile} x"), Block(Role.CORRECTION, f"{hostile} y")))
    shown = printed(before, after, colour=colour)
    shown.encode()
    ours = shown.replace("\x1b[", "") if colour else shown
    assert not [
        char for char in ours if (char < " " and char != "\n") or "\x7f" <= char < "\xa0" or char in "\u202e\u2066"
    ]
