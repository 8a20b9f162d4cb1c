"""Unified diff text is what patch understands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support.sheets import sheet_of

from archive.compare.versions.parts import Part
from archive.models import Article, Block, Role
from stet.render.unified import render_unified

STORY = Article(
    "Bridge to open", (), None, None, "en", tuple(Block(Role.BODY, f"Matter {name}.") for name in "abcdefghijkl")
)


def unified(before: Article, after: Article, **options: Any) -> str:
    return render_unified(sheet_of(before, after, **options))


def with_texts(*texts: str) -> Article:
    return replace(STORY, blocks=tuple(Block(Role.BODY, text) for text in texts))


def test_headline_byline_corrections_and_text() -> None:
    after = replace(
        STORY,
        title="Bridge opens",
        authors=("Ruth Ames",),
        blocks=(*STORY.blocks[:11], Block(Role.BODY, "Matter\x1b z."), Block(Role.CORRECTION, "Correction: z.")),
    )
    assert unified(STORY, after) == (
        "--- https://news.example/bridge\tv1 · 2026-03-01T09:00:00.000Z\n"
        "+++ https://news.example/bridge\tv2 · 2026-03-02T09:00:00.000Z\n"
        "@@ -1,4 +1,6 @@\n"
        "-Headline: Bridge to open\n"
        "+Headline: Bridge opens\n"
        "+Byline: Ruth Ames\n"
        "+Notice: Correction: z.\n"
        " Matter a.\n"
        " Matter b.\n"
        " Matter c.\n"
        "@@ -10,4 +12,4 @@\n"
        " Matter i.\n"
        " Matter j.\n"
        " Matter k.\n"
        "-Matter l.\n"
        "+Matter z.\n"
    )


def test_a_moved_sentence_goes_in_one_place_and_comes_in_another() -> None:
    after = replace(STORY, blocks=(STORY.blocks[11], *STORY.blocks[:11]))
    lines = unified(STORY, after).splitlines()
    assert lines[2:5] == ["@@ -1,3 +1,4 @@", "+Matter l.", " Matter a."]
    assert lines[-1] == "-Matter l."


def test_nothing_changed() -> None:
    assert unified(STORY, STORY) == ""


def test_a_part_alone_and_a_note_that_patch_passes_over() -> None:
    after = replace(STORY, title="Bridge opens", blocks=(*STORY.blocks[:11], Block(Role.BODY, "Matter z.")))
    note, *lines = unified(STORY, after, parts={Part.TEXT}, context=0).splitlines()
    assert note == "Not shown: headline, byline, corrections."
    assert lines[2:] == ["@@ -12 +12 @@", "-Matter l.", "+Matter z."]
    assert unified(STORY, after, parts={Part.BYLINE}) == ""


LINES = st.lists(
    st.sampled_from([*(f"Matter {name} is here." for name in "abcdefgh"), "No.", "Other talk."]), max_size=25
)


@given(LINES, LINES, st.sampled_from([{}, {"context": 0}, {"context": 2}, {"whole": True}]))
@settings(deadline=None)
def test_patching_the_old_gives_the_new(before: list[str], after: list[str], options: dict[str, Any]) -> None:
    assert patched(before, unified(with_texts(*before), with_texts(*after), **options)) == after


def patched(lines: list[str], patch: str) -> list[str]:
    """What patch(1) makes of the lines."""
    found: list[str] = []
    at = 0
    for line in patch.splitlines()[2:]:
        if head := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line):
            start = int(head[1]) - (head[2] != "0")
            found += lines[at:start]
            at = start
            assert int(head[3]) - (head[4] != "0") == len(found)
        elif line[0] == "+":
            found.append(line[1:])
        else:
            assert lines[at] == line[1:]
            at += 1
            if line[0] == " ":
                found.append(line[1:])
    return found + lines[at:]
