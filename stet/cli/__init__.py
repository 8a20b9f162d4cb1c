"""The command line: `stet COMMAND`. What scripts rely on is fixed: names, JSON keys, exit status."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module

import click

_COMMANDS = {
    "fetch": ("stet.cli.fetch", "Fetch pages now, store them, and tell what became of each."),
    "run": ("stet.cli.run", "Discover, fetch, store and come back, until SIGTERM or SIGINT."),
    "watch": ("stet.cli.watch", "Put pages under the schedule."),
    "unwatch": ("stet.cli.watch", "Take pages out of the schedule."),
    "discover": ("stet.cli.discover", "Look for the sources' pages now, and watch the new ones."),
    "log": ("stet.cli.history", "List the snapshots of a page, newest first."),
    "show": ("stet.cli.history", "Print one snapshot of a page."),
    "diff": ("stet.cli.diff", "Compare two snapshots of a page."),
    "compare": ("stet.cli.compare", "Compare the articles of two pages: what one took from the other."),
    "copies": ("stet.cli.copies", "List the other pages that carry a page's story."),
    "changes": ("stet.cli.changes", "Print what happened to the pages."),
    "search": ("stet.cli.search", "Search the text of all snapshots, and what was removed from it."),
    "sources": ("stet.cli.sources", "Show the health of each source."),
    "password": ("stet.cli.password", "Make the hash of a password or token for the configuration."),
    "serve": ("stet.cli.serve", "Serve the reading room alone, read-only."),
    "notify": ("stet.cli.notify", "Show who is told of changes, and send them a test."),
    "reextract": ("stet.cli.reextract", "Read what stands in the archive again, by today's extraction."),
    "demo": ("stet.cli.demo", "Watch a small bundled news site change."),
}
"""Where each command is, and what it is for: the one line of `stet --help`."""


class _LazyGroup(click.Group):
    """Imports a command's module when it is called: `stet --help` need not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            near = get_close_matches(cmd_name, _COMMANDS, n=1)
            if near:
                ctx.fail(f"No such command {cmd_name!r}. Did you mean {near[0]!r}?")
            return None
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="stet-news", prog_name="stet")
def cli() -> None:
    """Keep what news sites said, every time they said it.

    Exit status: 0 done, 1 at least one URL or check failed, 2 wrong usage or configuration.
    """


def main() -> None:
    """The `stet` command."""
    cli(prog_name="stet")
