"""The frame that every HTML page of the site shares: head, masthead, consent banner, footer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stet.newsroom.words import SECTIONS, SERVICE_PAGES, SITE, WORDS

if TYPE_CHECKING:
    from stet.newsroom.furniture import Furniture

_STYLE = (
    "body{font:17px/1.5 Georgia,serif;max-width:46rem;margin:auto;padding:0 1rem}"
    "nav ul,footer ul{display:flex;flex-wrap:wrap;gap:1rem;list-style:none;padding:0}"
    ".ticker,.share,.dates,aside,footer,figcaption,.consent{font:14px/1.4 sans-serif;color:#555}"
    ".visually-hidden{position:absolute;left:-9999px}.consent,aside{border:1px solid #ccc;padding:.5rem}"
)


def page(*, title: str, language: str, head: str, main: str, furniture: Furniture) -> str:
    """A whole HTML page; `head` and `main` are markup."""
    words = WORDS[language]
    return f"""<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8"><title>{escape(title)} | {SITE}</title>
  <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="Ledger CMS 7.2">
{head}
  <link rel="alternate" type="application/rss+xml" title="{SITE}" href="/feed.xml">
  <link rel="alternate" type="application/atom+xml" title="{SITE}" href="/atom.xml">
  <link rel="alternate" type="application/feed+json" title="{SITE}" href="/feed.json">
  <style>{_STYLE}</style>
  <script>window.courier = {{"build": "{furniture.build}", "slots": ["top", "mid", "rail"]}};</script>
</head>
<body id="top">
  <div class="consent cookie-banner" id="consent" role="dialog" aria-label="Cookies">
    <p>{escape(words.consent.format(n=furniture.number("partners", 180, 940)))}</p>
    <button>{words.accept}</button> <button>{words.settings}</button>
  </div>
  <header class="masthead"><a href="/">{SITE}</a>
    <nav><ul>{_navigation()}<li><a href="/sign-in/">{words.sign_in}</a></li></ul></nav>
    <div class="ticker">{furniture.ticker()}</div>
  </header>
{main}
  <footer>
    <p>{words.quotes} © {SITE}. {words.rights}</p>
    <ul>{_service_links()}</ul>
    <a class="to-top" href="#top">{words.to_top}</a>
  </footer>
  <script src="/static/app.{furniture.build}.js" defer></script>
</body></html>
"""


def simple_page(title: str, message: str, furniture: Furniture) -> str:
    """A page that is no article: a service page, an error."""
    main = f"  <main><h1>{escape(title)}</h1><p>{escape(message)}</p></main>"
    head = '  <meta name="robots" content="noindex">'
    return page(title=title, language="en", head=head, main=main, furniture=furniture)


def link_list(links: list[tuple[str, str, str]]) -> str:
    """List items of (address, words, small print)."""
    return "\n".join(
        f'      <li><a href="{escape(address)}">{escape(words)}</a> <span>{escape(small)}</span></li>'
        for address, words, small in links
    )


def _navigation() -> str:
    return "".join(f'<li><a href="/{section}/">{name}</a></li>' for section, name in SECTIONS.items())


def _service_links() -> str:
    return "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in SERVICE_PAGES.items())
