"""AMP doubles: the forms under which one article is served a second time for telephones."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def publisher_url(url: str) -> str | None:
    """The publisher's URL inside that of an AMP viewer or cache, not yet validated; None for other URLs.

    https://developers.google.com/amp/cache/overview#amp-cache-url-format
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    form = _CACHE_PATH if _CACHE_HOST.fullmatch(host) else _VIEWER_PATH if _VIEWER_HOST.fullmatch(host) else None
    inside = form and form.fullmatch(parts.path)
    if not inside:
        return None
    scheme = "https" if inside["secure"] else "http"
    query = f"?{parts.query}" if parts.query else ""
    return f"{scheme}://{inside['rest']}{query}"


def without_amp_path(path: str) -> str:
    """`path` without the mark of AMP: `/amp` at its end, or at its start, `.amp` or `.amp.html`."""
    path = _AMP_END.sub("", path)
    path = _AMP_START.sub("/", path)
    return _AMP_EXTENSION.sub(r"\1", path)


def is_amp_parameter(parameter: str) -> bool:
    """Whether `name=value` only asks for the AMP form, or was added by a viewer of it."""
    name, _, value = parameter.lower().partition("=")
    if name == "amp":
        return value in {"", "1", "true", "yes", "amp"}
    return name in _VIEWER_PARAMETERS or (value == "amp" and name in _FORM_PARAMETERS)


_CACHE_HOST = re.compile(r"(?:[a-z0-9-]+\.)?cdn\.ampproject\.org|(?:[a-z0-9-]+\.)?bing-amp\.com")
_CACHE_PATH = re.compile(r"/(?:c|v|wp/c|wp/v)/(?P<secure>s/)?(?P<rest>[^/]+\..+)")
_VIEWER_HOST = re.compile(r"(?:(?:www|m)\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})")
_VIEWER_PATH = re.compile(r"/amp/(?P<secure>s/)?(?P<rest>[^/]+\..+)")

_AMP_END = re.compile(r"(?<=[^/])(?:/amp(?:\.html?)?)+/*$", re.IGNORECASE)
# Only before two segments or more: "/amp/123" says nothing of where "123" is without it.
_AMP_START = re.compile(r"^/amp/+(?=[^/]+/+[^/])", re.IGNORECASE)
_AMP_EXTENSION = re.compile(r"(?<=[^/])\.amp(\.html?|)$", re.IGNORECASE)

_VIEWER_PARAMETERS = frozenset({"amp_js_v", "amp_gsa", "amp_tf", "amp_r", "amp_kit", "amp_markup", "usqp"})
_FORM_PARAMETERS = frozenset({"outputtype", "output", "view", "format", "type", "layout", "mode"})
