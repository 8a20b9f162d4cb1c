"""The OpenAPI document: all operations of the API, described to the last field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from stet.web.api.answers import BY_TOKEN, answer
from stet.web.api.models.problem import Problem
from stet.web.api.security import basic, bearer

if TYPE_CHECKING:
    from fastapi import FastAPI

router = APIRouter(include_in_schema=False)

PATH = "/api/v1/openapi.json"

_DESCRIPTION = """Reads an archive of what news sites said. The names are those of the command line's `--json`.

Lists come page by page: follow `next` until it is null. Each answer has an ETag; errors are problems (RFC 9457).
Scripts of other origins cannot read the answers: no CORS headers are sent."""


@router.get(PATH)
def openapi(request: Request) -> Response:
    """The document itself."""
    return answer(document(request.app))


def document(app: FastAPI) -> dict[str, Any]:
    """The application's document, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _made(app)
    return app.openapi_schema


def _made(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title,
        version="1",
        summary=app.summary,
        description=_DESCRIPTION,
        license_info={"name": "Apache 2.0", "identifier": "Apache-2.0"},
        tags=[
            {"name": "changes", "description": "What happened to pages."},
            {"name": "pages", "description": "A page's snapshots and headlines."},
            {"name": "comparing", "description": "Versions and pages side by side."},
            {"name": "search", "description": "Full text over all snapshots."},
            {"name": "sources", "description": "How sources do, and what they repeat."},
            {"name": "status", "description": "How the service does."},
            {"name": "steering", "description": "What a program with the token has the daemon do."},
        ],
        routes=app.routes,
    )
    schemas = made["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update({**problem.pop("$defs"), "Problem": problem})
    operations = [operation for path in made["paths"].values() for operation in path.values()]
    for operation in operations:
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _given(parameter["schema"])
    if app.state.access.is_closed:
        made["components"]["securitySchemes"][basic.scheme_name] = basic.model.model_dump(
            mode="json", by_alias=True, exclude_none=True
        )
        for operation in operations:
            if "security" not in operation:
                operation["security"] = [{bearer.scheme_name: []}, {basic.scheme_name: []}]
                operation["responses"].update({str(int(status)): told for status, told in BY_TOKEN.items()})
    return made


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter where it is given: a query has no null."""
    if "anyOf" not in schema:
        return schema
    rest = [each for each in schema["anyOf"] if each != {"type": "null"}]
    return (
        {**schema, "anyOf": rest} if len(rest) > 1 else {**{k: v for k, v in schema.items() if k != "anyOf"}, **rest[0]}
    )
