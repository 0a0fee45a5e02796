"""/documents: the articles that were read, and those to be read."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response

from .. import schemas
from ..access import TOKEN_NEEDED
from ..articles import JSON, PLAIN, document_to_json, read_article
from ..deps import ServiceNeeded, respond, seed_settings, until_hung_up
from ..problems import ProblemError
from ..protocol import read_body, read_posted_type
from .parameters import LISTING, LOOKUP, Cursor, Limit, Since, Until, problem_responses

router = APIRouter(tags=["documents"])
DocumentId = Annotated[str, Path(description="The id of a document.", examples=["d1"], max_length=600)]


def _of_plain(example: str) -> Any:  # Any: FastAPI's own type
    return Query(max_length=2000, description="A field of an article that is plain text.", examples=[example])


_BODY = {
    "required": True,
    "content": {
        JSON: {"schema": schemas.Article.model_json_schema()},
        PLAIN: {"schema": {"type": "string", "minLength": 1}},
    },
}
_PROBLEMS = problem_responses(400, 401, 403, 413, 415, 422, 503, 504, 507)
_POSTED: dict[int | str, dict[str, Any]] = {
    200: {"description": "Read, and stored in place of its older self or not at all.", "model": schemas.ReadDocument},
    201: {"description": "Read and stored; Location is its address.", "model": schemas.ReadDocument},
    **_PROBLEMS,
}
_WITHDRAWN: dict[int | str, dict[str, Any]] = {
    204: {"description": "It is gone."},
    **problem_responses(401, 403, 404, 503, 504, 507),
}


@router.get("/documents", response_model=schemas.DocumentPage, responses=LISTING, summary="List documents")
async def list_documents(
    request: Request,
    service: ServiceNeeded,
    source: Annotated[
        str | None, Query(max_length=200, description="Only documents of this outlet.", examples=["وكالة"])
    ] = None,
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
    document_id: DocumentId,
) -> Response:
    """A document with its text, and every mention and fact with its offsets in the text."""
    return await respond(request, service, "document", {"id": document_id})


@router.post(
    "/documents",
    status_code=201,
    response_model=schemas.ReadDocument,
    responses=_POSTED,
    dependencies=TOKEN_NEEDED,
    openapi_extra={"requestBody": _BODY},
    summary="Read an article",
)
async def read_document(
    request: Request,
    service: ServiceNeeded,
    dry_run: Annotated[bool, Query(description="Read only: nothing is stored.", examples=[True])] = False,
    id: Annotated[str | None, _of_plain("wire-1")] = None,
    title: Annotated[str | None, _of_plain("لقاء في كييف")] = None,
    published: Annotated[str | None, _of_plain("2025-01-16")] = None,
    source: Annotated[str | None, _of_plain("وكالة")] = None,
    url: Annotated[str | None, _of_plain("https://news.example/1")] = None,
) -> Response:
    """An article is read, checked against the shapes and stored; what was read from it is the answer.

    It is in the next answer of every other route. One with the id of a stored document takes its place.
    """
    media_type = read_posted_type(request, (JSON, PLAIN), "An article")
    address = {"id": id, "title": title, "published": published, "source": source, "url": url}
    if media_type == JSON and any(value is not None for value in address.values()):
        raise ProblemError(400, "bad-parameter", "The fields of a JSON article stand in its body, not in the address.")
    article = read_article(media_type, await read_body(request, service.settings.article_bytes), address)
    header, triples = await until_hung_up(request, service.reader.read(document_to_json(article)))
    if dry_run:
        draft = {"id": header["id"], "iri": header["iri"], "graph": header["graph"], "triples": triples.decode()}
        return await respond(request, service, "draft", draft, cacheable=False)
    done = await service.writer.write("put-document", {**header, **seed_settings(service)}, triples)
    arguments = {"id": header["id"], "outcome": done["outcome"]}
    response = await respond(request, service, "document", arguments, cacheable=False)
    if done["outcome"] == "stored":
        response.status_code = 201
        response.headers["Location"] = f"/documents/{quote(header['id'], safe='')}"
    return response


@router.delete(
    "/documents/{document_id:path}",
    status_code=204,
    responses=_WITHDRAWN,
    response_class=Response,
    dependencies=TOKEN_NEEDED,
    summary="Withdraw a document",
)
async def delete_document(service: ServiceNeeded, document_id: DocumentId) -> Response:
    """The document goes with all facts that it alone tells, and with the names that it alone gives."""
    await service.writer.write("delete-document", {"id": document_id})
    return Response(status_code=204)
