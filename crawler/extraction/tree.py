"""Text to an element tree: parsed once, stripped of what is never read, and bounded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.extraction.errors import NotAnArticle

if TYPE_CHECKING:
    from collections.abc import Collection

    from crawler.extraction.decoding import Source

MAX_TAGS = 300_000
"""Tags in the source. Real news pages have some 1,000 to 20,000; lxml takes 0.35 s for 1,000,000."""

MAX_SIZE = 1_500_000
"""Bytes of markup and text left after stripping: trafilatura is superlinear (1 MB 1.9 s, 2 MB 9.4 s)."""

MAX_ELEMENTS = 60_000
"""Elements left after stripping, for the same reason."""

MAX_ATTRIBUTES = 300
"""Attributes of one tag; libxml2 takes time in their square (5,000 25 ms, 20,000 0.4 s, 100,000 10 s)."""

MAX_ATTRIBUTE = 2_000
"""Characters in an attribute of a page that is too large; longer ones are data for scripts."""

END_TAG = 20
"""Characters, with some to spare, that an element takes more in the tree than in a source that leaves its end out."""

LONG_TAG = 2_000
"""Characters from which the attributes of a tag are counted."""

_SCRIPTS = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "link")
_CONTROLS = ("input", "select", "textarea", "datalist", "audio", "video", "map", "img", "source")
_EMPTIED = (*_SCRIPTS, *_CONTROLS)

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

_UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|screen-?reader(?:-?(?:text|only))?|element-invisible|u-?hidden-?visually"
    r"|assistive-text|a11y-(?:hidden|text)|accessib\w{0,20}-hidden|offscreen)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN_STYLE = re.compile(r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%", re.IGNORECASE)
_UNSEEN_LENGTH = 200


_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""Every element an HtmlElement: lxml.html's own lookup is a Python call for each, some 3 ms a page."""


def parse(source: Source) -> HtmlElement:
    """The page as lxml reads it. Raises NotAnArticle where there is no tree in it, or far too much."""
    utf8 = source.utf8
    tags = source.text.split("<")
    if len(tags) > MAX_TAGS:
        raise NotAnArticle(f"too large: more than {MAX_TAGS} tags")
    long = [i for i, tag in enumerate(tags) if len(tag) > LONG_TAG and tag.find(">", 0, LONG_TAG) < 0]
    if long:
        for i in long:
            tags[i] = _bounded(tags[i])
        utf8 = "<".join(tags).encode("utf-8")
    # huge_tree: without it libxml2 drops what lies below 255 levels, which unclosed <b>s reach on real pages
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
        huge_tree=True,
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = document_fromstring(utf8, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise NotAnArticle("not HTML: no element in it") from error
    if not isinstance(root, HtmlElement):
        raise NotAnArticle("not HTML: no element in it")
    return root


def strip(root: HtmlElement, source: str) -> Collection[str]:
    """Takes out of the tree what nobody reads: scripts, controls, labels meant for screen readers only.

    `source` is the text it was read from. Returns the values of the class attributes in what remains. Raises
    NotAnArticle where that is too large to extract in a few seconds.
    """
    etree.strip_elements(root, *_EMPTIED, with_tail=False)
    elements = [*root.iter(etree.Element)]
    if len(elements) > MAX_ELEMENTS:
        raise NotAnArticle(f"too large: more than {MAX_ELEMENTS} elements")
    unseen: dict[str, bool] = {}
    # Written out, since it is asked of every element.
    for element in elements:
        own, style = element.get("class"), element.get("style")
        if own and own not in unseen:
            unseen[own] = bool(_UNSEEN_CLASS.search(own))
        if (own and unseen[own]) or (style and _UNSEEN_STYLE.search(style)):
            _drop_label(element)
    if len(source) + END_TAG * len(elements) > MAX_SIZE and _size(root) > MAX_SIZE:
        _drop_long_attributes(root)
        if (size := _size(root)) > MAX_SIZE:
            raise NotAnArticle(f"too large: {size / 1e6:.1f} MB of text and markup")
    return unseen.keys()


def _size(root: HtmlElement) -> int:
    return len(etree.tostring(root, encoding="utf-8"))


def _drop_long_attributes(root: HtmlElement) -> None:
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if len(value) > MAX_ATTRIBUTE:
                del element.attrib[name]


def depth(root: HtmlElement) -> int:
    """The levels of elements below and with the root."""
    level = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def _bounded(tag: str) -> str:
    """What follows a `<`, without its attributes where those are far too many."""
    attributes, end, text = tag.partition(">")
    words = _QUOTED.sub("", attributes).split(None, MAX_ATTRIBUTES)
    return tag if len(words) <= MAX_ATTRIBUTES else f"{words[0]}{end}{text}"


def _drop_label(element: HtmlElement) -> None:
    """Takes out a short label that sighted readers never see ("opens new tab"); whole sections are left alone."""
    if element.tag not in {"html", "body", "main", "article"} and len("".join(element.itertext())) <= _UNSEEN_LENGTH:
        element.drop_tree()
