"""The plain, frozen data that travels between the rooms. Imports only the standard library."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Role(StrEnum):
    """What one block of an article is."""

    BODY = "body"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    TABLE = "table"
    EMBED = "embed"
    """A post of a social network, set into the text."""
    CAPTION = "caption"
    POST = "post"
    """The line that opens a post of a live blog: its time."""
    CORRECTION = "correction"
    CREDIT = "credit"
    BIO = "bio"
    PROMO = "promo"
    FURNITURE = "furniture"


TEXT_ROLES = frozenset({Role.BODY, Role.STANDFIRST, Role.HEADING, Role.QUOTE, Role.LIST, Role.TABLE, Role.EMBED})
"""The roles whose blocks are the article's text, unless its source's settings say otherwise."""


SUBSCRIBE = "subscribe to continue"
"""What the reason of a block says that asks to subscribe or register before the rest can be read."""


class Outcome(StrEnum):
    """What became of one fetch."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    MOVED = "moved"
    PAYWALLED = "paywalled"
    BLOCKED = "blocked"
    NOT_ARTICLE = "not_article"
    REFUSED = "refused"
    ERROR = "error"


class EventKind(StrEnum):
    """A dated fact about a page."""

    FIRST_SEEN = "first_seen"
    HEADLINE_CHANGED = "headline_changed"
    TEXT_CHANGED = "text_changed"
    BYLINE_CHANGED = "byline_changed"
    DATES_CHANGED = "dates_changed"
    CORRECTION_ADDED = "correction_added"
    CORRECTION_REMOVED = "correction_removed"
    MOVED = "moved"
    GONE = "gone"
    RETURNED = "returned"
    PAYWALLED = "paywalled"
    UNPAYWALLED = "unpaywalled"
    """Readable again after it was behind a paywall."""
    REEXTRACTED = "reextracted"
    """The article reads otherwise because we do, not because its publisher wrote otherwise."""


class FailureKind(StrEnum):
    """Why a capture brought nothing to read."""

    REFUSED = "refused"
    """robots.txt or the address guard said no; nothing was fetched."""
    HELD = "held"
    """The host asked for a pause (Retry-After); nothing was fetched."""
    FAILED = "failed"
    """No answer that could be used: no such host, refused, time-out, broken, too large."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no usable answer, in one line a person can act on."""

    kind: FailureKind
    message: str
    retry_after: float | None = None
    """Seconds for which the host wants to be left alone, where it said so."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop: `url` answered with `status` and sent us on."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange for a page."""

    url: str
    """The URL that was asked for."""
    fetched_at: datetime
    """When the answer was complete, UTC."""
    final_url: str
    """The URL that answered, after redirects."""
    status: int | None
    """HTTP status; None where there was no exchange."""
    headers: tuple[tuple[str, str], ...] = ()
    """Response headers in order, names in lower case."""
    body: bytes = b""
    """The body after content decoding."""
    redirects: tuple[Redirect, ...] = ()
    failure: Failure | None = None
    download_seconds: float | None = field(default=None, compare=False)
    """Until the answer began, the last one's after redirects; None where nothing answered."""

    def header(self, name: str) -> str | None:
        """The first header of that lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-level piece of an article, with its role and the reason for it."""

    role: Role
    text: str
    reason: str = ""


