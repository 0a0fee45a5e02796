"""The store at an endpoint as readers of a checkpoint have it: those methods of pyoxigraph's Store that they use.

Nothing is kept between two questions, since the store may change. Whoever asks is answered as the library would answer,
so that what is written for a folder serves an endpoint as well; an endpoint's refusal becomes a SyntaxError, as there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    serialize,
)

from ..errors import NotFoundError, QueryError
from .remote_quads import RemoteQuads, Term
from .remote_query import RemoteQueries


class RemoteView:
    """A store that is asked as one on disk is; `queries` ask the endpoint itself."""

    def __init__(self, queries: RemoteQueries) -> None:
        self.queries = queries

    def query(
        self,
        query: str,
        *,
        base_iri: str | None = None,
        use_default_graph_as_union: bool = False,
        default_graph: Sequence[NamedNode] = (),
        named_graphs: Sequence[NamedNode] = (),
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a query; raise SyntaxError where the endpoint refuses it, EndpointError where it cannot be asked."""
        text = query if base_iri is None else f"BASE <{base_iri}> {query}"
        try:
            answer = self.queries.answer(
                text,
                default_graphs=[graph.value for graph in default_graph],
                named_graphs=[graph.value for graph in named_graphs],
            )
        except QueryError as error:
            raise SyntaxError(str(error)) from error
        if isinstance(answer, QuerySolutions | QueryBoolean):
            return answer
        held = Store()
        held.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in answer)
        triples = held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(triples, QueryTriples)
        return triples

    def quads_for_pattern(
        self, subject: Term | None, predicate: Term | None, object_: Term | None, graph: Term | None = None
    ) -> Iterator[Quad]:
        """Yield the quads that fit a pattern."""
        return RemoteQuads(self.queries).quads_for_pattern(subject, predicate, object_, graph)

    def contains_named_graph(self, graph: NamedNode) -> bool:
        """Say whether there is a graph of this name that is not empty."""
        return RemoteQuads(self.queries).contains_named_graph(graph)

    def dump(
        self,
        output: BinaryIO,
        form: RdfFormat,
        *,
        from_graph: NamedNode | DefaultGraph,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Write a graph, fetched by the Graph Store protocol."""
        name = from_graph.value if isinstance(from_graph, NamedNode) else ""
        try:
            answer = self.queries.endpoint.get_graph(name)
        except NotFoundError:
            return  # an unnamed graph that is empty, for endpoints that say so
        source = RdfFormat.from_media_type(answer.media_type) or RdfFormat.TURTLE
        serialize((quad.triple for quad in parse(answer.body, source)), output, form, prefixes=dict(prefixes or {}))
