"""The quads of a store at an endpoint, by pattern, as the planner of the store on disk asks for them.

A pattern is fetched when it is asked for, and kept; what is known to be asked for is fetched before, many patterns in
one query. So what a planner asks is answered right whatever it is, and quickly where it was foreseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from ..errors import ValidationError
from .remote_query import RemoteQueries

Term: TypeAlias = object
Pattern: TypeAlias = "tuple[str | None, str | None, str | None, str | None]"
COLUMNS = ("subject", "predicate", "object", "graph")
ROWS_AT_ONCE = 1000


class RemoteQuads:
    """Has those methods of pyoxigraph's Store that planners use; what it keeps is right until something is written."""

    def __init__(self, queries: RemoteQueries) -> None:
        self._queries = queries
        self._kept: dict[Pattern, list[Quad]] = {}
        self._held = Store()
        self._graphs: set[str] = set()

    def quads_for_pattern(
        self, subject: Term | None, predicate: Term | None, object_: Term | None, graph: Term | None = None
    ) -> Iterator[Quad]:
        """Yield the quads that fit a pattern."""
        if isinstance(graph, NamedNode) and str(graph) in self._graphs:
            yield from self._held.quads_for_pattern(subject, predicate, object_, graph)  # type: ignore[arg-type]
            return
        subject_, predicate_, object__, graph_ = (
            None if term is None else str(term) for term in (subject, predicate, object_, graph)
        )
        pattern = (subject_, predicate_, object__, graph_)
        if pattern not in self._kept:
            if subject is predicate is object_ is None:  # a graph as a whole may be large, and is seldom read twice
                yield from self._fetch(pattern, [pattern])
                return
            self._kept[pattern] = [*self._fetch(pattern, [pattern])]
        yield from self._kept[pattern]

    def contains_named_graph(self, graph: NamedNode) -> bool:
        """Say whether there is a graph of this name that is not empty."""
        if str(graph) in self._graphs:
            return self._held.contains_named_graph(graph)
        return any(True for _ in self._queries.match("remote-graph-names", ("graph",), [(str(graph),)]))

    def named_graphs(self) -> Iterator[NamedNode]:
        """Yield the names of all graphs."""
        for (name,) in self._queries.match("remote-graph-names", (), [()]):
            yield NamedNode(name[1:-1])

    def __contains__(self, quad: Quad) -> bool:
        said = self._kept.get((str(quad.subject), str(quad.predicate), None, str(quad.graph_name)))
        if said is not None:
            return quad in said
        return any(True for _ in self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name))

    def __iter__(self) -> Iterator[Quad]:
        return self.quads_for_pattern(None, None, None)

    def hold_graphs(self, graphs: Iterable[str]) -> None:
        """Fetch whole graphs, to answer all that is asked of them from here."""
        names = sorted({*graphs} - self._graphs)
        for some in _batched((None, None, None, name) for name in names):
            self._held.extend(self._fetch(some[0], some))
        self._graphs.update(names)

    def hold(self, graph: str, quads: str) -> None:
        """Take N-Quads of a graph for all that it holds."""
        self._held.load(quads, RdfFormat.N_QUADS)
        self._graphs.add(graph)

    def keep(self, patterns: Iterable[Pattern]) -> list[Quad]:
        """Fetch what fits patterns, all of which bind the same; return what was not kept before."""
        found: list[Quad] = []
        for some in _batched(pattern for pattern in patterns if pattern not in self._kept):
            self._kept.update((pattern, []) for pattern in some)
            bound = [term is not None for term in some[0]]
            for quad in self._fetch(some[0], some):
                terms = (str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
                subject, predicate, object_, graph = (
                    term if is_bound else None for term, is_bound in zip(terms, bound, strict=True)
                )
                self._kept[subject, predicate, object_, graph].append(quad)
                found.append(quad)
        return found

    def keep_as(self, pattern: Pattern, quads: Iterable[Quad]) -> None:
        """Answer a pattern with these quads."""
        self._kept[pattern] = [*quads]

    def keep_none(self, patterns: Iterable[Pattern]) -> None:
        """Answer patterns of which nothing is kept with nothing."""
        for pattern in patterns:
            self._kept.setdefault(pattern, [])

    def _fetch(self, shape: Pattern, patterns: Iterable[Pattern]) -> Iterator[Quad]:
        """Fetch what fits patterns that bind the same as the first."""
        columns = tuple(name for name, term in zip(COLUMNS, shape, strict=True) if term is not None)
        rows = (tuple(term for term in pattern if term is not None) for pattern in patterns)
        for graph, subject, predicate, object_ in self._queries.match("remote-quads", columns, rows):
            yield from read_quads(f"{subject} {predicate} {object_} {graph} .\n")


def read_quads(text: str) -> Iterator[Quad]:
    """Read N-Quads; raise ValidationError where they are none."""
    try:
        for quad in parse(text, RdfFormat.N_QUADS):
            yield Quad(quad.subject, quad.predicate, quad.object, quad.graph_name or DefaultGraph())
    except SyntaxError as error:
        raise ValidationError(f"quads cannot be read: {error}.") from error


def _batched(rows: Iterable[Pattern]) -> Iterator[list[Pattern]]:
    iterator = iter(rows)
    while some := [*islice(iterator, ROWS_AT_ONCE)]:
        yield some
