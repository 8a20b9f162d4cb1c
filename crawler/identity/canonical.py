"""Whether to believe a page that says what its canonical URL is."""

from __future__ import annotations

from urllib.parse import urljoin

from crawler.identity.cleaning import clean_url
from crawler.identity.key import identity
from crawler.identity.kind import is_section_or_home
from crawler.identity.site import same_site


def believed_canonical(page_url: str, canonical: str | None) -> str | None:
    """The clean form of the page's rel=canonical, or None where it is not to be believed.

    Believed within the same registrable domain only, and never where it names a section or home page
    (a common fault of templates), unless that is the page itself.
    """
    if not canonical:
        return None
    try:
        clean = clean_url(urljoin(page_url, canonical.strip()))
        if identity(clean) == identity(page_url):
            return clean
    except ValueError:
        return None
    return clean if same_site(clean, page_url) and not is_section_or_home(clean) else None
