"""Templates, wherever they lie: whatever is put into one is escaped, and a name that is not there is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from stet.render.plain import plain


def environment(package: str, *, keep_trailing_newline: bool = False) -> Environment:
    """The templates of a package, with the filter `plain` and the test `web`: whether a URL may be a link."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
    )
    made.filters["plain"] = plain
    made.tests["web"] = _is_web_address
    return made


def _is_web_address(url: str) -> bool:
    """Whether it may be a link: `javascript:` may not."""
    return url.lower().startswith(("http://", "https://"))
