"""Lines made to hang whatever reads them."""

from __future__ import annotations

LONG = 100_000

UNITS = (
    *(" ", "\t", "\n", "\n ", "a", "A", "é", "1", "-", ".", ",", "'", '"', "“", "(", "[", "{", "<", "/", "&", "|", "_"),
    *("@", ":", ";", "…", "a ", "Aa ", "1 ", "1.", "a.", "a@", "- ", ", ", " | ", " - ", "-a", "_a", "//", "]", "},"),
    *("<a", "<br ", "</p", "&#0", "&#x0"),
    *("By ", "and ", " on ", "-accessib", "_accessib", "clip : ", "opens ", "\ue000"),
)
"""What a hostile line repeats."""


def lines(length: int) -> list[str]:
    """Lines of `length` characters that begin, go on and end in ways that fail late."""
    return [
        (before + unit * length)[: length - len(after)] + after
        for unit in UNITS
        for before, after in (("", ""), ("", "\x01"), ("<!-- Aa, @1.", "b"))
    ]
