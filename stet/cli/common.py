"""What the commands share: the options every one takes, the archive to read, and how they end."""

from __future__ import annotations

import functools
import json
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console

from archive.errors import ArchiveError, ArchiveUnusable
from archive.opening import open_for_reading
from crawler.identity import InvalidURL
from stet import config, logs
from stet.moments import parse_moment
from stet.named import source_names
from stet.render.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from stet.config import Config

FAILED = 1
WRONG_USAGE = 2


def command(function: Callable[..., None]) -> click.Command:
    """A command that takes `--config` and `--db`, gets the loaded Config first, and ends as the contract says."""

    @functools.wraps(function)
    def wrapped(config_path: Path | None, db: Path | None, allow_private: bool = False, **options: Any) -> None:
        try:
            settings = config.load(config_path)
            if db is not None:
                settings = settings.model_copy(update={"database": db})
            if allow_private:
                crawl = settings.crawl.model_copy(update={"allow_private": True})
                settings = settings.model_copy(update={"crawl": crawl})
            logs.configure(settings.log)
            function(settings, **options)
        except config.ConfigError as error:
            fail(str(error), WRONG_USAGE)
        except ArchiveUnusable as error:
            fail(str(error), WRONG_USAGE)
        except (ArchiveError, InvalidURL) as error:
            fail(str(error), FAILED)

    for option in (
        click.option("--db", type=click.Path(dir_okay=False, path_type=Path), help="The archive's file."),
        click.option(
            "--config",
            "config_path",
            type=click.Path(dir_okay=False, path_type=Path),
            help="The configuration (default: config.yaml if it is there).",
        ),
    ):
        wrapped = option(wrapped)
    return click.command(wrapped)


allow_private_option = click.option(
    "--allow-private", is_flag=True, help="Fetch from private and loopback addresses too."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line on standard output.")


def moment(_ctx: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
    """For an option that takes a time, or how long ago it was."""
    if value is None:
        return None
    try:
        return parse_moment(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def fail(message: str, status: int) -> NoReturn:
    """Say on standard error what is wrong, and end."""
    for line in message.splitlines():
        click.echo(f"stet: {plain(line)}", err=True)
    sys.exit(status)


def json_line(record: Mapping[str, object]) -> str:
    """`record` on one line, in which nothing steers a terminal and nothing is taken for a line's end."""
    return _UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(record, ensure_ascii=False))


def print_json(record: Mapping[str, object]) -> None:
    """One JSON Line, at once."""
    click.echo(json_line(record))


def wide_console() -> Console:
    """Where tables go: as wide as the terminal, and as wide as they need be where there is none."""
    return Console() if sys.stdout.isatty() else Console(width=1_000)


@contextmanager
def reading(settings: Config) -> Iterator[Database]:
    """The archive, to read."""
    with open_for_reading(settings.database) as db:
        yield db


def refuse_unknown_source(settings: Config, db: Database, source: str | None) -> None:
    """Raises click.UsageError where neither the archive nor the configuration has the source that was asked for."""
    known = source_names(db, settings)
    if source is not None and source not in known:
        raise click.UsageError(f"No source is named {source}; there are: {', '.join(known) or 'none'}.")


# What json leaves as it is: DEL and C1 controls (U+009B begins an escape sequence), Unicode's own line ends, bidi
# embeddings, overrides and isolates, the byte-order mark, lone surrogates (no UTF-8 holds them), tags.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]")
