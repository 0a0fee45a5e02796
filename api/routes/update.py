"""/update: the SPARQL 1.1 Protocol for updates, which are off unless they are switched on, and need the token."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from ..access import UPDATE_NEEDED, get_access
from ..deps import Service, ServiceNeeded
from ..problems import ProblemError
from ..protocol import FORM, UPDATE, decode, group, parse_pairs, read_body, read_posted_type, read_url
from .parameters import problem_responses

router = APIRouter(tags=["sparql"])
_DATASET = ("using-graph-uri", "using-named-graph-uri")
_OF_QUERIES = ("query", "default-graph-uri", "named-graph-uri")
_IRIS = {
    "type": "array",
    "items": {"type": "string", "format": "iri"},
    "examples": [["https://example.org/notes"]],
}
_USING = {
    "using-graph-uri": "A graph of the default graph that patterns see; repeatable.",
    "using-named-graph-uri": "A named graph that patterns see; repeatable.",
}
_PARAMETERS = [
    {"name": name, "in": "query", "description": description, "schema": _IRIS} for name, description in _USING.items()
]
_EXAMPLE = 'INSERT DATA { GRAPH <https://example.org/notes> { <https://example.org/a> <https://example.org/b> "c" } }'
_FORM_SCHEMA = {
    "type": "object",
    "properties": {"update": {"type": "string", "example": _EXAMPLE}, **dict.fromkeys(_DATASET, _IRIS)},
    "required": ["update"],
}
_BODY = {
    "required": True,
    "content": {FORM: {"schema": _FORM_SCHEMA}, UPDATE: {"schema": {"type": "string"}, "example": _EXAMPLE}},
}
_DONE: dict[int | str, dict[str, Any]] = {
    204: {"description": "The update was made, and every following request sees it."}
}


@router.post(
    "/update",
    status_code=204,
    responses={**_DONE, **problem_responses(400, 401, 403, 413, 415, 503, 504, 507)},
    response_class=Response,
    dependencies=UPDATE_NEEDED,
    openapi_extra={"requestBody": _BODY, "parameters": _PARAMETERS},
    summary="Make a SPARQL update",
)
@router.post("/update/", include_in_schema=False, dependencies=UPDATE_NEEDED)
async def update(request: Request, service: ServiceNeeded) -> Response:
    """An update as a form, or as the body itself with the media type application/sparql-update."""
    return await make_update(request, service)


async def make_update(request: Request, service: Service, body: bytes | None = None) -> Response:
    """Make an update, which the protocol has in the body; raise ProblemError where it may not be made."""
    get_access(request).check_update(request.headers.getlist("authorization"))
    media_type = read_posted_type(request, (FORM, UPDATE), "An update")
    pairs = read_url(request)
    if any(name == "update" for name, _ in pairs):
        raise ProblemError(400, "doubled-parameter", "`update` stands in the URL: it belongs into the body, once.")
    if body is None:
        body = await read_body(request, service.limits.max_upload)
    values = group(pairs if media_type == UPDATE else [*pairs, *parse_pairs(body, "body")], ["update"])
    if misplaced := [name for name in _OF_QUERIES if name in values]:
        detail = f"`{misplaced[0]}` is for queries: an update has `update` and {' and '.join(_DATASET)}."
        raise ProblemError(400, "bad-parameter", detail)
    if media_type == FORM and "update" not in values:
        raise ProblemError(400, "update-missing", "There is no `update` in the form.")
    text = decode(body, "body") if media_type == UPDATE else values["update"][0]
    using, using_named = (values.get(name, []) for name in _DATASET)
    await service.writer.write("update", {"using": using, "using_named": using_named}, text.encode("utf-8"))
    return Response(status_code=204)
