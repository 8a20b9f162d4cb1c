"""A progress bar on standard error, and results that do not tear it."""

from __future__ import annotations

import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text


def progress_bar(*, disable: bool = False) -> Progress:
    """A bar that is gone when it is done; none where standard error is no terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=disable or not console.is_terminal,
    )


def print_beside(progress: Progress, line: str) -> None:
    """On standard output; where that is the terminal that has the progress bar too, above the bar."""
    if sys.stdout.isatty() and not progress.disable:
        progress.console.print(Text(line), soft_wrap=True)
    else:
        click.echo(line)
