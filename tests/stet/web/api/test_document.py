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
from schemathesis.specs.openapi.checks import ignored_auth
from support.daemon import running, write_config
from support.signing import bearer, keys
from support.web import reading_room

from archive.reading import Readers
from stet.config import Config, WebSettings
from stet.web.api import document
from stet.web.app import create_app
from stet.web.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from support.web import Served


def described(**web: Any) -> dict[str, Any]:
    """The document of a room with these settings."""
    config = Config(web=WebSettings(**web))
    return document.document(create_app(Room(config, Readers(Path("none.db")), lambda: datetime.now(UTC))))


DOCUMENT = described()
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
READING = [name for name in OPERATIONS if name.startswith("GET ")]
WRITING = [name for name in OPERATIONS if name.startswith("POST ")]


def loaded(document: dict[str, Any], *accepting: str) -> Any:
    """For schemathesis; what is asked as it is described is answered by one of these statuses."""
    checks = {"positive_data_acceptance": {"expected-statuses": list(accepting)}}
    return schemathesis.openapi.from_dict(document, config=SchemathesisConfig.from_dict({"checks": checks}))


# No schema can tell which texts are URLs and queries: that is what 400 is for.
LOADED = loaded(DOCUMENT, "200", "400", "404")
WITHOUT_DAEMON = loaded(DOCUMENT, "403")
ORDERED = loaded(DOCUMENT, "200", "400", "404", "409", "429")


MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture(scope="session")
def closed(archive_path: Path) -> Iterator[Served]:
    with reading_room(archive_path, web=WebSettings(port=0, sign_in_to_read=True, **keys())) as room:
        yield room


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
        assert not schema.get("additionalProperties"), where


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


@pytest.mark.parametrize("name", WRITING)
def test_an_order_says_what_is_sent_who_may_and_how_often(name: str) -> None:
    operation = OPERATIONS[name]
    (sent,) = operation["requestBody"]["content"].values()
    body = DOCUMENT["components"]["schemas"][sent["schema"]["$ref"].rsplit("/")[-1]]
    assert body["additionalProperties"] is False
    assert body["required"] == list(body["properties"])
    assert all(field["examples"] for field in body["properties"].values())
    assert operation["security"] == [{"token": []}]
    assert operation["responses"].keys() >= {"401", "403", "413", "429"}
    assert operation["responses"]["429"]["headers"].keys() == {"Retry-After"}
    # What came of it is told once.
    assert "304" not in operation["responses"]
    assert "headers" not in operation["responses"]["200"]


@pytest.mark.parametrize("name", READING)
def test_only_where_reading_needs_a_key_it_is_said_to(name: str) -> None:
    assert "security" not in OPERATIONS[name]
    assert not OPERATIONS[name]["responses"].keys() & {"401", "429"}
    closed = described(sign_in_to_read=True, **keys())
    path = name.split(" ")[1]
    operation = closed["paths"][path]["get"]
    assert operation["security"] == [{"token": []}, {"basic": []}]
    assert operation["responses"].keys() >= {"401", "429"}
    assert {scheme["scheme"] for scheme in closed["components"]["securitySchemes"].values()} == {"bearer", "basic"}


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
@pytest.mark.parametrize("mode", MODES)
def test_whatever_is_asked_is_answered_as_it_says(served: Served, name: str, mode: GenerationMode) -> None:
    if mode is GenerationMode.NEGATIVE and not OPERATIONS[name].get("parameters"):
        return  # Of nothing, nothing can be wrong.
    ask(LOADED, name, mode, served.url)


def test_a_closed_room_answers_its_readers_as_it_says(closed: Served) -> None:
    told = loaded(closed.get("/api/v1/openapi.json", headers=bearer()).json(), "200")
    for name in READING:
        method, path = name.split(" ")
        query = {each["name"]: each["schema"]["examples"][0] for each in OPERATIONS[name].get("parameters", ())}
        case = told[path][method].Case(query=query)
        # The check tries wrong tokens with each, of which a client has ten a minute.
        answer = case.call_and_validate(base_url=closed.url, headers=bearer(), excluded_checks=[ignored_auth])
        assert answer.status_code == 200


def test_a_closed_room_refuses_others_as_it_says(closed: Served) -> None:
    told = loaded(described(sign_in_to_read=True, **keys()), "401")
    for name in READING:
        method, path = name.split(" ")
        assert told[path][method].Case().call_and_validate(base_url=closed.url).status_code == 401


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize("mode", MODES)
def test_where_there_is_no_daemon_no_order_is_taken(served: Served, name: str, mode: GenerationMode) -> None:
    ask(WITHOUT_DAEMON, name, mode, served.url)


def test_whatever_is_ordered_is_answered_as_it_says(tmp_path: Path) -> None:
    database = tmp_path / "stet.db"
    with running(write_config(tmp_path, web={"port": 0, **keys()}), database) as daemon:
        daemon.wait_for("reading room")
        (told,) = daemon.logged("reading room")
        for mode in MODES:
            for name in WRITING:
                # Sixty orders a minute are taken, and the sixty-first is answered as it says too.
                ask(ORDERED, name, mode, told["url"].rstrip("/"), examples=7, headers=bearer())


def ask(
    document: Any,
    name: str,
    mode: GenerationMode,
    url: str,
    *,
    examples: int = 20,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Ask for that operation with what is right, or wrong, by the document, and hold each answer against it."""
    method, path = name.split(" ")

    @hypothesis.given(case=document[path][method].as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    def hold(case: schemathesis.Case) -> None:
        case.call_and_validate(base_url=url, session=session, headers=headers)

    with requests.Session() as session:
        hold()


@pytest.mark.parametrize("name", READING)
def test_each_bound_of_each_parameter_holds(served: Served, name: str) -> None:
    method, path = name.split(" ")
    cases = LOADED.iter_coverage_cases(
        LOADED[path][method], generation_modes=list(GenerationMode), generation_config=LOADED.config.generation
    )
    with requests.Session() as session:
        for case in cases:
            case.call_and_validate(base_url=served.url, session=session)
