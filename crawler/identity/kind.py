"""What kind of page a URL names, judged by the URL alone."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qsl, unquote, urlsplit


def looks_like_article(url: str) -> bool:
    """Whether the URL has the marks of an article: a date, an id, a slug of several words."""
    segments, query = _read(url)
    if _has_article_id(query):
        return not _lists(segments)
    if not segments or _lists(segments) or _FILE.search(segments[-1]):
        return False
    *folders, leaf = segments
    extension = _PAGE_EXTENSION.search(leaf)
    stem = leaf[: extension.start()] if extension else leaf
    if _SERVICE.match(stem):
        return False
    if _under_date(folders) or (folders and _ARTICLE_FOLDERS.fullmatch(folders[-1])):
        return True
    if folders and _NUMBERS.fullmatch(stem):
        stem = f"{folders[-1]}-{stem}"
    return (_LONG_ID.search(stem) or _DATE_IN_SLUG.search(stem)) is not None or _is_slug(stem, bool(extension))


def is_section_or_home(url: str) -> bool:
    """Whether the URL names a list of articles: a home page, a section, a tag, an author, a search, an archive."""
    segments, query = _read(url)
    if _lists(segments):
        return True
    if looks_like_article(url) or _has_article_id(query):
        return False
    return all(_PLAIN_WORDS.fullmatch(segment) for segment in segments) and len(segments) <= _SECTION_DEPTH


def is_service(url: str) -> bool:
    """Whether the URL names a page of the site's own by a bare word: /about-us, /impressum, /company/contact.html."""
    segments, query = _read(url)
    if not segments or len(segments) > _SERVICE_DEPTH or query:
        return False
    return _BARE_SERVICE.fullmatch(_PAGE_EXTENSION.sub("", segments[-1])) is not None


def is_error(url: str) -> bool:
    """Whether the URL names the page that a site shows in place of one that is not there: /404, /error/not-found."""
    segments, _ = _read(url)
    return bool(segments) and _ERROR.fullmatch(_PAGE_EXTENSION.sub("", segments[-1])) is not None


_SECTION_DEPTH = 4
_SERVICE_DEPTH = 2
_BARE_SERVICE = re.compile(
    r"about(?:-us)?|contact(?:-us|s)?|kontakt|contacto|privacy(?:-policy|-notice)?|cookie(?:s|-policy|-notice)?"
    r"|terms(?:-of-(?:use|service)|-and-conditions)?|impressum|imprint|datenschutz(?:erkl(?:ae|ä)rung)?|agb"
    r"|nutzungsbedingungen|faqs?|accessibility|aviso-legal|quienes-somos|politica-de-(?:privacidad|cookies)"
    r"|mentions-legales|qui-sommes-nous|chi-siamo|quem-somos|over-ons|ueber-uns|über-uns|corrections-policy"
)
_ERROR = re.compile(
    r"(?:error|fehler|erreur)?[-_]?40[34]|(?:page[-_]?)?not[-_]?found|(?:page[-_]?)?error(?:[-_]?page)?"
)
_LISTS = re.compile(
    r"""
      tags? | topics? | themas? | themen? | themes? | temas? | etiquetas? | schlagwort | keywords?
    | categor(?:y|ies|ia|ias|ie) | kategorien? | sections? | seccion | rubrik | ressort
    | search | suche | buscar? | busqueda | recherche | archives? | archiv[oe]? | page | seite | pagina
    | log-?in | sign-?(?:in|up) | register | account | users? | subscribe | abo | newsletters? | feeds? | rss | sitemap
    | wp-(?:admin|json|content|includes|login\.php)
    """,
    re.VERBOSE,
)
_AUTHORS = re.compile(r"authors?|autor(?:en|es)?|auteurs?|profiles?|people|person|staff|contributors?|journalist|by")
_ARTICLE_FOLDERS = re.compile(r"articles? | artikel | story | stories | notas? | noticias?", re.VERBOSE)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|atom|pdf|zip|gz|mp[34]|m4[av]|webm|mov|avi|ogg|wav|woff2?"
    r"|ttf|eot|txt|csv|docx?|xlsx?|pptx?|epub|ics|apk|exe|dmg|webmanifest)$"
)
_PAGE_EXTENSION = re.compile(r"\.(?:[sx]?html?|phtml|php|aspx?|jsp|cms|ece|story|amp)$")
_SERVICE = re.compile(
    r"(?:about|contact|kontakt|contacto|privacy|cookies?|terms|impressum|imprint|datenschutz|nutzungsbedingungen|agb"
    r"|faqs?|help|hilfe|ayuda|jobs|careers?|karriere|advertis(?:e|ing)|mediadaten|subscri(?:be|ption)s?"
    r"|newsletters?|log-?(?:in|out)|sign-?(?:in|up)|register|my-account|accessibility|aviso-legal"
    r"|mentions-legales|politica-de|do-not-sell|corrections-policy)(?:$|-(?:us|the|and|of|policy|notice|with|for|uns"
    r"|cookies?|privacy|privacidad|use|service|settings|einstellungen|erklaerung|center|to)\b)"
)
_LONG_ID = re.compile(
    r"(?<![0-9])[0-9]{6,}(?![0-9])|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?:^|[-_])a?[0-9]{5,}$"
)
_NUMBERS = re.compile(r"[0-9-]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_WHOLE_DATE = re.compile(r"(?:19|20)[0-9]{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12][0-9]|3[01])")
_DATE_IN_SLUG = re.compile(rf"(?<![0-9]){_WHOLE_DATE.pattern}[-_]\w|\w[-_]{_WHOLE_DATE.pattern}(?![0-9])")
_PLAIN_WORDS = re.compile(r"[^\W\d_]+(?:[-_+ ][^\W\d_]+){0,2}(?:\.[sx]?html?|\.php)?")
_ID_PARAMETERS = re.compile(r"id|p|nid|aid|cid|art(?:icle)?_?(?:id)?|story_?(?:id)?|news_?id|item_?id|id_?noticia")
_MANY_WORDS, _SOME_WORDS, _LONG_SLUG, _LONG_WORD = 4, 3, 25, 16


