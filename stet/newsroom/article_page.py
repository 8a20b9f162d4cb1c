"""A story as a page: the article, and everything a news site puts before, into and after it."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from stet.newsroom import frame
from stet.newsroom.stories import BODY, CAPTION, HEADING, LIST, QUOTE
from stet.newsroom.words import SECTIONS, SITE, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from stet.newsroom.furniture import Furniture
    from stet.newsroom.stories import Block, Story

_LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")


class Edition(StrEnum):
    """The renditions of one story; each names the first as canonical."""

    FULL = "full"
    MOBILE = "mobile"
    AMP = "amp"


def article_page(
    story: Story,
    *,
    base: str,
    furniture: Furniture,
    others: Sequence[Story],
    paywalled: bool = False,
    edition: Edition = Edition.FULL,
) -> str:
    """The story's page; `others` fill the "read next" rail."""
    if edition is Edition.AMP:
        return _amp_page(story, base, paywalled)
    rail = "" if edition is Edition.MOBILE else _rail(story, furniture, others)
    return frame.page(
        title=story.title,
        language=story.language,
        head=_head(story, base, paywalled),
        main=f"  <main>{_article(story, furniture, others, paywalled)}{rail}</main>",
        furniture=furniture,
    )


def _head(story: Story, base: str, paywalled: bool) -> str:
    address = escape(base + story.path)
    properties = [
        ("og:title", story.title),
        ("og:type", "article"),
        ("og:site_name", SITE),
        ("og:url", base + story.path),
        ("og:description", story.summary),
        ("og:locale", story.language),
        ("article:published_time", iso(story.published)),
        ("article:modified_time", iso(story.modified)),
        ("article:section", SECTIONS[story.section]),
        ("article:content_tier", "locked" if paywalled else "free"),
    ]
    metas = "".join(f'\n  <meta property="{name}" content="{escape(content)}">' for name, content in properties)
    authors = "".join(f'\n  <meta name="author" content="{escape(name)}">' for name in story.authors)
    return f"""  <link rel="canonical" href="{address}"><link rel="amphtml" href="{address}/amp">
  <meta name="description" content="{escape(story.summary)}">{authors}{metas}
  {_linked_data(story, base, paywalled)}"""


def _linked_data(story: Story, base: str, paywalled: bool) -> str:
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.summary,
        "datePublished": iso(story.published),
        "dateModified": iso(story.modified),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": SITE, "url": base + "/"},
        "mainEntityOfPage": base + story.path,
        "inLanguage": story.language,
        "articleSection": SECTIONS[story.section],
        "isAccessibleForFree": not paywalled,
    }
    if paywalled:
        data["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".paywalled",
        }
    # "</" inside a string would end the script element.
    markup = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{markup}</script>'


def _article(story: Story, furniture: Furniture, others: Sequence[Story], paywalled: bool) -> str:
    words, language, slug = WORDS[story.language], story.language, story.slug
    return f"""<article>
    <p class="kicker"><a href="/{story.section}/">{SECTIONS[story.section]}</a></p>
    <h1>{escape(story.title)}</h1>
    <div class="byline">{words.by} {_names(story)}</div>
    <div class="dates"><time datetime="{iso(story.published)}">{_day(story)}</time>
      <span>{furniture.updated(slug, language)}</span></div>
    <div class="share"><button>{words.share}</button><button>{words.save}</button>
      <span>{furniture.shares(slug, language)}</span> <span>{furniture.readers(slug, language)}</span></div>
    <div class="article-body">
{_paywalled_body(story) if paywalled else _whole_body(story, furniture, others)}
    </div>
  </article>"""


def _whole_body(story: Story, furniture: Furniture, others: Sequence[Story]) -> str:
    words = WORDS[story.language]
    lines = list(_elements(story.blocks, words.new_tab))
    inserts = (_newsletter(story, furniture), _advertisement(story), _read_also(story, furniture, others))
    # Backwards, so that one insert does not shift the place of another.
    for place, insert in reversed(list(zip((2, 4, 5), inserts, strict=True))):
        lines.insert(min(place, len(lines)), insert)
    lines += [f'<p class="correction">{escape(notice)}</p>' for notice in story.corrections]
    register = furniture.pick(f"register {story.slug}", words.register)
    lines.append(f'<p><a href="/register/">{register}</a></p>')
    lines.append(f'<p class="sign-off">{escape(story.credit)}</p>')
    lines.append(
        f'<p class="trust">{words.trust} <a href="/standards/" target="_blank">The Courier Charter'
        f'<span class="visually-hidden">, {words.new_tab}</span></a></p>'
    )
    lines += [f'<div class="author-bio"><p>{escape(bio)}</p></div>' for bio in story.bios]
    lines.append(f'<p><a href="#top">{words.to_top}</a></p>')
    return "\n".join(f"      {line}" for line in lines)


