"""Settings from `config.yaml`, with errors that name file, line and key. The only reader of YAML and environment."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from crawler.extraction import ExtractionSettings
from crawler.settings import CrawlSettings
from scheduler.policy import RecheckPolicy
from scheduler.settings import DaemonSettings, ScheduleSettings, SourceSettings
from stet.notify.settings import NotifySettings

if TYPE_CHECKING:
    from typing import Self

    from pydantic_core import ErrorDetails

DEFAULT_PATH = Path("config.yaml")


class ConfigError(Exception):
    """The configuration cannot be used; one line for each thing wrong: `file:line: key: what`."""


class LogSettings(BaseModel):
    """What is logged, to standard error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


def _argon2id(given: SecretStr) -> SecretStr:
    """Raises ValueError, without what was given: people mistake the password itself for its hash."""
    found = _ARGON2ID.fullmatch(given.get_secret_value())
    if found is None or not all(low <= int(found[name]) <= high for name, (low, high) in _COSTS.items()):
        raise ValueError("is no argon2id hash as `stet password` prints it")
    return given


_ARGON2ID = re.compile(
    r"\$argon2id\$v=19\$m=(?P<memory>\d{1,9}),t=(?P<time>\d{1,3}),p=(?P<lanes>\d{1,3})"
    r"\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,86}"
)
_COSTS = {"memory": (8 * 1024, 1024 * 1024), "time": (1, 100), "lanes": (1, 64)}
"""Memory in KiB. Less is cheap to guess; more would let a sign-in take the machine."""

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?/?|https?://\[[0-9A-Fa-f:]+\](:\d{1,5})?/?")

Hash = Annotated[SecretStr, AfterValidator(_argon2id)]


