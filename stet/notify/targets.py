"""Where the rules' events go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from stet.notify import by_webhook
from stet.notify.rules import Rule
from stet.notify.settings import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import SecretStr

    from stet.notify.parcel import Answer, Parcel
    from stet.notify.settings import NotifySettings, RuleSettings

MOST_EVENTS = 1_000
"""Of one message to people, which tells the heaviest and counts the others."""
MOST_EVENTS_OF_A_WEBHOOK = 100


class CannotNotify(Exception):
    """The rules cannot be served as they are. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """One address that is told."""

    name: str
    """Where it stands in its rule, and its kind: `urls.0 (slack)`. Nothing of the address."""
    digest: str
    """By which it is known in the archive."""
    send: Callable[[Parcel], Answer] = field(repr=False)
    most_events: int
    tells_repeats: bool
    """Whether who hears a message twice can tell, so that it may be sent again where it may have arrived."""


@dataclass(frozen=True, slots=True)
class Route:
    """A rule and where it leads."""

    rule: Rule
    targets: tuple[Target, ...]


def routes(settings: NotifySettings) -> tuple[Route, ...]:
    """The rules with their targets, one address once a rule. Raises CannotNotify."""
    if any(rule.urls for rule in settings.rules) and find_spec("apprise") is None:
        names = ", ".join(rule.name for rule in settings.rules if rule.urls)
        raise CannotNotify(
            f"the `urls` of notify.rules ({names}) need Apprise; it is not installed: pip install 'stet-news[notify]'"
        )
    for key, secret in _secrets(settings):
        if name := missing(secret):
            raise CannotNotify(f"{key}: there is no {name} in the environment")
    return tuple(
        Route(Rule(rule), tuple({target.digest: target for target in _targets(rule)}.values()))
        for rule in settings.rules
    )


def _secrets(settings: NotifySettings) -> Iterator[tuple[str, SecretStr]]:
    """All that may come from the environment, with its key."""
    for number, rule in enumerate(settings.rules):
        for place, url in enumerate(rule.urls):
            yield f"notify.rules.{number}.urls.{place}", url
        for place, webhook in enumerate(rule.webhooks):
            key = f"notify.rules.{number}.webhooks.{place}"
            yield f"{key}.url", webhook.url
            yield from ((f"{key}.secrets.{which}", secret) for which, secret in enumerate(webhook.secrets))


def _targets(rule: RuleSettings) -> Iterator[Target]:
    for number, url in enumerate(rule.urls):
        from stet.notify import by_apprise  # noqa: PLC0415 - only where the extra is there

        address = url.get_secret_value()
        yield Target(
            f"urls.{number} ({address.partition('://')[0]})",
            _digest("apprise", address),
            partial(by_apprise.send, address),
            MOST_EVENTS,
            tells_repeats=False,
        )
    for number, webhook in enumerate(rule.webhooks):
        address = webhook.url.get_secret_value()
        yield Target(
            f"webhooks.{number} ({urlsplit(address).hostname})",
            _digest("webhook", address),
            partial(by_webhook.send, webhook),
            MOST_EVENTS_OF_A_WEBHOOK,
            tells_repeats=True,
        )


def _digest(kind: str, address: str) -> str:
    """The same for the same address. It takes some 50 ms, so that a weak password in one is not found by trying."""
    return hashlib.scrypt(address.encode(), salt=f"stet {kind}".encode(), n=2**14, r=8, p=1, dklen=16).hex()