def line_digest(text: str) -> int:
    """What a line is counted under where a source repeats it: 64 bits, signed, as SQLite's integers are.

    Case, figures and what is no letter do not count, so that "12 comments" is "3 Comments".
    """
    words = " ".join(_LETTERS.findall(text.casefold()))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Article:
    """What extraction reads from one capture."""

    title: str
    authors: tuple[str, ...]
    published: str | None
    """ISO 8601, as precise as the page says."""
    modified: str | None
    """ISO 8601, as precise as the page says."""
    language: str | None
    """ISO 639-1, lower case."""
    blocks: tuple[Block, ...]
    canonical: str | None = None
    """What the page's rel=canonical says, absolute; whether to believe it is another question."""
    paywalled: bool = False
    """Only a teaser is here: the page says that the rest is for subscribers."""
    text_roles: frozenset[Role] = TEXT_ROLES
    """The roles whose blocks are its text."""
    place: str | None = None
    """Where on the page its text was found, for the next reading to look there first."""

    @property
    def text(self) -> str:
        """The text blocks joined by newlines: nothing that only stands around it."""
        return "\n".join(block.text for block in self.blocks if block.role in self.text_roles)

    def texts(self, role: Role) -> tuple[str, ...]:
        """The texts of the blocks of one role, in order."""
        return tuple(block.text for block in self.blocks if block.role is role)

    @property
    def corrections(self) -> tuple[str, ...]:
        return self.texts(Role.CORRECTION)

    @property
    def credits(self) -> tuple[str, ...]:
        return self.texts(Role.CREDIT)

    @property
    def asks_to_subscribe(self) -> bool:
        """Whether a prompt to subscribe or register before reading on stands in it or around it."""
        return any(SUBSCRIBE in block.reason for block in self.blocks)

    @property
    def removed(self) -> tuple[Block, ...]:
        """The blocks kept aside: neither text, nor correction, nor credit."""
        kept = self.text_roles | {Role.CORRECTION, Role.CREDIT}
        return tuple(block for block in self.blocks if block.role not in kept)


@dataclass(frozen=True, slots=True)
class Memory:
    """What the archive knows of a page, and of its source, that helps to read the page again."""

    body_digest: str | None = None
    """SHA-256 of the body last read as the page's article."""
    place: str | None = None
    """Where on the page the article was found then."""
    boilerplate: frozenset[int] = frozenset()
    """Digests of the lines that the page's source repeats from article to article."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which page a URL names: `key` is unique per page, `url` is the one to fetch and to show."""

    key: str
    url: str


@dataclass(frozen=True, slots=True)
class Home:
    """The identity that a permanent redirect or a believed rel=canonical gives a page."""

    identity: Identity
    by_redirect: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What one capture turned out to be: the crawler's verdict, before the archive compares it.

    `outcome` is `new` where there is an article to record, `unchanged` for a 304 or the very same body,
    otherwise the reason there is none.
    """

    outcome: Outcome
    article: Article | None = None
    detail: str = ""
    """One line of why, for outcomes that need one."""
    extractor: str = ""
    """Name and versions of what extracted the article."""
    home: Home | None = None
    """Where the page lives now, where that is not the identity it was asked under."""
    settings_digest: str | None = None
    """Of the settings by which the article was read."""
    replay: Replay | None = None
    """What stands at the page, read again; None where it was not asked for."""
    extraction_seconds: float | None = field(default=None, compare=False)
    """The wait for a worker included; None where nothing was extracted."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The stored body of one version, read again by today's extraction."""

    page_id: int
    version: int
    finding: Finding
    """Without an article where the body is not kept, or is none for today's extraction; its detail says why."""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact about a page. `details` holds what was before and after, JSON-ready."""

    kind: EventKind
    details: Mapping[str, object]
    weight: float | None = None
    """From 0 to 1; None where every event of its kind weighs the same."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A stored state of an article."""

    url: str
    version: int
    captured_at: str
    """ISO 8601 UTC."""
    fingerprint: str
    article: Article
    events: tuple[str, ...]
    words_added: int
    words_removed: int
    chain: str
    """Digest over the previous snapshot's chain and this one's content."""
    extractor: str = ""
    """Name and versions of what read the article."""
    settings_digest: str | None = None
    """Of the settings by which it was read; None where that was not noted yet."""
    reextracts: int | None = None
    """The version that stood before, where this one reads otherwise because we do."""
    variant_of: int | None = None
    """The version that it shares all but the headline with, where a site shows the two in turn."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page that discovery came across."""

    url: str
    via: str
    """The feed, sitemap or section page that named it."""
    title: str | None = None
    published: str | None = None
    modified: str | None = None
