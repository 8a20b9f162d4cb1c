"""Undoing Content-Encoding, within the limit on size and with an error that says what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class BodyTooLarge(IgnoreRequest):
    """The body, decompressed, is larger than we read."""


class BodyUnreadable(IgnoreRequest):
    """The body is not what its Content-Encoding says."""


class Decoding(HttpCompressionMiddleware):
    """Scrapy's decompression, which stops at the limit; its errors come from five libraries."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Raises BodyTooLarge or BodyUnreadable."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as exc:
            limit = f"{self._max_size / 1e6:g} MB (max_size)"
            raise BodyTooLarge(f"the body, decompressed, is larger than {limit}") from exc
        except Exception as exc:
            encoding = b", ".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
            raise BodyUnreadable(f"the body is not valid {encoding}: {exc}") from exc
