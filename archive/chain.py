"""The chained digest that binds each snapshot to all before it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.models import Article


def link(
    previous: str,
    *,
    version: int,
    captured_at: str,
    article: Article,
    extractor: str,
    settings_digest: str | None = None,
    reextracts: int | None = None,
) -> str:
    """SHA-256 (hex) over the previous snapshot's link ("" for the first) and all that this one stores.

    Only what the archive's rows hold goes in, so that anybody can compute it again from them. Rows without a
    settings digest are older than it: nothing of the settings is in their links.
    """
    blocks = [[block.role.value, block.text, block.reason] for block in article.blocks]
    content: list[object] = [
        previous,
        version,
        captured_at,
        extractor,
        article.title,
        article.authors,
        article.published,
        article.modified,
        article.language,
        blocks,
    ]
    if settings_digest is not None:
        content += [settings_digest, sorted(article.text_roles), reextracts]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
