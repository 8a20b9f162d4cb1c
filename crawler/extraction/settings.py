"""What a source's pages are read by: which kinds of blocks count as an article's text."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, ConfigDict

from archive.models import TEXT_ROLES, Role


class ExtractionSettings(BaseModel):
    """Which blocks are text, where people differ. What is not text is kept with its role all the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    standfirst: bool = True
    """The summary between headline and text."""
    embeds: bool = True
    """Posts of social networks set into the text."""
    tables: bool = True
    captions: bool = False

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
