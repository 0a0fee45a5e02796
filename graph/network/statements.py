"""The RDF that stands behind a network: the facts of its edges with their evidence, documents and entities, as quads.

The text of an article is left out; an export of everything has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from ..model import Status
from ..rdf.namespaces import PROV, RDF, RW, SCHEMA
from ..rdf.terms import Iri, write_string, write_text, write_typed
from ..store.results import Queryable, Row
from .network import Edge, Network

Quad: TypeAlias = tuple[str, str, str, str]
"""Subject, predicate, object and graph, each as written in N-Quads."""

_QUERY = Path(__file__).with_name("statements.rq")
_BODY = f"<{SCHEMA}articleBody>"
_IN_DOCUMENT = f"<{RW}inDocument>"
# What a fact leads to and shares with no other subject that is described on its own.
_PARTS = frozenset({f"<{PROV}wasQuotedFrom>", f"<{RW}quantity>"})
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE_STRING = f"{RDF}langString"


@dataclass(frozen=True, slots=True)
class StoreOrigin:
    """The store a network was read from, the IRIs of all relations, and whether nothing at all was left out."""

    store: Queryable
    relations: frozenset[str]
    whole: bool = False

    def part(self) -> StoreOrigin:
        """Return the origin of a part of the network."""
        return replace(self, whole=False)

    def quads(self, network: Network, /) -> Iterator[Quad]:
        """Return all quads of the store where the network is whole, else those behind its nodes and edges."""
        query = _QUERY.read_text(encoding="utf-8")
        if self.whole:
            for row in self.store.iterate(query):
                yield from _read_quad(row)
        else:
            yield from _Reader(self, query).quads(network)


class _Reader:
    """Describes subjects, each once."""

    def __init__(self, origin: StoreOrigin, query: str) -> None:
        self._origin = origin
        self._query = query
        self._seen: set[str] = set()

    def quads(self, network: Network) -> Iterator[Quad]:
        iris = {node.id: f"<{node.iri or node.id}>" for node in network.nodes}
        plain = {triple for edge in network.edges for triple in _plain(edge, iris)}
        for node in network.nodes:
            for quad in self._describe(node.iri or node.id):
                if quad[1][1:-1] not in self._origin.relations or quad[:3] in plain:
                    yield quad
        for edge in network.edges:
            for fact in edge.facts:
                yield from self._fact(fact)

    def _fact(self, iri: str) -> Iterator[Quad]:
        parts = []
        for quad in self._describe(iri):
            if quad[1] in _PARTS or quad[1] == _IN_DOCUMENT:
                parts.append(quad[2][1:-1])
            yield quad
        for part in parts:
            yield from (quad for quad in self._describe(part) if quad[1] != _BODY)

    def _describe(self, iri: str) -> Iterator[Quad]:
        if iri not in self._seen:
            self._seen.add(iri)
            for row in self._origin.store.iterate(self._query, {"subject": Iri(iri)}):
                yield from _read_quad(row)


def _plain(edge: Edge, iris: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Return the plain triples of an edge: none unless it happened, both ways where it is undirected."""
    if Status.ACTUAL not in (dict(edge.statuses) or {edge.status: 1}):
        return
    source, target, predicate = iris[edge.source], iris[edge.target], f"<{RW}{edge.relation}>"
    yield source, predicate, target
    if not edge.directed:
        yield target, predicate, source


def _read_quad(row: Row) -> Iterator[Quad]:
    graph, subject, predicate, value, language, datatype = row
    if graph and subject and predicate and value is not None:
        yield f"<{subject}>", f"<{predicate}>", _write(value, language, datatype), f"<{graph}>"


def _write(value: str, language: str | None, datatype: str | None) -> str:
    if datatype is None:
        return f"<{value}>"
    if datatype == _LANGUAGE_STRING:
        return write_text(value, language or "")
    return write_string(value) if datatype == _XSD_STRING else write_typed(value, datatype)
