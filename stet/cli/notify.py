"""`stet notify`: who is told of changes, how that goes, and whether it would arrive."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from archive import outbox
from archive.outbox import State, Tally
from archive.times import iso
from stet.cli.common import (
    FAILED,
    WRONG_USAGE,
    command,
    fail,
    json_option,
    print_json,
    reading,
    wide_console,
)
from stet.notify import sending
from stet.notify.looking import message_id
from stet.notify.parcel import Answer, Parcel
from stet.notify.targets import CannotNotify, Target, routes
from stet.records import notification_record, notified_record
from stet.render.plain import plain
from stet.render.times import to_the_second

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stet.config import Config
    from stet.notify.targets import Route

TESTED_WITHIN = 60.0
"""Seconds to wait for the answer of a target."""


@command
@click.argument("rule", required=False)
@click.option(
    "--test", "is_test", is_flag=True, help="Send a test message to every target of the rules, or of RULE, now."
)
@json_option
def notify(settings: Config, *, rule: str | None, is_test: bool, as_json: bool) -> None:
    """Show the rules of notifications, or RULE, and what became of what was sent."""
    names = [each.name for each in settings.notify.rules]
    if rule is not None and rule not in names:
        raise click.UsageError(f"No rule is named {rule}; there are: {', '.join(names) or 'none'}.")
    try:
        leads = [lead for lead in routes(settings.notify) if rule in (None, lead.rule.name)]
    except CannotNotify as error:
        fail(str(error), WRONG_USAGE)
    if not leads:
        click.echo("stet: no rule in `notify.rules`", err=True)
    elif is_test:
        _test(settings, leads, as_json=as_json)
    else:
        _show(settings, leads, as_json=as_json)


def _test(settings: Config, leads: Sequence[Route], *, as_json: bool) -> None:
    pairs = [(lead.rule.name, target) for lead in leads for target in lead.targets]
    answers = asyncio.run(_answers(settings, pairs))
    for (rule, target), answer in zip(pairs, answers, strict=True):
        if as_json:
            print_json(notified_record(rule, target.name, answer))
        else:
            outcome = "sent" if answer.state is State.SENT else f"failed: {answer.error}"
            click.echo(f"{plain(rule)}  {plain(target.name)}  {outcome}")
    if any(answer.state is not State.SENT for answer in answers):
        sys.exit(FAILED)


async def _answers(settings: Config, pairs: Sequence[tuple[str, Target]]) -> list[Answer]:
    """What the targets say, all of them asked at one time."""
    now = datetime.now(UTC)
    asked = [
        sending.begin(target, Parcel((rule,), message_id(), iso(now), now, room=settings.web.url))
        for rule, target in pairs
    ]
    await asyncio.wait(asked, timeout=TESTED_WITHIN)
    return [each.result() if each.done() else Answer(State.UNKNOWN, "no answer in time") for each in asked]


def _show(settings: Config, leads: Sequence[Route], *, as_json: bool) -> None:
    with reading(settings) as db:
        records = {(record.rule, record.target): record for record in outbox.records(db)}
    rows = [
        (lead.rule.name, target.name, records.get((lead.rule.name, target.digest), Tally(lead.rule.name)))
        for lead in leads
        for target in lead.targets
    ]
    if as_json:
        for rule, target, record in rows:
            print_json(notification_record(rule, target, record))
    else:
        wide_console().print(_table(rows))


def _table(rows: Sequence[tuple[str, str, Tally]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("rule", "target"):
        table.add_column(column)
    table.add_column("last sent", no_wrap=True)
    for column in ("sent", "waiting", "given up", "unknown"):
        table.add_column(column, justify="right")
    table.add_column("failing since", no_wrap=True)
    table.add_column("last error")
    for rule, target, record in rows:
        table.add_row(
            Text(plain(rule)),
            Text(plain(target)),
            to_the_second(record.last_sent_at) if record.last_sent_at else "never",
            *(str(count) for count in (record.sent, record.waiting, record.failed, record.unknown)),
            to_the_second(record.failing_since) if record.failing_since else "",
            Text(plain(record.last_error or "")),
        )
    return table
