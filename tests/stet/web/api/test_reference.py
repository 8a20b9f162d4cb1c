"""What people read about the API: the page that lists its operations, and docs/api.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.web import Served

DOCS = (Path(__file__).parents[4] / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_page_leads_to_a_list_of_all_operations_and_their_parameters(served: Served) -> None:
    assert served.page("/").xpath("//footer//a/@href") == ["/api"]
    page = served.page("/api")
    document = served.get(page.xpath("//main//a/@href")[0]).json()
    told = [section.text_content() for section in page.find_class("operation")]
    operations = [(path, operation) for path, methods in document["paths"].items() for operation in methods.values()]
    assert len(told) == len(operations)
    for section, (path, operation) in zip(told, operations, strict=True):
        assert path in section
        for parameter in operation.get("parameters", ()):
            assert parameter["name"] in section
            assert parameter["description"].replace("`", "") in section
        if "requestBody" in operation:
            (sent,) = operation["requestBody"]["content"].values()
            for name, field in document["components"]["schemas"][sent["schema"]["$ref"].rsplit("/")[-1]][
                "properties"
            ].items():
                assert name in section
                assert field["description"] in section
            assert "Bearer TOKEN" in section


def test_the_paths_of_the_docs_are_those_there_are(served: Served) -> None:
    document = served.get("/api/v1/openapi.json").json()
    named = {found.rstrip(".") for found in re.findall(r"/api/v1/[a-z.]+", DOCS)}
    assert named == {*document["paths"], "/api/v1/openapi.json"}


def test_the_parameters_of_the_docs_are_those_there_are(served: Served) -> None:
    document = served.get("/api/v1/openapi.json").json()
    rows = re.findall(r"^\| `(/api/v1/[a-z]+)\??([^`]*)` \| (.*) \|$", DOCS, re.MULTILINE)
    assert len(rows) > 10
    for path, required, told in rows:
        parameters = {each["name"]: each["required"] for each in document["paths"][path]["get"].get("parameters", ())}
        assert {name for name in parameters if parameters[name]} == set(re.findall(r"[a-z]+", required)), path
        assert set(re.findall(r"`([a-z_]+)`", told.partition(":")[2])) <= parameters.keys(), path
