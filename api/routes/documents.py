"""/documents: the articles that were read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from .. import schemas
from ..deps import ServiceNeeded, respond
from .parameters import LISTING, LOOKUP, Cursor, Limit, Since, Until

router = APIRouter(tags=["documents"])


@router.get("/documents", response_model=schemas.DocumentPage, responses=LISTING, summary="List documents")
async def list_documents(
    request: Request,
    service: ServiceNeeded,
    source: Annotated[str | None, Query(max_length=200, description="Only documents of this outlet.")] = None,
    since: Since = None,
    until: Until = None,
    sort: Annotated[
        schemas.DocumentSort | None,
        Query(description="What the list is sorted by, the highest first after a minus.", examples=["-published"]),
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Documents, newest first unless sorted otherwise."""
    arguments = {"source": source, "since": since, "until": until, "sort": sort, "limit": limit}
    arguments["cursor"] = cursor
    return await respond(request, service, "documents", arguments)


@router.get(
    "/documents/{document_id:path}", response_model=schemas.DocumentDetail, responses=LOOKUP, summary="A document"
)
async def show_document(
    request: Request,
    service: ServiceNeeded,
    document_id: Annotated[str, Path(description="The id of a document.", examples=["d1"], max_length=600)],
) -> Response:
    """A document with its text, and every mention and fact with its offsets in the text."""
    return await respond(request, service, "document", {"id": document_id})
