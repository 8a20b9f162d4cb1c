"""`notify` in the configuration: mistakes are named by their key, and secrets are told to nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from support.receiver import OTHER_SECRET, SECRET

from stet.config import Config, ConfigError, load
from stet.notify.settings import signing_key
from stet.notify.targets import CannotNotify, routes

ROOT = Path(__file__).parents[3]
TOKEN = "tokenthatnobodymaysee"  # noqa: S105
HOOK = {"url": f"https://hooks.example/{TOKEN}", "secrets": [SECRET]}


def loaded(folder: Path, *rules: dict[str, Any], **settings: Any) -> Config:
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump({"notify": {"rules": list(rules)}, **settings}), encoding="utf-8")
    return load(path)


def complaint(folder: Path, *rules: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, *rules)
    assert TOKEN not in str(caught.value)
    return str(caught.value)


def test_the_shipped_example_of_a_rule_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STET_MAIL", f"mailto://user:{TOKEN}@example.org")
    monkeypatch.setenv("STET_WEBHOOK_SECRET", SECRET)
    lines = (ROOT / "config.yaml").read_text(encoding="utf-8").splitlines()
    start = lines.index("  rules: []")
    end = lines.index("", start)
    (rule,) = yaml.safe_load("\n".join(line.removeprefix("#") for line in lines[start + 1 : end]))
    (read,) = loaded(tmp_path, rule, sources=[{"name": "Example Daily"}]).notify.rules
    assert read.name == "corrections"
    assert read.urls[0].get_secret_value().startswith("mailto://user:")
    assert [len(signing_key(secret)) for secret in read.webhooks[0].secrets] == [32]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"name": "r"}, "notify.rules.0: the rule 'r' tells nobody"),
        ({"name": "r", "webhooks": [HOOK], "kinds": ["corection"]}, "notify.rules.0.kinds.0: "),
        ({"name": "r", "webhooks": [HOOK], "sources": ["Nobody"]}, "notify.rules.0.sources: no source is named Nobody"),
        ({"name": "r", "webhooks": [HOOK], "words": ["*"]}, "notify.rules.0.words: '*' is no word"),
        ({"name": "r", "webhooks": [HOOK], "min_wieght": 1}, "did you mean `min_weight`?"),
        ({"name": "r", "webhooks": [{**HOOK, "secrets": []}]}, "notify.rules.0.webhooks.0.secrets: "),
        ({"name": "r", "webhooks": [{**HOOK, "secrets": [TOKEN]}]}, "webhooks.0.secrets.0: must be whsec_"),
        ({"name": "r", "webhooks": [{**HOOK, "url": f"ftp://{TOKEN}"}]}, "webhooks.0.url: must be a URL"),
        ({"name": "r", "webhooks": [{**HOOK, "url": f"https://me:{TOKEN}@hooks.example/"}]}, "webhooks.0.url: must be"),
        ({"name": "r", "webhooks": [{**HOOK, "url": f"https://h.example:{TOKEN}/"}]}, "webhooks.0.url: must be"),
        (
            {"name": "r", "urls": [f"nowhere://{TOKEN}"]},
            "rules.0.urls.0: is no address that Apprise understands",
        ),
        ({"name": "r", "urls": [TOKEN]}, "rules.0.urls.0: is no address that Apprise understands"),
        ({"name": "r", "urls": [f"json://127.0.0.1/{TOKEN}?retry=2"]}, "notify.rules.0.urls.0: would send 3 messages"),
    ],
)
def test_a_mistake_is_named_by_its_key(
    rule: dict[str, Any], words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert words in complaint(tmp_path, rule)
    assert TOKEN not in "".join(capfd.readouterr())


def test_a_variable_that_is_missing_is_missed_where_something_is_to_be_sent(tmp_path: Path) -> None:
    hook = {"url": "env:STET_NO_URL", "secrets": [SECRET, "env:STET_NO_SECRET"]}
    known = {**hook, "url": HOOK["url"]}
    for rule, words in (
        ({"urls": ["env:STET_NOWHERE"]}, "notify.rules.0.urls.0: there is no STET_NOWHERE in the environment"),
        ({"webhooks": [hook]}, "notify.rules.0.webhooks.0.url: there is no STET_NO_URL in the environment"),
        ({"webhooks": [known]}, "notify.rules.0.webhooks.0.secrets.1: there is no STET_NO_SECRET in the environment"),
    ):
        config = loaded(tmp_path, {"name": "r", **rule})
        with pytest.raises(CannotNotify, match=words):
            routes(config.notify)


def test_two_rules_have_two_names(tmp_path: Path) -> None:
    assert "two rules are named r" in complaint(tmp_path, *[{"name": "r", "webhooks": [HOOK]}] * 2)


def test_nothing_that_is_shown_holds_a_secret(tmp_path: Path) -> None:
    config = loaded(tmp_path, {"name": "r", "urls": [f"json://127.0.0.1/{TOKEN}"], "webhooks": [HOOK]})
    shown = f"{config!r} {config.notify.model_dump_json()} {routes(config.notify)!r}"
    assert "urls.0 (json)" in shown
    for secret in (TOKEN, SECRET):
        assert secret not in shown


def test_an_address_is_known_again_whatever_it_is_signed_with_and_told_once(tmp_path: Path) -> None:
    rotated = {**HOOK, "secrets": [SECRET, OTHER_SECRET]}
    before, after = (
        routes(loaded(tmp_path, {"name": "r", "webhooks": each}).notify) for each in ([HOOK], [rotated] * 2)
    )
    (known,), (again,) = before[0].targets, after[0].targets
    assert known.digest == again.digest
    other = routes(loaded(tmp_path, {"name": "r", "webhooks": [{**HOOK, "url": "https://hooks.example/"}]}).notify)
    assert other[0].targets[0].digest != known.digest
