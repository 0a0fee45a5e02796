"""Query answers as plain values: nothing of the RDF store's library leaves this room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from ..rdf.terms import Term

Row = tuple[str | None, ...]
"""One answer: the text of each literal, the address of each IRI, None for what is not bound."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT: names of columns, and rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much a store holds."""

    documents: int
    facts: int
    entities: int
    quads: int


class Queryable(Protocol):
    """What can be asked: the store that is written to, a checkpoint, later a store elsewhere.

    Unbound variables of a query may be given as `substitutions`. The default graph is the union of all graphs.
    All raise QueryError for a malformed query or one of another form.
    """

    def select(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Table:
        """Answer a SELECT, read to its end."""

    def iterate(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Answer a SELECT row by row; stay in one thread."""

    def ask(self, query: str, substitutions: Mapping[str, Term] | None = None) -> bool:
        """Answer an ASK."""

    def serialize(self, query: str, media_type: str, substitutions: Mapping[str, Term] | None = None) -> bytes:
        """Answer any query: SPARQL JSON, XML, CSV or TSV for SELECT; Turtle, N-Triples or RDF/XML for CONSTRUCT."""
