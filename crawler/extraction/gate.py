"""The quality gate: what stands in an article's place, told apart from articles before anything is kept.

Each judge looks at one page and returns its verdict with the evidence, or None; `judge` says in which order they are
asked. In doubt a page is an article: a page that calls itself one, or is dated, is only ever refused where next to
none of it is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from archive.models import SUBSCRIBE, TEXT_ROLES, Outcome
from crawler.extraction import consent, patterns, roles, shells, truncation
from crawler.extraction.errors import NotAnArticle
from crawler.extraction.patterns import signs
from crawler.identity.kind import is_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archive.models import Block
    from crawler.extraction.metadata import Metadata
    from crawler.extraction.page import Piece

SHORT = 250
"""Characters of prose for each two linked headings below which a page is a list of headlines."""

LINKED = 0.7
"""The share of links from which a text is navigation."""

PROSE = 80
"""Characters from which a paragraph is running text and no teaser's line."""

LISTED = 8
"""Linked headings from which a page is a section."""

WALL_WORDS = 120
"""Words of prose from which a page is never taken for a wall or an error page by its wording or its scripts."""

SHELL_WORDS = 20
"""Words of text below which a page whose text comes by script shows nothing of it; a news flash has more."""

FIRST_LINES = 3
"""Lines of text that are looked at, or of the page where it has no text."""

TEASER = 600
TEASER_WITH_PROMPT = 2_500
"""Characters up to which the text of a page that is not free is a teaser: without, and with, a prompt to subscribe."""

_BROKEN_OFF = re.compile(r"(?:…|\.\.\.|[\w,;:–-])[\"'”’»)\]]*\Z")
_WALLS: dict[patterns.WallKind, tuple[Outcome, str]] = {
    "bot check": (Outcome.BLOCKED, "a bot check, not an article"),
    "consent wall": (Outcome.BLOCKED, "a consent wall, not an article"),
    "error page": (Outcome.NOT_ARTICLE, "an error page sent with status 200"),
}
_PROMPTS = (SUBSCRIBE, "registration prompt")
"""How the reasons of blocks end, as the pattern files give them, that a teaser breaks off at."""
_OWN_PAGES = {
    "AboutPage": "a page about the site",
    "ContactPage": "a page about the site",
    "ProfilePage": "a person's page",
    "og:profile": "a person's page",
}
_VIDEO_FOLDER = re.compile(r"//[^/]{1,300}/(?:[\w-]{1,40}/){0,3}(?:videos?|mediathek)/", re.IGNORECASE)
_VIDEOS = frozenset({"VideoObject", "og:video", "og:video.other", "og:video.movie", "og:video.episode"})


@dataclass(frozen=True)
class Sight:
    """One page, as its judges see it."""

    url: str
    source: str
    """The page's markup as it came."""
    about: Metadata
    found: Sequence[Piece] = ()
    chosen: set[int] = field(default_factory=set)
    """The indexes of the pieces that are its text."""
    blocks: Sequence[Block] = ()

    @cached_property
    def text(self) -> list[str]:
        """The lines of its text."""
        return [block.text for block in self.blocks if block.role in TEXT_ROLES]

    @cached_property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.text)

    @cached_property
    def prose_words(self) -> int:
        """Words of its text that stand in no heading and no link: an error page recommends stories by the dozen."""
        pieces = (self.found[i] for i in self.chosen)
        return sum(
            len(piece.plain.split()) for piece in pieces if piece.kind != "head" and piece.linked < roles.MOSTLY_LINKED
        )

    @property
    def is_marked(self) -> bool:
        """Whether the page calls itself an article, or is dated as only articles are."""
        return self.about.is_article or self.about.says_published


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is that is no article."""

    outcome: Outcome
    evidence: str


def refuse(sight: Sight) -> None:
    """Raises NotAnArticle, with the evidence, where the page is no article."""
    verdict = judge(sight)
    if verdict is not None:
        raise NotAnArticle(verdict.evidence, verdict.outcome)


def judge(sight: Sight) -> Verdict | None:
    """The first verdict there is on the page; None of an article."""
    judges: tuple[Callable[[Sight], Verdict | None], ...] = (
        cut_off,
        challenge,
        wall,
        consent_wall,
        app_shell,
        own_page,
        navigation,
        section_index,
    )
    return next((verdict for ask in judges if (verdict := ask(sight)) is not None), None)


def is_teaser(blocks: Sequence[Block], *, says_paid: bool) -> bool:
    """Whether only the beginning of the article is here, and the rest for subscribers.

    Of a page that says so of itself a short text is enough; of another it must break off right before a prompt.
    """
    length = sum(len(block.text) for block in blocks if block.role in TEXT_ROLES)
    if says_paid:
        asks = any(SUBSCRIBE in block.reason for block in blocks)
        return length < (TEASER_WITH_PROMPT if asks else TEASER)
    return length < TEASER and _breaks_off_at_prompt(blocks)


def cut_off(sight: Sight) -> Verdict | None:
    """A download that ended before the page did."""
    sign = truncation.sign(sight.source, sight.text)
    return None if sign is None else Verdict(Outcome.ERROR, f"the download is cut off: {sign}")


def challenge(sight: Sight) -> Verdict | None:
    """A bot check, known by its scripts, frames and forms."""
    if sight.is_marked or sight.prose_words >= WALL_WORDS:
        return None
    sign = signs.challenge(sight.source)
    return None if sign is None else Verdict(Outcome.BLOCKED, f"a bot check, not an article: {sign}")


def wall(sight: Sight) -> Verdict | None:
    """A short page that nothing calls an article, and that says what a wall or an error page says."""
    if sight.is_marked or sight.prose_words >= WALL_WORDS:
        return None
    for line in _telling(sight):
        kind = patterns.wall(line)
        if kind is not None:
            outcome, words = _WALLS[kind]
            return Verdict(outcome, f"{words}: “{line[:80]}”")
    return None


def consent_wall(sight: Sight) -> Verdict | None:
    """A consent manager's text in the article's place, however long."""
    if sight.is_marked:
        return None
    sign = consent.sign(sight.text, [piece.plain for piece in sight.found if len(piece.text) <= consent.BUTTON])
    return None if sign is None else Verdict(Outcome.BLOCKED, f"a consent wall, not an article: {sign}")


def app_shell(sight: Sight) -> Verdict | None:
    """A page whose text comes by script, marked as an article or not: nothing of it is here."""
    if sight.words >= SHELL_WORDS:
        return None
    sign = shells.sign(sight.source)
    if sign is None:
        return None
    shown = f"{sight.words} words of text" if sight.words else "no text"
    return Verdict(Outcome.NOT_ARTICLE, f"{shown} in it, the rest comes by script: {sign}")


def own_page(sight: Sight) -> Verdict | None:
    """A page of the site's own that says so: about, contact, a person, a video."""
    if sight.is_marked:
        return None
    kind = next((words for kind, words in _OWN_PAGES.items() if kind in sight.about.kinds), None)
    if kind is None and is_service(sight.url):
        kind = "one of the site's own pages, by its address"
    if kind is not None:
        return Verdict(Outcome.NOT_ARTICLE, kind)
    is_video = sight.about.kinds & _VIDEOS or _VIDEO_FOLDER.search(sight.url)
    if is_video and sight.prose_words < WALL_WORDS:
        return Verdict(Outcome.NOT_ARTICLE, "a video with hardly any text")
    return None


