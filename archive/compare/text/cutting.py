"""Wordings cut to be quoted."""

from __future__ import annotations


def cut(text: str, longest: int) -> str:
    """The text, with an ellipsis for what goes beyond so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def cut_line(text: str, longest: int) -> str:
    """The same on one line."""
    return cut(" ".join(text.split()), longest)
