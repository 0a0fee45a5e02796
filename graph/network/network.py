"""A network as analysts know it: actors as nodes, one edge for each (source, relation, target).

Dates are ISO strings; a spell is a pair of whole days, both included. Undirected relations stand once, ends in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol, TypeAlias

from ..model import Status

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Spell: TypeAlias = tuple[str, str]
Position: TypeAlias = tuple[float, float]
Names: TypeAlias = tuple[str, str]
"""A name in Arabic and in English."""


class ColumnType(StrEnum):
    """What a column of extra node values holds; the names are GEXF's."""

    STRING = "string"
    INTEGER = "integer"
    DOUBLE = "double"
    BOOLEAN = "boolean"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """An extra value that every node may have, such as a measure: its name, its type and a few words on it."""

    name: str
    type: ColumnType
    note: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the vocabulary. `plover` is its PLOVER code or empty, `standing` says that it holds over time."""

    name: str
    arabic: str = ""
    english: str = ""
    family: str = ""
    plover: str = ""
    symmetric: bool = False
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody or something. `id` is the local id (`Q212`), `kind` the class, `extra` one value for each column."""

    id: str
    kind: str
    arabic: str | None = None
    english: str | None = None
    wikidata: str | None = None
    iri: str | None = None
    spells: tuple[Spell, ...] = ()
    extra: tuple[Value, ...] = ()

    def label(self, language: str = "ar") -> str:
        """Return the name in a language, in the other one where it is missing, else the tail of the id."""
        names = (self.arabic, self.english) if language == "ar" else (self.english, self.arabic)
        return names[0] or names[1] or self.id.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Edge:
    """All facts of one relation between two nodes.

    `weight` is the number of independent reports, copies of one text being one, and `documents` that of all documents;
    `sources` are the outlets they stand in. `status` is the firmest one reported and `statuses` the number of facts by
    status, `confidence` the best of any fact, `sentences` the best evidence first, `items` what was handed over, asked
    for or agreed, or the offices held, and `facts` the IRIs of all facts, the best first.
    """

    id: str
    source: str
    target: str
    relation: str
    directed: bool = True
    weight: int = 1
    first: str | None = None
    last: str | None = None
    spells: tuple[Spell, ...] = ()
    confidence: float = 1.0
    status: Status = Status.ACTUAL
    statuses: tuple[tuple[Status, int], ...] = ()
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    documents: int = 1
    sources: tuple[str, ...] = ()


class Origin(Protocol):
    """What a network was read from: it hands out the quads behind a part of it, each term as written in N-Quads."""

    def quads(self, network: Network, /) -> Iterator[tuple[str, str, str, str]]:
        """Return the quads behind the nodes and edges of a network."""

    def part(self) -> Origin:
        """Return the origin of a network that was cut out of this one's."""


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges ready to be measured, drawn or exported; every edge's ends are among the nodes.

    `title` says in one line which filter made it. `positions` is empty until a layout was asked for. `families` and
    `kinds` name the families of relations and the kinds of nodes. `origin` leads back to the RDF behind it.
    """

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    relations: Mapping[str, Relation] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=dict)
    title: str = ""
    families: Mapping[str, Names] = field(default_factory=dict)
    kinds: Mapping[str, Names] = field(default_factory=dict)
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def relation(self, name: str) -> Relation:
        """Return what the vocabulary says of a relation, or a bare one that carries only its name."""
        return self.relations.get(name) or Relation(name)

    def degrees(self) -> dict[str, int]:
        """Return the number of edges at each node; a loop counts twice, as in networkx."""
        degrees = dict.fromkeys((node.id for node in self.nodes), 0)
        for edge in self.edges:
            degrees[edge.source] += 1
            degrees[edge.target] += 1
        return degrees

    def strengths(self) -> dict[str, int]:
        """Return the weight of all edges at each node."""
        strengths = dict.fromkeys((node.id for node in self.nodes), 0)
        for edge in self.edges:
            strengths[edge.source] += edge.weight
            strengths[edge.target] += edge.weight
        return strengths

    def with_columns(self, columns: Mapping[Column, Mapping[str, Value]]) -> Network:
        """Return the network with more node values, keyed by node id; a node that has none gets None."""
        nodes = tuple(
            replace(node, extra=node.extra + tuple(values.get(node.id) for values in columns.values()))
            for node in self.nodes
        )
        return replace(self, nodes=nodes, columns=self.columns + tuple(columns))

    def with_nodes(self, keep: frozenset[str] | set[str]) -> Network:
        """Return the part of the network on these nodes: the nodes themselves and the edges between them."""
        return replace(
            self,
            nodes=tuple(node for node in self.nodes if node.id in keep),
            edges=tuple(edge for edge in self.edges if edge.source in keep and edge.target in keep),
            positions={id: place for id, place in self.positions.items() if id in keep},
            origin=self.origin.part() if self.origin else None,
        )
