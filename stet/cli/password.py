"""`stet password`: hashes for the configuration, so that it holds no password and no token."""

from __future__ import annotations

import sys
from secrets import token_urlsafe

import click

from stet.cli.common import FAILED, fail

SHORTEST = 8
"""Characters; NIST SP 800-63B, section 5.1.1.2."""


# It takes no configuration: one whose hash is wrong would be refused before another is made.
@click.command
@click.option("--stdin", "from_stdin", is_flag=True, help="Take the password from a line of standard input.")
@click.option("--token", "is_token", is_flag=True, help="Make a random token for programs; print it, then its hash.")
def password(*, from_stdin: bool, is_token: bool) -> None:
    """Print the argon2id hash of a password, for `web.password_hash` or the environment's STET_PASSWORD_HASH."""
    try:
        from stet.web.access.hashes import hashed  # noqa: PLC0415 - needs the extra
    except ImportError:
        fail("hashes need packages that are not installed: pip install 'stet-news[web]'", FAILED)
    if is_token:
        token = token_urlsafe()
        click.echo(token)
        click.echo(hashed(token))
        return
    given = sys.stdin.readline().rstrip("\r\n") if from_stdin else _asked()
    if len(given) < SHORTEST:
        raise click.UsageError(f"A password has {SHORTEST} characters at least.")
    click.echo(hashed(given))


def _asked() -> str:
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return answer
