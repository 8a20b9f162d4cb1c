"""How the command is called: help, version, completion, and what is said of wrong usage and configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.cli import stet, stet_each

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = {
    "fetch": ["--from", "--json", "--allow-private"],
    "run": ["--allow-private"],
    "watch": ["--json"],
    "unwatch": ["--json"],
    "discover": ["--dry-run", "--json", "--allow-private"],
    "log": ["--json"],
    "show": ["--version", "--format", "text|markdown|json|html"],
    "diff": ["--from", "--to", "--format", "terminal|unified|html|json", "--json", "--all"],
    "changes": ["--since", "--source", "--kind", "--json"],
    "sources": ["--json"],
    "notify": ["--test", "--json"],
    "reextract": ["--source", "--dry-run", "--json"],
    "demo": ["--keep"],
}
NEWS = "https://news.example/2026/a-story-of-many-words"


def test_each_command_has_help(tmp_path: Path) -> None:
    for (name, options), ran in zip(
        COMMANDS.items(), stet_each(tmp_path, [[name, "--help"] for name in COMMANDS]), strict=True
    ):
        assert (ran.status, ran.stderr) == (0, "")
        assert ran.stdout.startswith(f"Usage: stet {name} ")
        for option in ("--config", "--db", "--help", *options):
            assert option in ran.stdout, (name, option)


def test_the_program_tells_its_commands_exit_status_and_version(tmp_path: Path) -> None:
    helped, short, version = stet_each(tmp_path, [["--help"], ["-h"], ["--version"]])
    assert (helped.status, version.status) == (0, 0)
    assert helped.stdout == short.stdout
    for name in COMMANDS:
        assert f"\n  {name} " in helped.stdout
    assert "Exit status: 0 done, 1 at least one URL or check failed, 2 wrong usage" in helped.stdout
    assert version.stdout.startswith("stet, version 0.")


def test_shells_can_complete_it(tmp_path: Path) -> None:
    script = stet(tmp_path, _STET_COMPLETE="bash_source")
    assert script.status == 0
    assert "_STET_COMPLETE=bash_complete" in script.stdout
    commands = stet(tmp_path, _STET_COMPLETE="bash_complete", COMP_WORDS="stet un", COMP_CWORD="1")
    assert commands.stdout == "plain,unwatch\n"
    options = stet(tmp_path, _STET_COMPLETE="bash_complete", COMP_WORDS="stet diff --for", COMP_CWORD="2")
    assert options.stdout == "plain,--format\n"


def test_wrong_usage_is_told_with_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"https://news.example/caf\xe9\n")
    (tmp_path / "empty.txt").write_text("# nothing\n\n")
    calls = {
        ("fecth", NEWS): "Did you mean 'fetch'?",
        ("fetch",): "Give at least one URL, or --from FILE",
        ("fetch", "--from", "empty.txt"): "Give at least one URL, or --from FILE",
        ("fetch", "--from", "nowhere.txt"): "nowhere.txt",
        ("fetch", "--from", "latin.txt"): "is not UTF-8 text",
        ("fetch", "--jason", NEWS): "--json",
        ("log",): "Missing argument 'URL'",
        ("log", NEWS, NEWS): "unexpected extra argument",
        ("log", NEWS, "--config", "nowhere.yaml"): "nowhere.yaml: cannot be read",
    }
    for words, ran in zip(calls.values(), stet_each(tmp_path, list(calls)), strict=True):
        assert (ran.status, ran.stdout) == (2, "")
        assert words in ran.stderr
        assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("crawl:\n  timeout: 10s\n  dealy: 3s\n", "config.yaml:3: crawl.dealy: unknown key; did you mean `delay`?"),
        ("crawl:\n  delay: [1\n", "config.yaml:3: is not YAML"),
        ("workers: many\n", "config.yaml:1: workers: "),
    ],
)
def test_a_wrong_configuration_names_file_line_and_key(tmp_path: Path, text: str, line: str) -> None:
    (tmp_path / "config.yaml").write_text(text)
    ran = stet(tmp_path, "watch", NEWS)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"stet: {line}")
    assert len(ran.stderr.splitlines()) == 1
    assert not (tmp_path / "stet.db").exists()


def test_the_configuration_and_the_archive_can_be_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "mine.yaml").write_text("database: kept.db\n")
    assert stet(tmp_path, "watch", NEWS, "--config", "conf/mine.yaml").status == 0
    assert stet(tmp_path, "watch", NEWS, "--config", "conf/mine.yaml", "--db", "other.db").status == 0
    assert (tmp_path / "conf" / "kept.db").exists()
    assert (tmp_path / "other.db").exists()