def _paywalled_body(story: Story) -> str:
    heading, sentence, link = WORDS[story.language].paywall
    teaser = "\n".join(f"      {line}" for line in _elements(story.teaser, WORDS[story.language].new_tab))
    return f"""{teaser}
      <section class="paywall"><h2>{heading}</h2><p>{sentence}</p><a href="/subscribe/">{link}</a></section>
      <div class="paywalled" hidden></div>"""


def _elements(blocks: Sequence[Block], new_tab: str) -> Iterator[str]:
    """The HTML elements of the story itself; items that follow each other make one list."""
    for role, run in groupby(blocks, key=lambda block: block.role):
        if role == LIST:
            yield "<ul>" + "".join(f"<li>{_inline(block, new_tab)}</li>" for block in run) + "</ul>"
        else:
            yield from (_element(role, _inline(block, new_tab)) for block in run)


def _element(role: str, inline: str) -> str:
    return {
        BODY: f"<p>{inline}</p>",
        HEADING: f"<h2>{inline}</h2>",
        QUOTE: f"<blockquote><p>{inline}</p></blockquote>",
        CAPTION: f'<figure><img src="/static/photo.svg" alt=""><figcaption>{inline}</figcaption></figure>',
    }[role]


def _inline(block: Block, new_tab: str) -> str:
    label = f'<span class="visually-hidden">, {new_tab}</span>'
    return _LINK.sub(rf'<a href="\2" target="_blank" rel="noopener">\1{label}</a>', escape(block.markup, quote=False))


def _newsletter(story: Story, furniture: Furniture) -> str:
    heading, sentence, link = furniture.pick(f"newsletter {story.slug}", WORDS[story.language].newsletters)
    return (
        f'<aside class="promo newsletter"><h4>{heading}</h4>'
        f'<p>{sentence} <a href="/newsletters/">{link}</a></p></aside>'
    )


def _advertisement(story: Story) -> str:
    return f'<div class="ad-slot" aria-hidden="true"><span>{WORDS[story.language].advertisement}</span></div>'


def _read_also(story: Story, furniture: Furniture, others: Sequence[Story]) -> str:
    near = [other for other in others if other.language == story.language and other.slug != story.slug]
    if not near:
        return ""
    other = furniture.pick(f"read also {story.slug}", near)
    return (
        f'<aside class="related"><p>{WORDS[story.language].read_also} '
        f'<a href="{other.path}">{escape(other.title)}</a></p></aside>'
    )


def _rail(story: Story, furniture: Furniture, others: Sequence[Story]) -> str:
    words = WORDS[story.language]
    near = [other for other in others if other.language == story.language and other.slug != story.slug]
    chosen = furniture.shuffled(f"rail {story.slug}", near)[:3]
    partners = furniture.shuffled(f"partners {story.slug}", words.partner_headlines)[:3]
    links = [
        (other.path, other.title, furniture.ago(f"{story.slug} {other.slug}", story.language)) for other in chosen
    ] + [
        (f"https://partner.example/{number}", words_, words.advertisement.split(" ·")[0])
        for number, words_ in enumerate(partners)
    ]
    return f"""
  <aside class="most-read"><h3>{words.read_next}</h3><ul>
{frame.link_list(links)}
  </ul></aside>"""


def _amp_page(story: Story, base: str, paywalled: bool) -> str:
    words = WORDS[story.language]
    blocks = story.teaser if paywalled else story.blocks
    lines = [
        line.replace("<img", "<amp-img").replace('alt="">', 'alt=""></amp-img>')
        for line in _elements(blocks, words.new_tab)
    ]
    if not paywalled:
        lines += [f'<p class="correction">{escape(notice)}</p>' for notice in story.corrections]
        lines.append(f'<p class="sign-off">{escape(story.credit)}</p>')
    body = "\n".join(f"    {line}" for line in lines)
    return f"""<!doctype html>
<html amp lang="{story.language}">
<head>
  <meta charset="utf-8"><title>{escape(story.title)} | {SITE}</title>
  <script async src="https://cdn.ampproject.example/v0.js"></script>
  <link rel="canonical" href="{escape(base + story.path)}">
  <meta name="viewport" content="width=device-width">
  {_linked_data(story, base, paywalled)}
</head>
<body>
  <header><a href="/">{SITE}</a></header>
  <main><article>
    <h1>{escape(story.title)}</h1>
    <div class="byline">{words.by} {_names(story)}</div>
    <time datetime="{iso(story.published)}">{_day(story)}</time>
{body}
  </article></main>
  <footer><p>© {SITE}. {words.rights}</p></footer>
</body></html>
"""


def _names(story: Story) -> str:
    *first, last = (escape(name) for name in story.authors)
    return f"{', '.join(first)} {WORDS[story.language].also} {last}" if first else last


def _day(story: Story) -> str:
    words, day = WORDS[story.language], story.published
    return words.date.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
