"""/queries: the named queries, each a resource with typed parameters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from graph.store.catalogue import NamedQuery

from .. import schemas
from ..deps import ServiceNeeded, respond
from ..negotiation import SOLUTIONS, TRIPLES
from ..problems import ProblemError
from .parameters import LOOKUP, answer_content, problem_responses

router = APIRouter(tags=["queries"])
_FORMATS = {offer.name: offer.media_type for offer in (*SOLUTIONS, *TRIPLES)}


@router.get("/queries", response_model=schemas.QueryList, summary="List the named queries")
async def list_queries(service: ServiceNeeded) -> schemas.QueryList:
    """Every named query with its title, parameters and SPARQL."""
    return schemas.QueryList(items=[_describe(query) for query in service.catalogue.queries.values()])


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
) -> Response:
    """The answer of a named query. Its parameters, which /queries lists, are given as query parameters; their values
    are checked and bound, never pasted into the query.
    """
    service.catalogue.get(name)
    if format is not None and format not in _FORMATS:
        raise ProblemError(400, "bad-parameter", f"format={format!r}: give one of {', '.join(_FORMATS)}.")
    parameters: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        if key == "format":
            continue
        if key in parameters:
            raise ProblemError(400, "bad-parameter", f"{key}: given twice.")
        parameters[key] = value
    accept = _FORMATS[format] if format else request.headers.get("accept")
    arguments = {"name": name, "parameters": parameters, "accept": accept}
    return await respond(request, service, "named-query", arguments)


def _describe(query: NamedQuery) -> schemas.NamedQuery:
    return schemas.NamedQuery(
        name=query.name,
        title=schemas.Labels(ar=query.title_ar, en=query.title_en),
        description=query.description,
        parameters=[
            schemas.QueryParameter(
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
