"""The posts of a live blog on its page: where each begins, and what time it gives."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from crawler.extraction.page import kebab, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.html import HtmlElement

MAX_POSTS = 2_000
MAX_TEXTS = 1_000
MAX_LINKS = 100
"""Bounds on what is read of one page: posts, texts and links of one."""

CLIMB = 12
"""Levels above a time in which the post it belongs to is looked for."""

LEAST = 3
"""Containers with times from which a page that does not call itself a live blog may be one; two, where it does."""

POST_LENGTH = 30
"""Characters outside links that a post has."""

SAME_TEXT = 0.8
"""The share of the most text in any grouping that another must hold to be as good."""

PROSE = 40
"""Characters from which a line in a post is taken for text whatever element it stands in."""

TEXT_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dd", "blockquote"})

_POST = re.compile(
    r"live|ticker|time-?line|minut|direct[eo]?\b|diretta|(?:^|[\s_-])(?:blog|updates?|posts?|entry|entries|events?|bulletin)(?=$|[\s_-])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|repl(?:y|ies)|respond|disqus|discussion|review|forum|kommentar", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3])(?:[:.]|\s?h\s?)[0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?\s?m\b\.?)?(?![\d:.]\d)",
    re.IGNORECASE,
)
_ONLY_CLOCK = re.compile(rf"\W{{0,3}}{_CLOCK.pattern}(?:\s?(?:uhr|h|hs|[A-Z]{{1,4}}))?\W{{0,3}}", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}")
_ELSEWHERE = frozenset({"nav", "aside", "footer", "form", "dialog"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True, eq=False)
class Post:
    """One post on the page."""

    time: str
    stamp: str
    """The time as it reads on the page, which is no text."""
    elements: tuple[HtmlElement, ...]


def posts_of(root: HtmlElement, *, is_live: bool, has_words: bool) -> list[Post]:
    """The page's posts in its order: the grouping of its times that gives the most posts with all their text.

    `is_live` is whether the page calls itself a live blog, `has_words` whether its markup has words for live blogs.
    """
    least = 2 if is_live else LEAST
    groups: defaultdict[tuple[str, str, str], dict[HtmlElement, tuple[str, HtmlElement]]] = defaultdict(dict)
    for element, time in islice(_stamps(root, has_words=has_words), MAX_POSTS):
        child = element
        for parent in islice(element.iterancestors(), CLIMB):
            key = (str(parent.tag), parent.get("class") or "", str(child.tag))
            groups[key].setdefault(child, (time, element))
            child = parent
    ways: list[tuple[int, bool, list[Post]]] = []
    for timed in groups.values():
        if len(timed) < least or not _may_be_posts(timed, is_live=is_live):
            continue
        for together, way in ((True, _contained), (False, _flat)):
            posts = way(timed)
            if len(posts) >= least:
                ways.append((sum(_length(post.elements) for post in posts), together, posts))
    most = max((length for length, _, _ in ways), default=0)
    good = [way for way in ways if way[0] >= SAME_TEXT * most]
    return max(good, key=lambda way: (way[1], len(way[2])))[2] if good else []


def is_clock(text: str) -> bool:
    """Whether a line is a time of day and nothing else."""
    return _ONLY_CLOCK.fullmatch(text) is not None


def class_words(element: HtmlElement) -> str:
    """The words of an element's class and id, in kebab case."""
    return kebab(f"{element.get('class') or ''} {element.get('id') or ''}"[:300])


def _stamps(root: HtmlElement, *, has_words: bool) -> Iterator[tuple[HtmlElement, str]]:
    """The elements that give an absolute time, with it."""
    times = [(element, time) for element in root.iter("time") if (time := _absolute(element))]
    if len(times) >= LEAST or not has_words:
        yield from times
        return
    for element in root.iter():
        text = element.text
        if text and len(text) < PROSE and isinstance(element.tag, str) and is_clock(text.strip()):
            yield element, _clock(text)


def _absolute(element: HtmlElement) -> str:
    """The time that an element gives in its attribute or else on the page; "" for "5 minutes ago"."""
    stated = normalise(element.get("datetime") or "")
    return stated[:PROSE] if _ABSOLUTE.search(stated) else _clock("".join(element.itertext()))


def _clock(text: str) -> str:
    found = _CLOCK.search(text)
    return normalise(found.group()) if found else ""


def _may_be_posts(timed: Mapping[HtmlElement, Any], *, is_live: bool) -> bool:
    """Whether the elements may be posts of the page, and no comments, no teasers of other stories."""
    first = next(iter(timed))
    above = list(first.iterancestors())
    if any(
        each.tag in _ELSEWHERE or _COMMENTS.search(class_words(each)) for each in (first, *above) if each.tag != "body"
    ):
        return False
    if is_live:
        return True
    worded = any(_POST.search(class_words(each)) for each in (first, *above[:3]))
    teasers = sum(_is_teaser(each) for each in timed)
    return worded and 2 * teasers < len(timed)


def _is_teaser(element: HtmlElement) -> bool:
    """A heading that leads to another page heads another page's story."""
    for heading in element.iter(*_HEADINGS):
        if any(map(_leads_away, chain(heading.iter("a"), heading.iterancestors("a")))):
            return True
    return bool(element.tag == "a")


def _contained(timed: Mapping[HtmlElement, tuple[str, HtmlElement]]) -> list[Post]:
    """Each timed element is a post, where it holds text beside its time."""
    return [
        Post(time, _reads(stamp), (element,))
        for element, (time, stamp) in timed.items()
        if _length([element]) - len(_reads(stamp)) >= POST_LENGTH
    ]


def _flat(timed: Mapping[HtmlElement, tuple[str, HtmlElement]]) -> list[Post]:
    """Each timed element (a heading, a line) opens a post that goes on to the next one."""
    found = []
    for element, (time, stamp) in timed.items():
        members = [element]
        for sibling in element.itersiblings():
            if sibling in timed:
                break
            if sibling.tag in TEXT_TAGS or sibling.tag in {"ul", "ol", "figure"}:
                members.append(sibling)
        if _length(members) - len(_reads(stamp)) >= POST_LENGTH:
            found.append(Post(time, _reads(stamp), tuple(members)))
    return found


def _reads(element: HtmlElement) -> str:
    return normalise("".join(islice(element.itertext(), MAX_TEXTS)))


def _length(elements: Iterable[HtmlElement]) -> int:
    """Characters of text in the elements that stand in no link to elsewhere."""
    return sum(
        len(_reads(element))
        - sum(len(_reads(link)) for link in islice(element.iter("a"), MAX_LINKS) if _leads_away(link))
        for element in elements
    )


def _leads_away(link: HtmlElement) -> bool:
    return "#" not in (link.get("href") or "#")
