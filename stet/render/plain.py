"""Text from the web made harmless to show: nothing in it steers a terminal or reorders what is read."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """One line without controls, escape sequences, bidi overrides and lone surrogates."""
    return " ".join(_STEERING.sub("", text).split())


def plain_piece(text: str) -> str:
    """The same for a part of a line, whose spaces at either end are kept."""
    return _WHITE_SPACE.sub(" ", _STEERING.sub("", text))


def piece(text: str) -> tuple[str, str]:
    """The space before a run of words, and the words: a line through that space would look like one more word."""
    shown = plain_piece(text)
    words = shown.lstrip()
    return (shown[: -len(words)], words) if words else ("", shown)


# C0 and C1 controls but for white space, bidi embeddings, overrides and isolates (CVE-2021-42574), byte-order
# mark, interlinear annotation, tags.
_STEERING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_WHITE_SPACE = re.compile(r"\s+")
