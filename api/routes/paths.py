"""/paths and /timeline: how two actors are connected, and what happened when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from .. import tie_schemas
from ..deps import ServiceNeeded, respond
from .parameters import LOOKUP, Cursor, FactFilterNeeded, Kinds, Limit, SortDates

router = APIRouter(tags=["networks"])


@router.get("/paths", response_model=tie_schemas.PathList, responses=LOOKUP, summary="How two actors are connected")
async def find_paths(
    request: Request,
    service: ServiceNeeded,
    filters: FactFilterNeeded,
    source: Annotated[
        str, Query(alias="from", max_length=600, description="The id of the one actor.", examples=["Q3874799"])
    ],
    target: Annotated[
        str, Query(alias="to", max_length=600, description="The id of the other actor.", examples=["Q145"])
    ],
    kind: Kinds = None,
    longest: Annotated[int, Query(ge=1, le=6, description="How many steps a path has at most.", examples=[3])] = 4,
    facts: Annotated[
        int, Query(ge=1, le=20, description="How many facts of a step are given, the newest.", examples=[5])
    ] = 3,
    any_status: Annotated[
        bool, Query(description="Ties that did not happen as well; actual ones without it.", examples=[True])
    ] = False,
    limit: Annotated[int, Query(ge=1, le=20, description="How many paths at most, the shortest.", examples=[5])] = 3,
) -> Response:
    """The shortest paths between two actors over actual facts, unless told else, with the facts that make each step.

    Of paths of one length those whose weakest step most documents tell come first. `complete` is false where the work
    was cut short: there may be more paths, or shorter ones.
    """
    arguments: dict[str, object] = {
        "source": source,
        "target": target,
        "kinds": kind,
        "longest": longest,
        "facts": facts,
        "limit": limit,
    }
    arguments.update(filters.arguments())
    if not filters.statuses and not any_status:
        arguments["statuses"] = ["actual"]
    return await respond(request, service, "paths", arguments)


@router.get("/timeline", response_model=tie_schemas.Timeline, responses=LOOKUP, summary="What happened, by date")
async def show_timeline(
    request: Request,
    service: ServiceNeeded,
    filters: FactFilterNeeded,
    actor: Annotated[str | None, Query(max_length=600, description="Only with this actor.", examples=["Q212"])] = None,
    counterpart: Annotated[
        str | None, Query(max_length=600, description="Only with this actor as well.", examples=["Q145"])
    ] = None,
    sort: SortDates = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Dated facts, the earliest first; what several documents tell of one date stands once, with their number."""
    arguments = {"actor": actor or counterpart, "counterpart": counterpart if actor else None, "sort": sort}
    return await respond(
        request, service, "timeline", {**arguments, "limit": limit, "cursor": cursor, **filters.arguments()}
    )
