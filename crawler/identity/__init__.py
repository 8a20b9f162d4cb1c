"""The canonical identity of a page: which URLs are one page, which site it is of, what kind of page it is."""

from crawler.identity.canonical import believed_canonical
from crawler.identity.cleaning import InvalidURL, clean_url
from crawler.identity.identify import identify
from crawler.identity.key import identity
from crawler.identity.kind import is_error, is_section_or_home, is_service, looks_like_article
from crawler.identity.site import same_site

__all__ = [
    "InvalidURL",
    "believed_canonical",
    "clean_url",
    "identify",
    "identity",
    "is_error",
    "is_section_or_home",
    "is_service",
    "looks_like_article",
    "same_site",
]
