"""/export/{format}: networks as files for Gephi and others."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from graph.model import EntityKind, Status
from graph.network.export.registry import FORMATS
from graph.network.options import MAX_DEPTH, RollUp, StaticTies

from ..deps import ServiceNeeded, respond
from ..problems import ProblemError
from .parameters import LOOKUP, Since, Until

router = APIRouter(tags=["export"])
_CONTENT: dict[str, dict[str, object]] = {each.media_type.partition(";")[0]: {} for each in FORMATS.values()}


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which facts enter the network: the part of the options that chooses facts."""

    relations: list[str]
    since: str | None
    until: str | None
    statuses: list[Status]
    min_confidence: float


def _choose_facts(
    relation: Annotated[list[str] | None, Query(max_length=60, description="Only these relations; repeatable.")] = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[
        list[Status] | None, Query(description="Only these statuses; repeatable; actual if none.")
    ] = None,
    min_confidence: Annotated[float, Query(ge=0, le=1, allow_inf_nan=False, description="The least confidence.")] = 0.0,
) -> _Choice:
    return _Choice(relation or [], since, until, status or [Status.ACTUAL], min_confidence)


@dataclass(frozen=True, slots=True)
class _Part:
    """Which part of the network is kept."""

    actor: str | None
    depth: int
    kinds: list[EntityKind]
    top: int | None
    min_weight: int
    largest_component: bool


def _choose_part(
    actor: Annotated[str | None, Query(max_length=600, description="Only what lies around this actor.")] = None,
    depth: Annotated[int, Query(ge=1, le=MAX_DEPTH, description="How many steps around the actor.")] = 1,
    kind: Annotated[list[EntityKind] | None, Query(description="Only these kinds of node; repeatable.")] = None,
    top: Annotated[int | None, Query(ge=1, le=1_000_000, description="Only the nodes with most edges.")] = None,
    min_weight: Annotated[int, Query(ge=1, le=1_000_000, description="Only edges that so many documents tell.")] = 1,
    largest_component: Annotated[bool, Query(description="Only the largest connected part.")] = False,
) -> _Part:
    return _Part(actor, depth, kind or [], top, min_weight, largest_component)


@router.get(
    "/export/{format}",
    responses={**LOOKUP, 200: {"description": "The file.", "content": _CONTENT}},
    response_class=Response,
    summary="Export a network as a file",
)
async def export_network(
    request: Request,
    service: ServiceNeeded,
    format: Annotated[str, Path(description="A format, such as gexf.", examples=["gexf"], max_length=40)],
    choice: Annotated[_Choice, Depends(_choose_facts)],
    part: Annotated[_Part, Depends(_choose_part)],
    roll_up: Annotated[RollUp, Query(description="Count people's deeds for their body or state.")] = RollUp.NONE,
    static_ties: Annotated[
        StaticTies, Query(description="What becomes of offices, membership and part-of.")
    ] = StaticTies.EDGES,
    sentences: Annotated[int, Query(ge=0, le=20, description="How many sentences an edge carries.")] = 3,
) -> Response:
    """The network of what happened, or of what the filters ask for, as one file; the same as `rawabit export`."""
    if format not in FORMATS:
        raise ProblemError(404, "unknown-format", f"There is no format {format!r}: choose {', '.join(FORMATS)}.")
    options = {"roll_up": roll_up, "static_ties": static_ties, "sentences": sentences}
    arguments = {"format": format, **asdict(choice), **asdict(part), **options}
    return await respond(request, service, "export", arguments, seconds=service.limits.export_seconds)
