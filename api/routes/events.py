"""/events: what several documents tell of one deed, with who agrees and who contradicts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from .. import event_schemas
from ..deps import ServiceNeeded, respond
from .parameters import LISTING, LOOKUP, Cursor, Limit, Relations, Since, Until

router = APIRouter(tags=["events"])
Someone = Annotated[str | None, Query(max_length=600, description="The id of an actor.", examples=["Q145"])]
MinReports = Annotated[
    int, Query(ge=1, le=1_000_000, description="The least number of independent reports that tell of it.", examples=[2])
]
Disputes = Annotated[
    list[event_schemas.Dispute] | None,
    Query(
        alias="disputed",
        max_length=2,
        description="Only what reports contradict one another in: whether it happened, or how much; repeatable.",
        examples=[["amount"]],
    ),
]
Sort = Annotated[
    event_schemas.EventSort | None,
    Query(description="What the list is sorted by, the highest first after a minus.", examples=["-reports"]),
]


@router.get("/events", response_model=event_schemas.EventPage, responses=LISTING, summary="List events")
async def list_events(
    request: Request,
    service: ServiceNeeded,
    actor: Someone = None,
    counterpart: Someone = None,
    relation: Relations = None,
    since: Since = None,
    until: Until = None,
    min_reports: MinReports = 1,
    disputed: Disputes = None,
    sort: Sort = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Events, the latest first unless sorted otherwise.

    Facts of one relation between the same actors are one event where their dates fit, in however many documents they
    stand. Offices, membership and the like are no events.
    """
    arguments = {
        "actor": actor,
        "counterpart": counterpart,
        "relations": relation or [],
        "since": since,
        "until": until,
        "min_reports": min_reports,
        "disputes": disputed or [],
        "sort": sort,
        "limit": limit,
        "cursor": cursor,
    }
    return await respond(request, service, "events", arguments)


@router.get("/events/{event_id:path}", response_model=event_schemas.EventDetail, responses=LOOKUP, summary="One event")
async def show_event(
    request: Request,
    service: ServiceNeeded,
    event_id: Annotated[
        str, Path(description="The id of an event.", examples=["5f1c0a77d2b94e13/2024-01-29"], max_length=200)
    ],
) -> Response:
    """An event with its facts, the first report, all outlets that tell of it, and what they contradict."""
    return await respond(request, service, "event", {"id": event_id})
