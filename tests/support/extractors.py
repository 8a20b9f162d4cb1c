"""Extractions that misbehave. In a module of its own, so that worker processes can import it."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from archive.models import Article, Block, Role
from crawler.extraction import NotAnArticle


def obedient(body: bytes, *, url: str, content_type: str | None, **known: object) -> Article:
    """Do what the body says; anything else is the text of an article, with its worker's process id as author."""
    word, _, rest = body.decode().partition(" ")
    match word:
        case "abort":
            os.abort()
        case "exit":
            os._exit(int(rest))
        case "hang":
            time.sleep(3600)
        case "hang-in-c":
            Path(rest).touch()
            # Like a parser that never comes back: no signal handler of Python's gets a turn.
            ctypes.PyDLL(None).sleep(3600)
        case "refuse":
            raise NotAnArticle(rest)
        case "recurse":
            raise RecursionError(rest)
        case "quit":
            raise SystemExit(rest)
        case "unreadable":
            raise Unreadable("one", "two")
        case "unpicklable":
            raise Stubborn
    return Article(url, (str(os.getpid()),), None, None, None, (Block(Role.BODY, body.decode()),))


class Unreadable(Exception):
    """Pickles, and cannot be unpickled."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


class Stubborn(Exception):
    """Does not pickle."""

    def __reduce__(self) -> str:
        raise TypeError("not me")


def warm() -> None:
    """Nothing needs it."""


def warm_fails() -> None:
    raise ImportError("the parsers are not installed")
