"""What the documents say is checked against the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from archive.models import EventKind, Outcome
from stet.cli import cli
from stet.config import Config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = {path.name: path for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))}
COMMANDS = {name: cli.get_command(click.Context(cli), name) for name in cli.list_commands(click.Context(cli))}


def options(command: click.Command | None) -> set[str]:
    assert command is not None
    return {option for parameter in command.params for option in parameter.opts if option.startswith("-")}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_with_its_options(name: str) -> None:
    assert f"`stet {name}" in README
    for option in options(COMMANDS[name]):
        assert option in README, f"{name} {option}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command is not None
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name not in {"form", "help"}:
            assert parameter.help, f"{name} {parameter.opts}"


def test_there_are_command_lines_to_check() -> None:
    assert sum(len(command_lines(name)) for name in DOCUMENTS) > 20


def command_lines(name: str) -> list[str]:
    text = DOCUMENTS[name].read_text(encoding="utf-8")
    return re.findall(r"^ {4}(stet .+)$", text, re.MULTILINE) + re.findall(r"`(stet [a-z]+(?: --?[^`…]*)?)`", text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_command_lines_of_the_documents_are_right(name: str) -> None:
    for line in command_lines(name):
        _, command, *words = shlex.split(line, comments=True)
        assert command in COMMANDS, line
        given = {word for word in words if word.startswith("-") and not word[1:2].isdigit()}
        assert given <= options(COMMANDS[command]), line


def test_the_readme_names_every_outcome_and_event() -> None:
    for name in (*Outcome, *EventKind):
        assert f"`{name}`" in README, name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_keys_that_documents_name_are_those_of_the_configuration(name: str) -> None:
    text = DOCUMENTS[name].read_text(encoding="utf-8")
    for section, key in re.findall(r"`(web|notify|crawl|schedule|recheck|extraction)\.([a-z_]+)[`:]", text):
        settings = Config.model_fields[section].annotation
        assert isinstance(settings, type)
        assert issubclass(settings, BaseModel)
        assert key in settings.model_fields, f"{section}.{key}"


def test_the_readme_names_every_key_of_the_configuration() -> None:
    for name in Config.model_fields:
        assert f"`{name}`" in README, name


def test_the_makefile_has_the_targets_that_are_told_of() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)`?", README)) - {"demo", "test"} <= targets
    assert {"demo", "test", "lint", "format"} <= targets


def test_the_readme_quotes_the_figures_that_were_measured() -> None:
    for name in ("throughput", "extraction"):
        figures = (ROOT / "benchmarks" / "results" / f"{name}.md").read_text(encoding="utf-8")
        table = re.search(r"(?:^\|.*\n)+", figures, re.MULTILINE)
        assert table is not None
        assert len(table[0].splitlines()) > 2
        assert table[0] in README
    assert "<!--" not in README


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_in_the_documents_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", DOCUMENTS[name].read_text(encoding="utf-8")):
        if not target.startswith("https://"):
            path, _, heading = target.partition("#")
            file = (DOCUMENTS[name].parent / path) if path else DOCUMENTS[name]
            assert file.is_file(), target
            assert not heading or heading in headings(file), target


def headings(file: Path) -> set[str]:
    """The anchors of the file's headings."""
    found = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_no_document_names_a_path_of_somebodys_machine() -> None:
    for path in (*ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "config.yaml", *ROOT.glob("docs/*")):
        if path.is_file():
            assert not re.search(r"/(home|root|Users|work|tmp)/", path.read_text(encoding="utf-8")), path.name
