"""The configuration: what it says when it is wrong, and that the file we ship says what is true."""

from __future__ import annotations

import traceback
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stet.config import Config, ConfigError, load

ROOT = Path(__file__).parents[2]


def write(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(write(folder, text))
    return str(caught.value).replace(str(folder), "")


def test_the_shipped_file_shows_every_key_at_its_default() -> None:
    shipped = load(ROOT / "config.yaml")
    assert shipped.model_copy(update={"database": Path("stet.db")}) == Config()
    data = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    defaults = Config().model_dump()
    for name, value in defaults.items():
        assert name in data, name
        if isinstance(value, dict):
            assert set(data[name]) == set(value), name


def test_the_shipped_example_of_a_source_holds() -> None:
    lines = (ROOT / "config.yaml").read_text(encoding="utf-8").splitlines()
    start = lines.index("sources: []")
    example = "\n".join(line.removeprefix("#") for line in lines[start + 1 :])
    config = Config.model_validate({"sources": yaml.safe_load(example)})
    assert config.sources[0].name == "Example Daily"
    assert config.sources[0].recheck is not None


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None) == Config()
    write(tmp_path, "database: other.db")
    assert load(None).database == Path("other.db")


def test_a_relative_archive_stands_beside_its_configuration(tmp_path: Path) -> None:
    assert load(write(tmp_path, "database: data/stet.db")).database == tmp_path / "data" / "stet.db"
    assert load(write(tmp_path, "database: /srv/stet.db")).database == Path("/srv/stet.db")


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert load(write(tmp_path, "# nothing yet\n")).crawl == Config().crawl


@pytest.mark.parametrize(
    "text",
    [
        "log:\ncrawl:\nschedule:\nrecheck:\nsources:\n#  - name: A\n",
        "log: null\ncrawl: ~\ndatabase:\nkeep_bodies:\nworkers:\n",
        "crawl:\n  hosts:\n  #  slow.example: {delay: 10s}\n  resolve:\n  delay:\nrecheck:\n  steps:\n",
        "crawl: {hosts: {slow.example: null}, resolve: {news.test: }}\n",
        "crawl: &empty {delay: }\nlog: {level: , format: }\nschedule: {tick: , lease: }\n",
        "null\n",
        "---\n",
    ],
)
def test_what_is_given_without_a_value_is_at_its_default(tmp_path: Path, text: str) -> None:
    assert load(write(tmp_path, text)).model_copy(update={"database": Path("stet.db")}) == Config()


def test_lists_of_a_source_may_be_commented_out(tmp_path: Path) -> None:
    text = "sources:\n  - name: A\n    feeds:\n    # - https://news.example/feed.xml\n    recheck:\n    every:\n"
    (source,) = load(write(tmp_path, text)).sources
    assert (source.name, source.feeds, source.recheck) == ("A", [], None)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("log:\ncrawl:\n  dealy:\n", 3, "crawl.dealy: unknown key; did you mean `delay`?"),
        ("sources:\n  - name:\n    feeds: []\n", 2, "sources.0.name: field required"),
        ("sources:\n  - \n", 2, "sources.0: "),
        ("crawl:\n  hosts:\n    ~: {delay: 1s}\n", 2, "crawl.hosts.None.[key]: "),
    ],
)
def test_what_has_no_default_needs_a_value(tmp_path: Path, text: str, line: int, words: str) -> None:
    assert complaint(tmp_path, text).startswith(f"/config.yaml:{line}: {words}")


def test_a_typo_in_a_key_is_named_with_its_line_and_what_was_meant(tmp_path: Path) -> None:
    text = "log:\n  level: info\ncrawl:\n  timeout: 10s\n  dealy: 3s\n"
    assert complaint(tmp_path, text) == "/config.yaml:5: crawl.dealy: unknown key; did you mean `delay`?"


