"""The home page and the section pages: links to articles among links to everything else."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from stet.newsroom import frame
from stet.newsroom.words import SECTIONS, SITE, WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stet.newsroom.furniture import Furniture
    from stet.newsroom.stories import Story


def section_page(section: str, stories: Sequence[Story], base: str, furniture: Furniture) -> str:
    """One section's page; its language is that of its stories."""
    language = stories[0].language if stories else "en"
    front = _Front(SECTIONS[section], f"/{section}/", language)
    return _listing(front, stories, base, furniture)


def home_page(stories: Sequence[Story], base: str, furniture: Furniture) -> str:
    """The front page, with the stories of all sections."""
    return _listing(_Front("Front page", "/", "en"), stories, base, furniture)


@dataclass(frozen=True, slots=True)
class _Front:
    name: str
    path: str
    language: str


def _listing(front: _Front, stories: Sequence[Story], base: str, furniture: Furniture) -> str:
    name, path, language = front.name, front.path, front.language
    words = WORDS[language]
    cards = "\n".join(_card(story, furniture) for story in stories)
    topics = [(f"/tags/{tag}", tag.capitalize(), "") for tag in ("storms", "ports", "trains", "water")]
    partners = [
        (f"https://partner.example/{number}", headline, words.advertisement.split(" ·")[0])
        for number, headline in enumerate(furniture.shuffled(f"partners {path}", words.partner_headlines)[:3])
    ]
    heading, sentence, link = furniture.pick(f"newsletter {path}", words.newsletters)
    main = f"""  <main><h1>{name}</h1>
{cards}
    <aside class="promo newsletter"><h4>{heading}</h4><p>{sentence} <a href="/newsletters/">{link}</a></p></aside>
    <aside class="topics"><ul>
{frame.link_list(topics)}
    </ul></aside>
    <aside class="partners"><ul>
{frame.link_list(partners)}
    </ul></aside>
    <p><a href="{path}?page=2">2</a> <a href="/video/">Video</a> <a href="mailto:desk@courier.example">@</a></p>
  </main>"""
    head = f"""  <link rel="canonical" href="{escape(base + path)}">
  <meta property="og:type" content="website"><meta property="og:title" content="{name} | {SITE}">"""
    return frame.page(title=name, language=language, head=head, main=main, furniture=furniture)


def _card(story: Story, furniture: Furniture) -> str:
    ago = furniture.ago(f"card {story.slug}", story.language)
    return f"""    <section class="card" lang="{story.language}">
      <a href="/{story.section}/" class="kicker">{SECTIONS[story.section]}</a>
      <h2><a href="{story.path}">{escape(story.title)}</a></h2>
      <p>{escape(story.summary)}</p> <span>{ago}</span></section>"""
