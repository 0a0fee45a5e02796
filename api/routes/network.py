"""/network: questions asked of the whole network, or of the part that the filters of /export choose."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from .. import network_schemas as schemas
from ..deps import Service, ServiceNeeded, respond
from ..problems import ProblemError
from .network_filter import LookNeeded, NetworkNeeded
from .parameters import LOOKUP, Cursor, Limit

router = APIRouter(prefix="/network", tags=["network"])
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
Period = Annotated[
    str,
    Query(
        pattern=f"^{_DATE}(:{_DATE})?$",
        max_length=21,
        description="A year, month or day, or two with a colon between them.",
        examples=["2023-01:2023-06"],
    ),
]
Measure = Literal["degree", "weighted_degree", "pagerank", "betweenness", "core", "bridging"]
_MOST_DRAWN, _MOST_IN_PICTURE = 60, 500


@router.get("/measures", response_model=schemas.MeasurePage, responses=LOOKUP, summary="Who matters")
async def show_measures(
    request: Request,
    service: ServiceNeeded,
    network: NetworkNeeded,
    by: Annotated[
        Measure, Query(description="The measure that orders the actors.", examples=["betweenness"])
    ] = "pagerank",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Degree, PageRank, betweenness, k-core, community and bridging of the actors, highest first."""
    return await _ask(request, service, "measures", {**network.arguments(), "by": by, "limit": limit, "cursor": cursor})


@router.get("/communities", response_model=schemas.Communities, responses=LOOKUP, summary="Who belongs together")
async def show_communities(
    request: Request, service: ServiceNeeded, network: NetworkNeeded, limit: Limit = 20
) -> Response:
    """Communities by their best-known members, and the heaviest ties between communities."""
    return await _ask(request, service, "communities", {**network.arguments(), "limit": limit})


@router.get("/balance", response_model=schemas.Balance, responses=LOOKUP, summary="Support and conflict in balance")
async def show_balance(request: Request, service: ServiceNeeded, network: NetworkNeeded, limit: Limit = 20) -> Response:
    """Triads of support and conflict by their signs, and those under strain: a friend who is a friend's enemy."""
    return await _ask(request, service, "balance", {**network.arguments(), "limit": limit})


@router.get("/changes", response_model=schemas.Changes, responses=LOOKUP, summary="What changed between two periods")
async def show_changes(
    request: Request,
    service: ServiceNeeded,
    network: NetworkNeeded,
    first: Period,
    second: Period,
    limit: Limit = 20,
) -> Response:
    """Who gained and lost ties, and which ties came, went or changed; `since` and `until` are not heeded."""
    periods = {"first": _read_period(first), "second": _read_period(second)}
    return await _ask(request, service, "changes", {**network.arguments(), **periods, "limit": limit})


@router.get(
    "/picture",
    responses={**LOOKUP, 200: {"description": "The picture.", "content": {"image/svg+xml": {}}}},
    response_class=Response,
    summary="The network as a picture",
)
async def show_picture(request: Request, service: ServiceNeeded, network: NetworkNeeded, look: LookNeeded) -> Response:
    """An SVG picture with title and legend; without `top` of the 60 actors with most ties."""
    arguments = {**network.arguments(), **look.arguments()}
    arguments["top"] = arguments["top"] or _MOST_DRAWN
    if arguments["top"] > _MOST_IN_PICTURE:
        raise ProblemError(400, "bad-parameter", f"top: a picture has at most {_MOST_IN_PICTURE} actors; use /export.")
    return await _ask(request, service, "picture", arguments)


def _read_period(period: str) -> dict[str, str]:
    since, _, until = period.partition(":")
    return {"since": since, "until": until or since}


async def _ask(
    request: Request,
    service: Service,
    task: str,
    arguments: dict[str, Any],  # Any: what json takes
) -> Response:
    return await respond(request, service, task, arguments, seconds=service.limits.export_seconds)
