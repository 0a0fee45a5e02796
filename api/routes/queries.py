"""/queries: the named queries, each a resource with typed parameters."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from graph.store.catalogue import NamedQuery

from .. import query_schemas, schemas
from ..cursors import take_page
from ..deps import ServiceNeeded, respond
from ..negotiation import SOLUTIONS, TRIPLES
from ..problems import ProblemError
from .parameters import LOOKUP, Cursor, OwnLimit, SortNames, Within, answer_content, problem_responses

router = APIRouter(tags=["queries"])
MOST_ROWS = 10_000
_OUR_OWN = frozenset({"format", "sort", "limit", "cursor"})
_FORMATS = {offer.name: offer.media_type for offer in (*SOLUTIONS, *TRIPLES)}


@router.get(
    "/queries",
    response_model=query_schemas.QueryList,
    responses=problem_responses(400),
    summary="List the named queries",
)
async def list_queries(
    service: ServiceNeeded, q: Within = None, sort: SortNames = None, limit: OwnLimit = None, cursor: Cursor = None
) -> query_schemas.QueryList:
    """Named queries with title, parameters and SPARQL: every one, or those that hold a text, by pages."""
    found = [query for query in service.catalogue.queries.values() if q is None or _holds(query, q)]
    if sort is not None:
        found.sort(key=lambda query: query.name, reverse=sort == "-name")
    page, following = take_page(found, lambda query: query.name, limit=limit, cursor=cursor)
    return query_schemas.QueryList(items=[_describe(query) for query in page], next=following)


@router.get(
    "/queries/{name}",
    responses={
        **LOOKUP,
        **problem_responses(406),
        200: {
            "description": "The answer, in the format that Accept or `format` asks for.",
            "content": answer_content((*SOLUTIONS, *TRIPLES)),
        },
    },
    response_class=Response,
    summary="Ask a named query",
)
async def ask_query(
    request: Request,
    service: ServiceNeeded,
    name: Annotated[
        str, Path(description="The name of a query, as in /queries.", examples=["strongest-partners"], max_length=100)
    ],
    format: Annotated[
        str | None,
        Query(description=f"One of {', '.join(_FORMATS)}; goes before Accept.", examples=["csv"], max_length=20),
    ] = None,
    sort: Annotated[
        str | None,
        Query(max_length=100, description="A column to sort by, the highest first after a minus.", examples=["-facts"]),
    ] = None,
    limit: Annotated[
        int | None, Query(ge=1, le=MOST_ROWS, description="How many rows a page has at most.", examples=[100])
    ] = None,
    cursor: Cursor = None,
) -> Response:
    """The answer of a named query. Its parameters, which /queries lists, are given as query parameters; their values
    are checked and bound, never pasted into the query.

    All rows are given unless `limit` asks for a page; a Link header then has the address of the next one, and `cursor`
    stands in it.
    """
    service.catalogue.get(name)
    if format is not None and format not in _FORMATS:
        raise ProblemError(400, "bad-parameter", f"format={format!r}: give one of {', '.join(_FORMATS)}.")
    parameters: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        if key in _OUR_OWN:
            continue
        if key in parameters:
            raise ProblemError(400, "bad-parameter", f"{key}: given twice.")
        parameters[key] = value
    accept = _FORMATS[format] if format else request.headers.get("accept")
    asked = [(key, value) for key, value in request.query_params.multi_items() if key != "cursor"]
    address = f"{quote(request.scope['path'])}?{urlencode(asked)}" if asked else quote(request.scope["path"])
    arguments: dict[str, Any] = {"name": name, "parameters": parameters, "accept": accept, "address": address}
    arguments.update(sort=sort, limit=limit, cursor=cursor)
    return await respond(request, service, "named-query", arguments)


def _holds(query: NamedQuery, text: str) -> bool:
    said = (query.name, query.title_ar, query.title_en, query.description)
    return any(text.casefold() in each.casefold() for each in said)


def _describe(query: NamedQuery) -> query_schemas.NamedQuery:
    return query_schemas.NamedQuery(
        name=query.name,
        title=schemas.Labels(ar=query.title_ar, en=query.title_en),
        description=query.description,
        description_ar=query.description_ar or None,
        parameters=[
            query_schemas.QueryParameter(
                name=each.name,
                type=each.type,
                description=each.description,
                required=each.required,
                default=each.default,
                example=each.example,
            )
            for each in query.parameters
        ],
        sparql=query.text,
    )
