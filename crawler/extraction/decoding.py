"""Bytes to text: which encoding a page is really in, and whether it is a page at all."""

from __future__ import annotations

import re
from typing import NamedTuple

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

from crawler.extraction.errors import NotAnArticle

SAMPLE = 65_536
"""Bytes looked at when guessing; enough for any guesser, and bounded."""

LEGACY_DEFAULT = "cp1252"
"""What browsers take for a page that names no encoding and is not UTF-8 (WHATWG, "windows-1252")."""

NUL_SHARE = 0.01
CONTROL_SHARE = 0.05

MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"RIFF", "media data"),
    (b"ID3", "an audio file"),
    (b"OggS", "media data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"SQLite format 3", "a database"),
)

_LOOKS_LIKE_HTML = re.compile(rb"<!doctype\s+html|<html|<head|<body|<article|<div|<p[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_IN_XML = bytes({*range(32)} - {9, 10, 13})
_NONCHARACTERS = ("\ufffe", "\uffff")
_REFERENCE_NOT_IN_XML = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
"""Characters, and references to them, that lxml refuses to store."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ufffd]+")
_SEVEN_BIT = frozenset({"iso2022_jp", "iso2022-jp", "iso-2022-jp", "hz", "utf-7"})


class Source(NamedTuple):
    """A page's text, and the same in UTF-8, which the parser wants."""

    text: str
    utf8: bytes


def decode(body: bytes, content_type: str | None) -> Source:
    """The page's text, read in the encoding it is really in; NUL characters and lone surrogates are gone.

    Raises NotAnArticle where the bytes are not a page of text.
    """
    if not body.strip():
        raise NotAnArticle("empty body")
    bom_encoding, _ = read_bom(body[:4])
    _refuse_other_media(body, content_type, has_bom=bom_encoding is not None)
    text, utf8 = _to_text(body, content_type)
    if "<" not in text:
        raise NotAnArticle("not HTML: no markup in it")
    return _storable(text, utf8)


def _storable(text: str, utf8: bytes | None) -> Source:
    """Without what lxml refuses to store. `utf8` is the text in UTF-8, where it came as that."""
    whole = text
    for character in _NONCHARACTERS:
        if character in text:
            text = text.replace(character, "")
    text = _REFERENCE_NOT_IN_XML.sub("", text)
    # Lone surrogates are in no UTF-8.
    encoded = utf8 if utf8 is not None and text == whole else text.encode("utf-8", "ignore")
    kept = encoded.translate(None, _NOT_IN_XML)
    same = utf8 is not None and len(kept) == len(encoded)
    return Source(text if same else kept.decode("utf-8"), kept)


def _refuse_other_media(body: bytes, content_type: str | None, *, has_bom: bool) -> None:
    head = body[:4096]
    for magic, name in MAGIC:
        if head.startswith(magic):
            raise NotAnArticle(f"not HTML: {name}")
    if head[4:8] == b"ftyp":
        raise NotAnArticle("not HTML: media data")
    looks_like_html = bool(_LOOKS_LIKE_HTML.search(head))
    media_type = (content_type or "").split(";")[0].strip().lower()
    is_text = not media_type or media_type.startswith("text/") or media_type.endswith(("xml", "html"))
    if not is_text and not looks_like_html:
        raise NotAnArticle(f"not HTML: {media_type[:80]}")
    if not looks_like_html and _FEED.search(head):
        raise NotAnArticle("not HTML: a feed or sitemap")
    if has_bom:
        return
    if head.count(b"\x00") > NUL_SHARE * len(head) and not looks_like_html:
        raise NotAnArticle("not HTML: binary data")
    if len(_CONTROL.findall(head)) > CONTROL_SHARE * len(head):
        raise NotAnArticle("not HTML: binary data")


def _to_text(body: bytes, content_type: str | None) -> tuple[str, bytes | None]:
    """The text, and its bytes where they are UTF-8 as they came.

    Believe, in this order: a byte order mark, what decodes as UTF-8 without one fault, the declaration.

    Text that is valid UTF-8 and has any byte above 127 is hardly ever anything else, whatever a header
    says; and text that is not valid UTF-8 is not UTF-8, however loudly a meta element says so.
    """
    bom_encoding, bom = read_bom(body)
    if bom_encoding is not None and bom is not None:
        return to_unicode(body[len(bom) :], bom_encoding), None
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body[:SAMPLE])
    if declared in _SEVEN_BIT:
        return to_unicode(body, declared), None
    try:
        return body.decode("utf-8"), body
    except UnicodeDecodeError:
        pass
    meta = html_body_declared_encoding(body[:SAMPLE])
    for encoding in (declared, meta):
        if encoding is not None and not _is_utf8(encoding):
            return to_unicode(body, encoding), None
    text = _nearly_utf8(body) or to_unicode(body, _guess(body) if declared is None else LEGACY_DEFAULT)
    return text, None


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in {"utf-8", "utf8", "ascii", "us-ascii"}


def _nearly_utf8(body: bytes) -> str | None:
    """The text, where UTF-8 with a few broken bytes explains it better than any one-byte encoding."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(len(run) for run in _BEYOND_ASCII.findall(text))
    return text if whole > broken else None


def _guess(body: bytes) -> str:
    """The likeliest encoding of text that names none: looked for in the bytes that are not ASCII."""
    lines = re.split(rb"[<>\n;]", body)  # none of these is the second byte of a character in any encoding of the web
    telling = b" ".join(line for line in lines if len(line) <= SAMPLE and not line.isascii())[:SAMPLE]
    best = from_bytes(telling, threshold=0.3).best() if len(telling) > 64 else None  # noqa: PLR2004
    return best.encoding if best is not None else LEGACY_DEFAULT
