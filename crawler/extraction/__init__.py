"""Extraction: the bytes of a news page in, the article out. Pure: no network, no database.

It runs in another process: whatever goes in or comes out pickles, and is small.
"""

from crawler.extraction.article import EXTRACTOR, extract, warm
from crawler.extraction.errors import NotAnArticle
from crawler.extraction.settings import ExtractionSettings

__all__ = ["EXTRACTOR", "ExtractionSettings", "NotAnArticle", "extract", "warm"]