def _read(url: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The path's segments, decoded and in lower case, without language and index; and the query's parameters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return [], []
    segments = [unquote(segment).lower() for segment in parts.path.split("/") if segment]
    if segments and re.fullmatch(r"[a-z]{2}(?:[-_][a-z]{2})?", segments[0]):
        del segments[0]
    if segments and re.fullmatch(r"(?:index|home|default)(?:\.\w{2,5})?", segments[-1]):
        del segments[-1]
    return segments, parse_qsl(parts.query)


def _lists(segments: list[str]) -> bool:
    """Whether these are of a list by its name (a tag, an author, page 3) or by being nothing but a date."""
    if any(_LISTS.fullmatch(segment) for segment in segments) or (segments and _is_archive(segments)):
        return True
    # An author's page is right below; what is deeper may be an article ("/autoren/jane-doe/a-long-slug").
    return any(_AUTHORS.fullmatch(segment) for segment in segments[-2:])


def _is_archive(segments: list[str]) -> bool:
    leaf = segments[-1]
    if _YEAR.fullmatch(leaf) or _WHOLE_DATE.fullmatch(leaf):
        return True
    year = next((i for i, segment in enumerate(segments) if _YEAR.fullmatch(segment)), None)
    return year is not None and all(re.fullmatch(r"[0-9]{1,2}|[a-z]{3}", rest) for rest in segments[year + 1 :])


def _under_date(folders: list[str]) -> bool:
    """Whether a folder is a date, or a year with its month in the next one."""
    if any(_WHOLE_DATE.fullmatch(folder) for folder in folders):
        return True
    return any(_YEAR.fullmatch(year) and _MONTH.fullmatch(month[:3]) for year, month in pairwise(folders))


def _has_article_id(query: list[tuple[str, str]]) -> bool:
    return any(_ID_PARAMETERS.fullmatch(name.lower()) and re.search(r"[0-9]{3}", value) for name, value in query)


def _is_slug(stem: str, extension: bool) -> bool:
    words = [word for word in re.split(r"[-_+ ]", stem) if word]
    if len(words) >= _MANY_WORDS or (len(words) >= _SOME_WORDS and len(stem) >= _LONG_SLUG):
        return True
    if not stem.isascii() and len(stem) >= _LONG_WORD:
        return True
    return extension and (len(words) >= _SOME_WORDS or re.search(r"[0-9]{3}", stem) is not None)
