"""The parts of an article that a diff tells apart, and a diff of only some of them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.compare.versions.diff import count_all

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.compare.versions.actions import Diff


class Part(StrEnum):
    """What a diff can be narrowed to."""

    HEADLINE = "headline"
    BYLINE = "byline"
    TEXT = "text"
    CORRECTIONS = "corrections"


def without_headline(diff: Diff) -> Diff:
    """The diff of all else, for headlines of which a change is no edit."""
    return only(diff, [part for part in Part if part is not Part.HEADLINE])


def only(diff: Diff, parts: Collection[Part]) -> Diff:
    """The diff of these parts alone, as though the others were not there: no words of theirs count."""
    if set(parts) >= set(Part):
        return diff
    has_corrections = Part.CORRECTIONS in parts
    kept = replace(
        diff,
        title=diff.title if Part.HEADLINE in parts else None,
        authors=diff.authors if Part.BYLINE in parts else None,
        actions=diff.actions if Part.TEXT in parts else (),
        corrections_added=diff.corrections_added if has_corrections else (),
        corrections_removed=diff.corrections_removed if has_corrections else (),
    )
    removed, added = count_all(kept.title, kept.actions, kept.corrections_removed, kept.corrections_added)
    return replace(kept, words_added=added, words_removed=removed)
