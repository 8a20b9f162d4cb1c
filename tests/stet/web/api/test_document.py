"""The OpenAPI document describes the API to the last field, and nothing that it describes is answered otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import requests
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from archive.reading import Readers
from stet.config import Config
from stet.web.api import document
from stet.web.app import create_app
from stet.web.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.web import Served

DOCUMENT: dict[str, Any] = document.document(
    create_app(Room(Config(), Readers(Path("none.db")), lambda: datetime.now(UTC)))
)
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
READING = [name for name in OPERATIONS if name.startswith("GET ")]
LOADED = schemathesis.openapi.from_dict(
    DOCUMENT,
    config=SchemathesisConfig.from_dict(
        {
            "checks": {
                # No schema can tell which texts are URLs and queries: that is what 400 is for.
                "positive_data_acceptance": {"expected-statuses": ["200", "400", "404"]},
            }
        }
    ),
)


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each schema of the document, with where it is."""
    for name, schema in DOCUMENT["components"]["schemas"].items():
        yield from _within(name, schema)


def _within(where: str, schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield where, schema
    for name, each in schema.get("properties", {}).items():
        yield from _within(f"{where}.{name}", each)
    for key in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(key, ()):
            yield from _within(f"{where}|", each)
    if "items" in schema:
        yield from _within(f"{where}[]", schema["items"])


def test_every_object_and_field_is_described() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert schema.get("description"), name
    for where, schema in schemas():
        for name, field in schema.get("properties", {}).items():
            assert field.get("description"), f"{where}.{name}"


def test_no_object_is_open_and_no_field_is_anything() -> None:
    for where, schema in schemas():
        assert schema.keys() & {"type", "$ref", "anyOf", "oneOf", "enum", "const"}, where
        assert schema.get("type") != "object" or schema.get("properties"), where
        assert "additionalProperties" not in schema, where


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_says_what_it_takes_and_what_it_answers(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation["summary"]
    assert operation["description"]
    assert operation["operationId"].isalnum()
    assert operation["tags"]
    for parameter in operation.get("parameters", ()):
        assert parameter["description"], parameter
        assert parameter["schema"].get("examples"), parameter
        assert {"type": "null"} not in parameter["schema"].get("anyOf", ()), parameter
    for status, response in operation["responses"].items():
        assert response["description"], status
        if status >= "400":
            problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
            assert response["content"] == {"application/problem+json": problem}, status
    assert operation["responses"].keys() >= {"200", "422", "500", "503"}


def test_no_operation_has_the_name_of_another() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(names) == len(set(names))


def test_it_is_served(served: Served) -> None:
    answer = served.get("/api/v1/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == DOCUMENT


@pytest.mark.parametrize("name", READING)
def test_its_examples_are_answered_as_it_says(served: Served, name: str) -> None:
    method, path = name.split(" ")
    parameters = OPERATIONS[name].get("parameters", ())
    for each in ([parameter for parameter in parameters if parameter["required"]], parameters):
        query = {parameter["name"]: parameter["schema"]["examples"][0] for parameter in each}
        case = LOADED[path][method].Case(query=query)
        assert case.call_and_validate(base_url=served.url).status_code == 200, query


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_asked_is_answered_as_it_says(served: Served, name: str, mode: GenerationMode) -> None:
    method, path = name.split(" ")

    @hypothesis.given(case=LOADED[path][method].as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=20,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(base_url=served.url, session=session)

    with requests.Session() as session:
        ask()


@pytest.mark.parametrize("name", READING)
def test_each_bound_of_each_parameter_holds(served: Served, name: str) -> None:
    method, path = name.split(" ")
    cases = LOADED.iter_coverage_cases(
        LOADED[path][method], generation_modes=list(GenerationMode), generation_config=LOADED.config.generation
    )
    with requests.Session() as session:
        for case in cases:
            case.call_and_validate(base_url=served.url, session=session)
