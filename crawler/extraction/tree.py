"""Text to an element tree: parsed once, stripped of what is never read, and bounded."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.extraction.errors import NotAnArticle

MAX_TAGS = 300_000
"""Tags in the source. Real news pages have some 1,000 to 20,000; lxml takes 0.35 s for 1,000,000."""

MAX_SIZE = 1_500_000
"""Bytes of markup and text left after stripping: trafilatura is superlinear (1 MB 1.9 s, 2 MB 9.4 s)."""

MAX_ELEMENTS = 60_000
"""Elements left after stripping, for the same reason."""

MAX_ATTRIBUTES = 300
"""Attributes of one tag; libxml2 takes time in their square (5,000 25 ms, 20,000 0.4 s, 100,000 10 s)."""

MAX_ATTRIBUTE = 2_000
"""Characters in an attribute; longer ones are data for scripts."""

_SCRIPTS = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "link")
_CONTROLS = ("input", "select", "textarea", "datalist", "audio", "video", "map", "img", "source")
_EMPTIED = (*_SCRIPTS, *_CONTROLS)

_LONG_TAG = re.compile(r"<[^<>]{2000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

_UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|screen-?reader(?:-?(?:text|only))?|element-invisible|u-?hidden-?visually"
    r"|assistive-text|a11y-(?:hidden|text)|accessib\w{0,20}-hidden|offscreen)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN_STYLE = re.compile(r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%", re.IGNORECASE)
_UNSEEN_LENGTH = 200


def parse(text: str) -> HtmlElement:
    """The page as lxml reads it. Raises NotAnArticle where there is no tree in it, or far too much."""
    if text.count("<") > MAX_TAGS:
        raise NotAnArticle(f"too large: more than {MAX_TAGS} tags")
    # huge_tree: without it libxml2 drops what lies below 255 levels, which unclosed <b>s reach on real pages
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
        huge_tree=True,
    )
    try:
        root = document_fromstring(_LONG_TAG.sub(_bounded, text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise NotAnArticle("not HTML: no element in it") from error
    if not isinstance(root, HtmlElement):
        raise NotAnArticle("not HTML: no element in it")
    return root


def strip(root: HtmlElement) -> None:
    """Takes out of the tree what nobody reads: scripts, controls, labels meant for screen readers only.

    Raises NotAnArticle where what remains is too large to extract in a few seconds.
    """
    etree.strip_elements(root, *_EMPTIED, with_tail=False)
    elements = 0
    unseen = []
    for element in root.iter(etree.Element):
        elements += 1
        attributes = element.attrib
        if not attributes:
            continue
        for name, value in attributes.items():
            if len(value) > MAX_ATTRIBUTE:
                del attributes[name]
        if _is_unseen(element):
            unseen.append(element)
    for element in unseen:
        element.drop_tree()
    if elements > MAX_ELEMENTS:
        raise NotAnArticle(f"too large: more than {MAX_ELEMENTS} elements")
    size = len(etree.tostring(root, encoding="utf-8"))
    if size > MAX_SIZE:
        raise NotAnArticle(f"too large: {size / 1e6:.1f} MB of text and markup")


def depth(root: HtmlElement) -> int:
    """The levels of elements below and with the root."""
    level = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def _bounded(tag: re.Match[str]) -> str:
    """The tag, or only its name where it has far too many attributes."""
    words = _QUOTED.sub("", tag.group()).split(None, MAX_ATTRIBUTES)
    return tag.group() if len(words) <= MAX_ATTRIBUTES else words[0]


def _is_unseen(element: HtmlElement) -> bool:
    """A short label that sighted readers never see ("opens new tab"); whole sections are left alone."""
    classes, style = element.get("class"), element.get("style")
    marked = (classes and _UNSEEN_CLASS.search(classes)) or (style and _UNSEEN_STYLE.search(style))
    if not marked or element.tag in {"html", "body", "main", "article"}:
        return False
    return len("".join(element.itertext())) <= _UNSEEN_LENGTH
