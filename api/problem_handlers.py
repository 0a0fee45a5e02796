"""Makes the web framework answer every failure as a problem document, its own 404, 405 and validation included."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from graph.errors import RawabitError

from .problems import MEDIA_TYPE, ProblemError, problem_for


def install_handlers(app: FastAPI) -> None:
    """Make the application answer every failure as a problem document."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(RawabitError, _on_rawabit_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)


def write_problem(problem: ProblemError) -> Response:
    """Write a problem as an HTTP answer."""
    body = json.dumps(problem.document(), ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(body, status_code=problem.status, headers=headers, media_type=MEDIA_TYPE)


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return write_problem(error)


async def _on_rawabit_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RawabitError)
    return write_problem(problem_for(error))


async def _on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [_describe(fault) for fault in error.errors()]
    detail = "; ".join(f"{fault['parameter']}: {fault['message']}" for fault in faults)
    return write_problem(ProblemError(400, "bad-parameter", detail, errors=faults))


def _describe(fault: Mapping[str, Any]) -> dict[str, str]:  # Any: pydantic's error dictionaries
    place, *path = [str(part) for part in fault.get("loc") or ("request",)]
    return {"parameter": ".".join(path) or place, "in": place, "message": str(fault.get("msg", "is not usable"))}


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        detail = "Nothing is served at this path: see / for the page and /openapi.json for all routes."
        return write_problem(ProblemError(404, "no-such-route", detail))
    if error.status_code == 405:
        allowed = ", ".join(sorted(_methods_of_path(request)))
        detail = f"{request.method} is not allowed here: use {allowed or 'another method'}."
        return write_problem(ProblemError(405, "method-not-allowed", detail, headers={"Allow": allowed}))
    return write_problem(ProblemError(error.status_code, "refused", str(error.detail), headers=error.headers))


def _methods_of_path(request: Request) -> set[str]:
    """Return the methods of all routes at the path; the framework's own refusal knows those of the first one only."""
    found: set[str] = set()
    for route in request.app.state.known_routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods or set()
    return found
