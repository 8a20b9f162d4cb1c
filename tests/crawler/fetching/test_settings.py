"""The crawl's settings, and what they mean to Scrapy."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from scrapy.settings import default_settings

from crawler.settings import CrawlSettings, scrapy_settings


@pytest.mark.parametrize(
    "wrong",
    [
        {"dealy": 1},
        {"delay": -1},
        {"delay": float("nan")},
        {"concurrency": 0},
        {"timeout": 0},
        {"user_agent": "Stet/1 \r\nX: y"},
        {"contact": "javascript:alert(1)"},
        {"contact": "https://stet.example/)\r\nX: y"},
        {"hosts": {"news.example": {"dealy": 1}}},
        {"reactor": "epoll"},
    ],
)
def test_a_wrong_setting_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CrawlSettings(**wrong)


def test_hosts_are_known_by_their_lower_case_names() -> None:
    crawl = CrawlSettings(hosts={"News.Example": {"delay": 5}}, resolve={"News.Example": ["10.0.0.1"]})
    assert scrapy_settings(crawl)["DOWNLOAD_SLOTS"] == {"news.example": {"delay": 5.0}}
    assert crawl.resolve == {"news.example": ("10.0.0.1",)}


def test_what_is_dangerous_in_scrapy_is_off() -> None:
    settings = scrapy_settings(CrawlSettings())
    assert settings["DOWNLOAD_VERIFY_CERTIFICATES"] is True
    for name in ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED", "HTTPPROXY_ENABLED"):
        assert settings[name] is False
    handled = default_settings.DOWNLOAD_HANDLERS_BASE | settings["DOWNLOAD_HANDLERS"]
    assert {scheme for scheme, handler in handled.items() if handler} == {"http", "https"}


def test_every_setting_is_one_that_scrapy_knows() -> None:
    ours = {"STET"}
    assert {name for name in scrapy_settings(CrawlSettings()) if not hasattr(default_settings, name)} == ours
