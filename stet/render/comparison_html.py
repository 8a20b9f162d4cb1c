"""A comparison of two pages as HTML that stands alone: no script, no request, everything from the web escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stet.render.html import templates
from stet.render.side_by_side import VERDICTS, differences, facts, reasons, rows, seen_first

if TYPE_CHECKING:
    from archive.compare.outlets.comparison import Comparison
    from archive.precedence import SeenPage


def render_comparison_html(a: SeenPage, b: SeenPage, comparison: Comparison) -> str:
    """A whole page: who was seen first, what is told differently, the facts, and both texts side by side."""
    return templates().get_template("comparison_page.html").render(_told(a, b, comparison))


def render_comparison_fragment(a: SeenPage, b: SeenPage, comparison: Comparison) -> str:
    """The comparison alone, to be put into another page under its `h1`; it needs the CSS of `comparison_stylesheet()`.

    Which pages A and B are is told by the page around it.
    """
    return templates().get_template("comparison.html").render(_told(a, b, comparison))


def comparison_stylesheet() -> str:
    """The CSS of a comparison, beside `stet.render.html.paper()`."""
    return templates().get_template("comparison.css").render()


def _told(a: SeenPage, b: SeenPage, comparison: Comparison) -> dict[str, object]:
    return {
        "a": a,
        "b": b,
        "verdict": VERDICTS[comparison.verdict],
        "reasons": reasons(a, b, comparison),
        "seen_first": seen_first(a, b),
        "differences": differences(comparison),
        "facts": facts(comparison),
        "rows": list(rows(comparison)),
    }
