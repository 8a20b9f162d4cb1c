"""What a source's pages are read by: which kinds of blocks count as an article's text, and which lines never do."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, ConfigDict

from archive.models import TEXT_ROLES, Role
from crawler.expressions import Pattern


class BoilerplateSettings(BaseModel):
    """Which lines are the source's own, whatever article they stand in. Expressions are searched, case counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    learn: bool = True
    """Count the lines of the source's articles, and set aside what it repeats from article to article."""
    keep: tuple[Pattern, ...] = ()
    """Regular expressions; a line in which one is found is never set aside as repeated."""
    drop: tuple[Pattern, ...] = ()
    """Regular expressions; a line in which one is found is set aside in every article."""


class ExtractionSettings(BaseModel):
    """Which blocks are text, where people differ. What is not text is kept with its role all the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    standfirst: bool = True
    """The summary between headline and text."""
    embeds: bool = True
    """Posts of social networks set into the text."""
    tables: bool = True
    captions: bool = False
    boilerplate: BoilerplateSettings = BoilerplateSettings()

    @property
    def text_roles(self) -> frozenset[Role]:
        """The roles whose blocks are the article's text under these settings."""
        wanted = {
            Role.STANDFIRST: self.standfirst,
            Role.EMBED: self.embeds,
            Role.TABLE: self.tables,
            Role.CAPTION: self.captions,
        }
        settled = TEXT_ROLES - wanted.keys()
        return settled | {role for role, is_text in wanted.items() if is_text}

    @property
    def digest(self) -> str:
        """12 hex digits that differ where any setting does (SHA-256 of the settings as JSON)."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]
