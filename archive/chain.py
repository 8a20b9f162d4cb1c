"""The chained digest that binds each snapshot to all before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.models import Article


def link(previous: str, *, version: int, captured_at: str, article: Article, extractor: str) -> str:
    """SHA-256 (hex) over the previous snapshot's link ("" for the first) and all that this one stores."""
    content = [previous, version, captured_at, extractor, asdict(article)]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
