"""Every IRI that the graph mints leads to what it stands for: HTML for browsers, RDF for programs.

An IRI is served where it says: the path of the base IRI, at whatever host the server is reached. A base without a path
of its own, such as a urn, is served at /resource/.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, unquote, urlsplit

from fastapi import APIRouter, Path, Request, Response

from graph.rdf.namespaces import Namespaces, encode_segment

from ..deps import ServiceNeeded, respond
from ..html import POLICY
from ..negotiation import RESOURCES
from .parameters import LOOKUP, answer_content, problem_responses

Local = Annotated[
    str, Path(description="The rest of the IRI, as it is written in it.", examples=["Q212"], max_length=2000)
]
_ROOMS = ("entity", "document", "event", "office", "role", "statement")
_ANSWER: dict[int | str, dict[str, Any]] = {
    **LOOKUP,
    **problem_responses(406),
    200: {"description": "What is said of it.", "content": answer_content(RESOURCES)},
}


def make_router(base_iri: str) -> APIRouter:
    """Return the routes of all that is minted under a base IRI."""
    router = APIRouter(tags=["linked data"])
    for room in _ROOMS:
        router.add_api_route(
            f"{path_of(base_iri)}{room}/{{local:path}}",
            show_resource,
            responses=_ANSWER,
            response_class=Response,
            name=f"show_{room}",
            summary=f"What the IRI of an {room} stands for" if room[0] in "eo" else f"What a {room}'s IRI stands for",
        )
    return router


def path_of(base_iri: str) -> str:
    """Return the path under which the IRIs of a base are served, which ends in a slash."""
    parts = urlsplit(base_iri)
    return parts.path if parts.scheme in ("http", "https") and base_iri.endswith("/") and parts.path else "/resource/"


async def show_resource(request: Request, service: ServiceNeeded, local: Local) -> Response:
    """What is said of an entity, a document, a fact, an office: HTML, Turtle, JSON-LD, N-Triples or RDF/XML."""
    here = path_of(service.base_iri)
    # The path as it was sent: an escaped slash is part of a name.
    raw = request.scope.get("raw_path", b"").decode("latin-1") or quote(request.scope["path"])
    iri = read_iri(Namespaces(service.base_iri), raw[len(quote(here, safe="/%")) :])
    arguments = {"iri": iri, "accept": request.headers.get("accept"), "here": here}
    response = await respond(request, service, "resource", arguments)
    if response.headers.get("content-type", "").startswith("text/html"):
        response.headers["Content-Security-Policy"] = POLICY
    return response


def read_iri(namespaces: Namespaces, local: str) -> str:
    """Return the IRI that a percent-encoded path below the base leads to, however its client has encoded it."""
    room, _, rest = local.partition("/")
    if room == "entity":
        return namespaces.actor(unquote(rest))
    return namespaces.base + "/".join(encode_segment(unquote(segment)) for segment in local.split("/"))
