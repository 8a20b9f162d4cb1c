"""Where the reading room shows what, for links that lead there from elsewhere."""

from __future__ import annotations

from urllib.parse import urlencode


def page_path(url: str, versions: tuple[int, int] | None = None) -> str:
    """Of a page's history; with two versions, of these compared."""
    asked = {"url": url} if versions is None else {"url": url, "from": str(versions[0]), "to": str(versions[1])}
    return f"/page?{urlencode(asked)}"
