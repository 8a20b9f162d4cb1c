"""The pages that carry one story."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from archive.compare.outlets.verdict import Verdict
from stet.web.api.models.record import Address, Headline, PageTime, Part, Record, Source, State, Text, Time, Version


class Correction(Record):
    """A sentence that was corrected at a page."""

    version: Version
    """The version that the notice came with."""
    notices: list[str]
    """The notices that came with it."""
    seen_at: Time
    """When that version was first seen."""
    not_seen_at: Time | None
    """The look before, that did not show it; null where there was none."""
    before: Text
    """The sentence as it was."""
    after: Text | None
    """The sentence as it is; null where it was taken out."""


class Uncorrected(Correction):
    """A sentence that a page says as it was before its correction at another."""

    corrected_at: Address
    """The page where it was corrected."""
    sentence: Text
    """As it stands here."""
    likeness: Part
    """To the sentence that was corrected, from 0 to 1."""
    carried_seconds: Annotated[int, Field(ge=0, examples=[86400])] | None
    """For how long it was carried, in seconds, from when the correction was first seen until the page was last seen;
    null where it was not looked at since."""


class Copy(Record):
    """A page that carries the story; the first one is the page asked about."""

    url: Address
    """The page."""
    source: Source | None
    """Its source; null where it is of none."""
    version: Version
    """The version that was compared."""
    title: Headline
    """The headline of that version."""
    verdict: Verdict | None
    """What the two texts are to each other; null for the page asked about."""
    share: Part | None
    """Which part of its words stands in the page asked about too, from 0 to 1; null for that page."""
    taken: Part | None
    """Which part of the words of the page asked about it has, from 0 to 1; null for that page."""
    same_outlet: bool
    """Whether it is of the source or the host of the page asked about, or one has moved to the other."""
    first: bool
    """Whether no other page was seen with it earlier: that is when we looked, not who wrote it."""
    first_version: Version
    """The version with which it was first seen with most of what is shared."""
    first_seen_at: Time
    """When that version was first seen."""
    not_seen_at: Time | None
    """The look before, that did not show it; null where there was none."""
    published: PageTime | None
    """When it was published, as the article says."""
    state: State
    """How the page stood when last looked at."""
    stands: bool
    """Whether the version that was compared is what stands there, as far as is known."""
    last_seen_at: Time | None
    """When the version that stands there was last seen; null where it was never looked at again."""
    corrections: list[Correction]
    """What was corrected at the page."""
    uncorrected: list[Uncorrected]
    """What it says that was corrected at another of these pages."""
