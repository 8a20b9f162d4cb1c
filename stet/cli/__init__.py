"""The command line: `stet COMMAND`. What scripts rely on is fixed: names, JSON keys, exit status."""

from __future__ import annotations

import sys
from importlib import import_module

import click

_COMMANDS = {
    "fetch": "stet.cli.fetch",
    "run": "stet.cli.run",
    "watch": "stet.cli.watch",
    "unwatch": "stet.cli.watch",
    "discover": "stet.cli.discover",
    "log": "stet.cli.history",
    "show": "stet.cli.history",
    "diff": "stet.cli.history",
    "changes": "stet.cli.changes",
    "sources": "stet.cli.sources",
    "demo": "stet.cli.demo",
}


class _LazyGroup(click.Group):
    """Imports a command's module when it is called: `stet --help` need not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="stet-news", prog_name="stet")
def cli() -> None:
    """Keep what news sites said, every time they said it.

    Exit status: 0 done, 1 at least one URL or check failed, 2 wrong usage or configuration.
    """


def main() -> None:
    """The `stet` command."""
    # A pipe that closes early (`stet changes | head`) is no error of ours.
    try:
        cli(prog_name="stet")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
