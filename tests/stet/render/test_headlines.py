"""The headlines of a page, for people."""

from __future__ import annotations

import io

from rich.console import Console

from archive.headlines import Headline, Wording
from stet.render.headlines import render_headlines

TEN, ELEVEN, NOON = (f"2026-03-01T{hour}:00:00.000Z" for hour in (10, 11, 12))


def printed(*headlines: Headline) -> list[str]:
    console = Console(file=io.StringIO(), width=100, color_system=None)
    console.print(render_headlines(headlines))
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_each_headline_stands_beside_the_one_before_it_newest_first() -> None:
    old = Headline((Wording("Dam holds", (1, 2, 3, 5), TEN, ELEVEN),), TEN, ELEVEN, NOON)
    new = Headline((Wording("Dam breaks", (6,), NOON, NOON),), NOON, NOON, None)
    assert printed(old, new) == [
        "",
        "v6  seen 2026-03-01 12:00Z",
        "  Dam[- holds-]{+ breaks+}",
        "",
        "v1-v3, v5  seen 2026-03-01 10:00Z to 2026-03-01 11:00Z, another by 2026-03-01 12:00Z",
        "  Dam holds",
    ]


def test_variants_stand_under_the_headline_that_they_were_shown_in_turn_with() -> None:
    own, other = Wording("Dam holds", (1,), TEN, NOON), Wording("Dam stands", (2,), ELEVEN, ELEVEN)
    assert printed(Headline((own, other), TEN, NOON, None)) == [
        "",
        "v1  seen 2026-03-01 10:00Z to 2026-03-01 12:00Z",
        "  Dam holds",
        "  in turn with v2, seen 2026-03-01 11:00Z",
        "  Dam[- holds-]{+ stands+}",
    ]


def test_a_headline_steers_no_terminal() -> None:
    hostile = Headline((Wording("\x1b[31m Dam \u202eholds [red]x[/]", (1,), TEN, TEN),), TEN, TEN, None)
    assert printed(hostile)[-1] == "  [31m Dam holds [red]x[/]"
