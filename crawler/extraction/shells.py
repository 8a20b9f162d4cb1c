"""Pages that hold no text but the scripts that would fetch it."""

from __future__ import annotations

import re

from crawler.extraction.patterns import signs

HEAD = 200_000
"""Characters of the page that are looked at."""

_NOSCRIPT = re.compile(r"<noscript\b[^>]{0,200}>(.{0,2000}?)</noscript", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,500}>")
_ROOT = re.compile(
    r"<(?:div|main|section|app-root)\b[^>]{0,200}?(?:\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|___gatsby|svelte|"
    r"react-root|app-root|main-app|q-app|ember-app)\b|\bdata-reactroot\b|\bng-app\b)[^>]{0,200}>(?:\s|<!--[^>]{0,100}-->)*</",
    re.IGNORECASE,
)
_COMPONENT = re.compile(r"<(?:app-root|my-app|ion-app)\b[^>]{0,200}>\s*(?:loading[^<]{0,40})?</", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)


def sign(source: str) -> str | None:
    """What shows that the page's text comes by script, in a few words; None where nothing does."""
    head = source[:HEAD]
    if not _SCRIPT.search(head):
        return None
    for inner in _NOSCRIPT.finditer(head):
        line = " ".join(_TAG.sub(" ", inner[1]).split())
        if signs.asks_for_script(line):
            return f"“{line[:80]}”"
    if _ROOT.search(head) or _COMPONENT.search(head):
        return "the element for it is empty"
    return None
