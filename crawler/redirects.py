"""Following redirects: each hop is a request like any other, and a circle is told from a long way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy.http import Response


class RedirectLoop(IgnoreRequest):
    """A redirect leads back to where it came from."""


class TooManyRedirects(IgnoreRequest):
    """There are more redirects than we follow."""


class Redirects(RedirectMiddleware):
    """Scrapy's redirects, with a host's own turn for each hop and without conditions meant for the first URL."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response itself where it redirects to what is no URL. Raises RedirectLoop or TooManyRedirects."""
        try:
            followed = super().process_response(request, response)
            if isinstance(followed, Request):
                _ = urlsplit(followed.url).port
        except ValueError:
            return response
        except IgnoreRequest as exc:
            raise TooManyRedirects(f"more than {self.max_redirect_times} redirects") from exc
        if isinstance(followed, Request):
            _check_circle(request, followed)
            # Scrapy would make a redirect to another host wait in the first host's queue.
            followed.meta.pop("download_slot", None)
            # What we know of the first URL's content says nothing about this one's.
            followed.headers.pop("If-None-Match", None)
            followed.headers.pop("If-Modified-Since", None)
        return followed


def _check_circle(request: Request, followed: Request) -> None:
    way = [*request.meta.get("redirect_urls", ()), request.url]
    target = urldefrag(followed.url).url
    seen = [urldefrag(url).url for url in way]
    if target in seen:
        circle = " → ".join([*seen[seen.index(target) :], target])
        raise RedirectLoop(f"redirects in a circle: {circle}")
