"""Query parameters that several routes take, each described once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query

from graph.model import EntityKind, Status

from .. import schemas, tie_schemas
from ..negotiation import Offer
from ..problems import MEDIA_TYPE

_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
MOST_ITEMS = 200

ActorId = Annotated[
    str,
    Path(description="The id of an actor: what follows `entity/` in its IRI.", examples=["Q212"], max_length=600),
]
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS, description="How many items a page has at most.", examples=[50])]
OwnLimit = Annotated[
    int | None,
    Query(ge=1, le=MOST_ITEMS, description="How many items a page has at most; all without it.", examples=[20]),
]
Within = Annotated[
    str | None, Query(max_length=200, description="Only those whose name or labels hold this text.", examples=["aid"])
]
SortNames = Annotated[
    Literal["name", "-name"] | None, Query(description="By name, or the last first after a minus.", examples=["name"])
]
Cursor = Annotated[str | None, Query(max_length=2048, description="The `next` of the page before.")]
Since = Annotated[
    str | None,
    Query(pattern=_DATE, description="No earlier than this date, month or year.", examples=["2024-01-15"]),
]
Until = Annotated[
    str | None,
    Query(pattern=_DATE, description="No later than this date, month or year.", examples=["2024-12"]),
]
Relations = Annotated[
    list[str] | None,
    Query(
        alias="relation",
        max_length=60,
        description="Only facts of this relation, named as in /vocabulary; repeatable.",
        examples=[["supplies"]],
    ),
]
Statuses = Annotated[
    list[Status] | None,
    Query(
        alias="status",
        description="Only facts of this status; repeatable; all are given without it.",
        examples=[["actual"]],
    ),
]
Kinds = Annotated[
    list[EntityKind] | None,
    Query(alias="kind", description="Only with actors of this kind; repeatable.", examples=[["Person"]]),
]
MinConfidence = Annotated[
    float | None, Query(ge=0, le=1, allow_inf_nan=False, description="The least confidence of a fact.", examples=[0.5])
]
SortFacts = Annotated[
    schemas.FactSort | None,
    Query(description="What the list is sorted by, the highest first after a minus.", examples=["-date"]),
]
SortDates = Annotated[
    tie_schemas.DateSort | None,
    Query(description="date for the earliest first, -date for the latest.", examples=["date"]),
]


@dataclass(frozen=True, slots=True)
class FactFilter:
    """The filters that all lists of facts share."""

    relations: list[str]
    statuses: list[Status]
    since: str | None
    until: str | None
    min_confidence: float | None

    def arguments(self) -> dict[str, Any]:  # Any: what json takes
        return asdict(self)


def _fact_filter(
    relation: Relations = None,
    status: Statuses = None,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
) -> FactFilter:
    return FactFilter(relation or [], status or [], since, until, min_confidence)


FactFilterNeeded = Annotated[FactFilter, Depends(_fact_filter)]


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:  # Any: FastAPI's own type
    """Return the OpenAPI entries of the problems that a route may answer besides its own."""
    content = {MEDIA_TYPE: {"schema": schemas.Problem.model_json_schema()}}
    descriptions = {
        400: "A parameter is not usable; `errors` names each.",
        401: "The token is missing or wrong.",
        403: "Writing is off on this server.",
        404: "There is no such thing.",
        406: "None of the media types in Accept can be written.",
        409: "It contradicts what the graph is: what is derived cannot be changed by itself, an actor is one already.",
        413: "The request or the answer is too large.",
        415: "The request's media type is not one of those taken.",
        422: "What was read from the article does not conform to the shapes.",
        503: "No worker is free, or the store is in other hands; Retry-After says when to come back.",
        504: "The time limit has passed and the computation was ended.",
        507: "The answer needs more memory or disk than one may have.",
    }
    return {status: {"description": descriptions[status], "content": content} for status in statuses}


def answer_content(offers: Sequence[Offer]) -> dict[str, Any]:  # Any: FastAPI's own type
    """Return the OpenAPI entry of answers that are negotiated among formats."""
    names = [name for offer in offers for name in (offer.media_type, *offer.aliases)]
    return {name: {"schema": {} if name.endswith("json") else {"type": "string"}} for name in names}


LOOKUP = problem_responses(400, 404, 413, 503, 504, 507)
LISTING = problem_responses(400, 413, 503, 504, 507)
