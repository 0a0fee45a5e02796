"""/reconcile: a table of names is matched to actors, by the OpenRefine Reconciliation API 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from graph.model import EntityKind
from graph.rdf.namespaces import RW

from ..deps import Service, ServiceNeeded, respond
from ..html import POLICY
from ..problems import ProblemError
from ..protocol import FORM, Pairs, group, parse_pairs, read_body, read_posted_type, read_url
from ..reconciliation import PROPERTIES
from .parameters import problem_responses
from .resources import path_of

router = APIRouter(tags=["reconciliation"])
_PATH = "/reconcile"
_MOST_QUERIES, _MOST_CANDIDATES, _MOST_IDS = 100, 100, 1000
_LONGEST = 500
_EXAMPLE = {"q0": {"query": "زيلنسكي", "type": "Person", "limit": 3}}
_TEXT = {"type": "string"}
_FIELDS = {
    "queries": {
        **_TEXT,
        "description": "Queries by key, as JSON.",
        "example": json.dumps(_EXAMPLE, ensure_ascii=False),
    },
    "extend": {
        **_TEXT,
        "description": "Ids and properties, as JSON.",
        "example": '{"ids": ["Q212"], "properties": [{"id": "wikidata"}]}',
    },
}
_FORM_SCHEMA = {"type": "object", "properties": _FIELDS, "anyOf": [{"required": [name]} for name in _FIELDS]}
_PARAMETERS = [
    {"name": name, "in": "query", "description": schema["description"], "schema": _TEXT, "example": schema["example"]}
    for name, schema in _FIELDS.items()
]
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The service's manifest, candidates for each query, or values for each id.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    },
    **problem_responses(400, 413, 415, 503, 504),
}


@router.get(
    _PATH,
    responses=_ANSWER,
    response_class=Response,
    openapi_extra={"parameters": _PARAMETERS},
    summary="Match names to actors, or describe the service",
)
async def reconcile(request: Request, service: ServiceNeeded) -> Response:
    """The manifest where nothing is asked; candidates for `queries`; what is known of actors for `extend`."""
    asked = group(read_url(request), ["queries", "extend"])
    if "queries" not in asked and "extend" not in asked:
        return _tell(_describe_service(request, service))
    return await _answer(request, service, asked)


@router.post(
    _PATH,
    responses=_ANSWER,
    response_class=Response,
    openapi_extra={"requestBody": {"required": True, "content": {FORM: {"schema": _FORM_SCHEMA}}}},
    summary="Match names to actors",
)
async def reconcile_posted(request: Request, service: ServiceNeeded) -> Response:
    """The same as a form, for tables that are too long for an address."""
    read_posted_type(request, (FORM,), "A batch of queries")
    pairs: Pairs = parse_pairs(await read_body(request, service.limits.max_body), "body")
    asked = group([*read_url(request), *pairs], ["queries", "extend"])
    if "queries" not in asked and "extend" not in asked:
        raise ProblemError(400, "bad-parameter", "queries: send queries by key, as JSON, or `extend`.")
    return await _answer(request, service, asked)


Prefix = Annotated[str, Query(max_length=200, description="What was typed.", examples=["زيل"])]
Start = Annotated[int, Query(ge=0, le=200, description="How many to pass over.", examples=[20])]


@router.get(f"{_PATH}/suggest/entity", responses=_ANSWER, response_class=Response, summary="Suggest actors")
async def suggest_entity(request: Request, service: ServiceNeeded, prefix: Prefix, cursor: Start = 0) -> Response:
    """Actors for what has been typed so far."""
    return await respond(request, service, "suggest-entity", {"prefix": prefix, "cursor": cursor})


@router.get(f"{_PATH}/suggest/type", responses=_ANSWER, response_class=Response, summary="Suggest kinds of actor")
async def suggest_type(service: ServiceNeeded, prefix: Prefix = "") -> Response:
    """Kinds of actor for what has been typed so far, in either language."""
    types = [
        {"id": str(kind), "name": labels.en, "description": labels.ar}
        for kind, labels in service.vocabulary.classes.items()
        if kind in set(EntityKind)
    ]
    return _tell({"result": [each for each in types if _begins(prefix, *map(str, each.values()))]})


@router.get(f"{_PATH}/suggest/property", responses=_ANSWER, response_class=Response, summary="Suggest properties")
async def suggest_property(prefix: Prefix = "") -> Response:
    """Properties for what has been typed so far."""
    return _tell({"result": [each for each in _properties() if _begins(prefix, each["id"], each["name"])]})


@router.get(f"{_PATH}/properties", responses=_ANSWER, response_class=Response, summary="Propose properties")
async def propose_properties(
    type: Annotated[str, Query(max_length=100, description="A kind of actor.", examples=["Person"])] = "",
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.", examples=[10])] = 20,
) -> Response:
    """Properties of actors that a table can be extended by."""
    return _tell({"type": type, "limit": limit, "properties": _properties()[:limit]})


@router.get(
    f"{_PATH}/preview",
    responses={200: {"content": {"text/html": {"schema": _TEXT}}}, **problem_responses(400, 404, 503, 504)},
    response_class=Response,
    summary="Show an actor in short",
)
async def show_preview(
    request: Request,
    service: ServiceNeeded,
    id: Annotated[str, Query(max_length=600, description="The id of an actor.", examples=["Q212"])],
) -> Response:
    """A small HTML page, to be shown in a frame."""
    response = await respond(request, service, "preview", {"id": id})
    response.headers["Content-Security-Policy"] = POLICY
    return response


async def _answer(request: Request, service: Service, asked: Mapping[str, list[str]]) -> Response:
    if "extend" in asked:
        return await respond(request, service, "extend", _read_extension(_read_json(asked["extend"][0], "extend")))
    queries = _read_json(asked["queries"][0], "queries")
    if len(queries) > _MOST_QUERIES:
        raise ProblemError(413, "request-too-large", f"queries: {len(queries)} are more than {_MOST_QUERIES} at once.")
    read = {key: _read_query(key, query) for key, query in queries.items()}
    return await respond(request, service, "reconcile", {"queries": read})


def _read_json(text: str, name: str) -> dict[str, Any]:  # Any: what json gives
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _bad(name, "give a JSON object")
    return value


def _read_query(key: str, query: object) -> dict[str, Any]:  # Any: what json takes
    """Return a query as a worker takes it; raise ProblemError for what is none."""
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        raise _bad("queries", f"{key}: has no `query` that is a text")
    limit, types = query.get("limit", 10), query.get("type")
    if type(limit) is not int or not 1 <= limit <= _MOST_CANDIDATES:
        raise _bad("queries", f"{key}: `limit` is a whole number from 1 to {_MOST_CANDIDATES}")
    types = [] if types in (None, "") else [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(isinstance(each, str) for each in types):
        raise _bad("queries", f"{key}: `type` is the id of a type, or several")
    properties = query.get("properties")
    properties = [] if properties is None else properties
    if not isinstance(properties, list):
        raise _bad("queries", f"{key}: `properties` is a list")
    return {
        "query": query["query"][:_LONGEST],
        "limit": limit,
        "types": types,
        "properties": [_read_property(key, each) for each in properties[:20]],
    }


def _read_property(key: str, each: object) -> dict[str, Any]:  # Any: what json takes
    if not isinstance(each, dict) or not isinstance(each.get("pid"), str) or "v" not in each:
        raise _bad("queries", f"{key}: each of `properties` has `pid` and `v`")
    values = each["v"] if isinstance(each["v"], list) else [each["v"]]
    texts = [str(value.get("id", "")) if isinstance(value, dict) else str(value) for value in values[:20]]
    return {"pid": each["pid"], "values": [text[:_LONGEST] for text in texts]}


def _read_extension(asked: dict[str, Any]) -> dict[str, Any]:  # Any: what json gives and takes
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise _bad("extend", "`ids` is a list of ids")
    if not isinstance(properties, list) or not all(isinstance(each, dict) for each in properties):
        raise _bad("extend", "`properties` is a list of objects with an `id`")
    if len(ids) > _MOST_IDS:
        raise ProblemError(413, "request-too-large", f"extend: {len(ids)} ids are more than {_MOST_IDS} at once.")
    return {"ids": ids, "properties": [str(each.get("id")) for each in properties]}


def _bad(name: str, message: str) -> ProblemError:
    faults = [{"parameter": name, "in": "query", "message": message}]
    return ProblemError(400, "bad-parameter", f"{name}: {message}.", errors=faults)


def _describe_service(request: Request, service: Service) -> dict[str, object]:
    """Return the manifest of the service, with the addresses at which it was asked."""
    here = str(request.url.replace(path=_PATH, query=""))
    root = here.removesuffix(_PATH)
    suggest = {
        name: {"service_url": here, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": "Rawabit",
        "identifierSpace": f"{service.base_iri}entity/",
        "schemaSpace": RW,
        "documentation": f"{root}/openapi.json",
        "defaultTypes": [
            {"id": str(kind), "name": service.vocabulary.classes[kind].en}
            for kind in EntityKind
            if kind in service.vocabulary.classes
        ],
        "view": {"url": f"{root}{path_of(service.base_iri)}entity/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 420, "height": 260},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
        "batchSize": 50,
    }


def _properties() -> list[dict[str, str]]:
    return [{"id": name, "name": label} for name, label in PROPERTIES.items()]


def _begins(prefix: str, *texts: str) -> bool:
    return any(text.lower().startswith(prefix.strip().lower()) for text in texts)


def _tell(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), media_type="application/json")
