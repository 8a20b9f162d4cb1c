"""A small news site served on loopback, which changes by script: for the demo and the tests."""

from stet.newsroom.exchange import Response
from stet.newsroom.newsroom import Newsroom
from stet.newsroom.script import SCRIPT, Change, Step, script_table
from stet.newsroom.server import Request, Served, serve
from stet.newsroom.stories import Block, Story, parse_blocks

__all__ = [
    "SCRIPT",
    "Block",
    "Change",
    "Newsroom",
    "Request",
    "Response",
    "Served",
    "Step",
    "Story",
    "parse_blocks",
    "script_table",
    "serve",
]
