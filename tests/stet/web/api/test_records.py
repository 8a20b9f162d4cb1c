"""The API says what the command line says, and its models describe exactly that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from support.cli import stet

from archive.models import EventKind
from stet.web.api.models import lists
from stet.web.api.models.comparison import Comparison
from stet.web.api.models.diff import Diff
from stet.web.api.models.history import Snapshot
from stet.web.api.models.status import Status

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel
    from support.web import Served

HARBOUR, OTHER = "https://news.example/harbour", "https://other.example/ships"

LISTS: dict[str, tuple[type[BaseModel], str, dict[str, Any], list[str]]] = {
    "log": (lists.Log, "log", {"url": HARBOUR}, ["log", HARBOUR]),
    "headlines": (lists.Headlines, "headlines", {"url": HARBOUR}, ["log", HARBOUR, "--headlines"]),
    "blocks": (
        lists.Blocks,
        "blocks",
        {"url": HARBOUR, "version": 4},
        ["show", HARBOUR, "-v", "4", "--blocks", "--format", "json"],
    ),
    "copies": (lists.Copies, "copies", {"url": HARBOUR}, ["copies", HARBOUR]),
    "copies of a version": (
        lists.Copies,
        "copies",
        {"url": f"{HARBOUR}@3", "min_share": 0.1, "limit": 3},
        ["copies", f"{HARBOUR}@3", "--min-share", "0.1", "--limit", "3"],
    ),
    "search": (lists.Hits, "search", {"q": "harbour"}, ["search", "harbour"]),
    "removed": (
        lists.Hits,
        "search",
        {"q": "mayor", "removed": "true", "source": "Example Daily", "since": "2026-01-01"},
        ["search", "mayor", "--removed", "--source", "Example Daily", "--since", "2026-01-01"],
    ),
    "sources": (lists.Sources, "sources", {"days": 3_000}, ["sources", "--days", "3000"]),
    "boilerplate": (
        lists.Lines,
        "boilerplate",
        {"source": "Example Daily"},
        ["sources", "--boilerplate", "Example Daily"],
    ),
}
ONES: dict[str, tuple[type[BaseModel], str, dict[str, Any], list[str]]] = {
    "show": (Snapshot, "show", {"url": HARBOUR, "version": 4}, ["show", HARBOUR, "-v", "4", "--format", "json"]),
    "what stands": (Snapshot, "show", {"url": HARBOUR}, ["show", HARBOUR, "--format", "json"]),
    "diff": (Diff, "diff", {"url": HARBOUR}, ["diff", HARBOUR, "--json"]),
    "diff of two": (
        Diff,
        "diff",
        {"url": HARBOUR, "from": 1, "to": 4, "all": "true"},
        ["diff", HARBOUR, "--from", "1", "--to", "4", "--all", "--json"],
    ),
    "diff of parts": (
        Diff,
        "diff",
        {"url": HARBOUR, "from": 1, "to": 3, "only": ["headline", "byline"], "context": 1},
        ["diff", HARBOUR, "--from", "1", "--to", "3", "--only", "headline,byline", "--context", "1", "--json"],
    ),
    "compare": (Comparison, "compare", {"a": f"{HARBOUR}@4", "b": OTHER}, ["compare", f"{HARBOUR}@4", OTHER, "--json"]),
}


def asked(served: Served, name: str, parameters: dict[str, Any]) -> Any:
    answer = served.get(f"/api/v1/{name}?{urlencode(parameters, doseq=True)}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def described(model: type[BaseModel], record: Any) -> Any:
    """What is left of a record that the model describes: all of it, if every key is a field of it."""
    return model.model_validate(record).model_dump(mode="json", by_alias=True, exclude_unset=True)


@pytest.mark.parametrize("which", LISTS)
def test_a_list_is_that_of_the_command_line_and_its_model_knows_each_key(
    served: Served, archive_path: Path, tmp_path: Path, which: str
) -> None:
    model, name, parameters, arguments = LISTS[which]
    found = asked(served, name, parameters)
    more = [] if "json" in arguments else ["--json"]
    assert found["items"] == stet(tmp_path, *arguments, *more, "--db", archive_path).records
    assert found["items"]
    assert described(model, found) == found


@pytest.mark.parametrize("which", ONES)
def test_a_record_is_that_of_the_command_line_and_its_model_knows_each_key(
    served: Served, archive_path: Path, tmp_path: Path, which: str
) -> None:
    model, name, parameters, arguments = ONES[which]
    found = asked(served, name, parameters)
    assert [found] == stet(tmp_path, *arguments, "--db", archive_path).records
    assert described(model, found) == found


def test_the_status_is_described_by_its_model(served: Served) -> None:
    found = asked(served, "status", {})
    assert found["daemon"] is None
    assert found["archive"]["snapshots"] > 0
    assert described(Status, found) == found


def test_all_kinds_of_events_are_told_as_on_the_command_line_and_their_models_know_each_key(
    served: Served, archive_path: Path, tmp_path: Path
) -> None:
    found = asked(served, "changes", {"limit": 500})
    assert found["next"] is None
    assert found["items"][::-1] == stet(tmp_path, "changes", "--json", "--db", archive_path).records
    assert {event["kind"] for event in found["items"]} == set(EventKind)
    assert described(lists.Changes, found) == found


def test_the_lists_that_must_tell_of_it_tell_of_what_was_corrected_elsewhere(served: Served) -> None:
    told = asked(served, "copies", {"url": HARBOUR})["items"]
    assert any(page["corrections"] for page in told)
    assert any(page["uncorrected"] for page in told)
