"""Asks a SPARQL endpoint and hands out plain values, as engine.py does with a store on disk.

Endpoints differ in what they write: all answers are read as SPARQL JSON or triples and written anew here. A query that
reaches for yet another endpoint is refused before it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from ..errors import EndpointError, QueryError
from ..rdf.namespaces import PREFIXES
from ..rdf.terms import Term
from ..resources import package_folder
from .binding import bind_rows, bind_values, uses_service
from .engine import choose_format, read_rows
from .remote_client import Answer, Endpoint
from .results import Row, Table

Results: TypeAlias = "QuerySolutions | QueryBoolean | Iterator[Triple]"


class RemoteQueries:
    """A Queryable over an endpoint whose default graph is the union of all graphs."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def select(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Table:
        """Answer a SELECT, read to its end."""
        solutions = self._solve(query, substitutions)
        columns = tuple(variable.value for variable in solutions.variables)
        return Table(columns, tuple(self._read(solutions)))

    def iterate(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Answer a SELECT row by row; stay in one thread."""
        return self._read(self._solve(query, substitutions))

    def ask(self, query: str, substitutions: Mapping[str, Term] | None = None) -> bool:
        """Answer an ASK."""
        answer = self.answer(bind_values(query, substitutions or {}))
        if not isinstance(answer, QueryBoolean):
            raise QueryError("the query is no ASK: its answer is more than yes or no.")
        return bool(answer)

    def serialize(self, query: str, media_type: str, substitutions: Mapping[str, Term] | None = None) -> bytes:
        """Answer any query in a media type."""
        answer = self.answer(bind_values(query, substitutions or {}))
        if isinstance(answer, QuerySolutions | QueryBoolean):
            results = QueryResultsFormat.from_media_type(media_type)
            return answer.serialize(format=choose_format(results, media_type, "application/sparql-results+json")) or b""
        rdf = choose_format(RdfFormat.from_media_type(media_type), media_type, "text/turtle")
        return serialize(answer, format=rdf, prefixes=dict(PREFIXES)) or b""

    def match(self, name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        """Answer a query of sparql/ for many rows of terms at once, as N-Triples have them; yield terms likewise.

        The unbound is "".
        """
        text = (package_folder("store") / "sparql" / f"{name}.rq").read_text(encoding="utf-8")
        answer = self.answer(bind_rows(text, columns, rows))
        assert isinstance(answer, QuerySolutions)
        try:
            for solution in answer:
                yield tuple("" if term is None else str(term) for term in solution)
        except (SyntaxError, ValueError, OSError) as error:
            raise self._broken(error) from error

    def answer(self, query: str, *, default_graphs: Iterable[str] = (), named_graphs: Iterable[str] = ()) -> Results:
        """Answer any query on the union of all graphs, or on the graphs that are given."""
        if uses_service(query):
            raise QueryError("the query asks another endpoint with SERVICE: ask that endpoint itself.")
        graphs = [("default-graph-uri", iri) for iri in default_graphs]
        graphs += [("named-graph-uri", iri) for iri in named_graphs]
        return self._parse(self.endpoint.query(query, graphs))

    def _parse(self, answer: Answer) -> Results:
        try:
            if (rdf := RdfFormat.from_media_type(answer.media_type)) is not None:
                return (quad.triple for quad in parse(answer.body, rdf))
            form = QueryResultsFormat.from_media_type(answer.media_type)
            if form is None:
                said = answer.media_type or "no media type"
                raise EndpointError(f"{self.endpoint.address.query} answers with {said}: is this a SPARQL endpoint?")
            return parse_query_results(answer.body, format=form)
        except (SyntaxError, ValueError, OSError) as error:
            raise self._broken(error) from error

    def _solve(self, query: str, substitutions: Mapping[str, Term] | None) -> QuerySolutions:
        answer = self.answer(bind_values(query, substitutions or {}))
        if not isinstance(answer, QuerySolutions):
            raise QueryError("the query is no SELECT: its answer is no table.")
        return answer

    def _read(self, solutions: QuerySolutions) -> Iterator[Row]:
        try:
            yield from read_rows(solutions)
        except (SyntaxError, ValueError, OSError) as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> EndpointError:
        """Return what is said of an answer that cannot be read: some endpoints break off at their own time limit."""
        return EndpointError(
            f"the answer of {self.endpoint.address.query} cannot be read ({error}): it may have broken off at a time "
            "limit of the endpoint's own."
        )
