"""A live blog is kept as its posts: each opened by its time, with those of the page's lines that are its text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from crawler.extraction import jsonld
from crawler.extraction.page import LINK_END, Piece, normalise, squeeze
from crawler.extraction.posts import LEAST, PROSE, TEXT_TAGS, Post, class_words, is_clock, posts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

MAX_UPDATES = 1_000
MAX_UPDATE = 20_000
"""Bounds on what is read of one page: updates in JSON-LD, characters of one."""

CARRIED = 0.5
"""The share of the text that the posts must hold where nothing else says that the page is a live blog."""

SHOWN = 0.5
"""The share of JSON-LD's updates that the page must show for its own posts to be taken."""

TELLING = 60
"""Characters of an update, white space aside, by which it is known again on the page."""

_WORDS = ("liveblog", "live-blog", "live_blog", "liveticker", "live-ticker")
_SET_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing)|social|by-?line|authors?|avatar|pin(?:ned)?|badge|label|tags?|permalink|copy|toolbar|tools"
    r"|reactions?|comments?|follow|newsletter|promo|related|advert(?:isement)?|ads?|time|timestamp|date)(?=$|[\s_-])",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:^|[\s_-])(?:title|headline|heading|header|hed)(?=$|[\s_-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Update:
    """A post as JSON-LD tells it."""

    time: str
    headline: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What makes it worth looking for posts on a page."""

    is_live: bool
    """Whether JSON-LD calls it a live blog."""
    has_words: bool
    """Whether its markup has words for live blogs, so that plain clock times may be those of posts."""
    updates: tuple[Update, ...]


def updates(root: HtmlElement, kinds: Collection[str]) -> tuple[Update, ...] | None:
    """The posts that JSON-LD tells (before scripts are stripped); None where it calls the page no live blog.

    `kinds` are the types that JSON-LD gives the page.
    """
    if "LiveBlogPosting" not in kinds:
        return None
    found = [node for node in jsonld.nodes(root) if "LiveBlogPosting" in jsonld.types(node)]
    return tuple(islice(_updates(found), MAX_UPDATES))


def said(told: tuple[Update, ...] | None, classes: Collection[str], root: HtmlElement) -> Said | None:
    """What makes it worth looking for posts; None, at next to no cost, for most pages.

    `told` are the `updates`, `classes` what class attributes say.
    """
    words = " ".join(classes).lower()
    has_words = any(word in words for word in _WORDS)
    if told is None and not has_words and sum(1 for _ in islice(root.iter("time"), LEAST)) < LEAST:
        return None
    return Said(told is not None, has_words, told or ())


def posted(
    root: HtmlElement, pieces: Sequence[Piece], chosen: set[int], said: Said | None, *, free: bool
) -> tuple[list[Piece], set[int]]:
    """The pieces and the indexes of the text, with a piece of the kind `post` (its time) before each post's.

    The page's own posts are taken; JSON-LD's updates where the page shows few of them and is `free` to read. A page
    that is no live blog comes back as it was given.
    """
    if said is None:
        return list(pieces), chosen
    posts = posts_of(root, is_live=said.is_live, has_words=said.has_words)
    in_posts = _homes(pieces, posts)
    if not said.is_live and not _carry(pieces, chosen, in_posts):
        return list(pieces), chosen
    shown = _shown(said.updates, [pieces[i] for i in in_posts] if posts else pieces)
    if said.updates and len(shown) < SHOWN * len(said.updates):
        return _replaced(root, pieces, chosen, in_posts, said.updates) if free else _opened(pieces, chosen, in_posts)
    if not posts:
        return _anchored(pieces, chosen, said.updates)
    return _opened(pieces, chosen, in_posts)


def _updates(nodes: Iterable[dict[str, Any]]) -> Iterator[Update]:
    for node in nodes:
        for update in jsonld.updates(node):
            time = normalise(_text(update.get("datePublished") or update.get("dateCreated")))[:PROSE]
            headline = jsonld.plain(_text(update.get("headline")))
            body = _text(update.get("articleBody") or update.get("text"))[:MAX_UPDATE]
            kept = tuple(line for line in jsonld.lines(body) if line != headline)
            if time and (headline or kept):
                yield Update(time, headline, kept)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _homes(pieces: Sequence[Piece], posts: Sequence[Post]) -> dict[int, Post]:
    """The post that each piece stands in, by the piece's index."""
    owners: dict[HtmlElement, Post | None] = {element: post for post in posts for element in post.elements}
    found = {}
    for i, piece in enumerate(pieces) if posts else ():
        if piece.owner not in owners:
            owners[piece.owner] = next((owners[each] for each in piece.owner.iterancestors() if owners.get(each)), None)
        home = owners[piece.owner]
        if home is not None:
            found[i] = home
    return found


def _carry(pieces: Sequence[Piece], chosen: set[int], in_posts: Mapping[int, Post]) -> bool:
    whole = sum(len(pieces[i].text) for i in chosen)
    return bool(in_posts) and sum(len(pieces[i].text) for i in chosen & in_posts.keys()) >= CARRIED * whole


def _opened(pieces: Sequence[Piece], chosen: set[int], in_posts: Mapping[int, Post]) -> tuple[list[Piece], set[int]]:
    """The page's pieces with each post opened by its time, and all of its text chosen."""
    text: dict[int, Piece] = {}
    for i, home in in_posts.items():
        line = _as_text(pieces[i], home, voted=i in chosen)
        if line is not None:
            text[i] = line
    bodies = Counter(id(in_posts[i]) for i, piece in text.items() if piece.kind != "head")
    found: list[Piece] = []
    picked: set[int] = set()
    current: Post | None = None
    for i, piece in enumerate(pieces):
        if (post := in_posts.get(i)) is not None and post is not current:
            current = post
            picked.add(len(found))
            found.append(_opening(post.time, post.elements[0]))
        if i in text or (post is None and i in chosen):
            picked.add(len(found))
        own = text.get(i, piece)
        if post is not None and own.kind == "head" and not bodies[id(post)]:
            own = replace(own, kind="p")  # a post of one line
        found.append(own)
    return found, picked


def _opening(time: str, owner: HtmlElement) -> Piece:
    return Piece(time, "post", "time", 0.0, "", owner)


def _as_text(piece: Piece, post: Post, *, voted: bool) -> Piece | None:
    """The piece as a line of its post's text, without the post's time; None where it is none."""
    inside = []
    for element in (piece.owner, *piece.owner.iterancestors()):
        if element in post.elements:
            break
        inside.append(element)
    classes = [class_words(element) for element in inside]
    if piece.kind in {"button", "caption"} or any(map(_SET_ASIDE.search, classes)):
        return None
    line = piece.text.removeprefix(post.stamp).lstrip(f" {LINK_END}-–—|:•") if post.stamp else piece.text
    plain = line.replace(LINK_END, "").strip()
    if not plain or is_clock(plain):
        return None
    is_title = piece.kind == "head" or any(map(_TITLE.search, classes[:1]))
    prose = len(plain) >= PROSE and piece.linked < CARRIED
    if not (voted or is_title or prose or piece.tag in TEXT_TAGS):
        return None
    if is_title:
        return replace(piece, text=line, kind="head", linked=0.0)  # its link is the post's own
    lists = piece.kind == "item" and (piece.tag not in {"li", "dd"} or piece.owner in post.elements)
    return replace(piece, text=line, kind="p" if lists else piece.kind)


def _shown(updates: Sequence[Update], pieces: Iterable[Piece]) -> list[Update]:
    """The updates that stand among the pieces."""
    if not updates:
        return []
    page = squeeze("".join(piece.text for piece in pieces))
    return [update for update in updates if _telling(update) in page]


def _telling(update: Update) -> str:
    return squeeze(update.lines[0] if update.lines else update.headline)[:TELLING]


def _anchored(pieces: Sequence[Piece], chosen: set[int], updates: Sequence[Update]) -> tuple[list[Piece], set[int]]:
    """The page's pieces, opened where JSON-LD's updates begin, for posts whose times are only relative ones."""
    openings = {squeeze(update.headline or update.lines[0])[:TELLING]: update.time for update in reversed(updates)}
    lines = {squeeze(line) for update in updates for line in (update.headline, *update.lines)}
    found: list[Piece] = []
    picked: set[int] = set()
    for i, piece in enumerate(pieces):
        flat = squeeze(piece.text)
        time = openings.pop(flat[:TELLING], None) if not piece.zone else None
        if time is not None:
            picked.add(len(found))
            found.append(_opening(time, piece.owner))
        is_told = not piece.zone and flat in lines
        if i in chosen or time is not None or is_told:
            picked.add(len(found))
        found.append(replace(piece, linked=0.0) if is_told else piece)  # a headline's link is the post's own
    return found, picked


def _replaced(
    root: HtmlElement,
    pieces: Sequence[Piece],
    chosen: set[int],
    in_posts: Mapping[int, Post],
    updates: Sequence[Update],
) -> tuple[list[Piece], set[int]]:
    """JSON-LD's updates in place of the page's posts, below what the page says before them."""
    told = squeeze("".join(f"{update.headline}{''.join(update.lines)}" for update in updates))
    own = [i for i, piece in enumerate(pieces) if i not in in_posts and squeeze(piece.text) not in told]
    stands = [i for i in own if i in chosen]
    at = min(in_posts, default=max(stands, default=-1) + 1)
    found = [pieces[i] for i in own if i < at]
    picked = {place for place, i in enumerate(i for i in own if i < at) if i in chosen}
    for update in updates:
        lines = [Piece(line, "p", "p", 0.0, "", root) for line in update.lines]
        head = [Piece(update.headline, "head" if lines else "p", "h2", 0.0, "", root)] if update.headline else []
        post = [_opening(update.time, root), *head, *lines]
        picked |= set(range(len(found), len(found) + len(post)))
        found += post
    picked |= {len(found) + place for place, i in enumerate(i for i in own if i >= at) if i in chosen}
    found += [pieces[i] for i in own if i >= at]
    return found, picked
