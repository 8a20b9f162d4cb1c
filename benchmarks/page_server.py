"""Generated news pages on many loopback hosts, for benchmarks: as cheap to serve as asyncio allows.

    python benchmarks/page_server.py PAGES HOSTS SIZE

Prints the pages' URLs as one JSON list, then serves until SIGTERM. `GET /mode/NAME` switches between
`steady` (ETags answered with 304), `no-validators` (none given), `furniture` (share counts and rails differ,
no article does) and `restless` (they differ with every answer).
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys

WORDS = """
harbour council river budget minister engineers storm vote bridge report officials market school
railway hospital committee survey region workers strike farmers police court judge energy prices
water forest city
""".split()
VERBS = """
said approved delayed rejected opened counted repaired measured promised questioned
""".split()


class Pages:
    """Answers by path, rendered once per mode."""

    def __init__(self, count: int, size: int) -> None:
        self.size = size
        self.mode = "steady"
        self.turn = 0
        self.bodies = {f"/news/2026/03/story-number-{number}": number for number in range(count)}
        self.cache: dict[tuple[str, int], bytes] = {}
        self.asked: dict[int, int] = {}

    def answer(self, path: str, conditional: bool) -> bytes:
        if path.startswith("/mode/"):
            self.mode = path.removeprefix("/mode/")
            self.turn += self.mode == "furniture"
            return _response(200, b"", "")
        number = self.bodies.get(path)
        if number is None:
            return _response(404, b"", "")
        turn = self.turn
        if self.mode == "restless":
            turn = self.asked[number] = 1 - self.asked.get(number, 0)
        etag = "" if self.mode == "no-validators" else f'ETag: "{number}-{turn}"\r\n'
        if conditional and self.mode == "steady":
            return _response(304, b"", etag)
        key = (path, turn)
        if key not in self.cache:
            self.cache[key] = page(path, number, turn, self.size)
        return _response(200, self.cache[key], etag)


def page(path: str, number: int, turn: int, size: int) -> bytes:
    """An article of some 700 words in `size` bytes of markup, as news pages have it."""
    story = random.Random(number)  # noqa: S311 - the same pages in every run
    noise = random.Random(f"{number} {turn}")  # noqa: S311
    title = _sentence(story, 8).rstrip(".")
    text = "".join(
        f"<p>{' '.join(_sentence(story, story.randint(9, 24)) for _ in range(story.randint(2, 4)))}</p>"
        for _ in range(16)
    )
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-03-01T08:00:00Z",
        "dateModified": "2026-03-01T09:00:00Z",
        "author": [{"@type": "Person", "name": "Ada Lin"}],
    }
    head = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | The Bench</title>"
        f"<link rel=canonical href='{path}'><meta property='og:title' content='{title}'>"
        f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    )
    body = (
        f"<header><nav><ul><li><a href='/'>Home</a><li><a href='/world/'>World</a></ul></nav>"
        f"<div class=ticker>Index {noise.randint(1000, 9999)}</div></header><main><article><h1>{title}</h1>"
        f"<div class=share>{noise.randint(1, 9999)} shares</div>{text}</article>"
        f"<aside class=read-next><h3>Read next</h3><ul>"
        + "".join(f"<li><a href='/news/{noise.randint(1, 10**6)}'>{_sentence(noise, 7)}</a>" for _ in range(12))
        + "</ul></aside></main><footer><p>All rights reserved</p></footer></body></html>"
    )
    # Most of a news page is script and style; the rest is nested boxes of links.
    rest = size - len(head) - len(body)
    boxes = "".join(
        f"<div class='card c{story.randint(1, 99)}'><div><a href='/x/{story.randint(1, 10**6)}'><span>"
        f"{_sentence(story, 6)}</span></a></div></div>"
        for _ in range(rest // 3 // 150)
    )
    script = "".join(f"var x{story.randint(1, 10**9)}='{story.randbytes(24).hex()}';" for _ in range(rest // 60))
    script = script[: max(0, rest - len(boxes) - 40)]
    cut = body.index("<footer>")
    html = f"{head}<script>{script}</script></head><body>{body[:cut]}<section>{boxes}</section>{body[cut:]}"
    return html.encode()


def _sentence(source: random.Random, words: int) -> str:
    chosen = source.choices(WORDS, k=words)
    chosen[words // 2] = source.choice(VERBS)
    chosen[-2] = str(source.randint(2, 9999))
    return " ".join(chosen).capitalize() + "."


def _response(status: int, body: bytes, headers: str) -> bytes:
    kind = "" if status == 304 else f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
    return f"HTTP/1.1 {status} X\r\n{kind}{headers}\r\n".encode() + body


async def serve(count: int, hosts: int, size: int) -> None:
    """Serve until SIGTERM."""
    pages = Pages(count, size)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = request.split(" ", 2)[1]
                writer.write(pages.answer(path, "if-none-match" in request.lower()))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    names = [f"127.0.0.{number}" for number in range(2, hosts + 2)]
    servers = [await asyncio.start_server(connected, names[0], 0, backlog=512)]
    port = servers[0].sockets[0].getsockname()[1]
    servers += [await asyncio.start_server(connected, name, port, backlog=512) for name in names[1:]]
    urls = [f"http://{names[number % hosts]}:{port}{path}" for number, path in enumerate(pages.bodies)]
    for path in pages.bodies:
        for turn in (0, 1):
            pages.cache[path, turn] = page(path, pages.bodies[path], turn, size)
    print(json.dumps(urls), flush=True)
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(*map(int, sys.argv[1:4])))
