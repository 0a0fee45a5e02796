"""/facts: what the graph holds to have been said, each with its sentence."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from .. import schemas
from ..deps import ServiceNeeded, respond
from .parameters import LISTING, LOOKUP, Cursor, FactFilterNeeded, Limit, SortFacts

router = APIRouter(tags=["facts"])
Someone = Annotated[str | None, Query(max_length=600, description="The id of an actor.", examples=["Q145"])]


@router.get("/facts", response_model=schemas.FactPage, responses=LISTING, summary="List facts")
async def list_facts(
    request: Request,
    service: ServiceNeeded,
    filters: FactFilterNeeded,
    subject: Someone = None,
    object: Someone = None,
    document: Annotated[str | None, Query(max_length=600, description="The id of a document.", examples=["d1"])] = None,
    sort: SortFacts = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Facts, those of the newest documents first unless sorted otherwise.

    They can be narrowed by any of subject, relation, object, document, status, confidence and time.
    """
    arguments = {"subject": subject, "object": object, "document": document, "sort": sort, "limit": limit}
    return await respond(request, service, "facts", {**arguments, "cursor": cursor, **filters.arguments()})


@router.get("/facts/{fact_id:path}", response_model=schemas.FactDetail, responses=LOOKUP, summary="One fact")
async def show_fact(
    request: Request,
    service: ServiceNeeded,
    fact_id: Annotated[
        str, Path(description="The id of a fact.", examples=["d1/fact/3f2a9c0d1e4b5a67"], max_length=800)
    ],
) -> Response:
    """A fact with its sentence, the sentence's offsets and what stands around it, the document, and who else tells of
    the same event."""
    return await respond(request, service, "fact", {"id": fact_id})
