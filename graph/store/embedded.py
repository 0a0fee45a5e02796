"""The store on disk: Oxigraph in a folder with one writer, a version file and checkpoints for readers.

<store>/rawabit.json    format version and base IRI
<store>/lock            who writes
<store>/data/           Oxigraph's files
<store>/checkpoints/    <n>/ copies for readers, and `current`, which names the newest
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ..config import DEFAULT_BASE_IRI
from ..rdf.encode import EncodedDocument
from ..rdf.namespaces import Namespaces
from ..rdf.terms import Term
from .results import Row, Table


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much a store holds."""

    documents: int
    facts: int
    entities: int
    quads: int


class EmbeddedStore:
    """A store that this process writes to. It is a Queryable, too: it sees what has been written so far."""

    path: Path
    namespaces: Namespaces

    @classmethod
    def open(cls, path: Path, *, create: bool = False, base_iri: str = DEFAULT_BASE_IRI) -> EmbeddedStore:
        """Open a store for writing; raise StoreLockedError, StoreVersionError or StoreError, saying what to do.

        `base_iri` is used when the store is created; an existing store keeps its own.
        """
        raise NotImplementedError

    def __enter__(self) -> EmbeddedStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write everything to disk and let the next writer in."""
        raise NotImplementedError

    def put_documents(self, documents: Iterable[EncodedDocument]) -> None:
        """Store documents, replacing those that are there, and bring the shared graph up to date, all or nothing."""
        raise NotImplementedError

    def drop_documents(self, document_ids: Iterable[str]) -> None:
        """Withdraw documents with all that only they supported; raise NotFoundError for one that is not there."""
        raise NotImplementedError

    def document_hash(self, document_id: str) -> str | None:
        """Return the content hash of a stored document, or None."""
        raise NotImplementedError

    def replace_graph(self, graph: str, nquads: str) -> None:
        """Replace a whole graph that is not a document's: the known entities, the ontology."""
        raise NotImplementedError

    def counts(self) -> StoreCounts:
        """Count documents, facts, entities and quads."""
        raise NotImplementedError

    def checkpoint(self, *, keep: int = 2) -> Path:
        """Make a read-only copy with its name index, point `current` at it, prune old ones; return its folder."""
        raise NotImplementedError

    def select(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Table:
        """Answer a SELECT, read to its end."""
        raise NotImplementedError

    def iterate(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Answer a SELECT row by row; stay in one thread."""
        raise NotImplementedError

    def ask(self, query: str, substitutions: Mapping[str, Term] | None = None) -> bool:
        """Answer an ASK."""
        raise NotImplementedError

    def serialize(self, query: str, media_type: str, substitutions: Mapping[str, Term] | None = None) -> bytes:
        """Answer any query in a media type."""
        raise NotImplementedError
