"""Reads requests of the Graph Store HTTP Protocol: which graph is meant, and what is sent for it."""

from __future__ import annotations

import contextlib
import email.parser
import email.policy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from fastapi import Request

from graph.rdf.namespaces import is_safe_iri

from .negotiation import TRIPLES
from .problems import ProblemError
from .protocol import group, read_content_type, read_url, require_utf8

MULTIPART = "multipart/form-data"
_ENDINGS: Mapping[str, str] = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
}
# What is read: what is written, but for types that may be anything.
RDF_TYPES = tuple(offer.media_type for offer in TRIPLES)


@dataclass(frozen=True, slots=True)
class GraphName:
    """The graph that a request means: its IRI, empty for the unnamed one, and other names that it may go by."""

    iri: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payload:
    """What was sent: media types with lengths, in the order in which they stand in the body."""

    parts: tuple[tuple[str, int], ...]
    body: bytes


def read_graph_name(request: Request) -> GraphName | None:
    """Return which graph is meant, None where a request to the store itself names none; raise ProblemError (400).

    The protocol has two ways: `?graph=` with an IRI or `?default`, and the address of the request as the graph's name.
    """
    values = group(read_url(request), ["graph", "default"])
    if "graph" in values and "default" in values:
        raise ProblemError(400, "two-graphs", "`graph` and `default` are both given: give one.")
    address = read_address(request)
    if request.path_params.get("name"):
        if "graph" in values or "default" in values:
            raise ProblemError(400, "two-graphs", "The path names a graph, and so does the query: give one.")
        return GraphName(address, tuple(address + ending for ending in _ENDINGS))
    if "default" in values:
        return GraphName("")
    if "graph" not in values:
        return None
    return GraphName(_resolve(values["graph"][0], address))


def _resolve(name: str, address: str) -> str:
    """Return a name as an absolute IRI; raise ProblemError (400) where it is none, even beside an address."""
    if is_safe_iri(name):
        return name
    with contextlib.suppress(ValueError):  # what looks like an address and has no host that is one
        resolved = urljoin(address, name)
        if name and is_safe_iri(resolved):
            return resolved
    raise ProblemError(400, "bad-parameter", f"graph={name!r}: give an absolute IRI.")


def read_address(request: Request) -> str:
    """Return the address of a request without its query, as it was sent; raise ProblemError (400) where it is none."""
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode("utf-8", "surrogateescape")
    address = f"{request.url.scheme}://{request.headers.get('host', '')}{path.partition(b'?')[0].decode('latin-1')}"
    if not is_safe_iri(address):
        raise ProblemError(400, "bad-address", "The path and the Host header of the request make no IRI.")
    return address


def read_payload(request: Request, body: bytes) -> Payload:
    """Return the RDF that was sent, in one piece or as a form of files; raise ProblemError (400, 415)."""
    media_type, charset = read_content_type(request)
    if not media_type and not body:
        return Payload((), b"")
    if media_type == MULTIPART:
        return _read_form(request.headers["content-type"], body)
    require_utf8(charset)
    return Payload(((_require_rdf(media_type), len(body)),), body)


def _read_form(content_type: str, body: bytes) -> Payload:
    head = b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n"
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body.lstrip(b"\r\n"))
    parts = [part for part in message.walk() if not part.is_multipart()]
    if not message.is_multipart() or not parts or message.defects:
        raise ProblemError(400, "malformed-form", f"The body is no {MULTIPART} with the boundary that is named.")
    found: list[tuple[str, bytes]] = []
    for part in parts:
        data = part.get_payload(decode=True)
        ending = re.search(r"\.\w+\Z", part.get_filename() or "")
        named = part.get_content_type() if "content-type" in part else _ENDINGS.get(ending[0] if ending else "", "")
        require_utf8((part.get_content_charset() or "") if "content-type" in part else "")
        found.append((_require_rdf(named), data if isinstance(data, bytes) else b""))
    return Payload(tuple((name, len(data)) for name, data in found), b"".join(data for _, data in found))


def _require_rdf(media_type: str) -> str:
    if media_type not in RDF_TYPES:
        detail = f"A graph is sent as one of {', '.join(RDF_TYPES)}, not as {media_type or 'nothing in particular'}."
        headers = {"Accept-Post": ", ".join((*RDF_TYPES, MULTIPART))}
        raise ProblemError(415, "unsupported-media-type", detail, headers=headers)
    return media_type
