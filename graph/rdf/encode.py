"""Encodes an Extraction as RDF: the triples of the document's own graph, and what it adds to the shared one."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Extraction
from .namespaces import Namespaces
from .terms import Triple
from .vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class EncodedDocument:
    """A document as RDF. `triples` belong to the graph `graph`; terms are written as in N-Triples."""

    id: str
    iri: str
    graph: str
    triples: tuple[Triple, ...]

    def to_nquads(self) -> str:
        """Return the document's graph as N-Quads, a line a quad."""
        raise NotImplementedError


def encode_extraction(
    extraction: Extraction, *, namespaces: Namespaces, vocabulary: Vocabulary, content_hash: str | None = None
) -> EncodedDocument:
    """Encode what was read from one document; equal extractions give equal triples in equal order."""
    raise NotImplementedError


def write_turtle(documents: list[EncodedDocument], *, namespaces: Namespaces) -> str:
    """Return documents, the plain triples of their actual facts and their entities as Turtle (`rawabit extract`)."""
    raise NotImplementedError
