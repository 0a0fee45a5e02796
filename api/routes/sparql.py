"""/sparql: the SPARQL 1.1 Protocol for queries, and the endpoint's description of itself where none is asked.

The request is read by hand, not by the framework: the protocol decides by media type and by which parameters stand
where, and refuses what is doubled, not UTF-8, or in the body of a GET.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from ..deps import Service, ServiceNeeded, respond
from ..negotiation import SOLUTIONS, TRIPLES
from ..problems import ProblemError
from ..sparql_text import is_steady
from .parameters import answer_content, problem_responses

router = APIRouter(tags=["sparql"])
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_PROTOCOL = frozenset({"query", "update", "default-graph-uri", "named-graph-uri", "timeout"})
_SINGLE = ("query", "timeout")
_MOST_FIELDS = 1000

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
_SECONDS: dict[str, object] = {"type": "number", "minimum": 0.01, "exclusiveMaximum": 1_000_000}
_PARAMETERS = [
    _parameter("query", "A SPARQL query.", {"type": "string"}, "SELECT * WHERE { ?s ?p ?o } LIMIT 10"),
    _parameter("default-graph-uri", "A graph of the default graph; repeatable.", _IRIS),
    _parameter("named-graph-uri", "A named graph; repeatable.", _IRIS),
    _parameter("timeout", "Seconds after which to give up, less than the service's own limit.", _SECONDS),
]
_FORM_SCHEMA = {
    "type": "object",
    "properties": {str(each["name"]): each["schema"] for each in _PARAMETERS},
    "required": ["query"],
}
_BODY = {
    "required": True,
    "content": {_FORM: {"schema": _FORM_SCHEMA}, _QUERY: {"schema": {"type": "string"}, "example": "ASK { ?s ?p ?o }"}},
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
async def query_by_get(request: Request, service: ServiceNeeded) -> Response:
    """A query in the URL. Without one, the service description."""
    if await _read_body(request, service):
        detail = "The body of a GET has no meaning here: put the query into the URL, or use POST."
        raise ProblemError(400, "query-in-body", detail)
    pairs = _parse_pairs(request.scope["query_string"], "URL")
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
async def query_by_post(request: Request, service: ServiceNeeded) -> Response:
    """A query as a form, or as the body itself with the media type application/sparql-query."""
    media_type, charset = _read_content_type(request.headers.get("content-type", ""))
    if media_type not in (_FORM, _QUERY):
        detail = f"A query is posted as {_FORM} or as {_QUERY}, not as {media_type or 'nothing in particular'}."
        raise ProblemError(415, "unsupported-media-type", detail, headers={"Accept-Post": f"{_FORM}, {_QUERY}"})
    if charset not in ("", "utf-8", "utf8"):
        raise ProblemError(415, "unsupported-media-type", f"charset={charset}: only UTF-8 is read here.")
    body = await _read_body(request, service)
    pairs = _parse_pairs(request.scope["query_string"], "URL")
    if media_type == _FORM:
        pairs += _parse_pairs(body, "body")
    else:
        pairs.append(("query", _decode(body, "body")))
    return await _answer(request, service, _read_pairs(pairs))


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
    arguments = {"endpoint": str(request.url.replace(query="")), "accept": request.headers.get("accept")}
    return await respond(request, service, "service-description", arguments)


def _read_pairs(pairs: list[tuple[str, str]]) -> _Asked:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    for name in _SINGLE:
        if len(values.get(name, ())) > 1:
            raise ProblemError(400, "doubled-parameter", f"`{name}` is given {len(values[name])} times: give it once.")
    if "update" in values:
        raise ProblemError(400, "no-update", "Updates are not taken at this address: it answers queries.")
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
    if not 0.01 <= seconds < 1e6:
        raise ProblemError(400, "bad-parameter", f"timeout={text!r}: give a number of seconds, 0.01 or more.")
    return seconds


def _read_content_type(header: str) -> tuple[str, str]:
    media_type, *parameters = (part.strip() for part in header.split(";"))
    charsets = [part.partition("=")[2].strip('"').lower() for part in parameters if part.lower().startswith("charset=")]
    return media_type.lower(), charsets[0] if charsets else ""


def _parse_pairs(data: bytes, place: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            _decode(data, place), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise ProblemError(400, "not-utf-8", f"The {place} has percent-escapes that are not UTF-8.") from None
    except ValueError:
        raise ProblemError(400, "bad-parameter", f"The {place} has more than {_MOST_FIELDS} parameters.") from None


def _decode(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"The {place} is not UTF-8 (byte {error.start} is {data[error.start]:#04x})."
        raise ProblemError(400, "not-utf-8", detail) from None


async def _read_body(request: Request, service: Service) -> bytes:
    """Read the body as far as it may go; raise ProblemError (413) beyond that."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > service.limits.max_body:
            detail = f"The body is larger than {service.limits.max_body:,} bytes."
            raise ProblemError(413, "request-too-large", detail, headers={"Connection": "close"})
        parts.append(part)
    return b"".join(parts)
