"""Asks an Oxigraph store and hands out plain values; the default graph is the union of all graphs.

A result of Oxigraph belongs to the thread that made it and aborts the process when another touches it:
everything here is read and written out before it is returned, but for `iterate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from ..errors import QueryError, StoreError
from ..rdf.namespaces import PREFIXES
from ..rdf.terms import Term
from .binding import bind_values, uses_service
from .results import Row, Table

Format = TypeVar("Format", RdfFormat, QueryResultsFormat)


class QueryEngine:
    """A Queryable over an open Oxigraph store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def select(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Table:
        """Answer a SELECT, read to its end."""
        solutions = self._solve(query, substitutions)
        columns = tuple(variable.value for variable in solutions.variables)
        return Table(columns, tuple(read_rows(solutions)))

    def iterate(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Answer a SELECT row by row; stay in one thread."""
        return read_rows(self._solve(query, substitutions))

    def ask(self, query: str, substitutions: Mapping[str, Term] | None = None) -> bool:
        """Answer an ASK."""
        answer = self._query(query, substitutions)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("the query is no ASK: its answer is more than yes or no.")
        return bool(answer)

    def serialize(self, query: str, media_type: str, substitutions: Mapping[str, Term] | None = None) -> bytes:
        """Answer any query in a media type."""
        answer = self._query(query, substitutions)
        try:
            if isinstance(answer, QueryTriples):
                rdf = choose_format(RdfFormat.from_media_type(media_type), media_type, "text/turtle")
                return serialize(answer, format=rdf, prefixes=dict(PREFIXES)) or b""
            results = QueryResultsFormat.from_media_type(media_type)
            return answer.serialize(format=choose_format(results, media_type, "application/sparql-results+json")) or b""
        except ValueError as error:
            raise QueryError(f"the answer cannot be written as {media_type}: {error}.") from error
        except (OSError, RuntimeError) as error:  # RuntimeError is how Oxigraph reports damage
            raise StoreError(f"the store cannot be read: {error}. Check the disk.") from error

    def _solve(self, query: str, substitutions: Mapping[str, Term] | None) -> QuerySolutions:
        answer = self._query(query, substitutions)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("the query is no SELECT: its answer is no table.")
        return answer

    def _query(
        self, query: str, substitutions: Mapping[str, Term] | None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        if uses_service(query):
            raise QueryError("the query asks another endpoint with SERVICE: ask that endpoint itself.")
        try:
            return self._store.query(bind_values(query, substitutions or {}), use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(f"the query is malformed: {error}") from error
        except (OSError, RuntimeError) as error:  # RuntimeError is how Oxigraph reports damage
            raise StoreError(f"the store cannot be read: {error}. Check the disk.") from error


def read_rows(solutions: QuerySolutions) -> Iterator[Row]:
    """Yield solutions as plain values."""
    for solution in solutions:
        yield tuple(
            [None if term is None else str(term) if isinstance(term, Triple) else term.value for term in solution]
        )


def choose_format(found: Format | None, media_type: str, usual: str) -> Format:
    """Return a format that was found for a media type; raise QueryError, naming a usual one, where none was."""
    if found is None:
        raise QueryError(f"this query cannot be answered as {media_type}: ask for {usual}, for example.")
    return found
