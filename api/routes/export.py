"""/export/{format}: networks as files for Gephi and others."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from graph.network.export.registry import FORMATS

from ..deps import ServiceNeeded, respond
from ..problems import ProblemError
from .network_filter import LookNeeded, NetworkNeeded
from .parameters import LOOKUP

router = APIRouter(tags=["export"])
_CONTENT: dict[str, dict[str, object]] = {each.media_type.partition(";")[0]: {} for each in FORMATS.values()}


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
    network: NetworkNeeded,
    look: LookNeeded,
    sentences: Annotated[int, Query(ge=0, le=20, description="How many sentences an edge carries.", examples=[1])] = 3,
    measures: Annotated[
        bool | None, Query(description="Measures as values of the nodes; up to 20,000 nodes unasked.", examples=[True])
    ] = None,
    layout: Annotated[
        bool | None, Query(description="A place for each node; up to 20,000 nodes unasked.", examples=[False])
    ] = None,
) -> Response:
    """The network of what happened, or of what the filters ask for, as one file; the same as `rawabit export`."""
    if format not in FORMATS:
        raise ProblemError(404, "unknown-format", f"There is no format {format!r}: choose {', '.join(FORMATS)}.")
    options = {"sentences": sentences, "measures": measures, "layout": layout}
    arguments = {"format": format, **network.arguments(), **look.arguments(), **options}
    return await respond(request, service, "export", arguments, seconds=service.limits.export_seconds)
