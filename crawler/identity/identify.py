"""From a URL to the page that it names."""

from __future__ import annotations

from archive.models import Identity
from crawler.identity.cleaning import clean_url
from crawler.identity.key import identity


def identify(url: str) -> Identity:
    """The page that `url` names: its unique key, and the URL to fetch and to show. Raises InvalidURL."""
    return Identity(identity(url), clean_url(url))
