"""/candidates and /decisions: which actors may be one, and what people have decided about actors and facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import ValidationError

from graph.model import EntityKind, Verdict

from .. import review_schemas
from ..access import TOKEN_NEEDED
from ..deps import ServiceNeeded, respond, seed_settings
from ..problems import ProblemError
from ..protocol import decode, read_body, read_posted_type
from .parameters import LISTING, Cursor, Limit, problem_responses

router = APIRouter(tags=["decisions"])
JSON = "application/json"
_LARGEST = 100_000
_BODY = {"required": True, "content": {JSON: {"schema": review_schemas.NewDecision.model_json_schema()}}}
_MADE: dict[int | str, dict[str, Any]] = {  # Any: FastAPI's own type
    200: {"description": "It stands already.", "model": review_schemas.Decision},
    201: {"description": "Made and carried out; every following answer shows it.", "model": review_schemas.Decision},
    **problem_responses(400, 401, 403, 404, 409, 413, 415, 503, 504, 507),
}
_UNDONE: dict[int | str, dict[str, Any]] = {
    204: {"description": "It is taken back, with all that followed from it."},
    **problem_responses(401, 403, 404, 503, 504, 507),
}
OfActor = Annotated[str | None, Query(max_length=600, description="Only with this actor.", examples=["Q212"])]


@router.get(
    "/candidates", response_model=review_schemas.CandidatePage, responses=LISTING, summary="Actors that may be one"
)
async def list_candidates(
    request: Request,
    service: ServiceNeeded,
    kind: Annotated[EntityKind | None, Query(description="Only actors of this kind.", examples=["Person"])] = None,
    min_score: Annotated[
        float | None, Query(ge=0, le=1, allow_inf_nan=False, description="The least score.", examples=[0.5])
    ] = None,
    actor: OfActor = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Pairs of actors that may be one and were left apart, the likeliest first, with a sentence of each."""
    arguments = {"kind": kind, "min_score": min_score, "actor": actor, "limit": limit, "cursor": cursor}
    return await respond(request, service, "candidates", arguments)


@router.get(
    "/decisions", response_model=review_schemas.DecisionPage, responses=LISTING, summary="What people have decided"
)
async def list_decisions(
    request: Request,
    service: ServiceNeeded,
    verdict: Annotated[Verdict | None, Query(description="Only of this verdict.", examples=["same"])] = None,
    actor: OfActor = None,
    fact: Annotated[
        str | None, Query(max_length=800, description="Only about this fact.", examples=["d1/fact/3f2a9c0d1e4b5a67"])
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """The decisions that stand, the newest first, with who made each, when and why."""
    arguments = {"verdict": verdict, "actor": actor, "fact": fact, "limit": limit, "cursor": cursor}
    return await respond(request, service, "decisions", arguments)


@router.post(
    "/decisions",
    status_code=201,
    response_model=review_schemas.Decision,
    responses=_MADE,
    dependencies=TOKEN_NEEDED,
    openapi_extra={"requestBody": _BODY},
    summary="Decide",
)
async def make_decision(request: Request, service: ServiceNeeded) -> Response:
    """Two actors are the same or are not, a fact is right or wrong, an actor has another name or is of another kind.

    It is carried out at once, moves all facts with it, and is carried out again whenever the graph is built.
    """
    read_posted_type(request, (JSON,), "A decision")
    wanted = _read_decision(decode(await read_body(request, _LARGEST), "body"))
    done = await service.writer.write("add-decision", {**wanted, **seed_settings(service)})
    response = await respond(request, service, "decision", {"id": done["id"]}, cacheable=False)
    if done["new"]:
        response.status_code = 201
        response.headers["Location"] = f"/decisions?verdict={wanted['verdict']}"
    return response


@router.delete(
    "/decisions/{decision_id}",
    status_code=204,
    responses=_UNDONE,
    response_class=Response,
    dependencies=TOKEN_NEEDED,
    summary="Take a decision back",
)
async def undo_decision(
    service: ServiceNeeded,
    decision_id: Annotated[
        str, Path(max_length=64, description="The id of a decision.", examples=["9f86d081884c7d65"])
    ],
) -> Response:
    """All is as it would be had nobody decided so."""
    await service.writer.write("drop-decision", {"id": decision_id, **seed_settings(service)})
    return Response(status_code=204)


def _read_decision(text: str) -> Mapping[str, Any]:  # Any: what json gives
    """Return the fields of a decision; raise ProblemError (400), naming each that cannot be used."""
    try:
        return review_schemas.NewDecision.model_validate_json(text).fields()
    except ValidationError as error:
        faults = {".".join(map(str, each["loc"])) or "body": each["msg"] for each in error.errors()}
    except (ValueError, RecursionError) as error:
        faults = {"body": f"is no JSON ({str(error)[:100]})"}
    detail = "; ".join(f"{name}: {message}" for name, message in faults.items())
    errors = [{"parameter": name, "in": "body", "message": message} for name, message in faults.items()]
    raise ProblemError(400, "bad-parameter", f"{detail}.", errors=errors)