class WebSettings(BaseModel):
    """The reading room: its pages, and what programs ask it for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    serve: bool = True
    """Whether the daemon serves it."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    """0: any that is free; the log says which."""
    url: str | None = None
    """Where people reach it, if another server stands before it."""
    password_hash: Hash | None = None
    """Of the password with which people sign in; STET_PASSWORD_HASH goes before it."""
    token_hash: Hash | None = None
    """Of the token that programs send; STET_TOKEN_HASH goes before it."""
    sign_in_to_read: bool = False

    @field_validator("url")
    @classmethod
    def _is_an_origin(cls, url: str | None) -> str | None:
        if url is not None and not _ORIGIN.fullmatch(url):
            raise ValueError("must be the start of an address, without a path, such as https://stet.example")
        return None if url is None else url.rstrip("/").lower()


class Config(BaseModel):
    """The whole configuration; every key has a default."""

    # Pydantic's own messages would repeat secrets.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    database: Path = Path("stet.db")
    """The archive's file; a relative path starts at the configuration's folder."""
    keep_bodies: Literal["changed", "all"] = "changed"
    """Raw bodies to keep: those of captures that brought something new, or all."""
    workers: int | None = Field(default=None, ge=1, le=256)
    """Processes for extraction; one a core where not given."""
    log: LogSettings = LogSettings()
    crawl: CrawlSettings = CrawlSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    recheck: RecheckPolicy = RecheckPolicy()
    extraction: ExtractionSettings = ExtractionSettings()
    web: WebSettings = WebSettings()
    notify: NotifySettings = NotifySettings()
    sources: tuple[SourceSettings, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [source.name for source in self.sources]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two sources are named {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _rules_name_sources(self) -> Self:
        known = {source.name for source in self.sources}
        for number, rule in enumerate(self.notify.rules):
            if unknown := sorted(set(rule.sources) - known):
                raise ValueError(f"notify.rules.{number}.sources: no source is named {', '.join(unknown)}")
        return self

    def daemon(self) -> DaemonSettings:
        """What the daemon, and an on-demand fetch, go by."""
        return DaemonSettings(
            database=self.database,
            crawl=self.crawl,
            schedule=self.schedule,
            recheck=self.recheck,
            extraction=self.extraction,
            sources=self.sources,
            workers=self.workers,
            keep_all_bodies=self.keep_bodies == "all",
        )


def load(path: Path | None) -> Config:
    """The configuration at `path`; without one `config.yaml` if it is there, else the defaults. Hashes come from the
    environment where it has them. Raises ConfigError."""
    if path is None and not DEFAULT_PATH.is_file():
        return _with_environment(Config())
    path = path or DEFAULT_PATH
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    config = _with_environment(_parse(text, path))
    return config.model_copy(update={"database": path.parent / config.database.expanduser()})


_FROM_ENVIRONMENT = {"STET_PASSWORD_HASH": "password_hash", "STET_TOKEN_HASH": "token_hash"}


def _with_environment(config: Config) -> Config:
    """The configuration with the hashes that the environment gives; an empty one counts as none."""
    given: dict[str, SecretStr] = {}
    for variable, key in _FROM_ENVIRONMENT.items():
        if value := os.environ.get(variable):
            try:
                given[key] = TypeAdapter(Hash).validate_python(value)
            except ValidationError as error:
                reason = error.errors(include_input=False)[0]["msg"].removeprefix("Value error, ")
                raise ConfigError(f"{variable}: {reason}") from None
    web = config.web.model_copy(update=given)
    if web.sign_in_to_read and web.password_hash is None and web.token_hash is None:
        raise ConfigError("web.sign_in_to_read: nobody could read; set `web.password_hash`, see `stet password`")
    return config.model_copy(update={"web": web})


def _parse(text: str, path: Path) -> Config:
    loader = None
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if root is None:
            return Config()
        _refuse_odd_structure(root, path)
        data = loader.construct_document(root)
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deeply") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: is not YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError) as error:
        # PyYAML trips over values that do not fit an explicit tag (`!!int ''`) in as many ways.
        raise ConfigError(f"{path}: is not YAML: {error}") from error
    finally:
        if loader is not None:
            loader.dispose()
    if data is None:
        return Config()
    if not isinstance(data, dict):
        raise ConfigError(f"{path}:1: must be a list of `key: value` lines")
    try:
        return _validated(data)
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(details, root, path) for details in error.errors())) from error


def _validated(data: dict[str, Any]) -> Config:
    """The configuration; a key without a value is at its default, since people comment out entries.

    Raises ValidationError.
    """
    try:
        return Config.model_validate(data, context={"environment": os.environ})
    except ValidationError as error:
        for details in error.errors():
            if details["input"] is None and details["type"] != "extra_forbidden":
                _leave_out(data, details["loc"])
    return Config.model_validate(data, context={"environment": os.environ})


def _leave_out(data: Any, location: tuple[int | str, ...]) -> None:
    *around, last = location
    for part in around:
        try:
            data = data[part]
        except LookupError:
            # A key is at fault itself, and its place has a made-up name.
            return
    if isinstance(data, dict):
        # Through an alias it may be gone already.
        data.pop(last, None)


def _refuse_odd_structure(root: yaml.Node, path: Path) -> None:
    """Keys given twice, of which YAML would let the last one win without a word; keys that are no words; circles."""
    done, within = set[int](), set[int]()

    def look_into(node: yaml.Node) -> None:
        if id(node) in within:
            raise ConfigError(f"{path}:{node.start_mark.line + 1}: has an alias to itself inside")
        if id(node) in done or isinstance(node, yaml.ScalarNode):
            return
        within.add(id(node))
        if isinstance(node, yaml.MappingNode):
            _refuse_odd_keys(node, path)
        for child in node.value:
            look_into(child[1] if isinstance(child, tuple) else child)
        within.remove(id(node))
        done.add(id(node))

    look_into(root)


def _refuse_odd_keys(node: yaml.MappingNode, path: Path) -> None:
    seen = set[str]()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ConfigError(f"{path}:{key.start_mark.line + 1}: a key must be one word, not a list or a mapping")
        if _CUT_HASH.fullmatch(key.value):
            # Told before anything else of it: the rest would repeat the hash.
            raise ConfigError(
                f"{path}:{key.start_mark.line + 1}: an argon2id hash is cut at its commas; within braces it needs "
                "quotes: {password_hash: '$argon2id$…'}"
            )
        if key.value in seen:
            raise ConfigError(f"{path}:{key.start_mark.line + 1}: {key.value}: is given twice")
        seen.add(key.value)


_CUT_HASH = re.compile(r"[tp]=\d+(?:\$.*)?")
"""What YAML makes of the rest of `$argon2id$v=19$m=65536,t=3,p=4$…` in a mapping in braces."""


def _explain(details: ErrorDetails, root: yaml.Node, path: Path) -> str:
    location = details["loc"]
    line, siblings = _find(root, location)
    name = ".".join(str(part) for part in location) or "configuration"
    if details["type"] == "extra_forbidden":
        known = _known_keys(location[:-1])
        near = get_close_matches(str(location[-1]), known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(sorted(known - siblings))}"
        return f"{path}:{line}: {name}: unknown key; {hint}"
    message = details["msg"].removeprefix("Value error, ")
    return f"{path}:{line}: {name}: {message[:1].lower()}{message[1:]}"


def _find(root: yaml.Node, location: tuple[int | str, ...]) -> tuple[int, set[str]]:
    """The line of what `location` names, or of the nearest thing around it; and the keys beside it."""
    node, line, siblings = root, root.start_mark.line + 1, set[str]()
    for part in location:
        if isinstance(node, yaml.MappingNode):
            siblings = {key.value for key, _ in node.value}
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            node, line = found[1], found[0].start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line, siblings


def _known_keys(location: tuple[int | str, ...]) -> set[str]:
    """The keys that the configuration has at `location`."""
    schema: dict[str, Any] = Config.model_json_schema()
    here: dict[str, Any] = schema
    for part in location:
        here = _resolved(here, schema)
        here = here.get("items", {}) if isinstance(part, int) else here.get("properties", {}).get(part, {})
    return set(_resolved(here, schema).get("properties", {}))


def _resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow `$ref`, and the one model of an optional."""
    for option in part.get("anyOf", []):
        if "$ref" in option or "items" in option:
            return _resolved(option, schema)
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[-1]
        resolved: dict[str, Any] = schema["$defs"][name]
        return resolved
    return part