def navigation(sight: Sight) -> Verdict | None:
    """A text of links, or a page of them where no text was found."""
    if sight.about.is_article or not sight.found:
        return None
    text = [sight.found[i] for i in sight.chosen] or sight.found
    length = sum(len(piece.text) for piece in text)
    linked = sum(len(piece.text) * piece.linked for piece in text)
    return Verdict(Outcome.NOT_ARTICLE, "nothing but links in it") if linked > LINKED * length else None


def section_index(sight: Sight) -> Verdict | None:
    """A list of headlines with a line or two on each, on a page that calls itself a list or says nothing."""
    if sight.about.is_article or not sight.chosen:
        return None
    prose = sum(len(sight.found[i].text) for i in sight.chosen if _is_prose(sight.found[i]))
    if sight.about.is_listing:
        headings = sum(_is_headline(piece) for piece in sight.found)
        listed = headings >= LISTED and prose < SHORT * headings / 2
    else:
        within = sight.found[min(sight.chosen) : max(sight.chosen) + 1]
        headings = sum(_is_headline(piece) for piece in within)
        listed = (
            headings >= LISTED
            and not sight.about.says_published
            and prose < SHORT * headings / 2
            and not _has_running_text(within)
        )
    return Verdict(Outcome.NOT_ARTICLE, f"a section or home page: {headings} linked headlines") if listed else None


def _telling(sight: Sight) -> Iterator[str]:
    yield from sight.about.titles
    yield from sight.about.headings
    # a cookie banner stands first on many an article's page: what is no text only counts where there is no text
    yield from (sight.text or [piece.plain for piece in sight.found if piece.zone != "chrome"])[:FIRST_LINES]


def _is_prose(piece: Piece) -> bool:
    return piece.kind == "p" and piece.linked < roles.MOSTLY_LINKED and len(piece.text) > PROSE


def _is_headline(piece: Piece) -> bool:
    return piece.kind == "head" and piece.linked > roles.LINK_ONLY


def _has_running_text(pieces: Sequence[Piece]) -> bool:
    """Whether three paragraphs of prose follow each other, as on no list of headlines."""
    run = 0
    for piece in pieces:
        run = run + 1 if _is_prose(piece) else 0
        if run == 3:  # noqa: PLR2004
            return True
    return False


def _breaks_off_at_prompt(blocks: Sequence[Block]) -> bool:
    """Whether the last line of text ends in the middle of a sentence, and what follows it asks to subscribe."""
    last = max((i for i, block in enumerate(blocks) if block.role in TEXT_ROLES), default=None)
    if last is None or last + 1 == len(blocks) or not blocks[last + 1].reason.endswith(_PROMPTS):
        return False
    return _BROKEN_OFF.search(blocks[last].text) is not None
