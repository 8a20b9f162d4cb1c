"""Acronyms that a machine's rewording tore apart (`U. s.`, `US. S.`, `U.S. S.`), put together again."""

from __future__ import annotations

import re


def mended(text: str) -> str:
    """The text, in normal form, with each acronym as its letters: `U.S.` and `U. s.` are both `US`."""
    return _DOTTED.sub(_letters, _TORN.sub(_letters, text))


def ends_torn(text: str) -> bool:
    """Whether the text ends in an acronym torn apart, so that what follows is likely the same sentence."""
    return _TORN_AT_END.search(text[-_LOOK_BACK:]) is not None


_HEAD = r"(?<![\w.])(?P<head>(?:[A-Z]\.){1,5}|[A-Z]{2,5}\.)"
_REST = r"(?P<rest>(?: [A-Za-z]\.(?!\w))+)"
_TORN = re.compile(rf"{_HEAD}{_REST}")
_TORN_AT_END = re.compile(rf"{_HEAD}{_REST}$")
_DOTTED = re.compile(r"(?<![\w.])(?P<head>(?:[A-Z]\.){2,6})(?P<rest>)(?!\w)")
_LOOK_BACK = 40


def _letters(found: re.Match[str]) -> str:
    """The acronym's letters, those dropped that the tearing doubled."""
    head = found["head"].replace(".", "")
    rest = re.sub(r"[. ]", "", found["rest"]).upper()
    letters = head if len(head) > 1 and set(rest) <= {*head, "S"} else head + rest
    return re.sub(r"(.)\1+$", r"\1", letters)
