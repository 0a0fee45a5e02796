"""What the graph holds, what it is made of, and whether the service is well."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graph.rdf.vocabulary import Labels, Relation

from .. import schemas
from ..cursors import take_page
from ..deps import ServiceNeeded, respond
from ..metrics import MEDIA_TYPE, write_metrics
from ..problems import ProblemError
from .parameters import Cursor, OwnLimit, SortNames, Within, problem_responses

router = APIRouter(tags=["service"])


@router.get(
    "/stats", response_model=schemas.Stats, responses=problem_responses(503, 504), summary="What the graph holds"
)
async def show_stats(request: Request, service: ServiceNeeded) -> Response:
    """How many documents, facts and actors there are, of which kind, and who is named most."""
    return await respond(request, service, "stats", {})


@router.get(
    "/vocabulary", response_model=schemas.Vocabulary, responses=problem_responses(400), summary="Relations and classes"
)
async def show_vocabulary(
    service: ServiceNeeded,
    q: Within = None,
    family: Annotated[
        str | None, Query(max_length=50, description="Only relations of this family.", examples=["aid"])
    ] = None,
    sort: SortNames = None,
    limit: OwnLimit = None,
    cursor: Cursor = None,
) -> schemas.Vocabulary:
    """Relations with labels in Arabic and English, family and PLOVER code: every one, or some, by pages. With any page
    come all families and classes.
    """
    vocabulary = service.vocabulary
    if family is not None and family not in vocabulary.families:
        known = ", ".join(vocabulary.families)
        raise ProblemError(400, "bad-parameter", f"family={family!r}: there is no such family; there are {known}.")
    found = [
        relation
        for relation in vocabulary.relations.values()
        if family in (None, relation.family) and (q is None or _holds(relation, q))
    ]
    if sort is not None:
        found.sort(key=lambda relation: relation.name, reverse=sort == "-name")
    page, following = take_page(found, lambda relation: relation.name, limit=limit, cursor=cursor)
    return schemas.Vocabulary(
        relations=[_describe(relation) for relation in page],
        next=following,
        families={name: _label(label) for name, label in vocabulary.families.items()},
        classes={name: _label(label) for name, label in vocabulary.classes.items()},
    )


@router.get("/healthz", response_model=schemas.Health, summary="Whether the service is up")
async def show_health() -> schemas.Health:
    """Answers as long as the server does; asks no worker."""
    return schemas.Health(status="ok")


@router.get(
    "/readyz", response_model=schemas.Health, responses=problem_responses(503), summary="Whether queries are answered"
)
async def show_readiness(service: ServiceNeeded) -> schemas.Health:
    """Answers 200 while there are workers on a checkpoint, and names the checkpoint."""
    if not service.pool.is_ready:
        detail = "No worker is ready: the store cannot be opened, or the service is going down."
        raise ProblemError(503, "not-ready", detail, headers={"Retry-After": "1"})
    return schemas.Health(status="ok", checkpoint=service.pool.tag)


@router.get("/metrics", response_class=Response, summary="What the service counts of itself")
async def show_metrics(service: ServiceNeeded) -> Response:
    """Requests by route, method and status, their times, the workers and the process, for Prometheus."""
    body = write_metrics(service.counts, service.pool, service.version)
    return Response(body, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def _holds(relation: Relation, text: str) -> bool:
    said = (relation.name, relation.label.ar, relation.label.en, relation.comment)
    return any(text.casefold() in each.casefold() for each in said)


def _describe(relation: Relation) -> schemas.VocabularyRelation:
    return schemas.VocabularyRelation(
        name=relation.name,
        iri=relation.iri,
        label=_label(relation.label),
        inverse=_label(relation.inverse) if relation.inverse else None,
        comment=relation.comment,
        family=relation.family,
        symmetric=relation.symmetric,
        plover=relation.plover,
        domain=list(relation.domain),
        range=list(relation.range),
    )


def _label(label: Labels) -> schemas.Labels:
    return schemas.Labels(ar=label.ar, en=label.en)
