"""/rdf-graph-store: the SPARQL 1.1 Graph Store HTTP Protocol; graphs are read by all, and written with the token."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from ..access import TOKEN_NEEDED
from ..deps import Service, ServiceNeeded, respond
from ..frames import Header
from ..graph_request import MULTIPART, RDF_TYPES, GraphName, read_address, read_graph_name, read_payload
from ..negotiation import TRIPLES
from ..problems import ProblemError
from ..protocol import read_body
from .parameters import answer_content, problem_responses

router = APIRouter(tags=["graph store"])
_PATH, _NAMED = "/rdf-graph-store", "/rdf-graph-store/{name:path}"
_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~"
_PARAMETERS = [
    {
        "name": "graph",
        "in": "query",
        "description": "The IRI of the graph.",
        "schema": {"type": "string", "examples": ["https://example.org/notes"]},
    },
    {
        "name": "default",
        "in": "query",
        "description": "The unnamed graph, in place of `graph`; a value is passed over.",
        "schema": {"type": "string", "examples": [""]},
        "allowEmptyValue": True,
    },
]
_NAME = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The rest of the address, which as a whole is the IRI of the graph.",
    "schema": {"type": "string"},
    "example": "notes/2024",
}
_BODY = {"content": {name: {"schema": {"type": "string"}} for name in (*RDF_TYPES, MULTIPART)}}
_ASKED, _ASKED_BY_NAME = {"parameters": _PARAMETERS}, {"parameters": [_NAME]}
_SENT, _SENT_BY_NAME = {**_ASKED, "requestBody": _BODY}, {**_ASKED_BY_NAME, "requestBody": _BODY}
_READ: dict[int | str, dict[str, Any]] = {
    200: {"description": "The graph.", "content": answer_content(TRIPLES)},
    **problem_responses(400, 404, 406, 413, 503, 504, 507),
}
_PROBLEMS = problem_responses(400, 401, 403, 404, 409, 413, 415, 503, 504, 507)
_DONE: dict[int | str, dict[str, Any]] = {
    200: {"description": "Done; the body says of which graph, and how many triples were sent."},
    201: {"description": "The graph is new; Location is its address where this server named it."},
    204: {"description": "Done."},
}


def _responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {**{status: _DONE[status] for status in statuses}, **_PROBLEMS}


@router.get(_PATH, responses=_READ, response_class=Response, openapi_extra=_ASKED, summary="Read a graph")
@router.get(_NAMED, responses=_READ, response_class=Response, openapi_extra=_ASKED_BY_NAME, summary="Read a graph")
async def read_graph(request: Request, service: ServiceNeeded) -> Response:
    """The triples of one graph, in the format that Accept asks for."""
    name = _require(read_graph_name(request))
    arguments = {"graph": name.iri, "others": name.others, "accept": request.headers.get("accept")}
    return await respond(request, service, "graph", arguments)


_PUT: dict[str, Any] = {"responses": _responses(201, 204), "response_class": Response, "dependencies": TOKEN_NEEDED}


@router.put(_PATH, **_PUT, openapi_extra=_SENT, summary="Put triples in the place of a graph")
@router.put(_NAMED, **_PUT, openapi_extra=_SENT_BY_NAME, summary="Put triples in the place of a graph")
async def put_graph(request: Request, service: ServiceNeeded) -> Response:
    """What is sent stands in the place of what the graph was; a graph that was not there is made."""
    name = _require(read_graph_name(request))
    done = await _send(request, service, "put-graph", name)
    return Response(status_code=204) if done["existed"] else _created(request, name)


_POST: dict[str, Any] = {
    "responses": _responses(200, 201, 204),
    "response_class": Response,
    "dependencies": TOKEN_NEEDED,
}


@router.post(_PATH, **_POST, openapi_extra=_SENT, summary="Add triples to a graph, or make a new one")
@router.post(_NAMED, **_POST, openapi_extra=_SENT_BY_NAME, summary="Add triples to a graph")
async def post_graph(request: Request, service: ServiceNeeded) -> Response:
    """What is sent is added to the graph. Where none is named, one is made, and Location says how it is called."""
    name = read_graph_name(request) or GraphName(f"{read_address(request).rstrip('/')}/{uuid.uuid4().hex}")
    done = await _send(request, service, "post-graph", name)
    if not done["existed"]:
        return _created(request, name)
    return _tell(done) if done["triples"] else Response(status_code=204)


_DELETE: dict[str, Any] = {"responses": _responses(200), "response_class": JSONResponse, "dependencies": TOKEN_NEEDED}


@router.delete(_PATH, **_DELETE, openapi_extra=_ASKED, summary="Drop a graph")
@router.delete(_NAMED, **_DELETE, openapi_extra=_ASKED_BY_NAME, summary="Drop a graph")
async def delete_graph(request: Request, service: ServiceNeeded) -> Response:
    """The graph goes with all its triples; the unnamed one is emptied."""
    name = _require(read_graph_name(request))
    return _tell(await service.writer.write("delete-graph", {"graph": name.iri, "others": name.others}))


def _require(name: GraphName | None) -> GraphName:
    if name is None:
        detail = "Say which graph: `?graph=` with its IRI, `?default`, or its name in the path."
        raise ProblemError(400, "which-graph", detail)
    return name


async def _send(request: Request, service: Service, task: str, name: GraphName) -> Header:
    payload = read_payload(request, await read_body(request, service.limits.max_upload))
    base = name.iri or read_address(request)
    arguments = {"graph": name.iri, "others": name.others, "parts": payload.parts, "base": base}
    return await service.writer.write(task, arguments, payload.body)


def _created(request: Request, name: GraphName) -> Response:
    is_here = name.iri.startswith(str(request.base_url))
    return Response(status_code=201, headers={"Location": quote(name.iri, safe=_IN_ADDRESS)} if is_here else {})


def _tell(done: Header) -> Response:
    return JSONResponse({"graph": done["graph"] or None, "triples": done["triples"]})
