"""/sparql: the SPARQL 1.1 Protocol for queries, and the endpoint's description of itself where none is asked.

The request is read by hand, not by the framework: the protocol decides by media type and by which parameters stand
where, and refuses what is doubled, not UTF-8, or in the body of a GET. Where updates are on they are taken here, too:
there are clients that know one address alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from ..access import get_access
from ..deps import Service, ServiceNeeded, respond
from ..negotiation import SOLUTIONS, TRIPLES
from ..problems import ProblemError
from ..protocol import FORM, QUERY, UPDATE, Pairs, decode, group, parse_pairs, read_body, read_posted_type, read_url
from ..sparql_text import is_steady
from .parameters import answer_content, problem_responses
from .update import make_update

router = APIRouter(tags=["sparql"])
_PROTOCOL = frozenset({"query", "update", "default-graph-uri", "named-graph-uri", "timeout"})
_SINGLE = ("query", "timeout")
_OF_UPDATES = ("using-graph-uri", "using-named-graph-uri")

_RESPONSES = {
    200: {
        "description": "The answer, or without `query` the service description.",
        "content": answer_content((*SOLUTIONS, *TRIPLES)),
    },
    **problem_responses(400, 406, 413, 415, 503, 504, 507),
}


def _parameter(name: str, description: str, schema: dict[str, object], example: object = None) -> dict[str, object]:
    found: dict[str, object] = {"name": name, "in": "query", "description": description, "schema": schema}
    return found if example is None else {**found, "example": example}


_IRIS: dict[str, object] = {"type": "array", "items": {"type": "string", "format": "iri"}}
_SECONDS: dict[str, object] = {"type": "number", "minimum": 0.1, "exclusiveMaximum": 1_000_000}
_GRAPH = "https://rawabit.example/id/graph/known"
_PARAMETERS = [
    _parameter("query", "A SPARQL query.", {"type": "string"}, "SELECT * WHERE { ?s ?p ?o } LIMIT 10"),
    _parameter("default-graph-uri", "A graph of the default graph; repeatable.", _IRIS, [_GRAPH]),
    _parameter("named-graph-uri", "A named graph; repeatable.", _IRIS, [_GRAPH]),
    _parameter("timeout", "Seconds after which to give up, less than the service's own limit.", _SECONDS, 2),
]
_FORM_SCHEMA = {
    "type": "object",
    "properties": {str(each["name"]): each["schema"] for each in _PARAMETERS},
    "required": ["query"],
}
_BODY = {
    "required": True,
    "content": {FORM: {"schema": _FORM_SCHEMA}, QUERY: {"schema": {"type": "string"}, "example": "ASK { ?s ?p ?o }"}},
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request of the protocol: the query, None where there is none, its dataset and its own time limit."""

    query: str | None
    default_graphs: list[str]
    named_graphs: list[str]
    timeout: float | None


@router.get(
    "/sparql",
    responses=_RESPONSES,
    response_class=Response,
    openapi_extra={"parameters": _PARAMETERS},
    summary="Answer a SPARQL query, or describe the endpoint",
)
@router.get("/sparql/", include_in_schema=False)
async def query_by_get(request: Request, service: ServiceNeeded) -> Response:
    """A query in the URL. Without one, the service description."""
    if await read_body(request, service.limits.max_body):
        detail = "The body of a GET has no meaning here: put the query into the URL, or use POST."
        raise ProblemError(400, "query-in-body", detail)
    pairs = read_url(request)
    if not any(name in _PROTOCOL for name, _ in pairs):
        return await _describe(request, service)
    return await _answer(request, service, _read_pairs(pairs))


@router.post(
    "/sparql",
    responses=_RESPONSES,
    response_class=Response,
    openapi_extra={"requestBody": _BODY},
    summary="Answer a SPARQL query",
)
@router.post("/sparql/", include_in_schema=False)
async def query_by_post(request: Request, service: ServiceNeeded) -> Response:
    """A query as a form, or as the body itself with the media type application/sparql-query."""
    updates = get_access(request).may_update
    media_type = read_posted_type(request, (FORM, QUERY, UPDATE) if updates else (FORM, QUERY), "A query")
    if media_type == UPDATE:
        return await make_update(request, service)
    pairs, body = read_url(request), await read_body(request, service.limits.max_body)
    if media_type == QUERY:
        return await _answer(request, service, _read_pairs([*pairs, ("query", decode(body, "body"))]))
    form = parse_pairs(body, "body")
    if updates and any(name == "update" for name, _ in form) and not any(name == "query" for name, _ in form):
        return await make_update(request, service, body)
    return await _answer(request, service, _read_pairs([*pairs, *form]))


async def _answer(request: Request, service: Service, asked: _Asked) -> Response:
    if asked.query is None:
        raise ProblemError(400, "no-query", "There is no `query` among the parameters.")
    limit = service.settings.query_seconds
    arguments = {
        "query": asked.query,
        "default_graphs": asked.default_graphs,
        "named_graphs": asked.named_graphs,
        "accept": request.headers.get("accept"),
    }
    seconds = limit if asked.timeout is None else min(limit, asked.timeout)
    return await respond(request, service, "sparql", arguments, seconds=seconds, cacheable=is_steady(asked.query))


async def _describe(request: Request, service: Service) -> Response:
    updates = get_access(request).may_update
    endpoint = str(request.url.replace(query=""))
    arguments = {"endpoint": endpoint, "updates": updates, "accept": request.headers.get("accept")}
    return await respond(request, service, "service-description", arguments)


def _read_pairs(pairs: Pairs) -> _Asked:
    values = group(pairs, _SINGLE)
    if "update" in values:
        raise ProblemError(400, "no-update", "Updates are not taken in this way: POST them to /update.")
    if misplaced := [name for name in _OF_UPDATES if name in values]:
        raise ProblemError(400, "bad-parameter", f"`{misplaced[0]}` is for updates: give a query default-graph-uri.")
    return _Asked(
        query=values.get("query", [None])[0],
        default_graphs=values.get("default-graph-uri", []),
        named_graphs=values.get("named-graph-uri", []),
        timeout=_read_timeout(values["timeout"][0]) if "timeout" in values else None,
    )


def _read_timeout(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds < 1e6:
        raise ProblemError(400, "bad-parameter", f"timeout={text!r}: give a number of seconds, 0.1 or more.")
    return seconds
