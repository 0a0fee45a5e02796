"""/actors: found by name, described, and with those they are tied to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graph.model import EntityKind

from .. import schemas
from ..deps import ServiceNeeded, respond
from .parameters import LISTING, LOOKUP, ActorId, Cursor, FactFilterNeeded, Limit

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
    kind: Annotated[EntityKind | None, Query(description="Only actors of this kind.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Actors whose name is like `q`, best first; without `q` those that most facts name."""
    return await respond(request, service, "actors", {"q": q, "kind": kind, "limit": limit, "cursor": cursor})


@router.get(
    "/actors/{actor_id:path}/relationships",
    response_model=schemas.FactPage,
    responses=LOOKUP,
    summary="The facts that name an actor",
)
async def list_relationships(
    request: Request,
    service: ServiceNeeded,
    actor_id: ActorId,
    filters: FactFilterNeeded,
    direction: Annotated[
        schemas.Direction | None, Query(description="Only facts in which the actor is subject (out) or object (in).")
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Facts whose subject or object is the actor, newest first, of every status unless one is asked for."""
    arguments = {"id": actor_id, "direction": direction, "limit": limit, "cursor": cursor, **filters.arguments()}
    return await respond(request, service, "relationships", arguments)


@router.get(
    "/actors/{actor_id:path}/neighbourhood",
    response_model=schemas.Neighbourhood,
    responses=LOOKUP,
    summary="The network around an actor",
)
async def show_neighbourhood(
    request: Request,
    service: ServiceNeeded,
    actor_id: ActorId,
    filters: FactFilterNeeded,
    depth: Annotated[int, Query(ge=1, le=3, description="How many steps from the actor.")] = 1,
    nodes: Annotated[int, Query(ge=1, le=500, description="How many nodes at most, the strongest.")] = 100,
    edges: Annotated[int, Query(ge=1, le=3000, description="How many edges at most, the heaviest.")] = 600,
    any_status: Annotated[bool, Query(description="Ties that did not happen as well; actual ones without it.")] = False,
) -> Response:
    """Who is tied to the actor within some steps, and how they are tied to each other; actual facts unless told else.

    Where there are more than the budget allows, the strongest are kept and `cut` counts the rest.
    """
    arguments = {"id": actor_id, "depth": depth, "nodes": nodes, "edges": edges, **filters.arguments()}
    if filters.status is None and not any_status:
        arguments["status"] = "actual"
    return await respond(request, service, "neighbourhood", arguments)


@router.get(
    "/actors/{actor_id:path}", response_model=schemas.ActorDetail, responses=LOOKUP, summary="What is known of an actor"
)
async def show_actor(request: Request, service: ServiceNeeded, actor_id: ActorId) -> Response:
    """Labels, other names, offices, and how many facts of which relation name the actor."""
    return await respond(request, service, "actor", {"id": actor_id})
