"""What may be said of where pages are found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from crawler.discovery.settings import DiscoverySettings


def test_nothing_need_be_said() -> None:
    settings = DiscoverySettings()
    assert settings.feeds == []
    assert settings.max_pages == 500
    assert settings.max_age is None


def test_addresses_stay_as_they_are_written() -> None:
    url = "https://example.com/feed?source=rss&format=xml"
    assert DiscoverySettings.model_validate({"feeds": [f" {url}"], "max_age": "7d"}) == DiscoverySettings(
        feeds=[url], max_age=timedelta(days=7)
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"feeds": ["example.com/feed"]}, "it has no scheme; write https://example.com/feed"),
        ({"sitemaps": ["file:///etc/passwd"]}, "only http and https are fetched"),
        ({"sections": [""]}, "the URL is empty"),
        ({"include": ["[a-"]}, "'[a-' is no regular expression"),
        ({"exclude": ["("]}, "'(' is no regular expression"),
        ({"max_pages": 0}, "greater than or equal to 1"),
        ({"max_age": "soon"}, "is no duration"),
        ({"feed": []}, "Extra inputs are not permitted"),
    ],
)
def test_a_mistake_is_named(given: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        DiscoverySettings.model_validate(given)
    assert says in str(refusal.value)
