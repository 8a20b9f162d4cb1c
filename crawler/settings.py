"""How the crawler behaves: what the config may say about it, and what that means to Scrapy."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from crawler.durations import Seconds

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Host = Annotated[str, StringConstraints(to_lower=True, strip_whitespace=True, min_length=1)]


class HostSettings(BaseModel):
    """What is different for one host."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    delay: Seconds | None = None
    """Seconds between two requests."""
    concurrency: int | None = Field(default=None, ge=1)
    """Requests at one time."""


class CrawlSettings(BaseModel):
    """Politeness, limits and safety of all fetching."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user_agent: str = Field(default="Stet", pattern=r"^[A-Za-z0-9._-]+$")
    """The product part of the User-Agent, which is also the name that robots.txt knows us by."""
    contact: str | None = Field(default=None, pattern=r"^https?://[!-'*-~]+$")
    """A page that says who is fetching and why, for the User-Agent."""
    delay: Seconds = 1.0
    """Least seconds between two requests to one host; robots.txt and slow answers make it longer."""
    concurrency: int = Field(default=16, ge=1)
    """Requests at one time, over all hosts."""
    concurrency_per_host: int = Field(default=1, ge=1)
    hosts: dict[Host, HostSettings] = {}
    """Other delays and concurrencies, by host name."""
    autothrottle: bool = True
    """Whether a host that answers slowly is asked more slowly."""
    autothrottle_max_delay: Seconds = 60.0
    timeout: Seconds = Field(default=30.0, gt=0)
    """Seconds until an answer must be complete."""
    max_size: int = Field(default=10_000_000, ge=1)
    """Bytes of a body, as sent and as decompressed."""
    retries: int = Field(default=2, ge=0)
    retry_backoff: Seconds = 1.0
    """Seconds before the first retry; doubles with each, and varies by half."""
    obey_robots: bool = True
    robots_ttl: Seconds = Field(default=86_400.0, gt=0)
    """Seconds for which a robots.txt is believed; RFC 9309 allows a day."""
    allow_private: bool = False
    """Whether addresses that are not on the public internet may be fetched."""
    resolve: dict[Host, tuple[str, ...]] = {}
    """Addresses of hosts for which DNS is not asked, as in a hosts file; they may be private ones."""
    reactor: Literal["asyncio", "none"] = "asyncio"
    """`none` does without Twisted's reactor; it refuses some of the sloppier servers."""

    def concurrency_of(self, host: str) -> int:
        """How many requests to `host` may be made at one time."""
        own = self.hosts.get(host)
        return own.concurrency if own and own.concurrency else self.concurrency_per_host

    @property
    def full_user_agent(self) -> str:
        product = f"{self.user_agent}/{version('stet-news')}"
        return f"{product} (+{self.contact})" if self.contact else product


def scrapy_settings(crawl: CrawlSettings) -> dict[str, Any]:
    """All of Scrapy's settings for a crawl; the program that runs it sets up logging."""
    return {
        **_identity(crawl),
        **_pace(crawl),
        **_limits(crawl),
        **_safety(crawl),
        **_components(crawl),
        "STET": crawl,
    }


def crawl_settings(crawler: Crawler) -> CrawlSettings:
    """The settings that a running crawl was made with."""
    return cast("CrawlSettings", crawler.settings["STET"])


def _identity(crawl: CrawlSettings) -> dict[str, Any]:
    return {
        "BOT_NAME": "stet",
        "USER_AGENT": crawl.full_user_agent,
        # No Accept-Language: Scrapy's "en" would have multilingual sites send their English edition.
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        },
        "REFERRER_POLICY": "no-referrer",
        "COOKIES_ENABLED": False,
    }


def _pace(crawl: CrawlSettings) -> dict[str, Any]:
    return {
        "CONCURRENT_REQUESTS": crawl.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": crawl.concurrency_per_host,
        # The fewer items at once, the fewer tasks Scrapy makes for each page.
        "CONCURRENT_ITEMS": 8,
        "DOWNLOAD_DELAY": crawl.delay,
        # Jitter would go below the delay as often as above it.
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_SLOTS": {host: different.model_dump(exclude_none=True) for host, different in crawl.hosts.items()},
        # Our Throttle is Scrapy's AutoThrottle, which is not built without this; it heeds `autothrottle` itself.
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": crawl.delay,
        "AUTOTHROTTLE_MAX_DELAY": crawl.autothrottle_max_delay,
        "RETRY_TIMES": crawl.retries,
        # 429 and 503 are for the Holds.
        "RETRY_HTTP_CODES": [408, 500, 502, 504, 522, 524],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
    }


def _limits(crawl: CrawlSettings) -> dict[str, Any]:
    return {
        "DOWNLOAD_TIMEOUT": crawl.timeout,
        "DOWNLOAD_MAXSIZE": crawl.max_size,
        "DOWNLOAD_WARNSIZE": 0,
        # Scrapy drops longer URLs without a word; the page would never be delivered.
        "URLLENGTH_LIMIT": 0,
        # The queue is the frontier's, and it does not ask twice; a filter would grow for ever.
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "REDIRECT_MAX_TIMES": 10,
        # News pages reload themselves with it.
        "METAREFRESH_ENABLED": False,
    }


def _safety(crawl: CrawlSettings) -> dict[str, Any]:
    return {
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        # Through a proxy only the proxy's address would be seen, and the address guard be blind.
        "HTTPPROXY_ENABLED": False,
        "ROBOTSTXT_OBEY": crawl.obey_robots,
        "ROBOTSTXT_USER_AGENT": crawl.user_agent,
    }


def _components(crawl: CrawlSettings) -> dict[str, Any]:
    handler = {
        "asyncio": "crawler.http_twisted.TwistedDownloads",
        "none": "crawler.http_aiohttp.AiohttpDownloads",
    }[crawl.reactor]
    scrapys = "scrapy.downloadermiddlewares"
    return {
        "TWISTED_REACTOR_ENABLED": crawl.reactor == "asyncio",
        "DOWNLOAD_HANDLERS": {
            "http": handler,
            "https": handler,
            "data": None,
            "file": None,
            "ftp": None,
            "s3": None,
        },
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.guard.AddressGuard": 40,
            "crawler.hold.HostHolds": 60,
            f"{scrapys}.offsite.OffsiteMiddleware": None,
            f"{scrapys}.robotstxt.RobotsTxtMiddleware": None,
            "crawler.robots.Robots": 100,
            f"{scrapys}.httpauth.HttpAuthMiddleware": None,
            f"{scrapys}.retry.RetryMiddleware": None,
            "crawler.retries.Retries": 550,
            f"{scrapys}.httpcompression.HttpCompressionMiddleware": None,
            "crawler.decoding.Decoding": 590,
            f"{scrapys}.redirect.RedirectMiddleware": None,
            "crawler.redirects.Redirects": 600,
        },
        "SPIDER_MIDDLEWARES": {
            "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
            "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
        },
        "EXTENSIONS": {
            "scrapy.extensions.logcount.LogCount": None,
            "scrapy.extensions.throttle.AutoThrottle": None,
            "crawler.throttle.Throttle": 0,
        },
        "HTTPERROR_ALLOW_ALL": True,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
        "STATS_DUMP": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }
