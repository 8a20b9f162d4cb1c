"""The terminal shows each kind of change, with colour and without, and is not steered by what it shows."""

from __future__ import annotations

import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from archive.compare.diff import diff
from archive.models import Article, Block, Role
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


def printed(before: Article, after: Article, *, colour: bool = False, width: int = 80, **settings: bool) -> str:
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None, **settings
    )
    console.print(
        render_terminal(diff(before, after), url="https://news.example/bridge", before="v1 · then", after="v2 · now")
    )
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def test_without_colour_brackets_say_what_went_and_came() -> None:
    assert (
        printed(BEFORE, AFTER)
        == """\
https://news.example/bridge
v1 · then → v2 · now

Headline
 Bridge to open in[- June-]{+ July+}

Byline
 Ruth Ames{+, Jaime Soto+}

Corrections
 - Correction: the mayor is called Lund.
 + Correction: the bridge opens in July.

Text
 > (moved from sentence 9 to 1) It had stood for a century.
 ~ The bridge will open in[- June-]{+ July+}.
   It cost 12 million euros.
 - Nobody objected to it at all.
   Crowds are expected.
   … 3 sentences unchanged
   The old bridge closed in 2019.
 + Fishermen protested on Monday.

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
