"""Scrapy's HTTP over aiohttp, for running without Twisted's reactor."""

from __future__ import annotations

import socket
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse

from crawler.addresses import refusal
from crawler.guard import AddressGuard
from crawler.stopping import Downloads

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.resolver import Resolver


class AiohttpDownloads(AiohttpDownloadHandler):
    """Downloads that connect only where the address guard lets them, and that can be stopped."""

    lazy = True
    # Scrapy warns of it at each start; whoever sets `reactor: none` has been told.
    experimental = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        guard = crawler.get_downloader_middleware(AddressGuard)
        if guard is None:
            raise RuntimeError("there is no address guard")
        self._downloads = Downloads(crawler)
        self._session.detach()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                resolver=GuardedNames(guard.resolver),
                use_dns_cache=False,
                socket_factory=partial(_socket, guard.resolver),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    async def download_request(self, request: Request) -> Response:
        return await self._downloads.finish(partial(super().download_request, request))


class GuardedNames(AbstractResolver):
    """The resolver as aiohttp asks it."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 (we are not asked for one alone)
    ) -> list[ResolveResult]:
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": socket.AF_INET6 if ":" in address else socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
            for address in await self._resolver.addresses(host)
        ]

    async def close(self) -> None:
        """There is nothing to close."""


def _socket(resolver: Resolver, info: Any) -> socket.socket:
    """A socket for one address; aiohttp does not ask the resolver about addresses in a URL."""
    family, kind, proto, _, address = info
    if not resolver.permits(address[0]):
        raise OSError(f"{address[0]} is a {refusal(address[0])} address")
    return socket.socket(family=family, type=kind, proto=proto)