def test_a_typo_inside_a_source_is_found(tmp_path: Path) -> None:
    text = "sources:\n  - name: A\n    feeds: []\n  - name: B\n    recheck:\n      stepps: []\n"
    assert complaint(tmp_path, text) == "/config.yaml:6: sources.1.recheck.stepps: unknown key; did you mean `steps`?"


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    lines = complaint(tmp_path, "workers: none\nlog: {level: loud}\n").splitlines()
    assert [line.split(": ")[0:2] for line in lines] == [
        ["/config.yaml:1", "workers"],
        ["/config.yaml:2", "log.level"],
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("recheck:\n  retry_after: soon\n", 2, "is no duration"),
        ("recheck:\n  retry_after: 5\n", 2, "with a unit"),
        ("sources:\n  - name: A\n    every: 5m\n    cron: '* * * * *'\n", 2, "not both"),
        ("sources:\n  - name: A\n    cron: 'every day'\n", 2, "cannot be read"),
        ("sources:\n  - name: A\n    timezone: Europe/Bonn\n", 3, "IANA time zone"),
        ("sources:\n  - name: A\n    include: ['(']\n", 3, "no regular expression"),
        ("extraction:\n  boilerplate:\n    keep: ['ok', '(']\n", 3, "extraction.boilerplate.keep.1: '(' is no regular"),
        (
            "sources:\n  - name: A\n    extraction:\n      boilerplate: {drop: ['[']}\n",
            4,
            "sources.0.extraction.boilerplate.drop.0: '[' is no regular expression",
        ),
        ("extraction:\n  boilerplate:\n    lern: no\n", 3, "unknown key; did you mean `learn`?"),
        ("sources:\n  - name: A\n    feeds: [feed.xml]\n", 3, "https://"),
        ("sources:\n  - {name: A}\n  - {name: A}\n", 1, "two sources are named A"),
        ("crawl:\n  delay: -1s\n", 2, "delay"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    said = complaint(tmp_path, text)
    assert said.startswith(f"/config.yaml:{line}: ")
    assert words in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("crawl:\n  delay: [1\n", "config.yaml:3: is not YAML"),
        ("a: 1\na: 2\n", "config.yaml:2: a: is given twice"),
        ("- just\n- a list\n", "config.yaml:1: must be"),
        ("a: !!python/object/apply:os.system ['true']\n", "is not YAML"),
        ("a: \x00\n", "is not YAML"),
        ("a: 1\nb: &x [*x]\n", "config.yaml:2: has an alias to itself inside"),
        ("b: &x\n  c: [1, {d: *x}]\n", "config.yaml:1: has an alias to itself inside"),
        ("a: 1\n? [1, 2]\n: 3\n", "config.yaml:2: a key must be one word"),
        ("? {a: 1}\n: 3\n", "config.yaml:1: a key must be one word"),
        ("log: {level: info}\n1: 2\n", "config.yaml:2: 1: keys should be strings"),
        ("a: " + "[" * 5000 + "]" * 5000, "config.yaml: is nested too deeply"),
        ("a: 1\nworkers: !!int ''\n", "config.yaml: is not YAML"),
        ("a: !!bool maybe\n", "config.yaml: is not YAML"),
        ("a: !!timestamp soon\n", "config.yaml: is not YAML"),
    ],
)
def test_what_is_no_yaml_is_said_so(tmp_path: Path, text: str, words: str) -> None:
    assert words in complaint(tmp_path, text)


def test_an_alias_to_something_else_is_fine(tmp_path: Path) -> None:
    text = "sources:\n  - {name: A, recheck: &fast {steps: [{until: 2d, every: 10m}]}}\n  - {name: B, recheck: *fast}\n"
    first, second = load(write(tmp_path, text)).sources
    assert first.recheck is not None
    assert first.recheck == second.recheck


def test_aliases_that_multiply_are_read_once(tmp_path: Path) -> None:
    levels = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert "unknown key" in complaint(tmp_path, f"a:\n  l0: &l0 [1]\n{levels}")


