"""Which changes are told, and where to: `notify` in the configuration."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import timedelta
from importlib.util import find_spec
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from archive.models import EventKind
from crawler.durations import Duration
from stet.notify.words import folded

FROM_ENVIRONMENT = "env:"
SECRET_PREFIX = "whsec_"  # noqa: S105 - by which Standard Webhooks' secrets are known
SHORTEST_KEY, LONGEST_KEY = 24, 64
"""Bytes (Standard Webhooks)."""


def _from_environment(value: object, info: ValidationInfo) -> object:
    """What the variable holds that `env:NAME` names, from the environment that came with what is validated.

    It stays as it is where there is no such variable: who only reads the archive need not have it.
    """
    environment = (info.context or {}).get("environment")
    if isinstance(value, str) and value.startswith(FROM_ENVIRONMENT) and isinstance(environment, Mapping):
        return environment.get(value.removeprefix(FROM_ENVIRONMENT), value)
    return value


def missing(secret: SecretStr) -> str | None:
    """The variable that is not in the environment, where the secret was to come from there."""
    value = secret.get_secret_value()
    return value.removeprefix(FROM_ENVIRONMENT) if value.startswith(FROM_ENVIRONMENT) else None


def _apprise_url(url: SecretStr) -> SecretStr:
    if missing(url) is None and find_spec("apprise") is not None:
        from stet.notify.by_apprise import complaint  # noqa: PLC0415 - only where the extra is there

        if wrong := complaint(url.get_secret_value()):
            raise ValueError(wrong)
    return url


def _webhook_url(url: SecretStr) -> SecretStr:
    if missing(url) is not None:
        return url
    # No message may hold the URL, whose path is often the token.
    try:
        parts = urlsplit(url.get_secret_value())
        fit = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fit = False
    if not fit or not url.get_secret_value().isascii() or not url.get_secret_value().isprintable():
        raise ValueError("must be a URL that starts with https:// or http://")
    if "@" in parts.netloc or " " in url.get_secret_value():
        raise ValueError("must be a URL without user, password and spaces; the signature says who sends")
    return url


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if missing(secret) is not None:
        return secret
    try:
        key = signing_key(secret)
    except (binascii.Error, ValueError):
        key = b""
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise ValueError(
            f"must be {SECRET_PREFIX} and {SHORTEST_KEY} to {LONGEST_KEY} random bytes in base64; "
            "`head -c 32 /dev/urandom | base64` makes them"
        )
    return secret


def signing_key(secret: SecretStr) -> bytes:
    """The bytes that `whsec_…` holds. Raises ValueError."""
    return base64.b64decode(secret.get_secret_value().removeprefix(SECRET_PREFIX), validate=True)


Secret = Annotated[SecretStr, BeforeValidator(_from_environment)]
"""A text that is never shown; `env:NAME` takes it from the environment."""


class WebhookSettings(BaseModel):
    """A program that is told by POST."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[Secret, AfterValidator(_webhook_url)]
    secrets: tuple[Annotated[Secret, AfterValidator(_webhook_secret)], ...] = Field(min_length=1, max_length=5)
    """What is sent is signed with each, so that a new one can be brought in before the old one goes out."""


class RuleSettings(BaseModel):
    """Which changes are wanted, and who is told. All conditions must hold; one that is empty always does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\s/][^/]*$")
    """By which it is known again after a restart; one of a new name starts from then on."""
    sources: tuple[str, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    """Where empty, all that publishers do: neither `reextracted` nor the headlines of a trial."""
    min_weight: float | None = Field(default=None, ge=0, le=1)
    """0.5 where not given; but 0 where `kinds` are."""
    words: tuple[Annotated[str, Field(max_length=200)], ...] = Field(default=(), max_length=500)
    """One of them stands in the headline, in the text or in what changed. `turbin*` is how a word may begin."""
    urls: tuple[Annotated[Secret, AfterValidator(_apprise_url)], ...] = ()
    """Of Apprise."""
    webhooks: tuple[WebhookSettings, ...] = ()

    @property
    def least_weight(self) -> float:
        if self.min_weight is not None:
            return self.min_weight
        return 0.0 if self.kinds else 0.5

    @field_validator("words")
    @classmethod
    def _words(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            if not any(map(str.isalnum, folded(word))):
                raise ValueError(f"{word!r} is no word")
        return words

    @model_validator(mode="after")
    def _goes_somewhere(self) -> RuleSettings:
        if not self.urls and not self.webhooks:
            raise ValueError(f"the rule {self.name!r} tells nobody; give it `urls` or `webhooks`")
        return self


class NotifySettings(BaseModel):
    """Who is told what, how often, and for how long it is tried."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    interval: Duration = Field(default=timedelta(minutes=5), gt=timedelta(0))
    """What happens within it is told in one message."""
    retry_after: Duration = Field(default=timedelta(seconds=30), gt=timedelta(0))
    """After a failed attempt; doubles with each further one, up to an hour."""
    give_up_after: Duration = Field(default=timedelta(days=1), ge=timedelta(0))
    rules: tuple[RuleSettings, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> NotifySettings:
        names = [rule.name for rule in self.rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two rules are named {', '.join(twice)}")
        return self
