"""/actors: found by name, described, and with those they are tied to."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Query, Request, Response

from graph.model import EntityKind

from .. import schemas, tie_schemas
from ..deps import ServiceNeeded, respond
from ..negotiation import NETWORKS, choose
from ..problems import ProblemError
from .parameters import (
    LISTING,
    LOOKUP,
    ActorId,
    Cursor,
    FactFilterNeeded,
    Kinds,
    Limit,
    SortDates,
    answer_content,
)

router = APIRouter(tags=["actors"])


@router.get("/actors", response_model=schemas.ActorPage, responses=LISTING, summary="Find actors by name")
async def list_actors(
    request: Request,
    service: ServiceNeeded,
    q: Annotated[
        str | None,
        Query(
            max_length=200, description="A name or its beginning, in Arabic or Latin letters.", examples=["زيلينسكي"]
        ),
    ] = None,
    kind: Annotated[EntityKind | None, Query(description="Only actors of this kind.", examples=["Person"])] = None,
    sort: Annotated[
        schemas.ActorSort | None,
        Query(
            description="By facts or by name (ar, en), the highest first after a minus; by the match without it.",
            examples=["-facts"],
        ),
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Actors whose name is like `q`, best first; without `q` those that most facts name.

    Names may be written in any spelling: with or without hamza, marks and article, misspelt, begun, in part, or in the
    other script.
    """
    arguments = {"q": q, "kind": kind, "sort": sort, "limit": limit, "cursor": cursor}
    return await respond(request, service, "actors", arguments)


@router.get(
    "/actors/{actor_id:path}/relationships",
    response_model=schemas.FactPage | tie_schemas.CounterpartPage | tie_schemas.MonthPage,
    responses=LOOKUP,
    summary="The facts that name an actor, or whom they name beside it",
)
async def list_relationships(
    request: Request,
    service: ServiceNeeded,
    actor_id: ActorId,
    filters: FactFilterNeeded,
    kind: Kinds = None,
    direction: Annotated[
        schemas.Direction | None,
        Query(description="Only facts in which the actor is subject (out) or object (in).", examples=["out"]),
    ] = None,
    counterpart: Annotated[
        str | None, Query(max_length=600, description="Only facts with this actor.", examples=["Q145"])
    ] = None,
    group_by: Annotated[
        Literal["counterpart", "month"] | None,
        Query(
            description="Answer whom the facts name beside it, or how many fall into each month.", examples=["month"]
        ),
    ] = None,
    sort: Annotated[
        schemas.FactSort | tie_schemas.CounterpartSort | None,
        Query(
            description="date, published or confidence for facts; weight, facts, first or last for counterparts; the "
            "highest first after a minus.",
            examples=["-date"],
        ),
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Facts whose subject or object is the actor, newest first, of every status unless one is asked for.

    Grouped by counterpart, each of the other actors once: `weight` counts the documents that tie it to the actor.
    Grouped by month, each month with anything once, all of them on one page, in order.
    """
    allowed = get_args(tie_schemas.CounterpartSort if group_by else schemas.FactSort)
    if sort is not None and group_by == "month":
        raise ProblemError(400, "bad-parameter", f"sort={sort!r}: months stand in order, leave it out.")
    if sort is not None and sort not in allowed:
        detail = f"sort={sort!r}: this list is sorted by one of {', '.join(allowed)}."
        raise ProblemError(400, "bad-parameter", detail)
    arguments = {"id": actor_id, "direction": direction, "counterpart": counterpart, "group_by": group_by}
    paging = {"kinds": kind, "sort": sort, "limit": limit, "cursor": cursor}
    return await respond(request, service, "relationships", {**arguments, **paging, **filters.arguments()})


@router.get(
    "/actors/{actor_id:path}/neighbourhood",
    response_model=schemas.Neighbourhood,
    responses={**LOOKUP, 200: {"content": answer_content(NETWORKS)}},
    summary="The network around an actor",
)
async def show_neighbourhood(
    request: Request,
    service: ServiceNeeded,
    actor_id: ActorId,
    filters: FactFilterNeeded,
    kind: Kinds = None,
    depth: Annotated[int, Query(ge=1, le=3, description="How many steps from the actor.", examples=[2])] = 1,
    nodes: Annotated[
        int, Query(ge=1, le=500, description="How many nodes at most, the strongest.", examples=[50])
    ] = 100,
    edges: Annotated[
        int, Query(ge=1, le=3000, description="How many edges at most, the heaviest.", examples=[200])
    ] = 600,
    any_status: Annotated[
        bool, Query(description="Ties that did not happen as well; actual ones without it.", examples=[True])
    ] = False,
    format: Annotated[
        tie_schemas.NetworkFormat | None,
        Query(description="The format, which goes before Accept.", examples=["gexf"]),
    ] = None,
) -> Response:
    """Who is tied to the actor within some steps, and how they are tied to each other; actual facts unless told else.

    Where there are more than the budget allows, the strongest are kept and `cut` counts the rest; in a file the header
    Rawabit-Cut does. JSON, GEXF, GraphML or Turtle, by `format` or Accept.
    """
    offer = choose(request.headers.get("accept"), NETWORKS)
    arguments = {"id": actor_id, "kinds": kind, "depth": depth, "nodes": nodes, "edges": edges, **filters.arguments()}
    arguments["format"] = format or (offer.name if offer else "json")
    if not filters.statuses and not any_status:
        arguments["statuses"] = ["actual"]
    seconds = None if arguments["format"] == "json" else service.limits.export_seconds
    return await respond(request, service, "neighbourhood", arguments, seconds=seconds)


@router.get(
    "/actors/{actor_id:path}/timeline",
    response_model=tie_schemas.Timeline,
    responses=LOOKUP,
    summary="What happened to an actor, by date",
)
async def show_actor_timeline(
    request: Request,
    service: ServiceNeeded,
    actor_id: ActorId,
    filters: FactFilterNeeded,
    counterpart: Annotated[
        str | None, Query(max_length=600, description="Only with this actor.", examples=["Q145"])
    ] = None,
    sort: SortDates = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """The dated facts that name the actor, the earliest first; what several documents tell of one date stands once."""
    arguments = {"actor": actor_id, "counterpart": counterpart, "sort": sort, "limit": limit, "cursor": cursor}
    return await respond(request, service, "timeline", {**arguments, **filters.arguments()})


@router.get(
    "/actors/{actor_id:path}", response_model=schemas.ActorDetail, responses=LOOKUP, summary="What is known of an actor"
)
async def show_actor(request: Request, service: ServiceNeeded, actor_id: ActorId) -> Response:
    """Labels, other names, offices with dates, what it belongs to and what to it, when it was first and last told of,
    and how many facts of which relation name it.
    """
    return await respond(request, service, "actor", {"id": actor_id})
