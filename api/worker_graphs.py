"""Changes of whole graphs, as the SPARQL 1.1 Graph Store HTTP Protocol has them; the unnamed graph is called ""."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from graph.store.places import WritableStore

from .frames import Header
from .problems import ProblemError
from .worker_memory import bounded_memory

Arguments = Mapping[str, Any]  # Any: what json gives; each change reads its own keys


def put_graph(store: WritableStore, arguments: Arguments, body: bytes, memory: int) -> Header:
    """Put the triples of the body in the place of `graph`; say whether it was there, and how many triples it has."""
    return _write(store, arguments, body, memory, replace=True)


def post_graph(store: WritableStore, arguments: Arguments, body: bytes, memory: int) -> Header:
    """Add the triples of the body to `graph`; say whether it was there, and how many triples came."""
    return _write(store, arguments, body, memory, replace=False)


def delete_graph(store: WritableStore, arguments: Arguments, body: bytes, memory: int) -> Header:
    """Drop `graph`; say how many triples it had; raise ProblemError (404) where it is not there."""
    name = _find(store, arguments)
    if name is None and arguments["graph"]:
        raise ProblemError(404, "no-graph", f"There is no graph <{arguments['graph']}>.")
    _refuse_derived(store, name or "")
    return {"graph": name or "", "triples": store.drop_graph(name or "")}


def _write(store: WritableStore, arguments: Arguments, body: bytes, memory: int, *, replace: bool) -> Header:
    found = _find(store, arguments)
    name: str = arguments["graph"] if found is None else found
    _refuse_derived(store, name)
    with bounded_memory(memory):
        count, quads = _read_quads(name, arguments, body)
    if replace or count or found is None:
        store.put_graph(name, quads, replace=replace)
    return {"graph": name, "existed": found is not None, "triples": count}


def _read_quads(name: str, arguments: Arguments, body: bytes) -> tuple[int, str]:
    """Return how many triples were sent, and N-Quads that put them into a graph."""
    target = ox.NamedNode(name) if name else ox.DefaultGraph()
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, target)
        for media_type, data in _split(arguments["parts"], body)
        for quad in _read_triples(media_type, data, arguments["base"])
    ]
    return len(quads), (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")


def _split(parts: list[tuple[str, int]], body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what is to be read, given media types and lengths."""
    start = 0
    for media_type, length in parts:
        yield media_type, body[start : start + length]
        start += length


def _read_triples(media_type: str, data: bytes, base: str) -> Iterator[ox.Quad]:
    """Read RDF that names no graphs; raise ProblemError (400) where it cannot be read."""
    form = ox.RdfFormat.from_media_type(media_type)
    assert form is not None  # whoever sends it here has looked
    try:
        yield from ox.parse(data, form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
    except (SyntaxError, ValueError) as error:
        raise ProblemError(400, "malformed-rdf", f"The body is no {media_type}: {error}.") from None


def _find(store: WritableStore, arguments: Arguments) -> str | None:
    """Return the name of the graph that is meant, or None where it is not there.

    Where an address of this server names the graph, it may leave out the ending that the graph's own name has.
    """
    for name in (arguments["graph"], *arguments["others"]):
        if store.has_graph(name):
            return str(name)
    return None


def _refuse_derived(store: WritableStore, name: str) -> None:
    if name == store.namespaces.shared_graph:
        detail = f"<{name}> is derived from the documents' graphs: change those."
        raise ProblemError(409, "derived-graph", detail)
