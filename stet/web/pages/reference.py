"""The API's operations for people to read: what its OpenAPI document says, in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from stet.web.api.document import PATH, document
from stet.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

router = APIRouter(include_in_schema=False)


@router.get("/api")
def reference(request: Request) -> Response:
    """All operations, with their parameters."""
    described = document(request.app)
    operations = [
        {
            "parameters": (),
            "security": (),
            "method": method.upper(),
            "address": _example(path, operation),
            "body": _body(operation, described["components"]["schemas"]),
            **operation,
        }
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    return page(request, "reference.html", document=PATH, operations=operations, kinds=_kinds)


def _example(path: str, operation: Mapping[str, Any]) -> str:
    """The path with what has to be given."""
    given = [
        f"{parameter['name']}={{{parameter['name']}}}"
        for parameter in operation.get("parameters", ())
        if parameter["required"]
    ]
    return f"{path}?{'&'.join(given)}" if given else path


def _body(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of what is sent, as parameters are described."""
    if "requestBody" not in operation:
        return []
    schema = schemas[operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]]
    return [
        {"name": name, "schema": field, "required": name in schema["required"], "description": field["description"]}
        for name, field in schema["properties"].items()
    ]


def _kinds(parameter: Mapping[str, Any]) -> str:
    """What a parameter may be, in words: `integer, 1 to 500, by default 100`."""
    return ", ".join(_told(parameter["schema"]))


def _told(schema: Mapping[str, Any]) -> Iterator[str]:
    if "type" in schema:
        yield "list" if schema["type"] == "array" else schema["type"]
    else:
        yield "time"
    if "minimum" in schema:
        yield f"{schema['minimum']} to {schema['maximum']}"
    if schema.get("default") not in (None, "", []):
        yield f"by default {str(schema['default']).lower()}"
