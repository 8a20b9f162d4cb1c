"""What discovery raises."""

from __future__ import annotations


class DiscoveryError(Exception):
    """A feed, sitemap or section page that could not be read; one line that names its URL and the reason."""