@given(
    st.lists(
        st.sampled_from(
            ["a: ", "&x ", "*x", "[", "]", "{", "}", "? ", ": ", "\n", "  ", "- ", "log", "crawl:", "sources:"]
        )
        | st.sampled_from(
            ["!!int ", "!!set ", "!!omap ", "!!binary ", "!!null ", "!x ", "<<: ", "~", "'", "1", "1e9", ","]
        )
        | st.text(max_size=3),
        max_size=12,
    ).map("".join)
)
def test_any_file_is_a_configuration_or_a_clear_complaint(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        load(write(tmp_path_factory.getbasetemp(), text))
    except ConfigError as error:
        assert "config.yaml" in str(error)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yaml: cannot be read"):
        load(tmp_path / "nowhere.yaml")
    path = tmp_path / "config.yaml"
    path.write_bytes(b"log: \xff\n")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(path)


def test_a_source_may_have_its_own_rhythm(tmp_path: Path) -> None:
    config = load(
        write(tmp_path, "sources:\n  - name: A\n    recheck: {steps: [{until: 2d, every: 10m}]}\n    every: 5m\n")
    )
    settings = config.daemon()
    assert settings.policy_of("A").steps[0].every == timedelta(minutes=10)
    assert settings.policy_of("B") == settings.policy_of(None) == config.recheck


HASH = "$argon2id$v=19$m=65536,t=3,p=4$4sRjiTKZ/6BWOnUVsz07Ag$kjQrOnoF6HkxrbB0gzVPyGgDR0JwntInMgafrYM+5CQ"
OTHER = HASH.replace("kjQr", "AAAA")


@pytest.mark.parametrize("key", ["password_hash", "token_hash"])
@pytest.mark.parametrize(
    "wrong", ["hunter2-hunter2", HASH[:-30], HASH.replace("65536", "8"), HASH.replace("t=3", "t=999"), HASH + "\\n"]
)
def test_a_password_in_the_place_of_its_hash_is_refused_and_not_repeated(tmp_path: Path, key: str, wrong: str) -> None:
    path = write(tmp_path, f'web:\n  {key}: "{wrong}"\n')
    with pytest.raises(ConfigError) as caught:
        load(path)
    said = "".join(traceback.format_exception(caught.value))
    assert f"config.yaml:2: web.{key}: is no argon2id hash as `stet password` prints it" in said
    assert wrong not in said


def test_hashes_come_from_the_environment_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, f"web:\n  password_hash: {HASH}\n")
    monkeypatch.setenv("STET_PASSWORD_HASH", OTHER)
    monkeypatch.setenv("STET_TOKEN_HASH", "")
    web = load(path).web
    assert web.password_hash is not None
    assert web.password_hash.get_secret_value() == OTHER
    assert web.token_hash is None
    assert "argon2id" not in repr(load(path)) + str(load(path)) + load(path).model_dump_json()
    monkeypatch.setenv("STET_TOKEN_HASH", "my-secret-token")
    with pytest.raises(ConfigError) as caught:
        load(path)
    said = "".join(traceback.format_exception(caught.value))
    assert "STET_TOKEN_HASH: is no argon2id hash" in said
    assert "my-secret-token" not in said


def test_a_room_that_nobody_could_enter_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "web: {sign_in_to_read: true}\n")
    with pytest.raises(ConfigError, match=r"web\.sign_in_to_read: nobody could read"):
        load(path)
    monkeypatch.setenv("STET_TOKEN_HASH", HASH)
    assert load(path).web.sign_in_to_read


@pytest.mark.parametrize("wrong", ["stet.example", "https://stet.example/room", "https://a b", "javascript:x"])
def test_where_people_reach_the_room_is_an_origin(tmp_path: Path, wrong: str) -> None:
    assert "web.url: must be the start of an address" in complaint(tmp_path, f"web: {{url: '{wrong}'}}\n")


@pytest.mark.parametrize("web", [
    f"{{password_hash: {HASH}}}", f"{{password_hash: {HASH}, token_hash: {OTHER}}}",
    f"\n  {{port: 1, token_hash: {HASH}}}"
])  # fmt: skip
def test_a_hash_that_yaml_cuts_at_its_commas_is_told_of_and_not_repeated(tmp_path: Path, web: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(write(tmp_path, f"web: {web}\n"))
    said = str(refused.value)
    assert "quotes" in said
    assert not any(part in said for part in (*HASH.split("$")[4:], *OTHER.split("$")[4:]))
    quoted = load(write(tmp_path, f"web: {{password_hash: '{HASH}'}}\n"))
    assert quoted.web.password_hash is not None
