"""A page's snapshots: in a list, whole, block by block; and its headlines."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from archive.models import EventKind, Role
from stet.web.api.models.record import (
    Address,
    Count,
    Digest,
    Extractor,
    Headline,
    PageTime,
    Record,
    Text,
    Time,
    Version,
)


class Contributor(Record):
    """Somebody who is named in a credit."""

    name: Annotated[str, Field(examples=["Ada Lin"])]
    """As the credit has it."""
    did: Annotated[str, Field(examples=["reporting", "editing", "translation"])] | None
    """What they did; null where it is not said."""


class Removed(Record):
    """A block that is kept, and is no part of the article's text."""

    text: Text
    """What it says."""
    role: Role
    """What it is."""
    reason: Annotated[str, Field(examples=["pattern: newsletter"])]
    """Why it was taken for that; may be empty."""


class Logged(Record):
    """One snapshot of a page in its list."""

    version: Version
    """Counts 1, 2, 3 … of the page's snapshots."""
    captured_at: Time
    """When the look was that first showed it."""
    title: Headline
    """Its headline."""
    fingerprint: Digest
    """Of what the article says: two snapshots of a page never have the same."""
    events: list[EventKind]
    """What happened with it."""
    words_added: Count
    """Words that came with it, in headline, text and notices; of the first version, all."""
    words_removed: Count
    """Words that went with it."""
    variant_of: Version | None
    """The version that it shares all but the headline with, where the page shows the two in turn."""


class Snapshot(Logged):
    """One snapshot of a page, whole."""

    url: Address
    """The page."""
    extractor: Extractor
    """Name and versions of what read the article."""
    settings_digest: Digest | None
    """Of the settings by which it was read; null where that was not noted."""
    authors: list[str]
    """Its authors, in order."""
    published: PageTime | None
    """When it was published, as precise as the article says."""
    modified: PageTime | None
    """When it was last modified, as precise as the article says."""
    language: Annotated[str, Field(examples=["en"])] | None
    """ISO 639-1, lower case; null where nobody knows."""
    text: Text
    """The article's blocks, a line each."""
    corrections: list[str]
    """Its correction notices."""
    credits: list[str]
    """Its credits, as they stand."""
    contributors: list[Contributor]
    """Who is named in the credits."""
    removed: list[Removed]
    """What stood around the text and is kept aside."""


class Block(Record):
    """One block of a snapshot, in page order."""

    role: Role
    """What it is."""
    is_text: bool
    """Whether it is part of the article's text."""
    text: Text
    """What it says."""
    reason: Annotated[str, Field(examples=["pattern: newsletter"])]
    """Why it was taken for that; may be empty."""


class Wording(Record):
    """A headline that the page showed in turn with another."""

    title: Headline
    """Its wording."""
    versions: list[Version]
    """The versions that have it."""
    first_seen_at: Time
    """When it was first seen."""
    last_seen_at: Time
    """When it was last seen."""


class StoodHeadline(Record):
    """A headline for as long as it stood: seen, that is; what was there between two looks, nobody knows."""

    title: Headline
    """Its wording."""
    versions: list[Version]
    """The versions that have it."""
    first_seen_at: Time
    """When it was first seen."""
    last_seen_at: Time
    """When it was last seen."""
    gone_by: Time | None
    """When another was first seen in its place; null for the last one seen."""
    variants: list[Wording]
    """The headlines that the page showed in turn with it."""
