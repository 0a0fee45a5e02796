"""A document on its way from who reads to who writes: its quads as bytes, and what is derived from them beforehand.

Many processes read and one writes, so whatever the writer would do with each document is done by who has read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .encode import EncodedDocument
from .namespaces import RW
from .reports import Outline
from .shared import Contribution
from .stated import Statements, read_statements
from .terms import Triple
from .vocabulary import Vocabulary

_STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Rules:
    """What of the ontology decides what is derived, as terms: relations that hold both ways, and those that hold over
    time, which are no deeds."""

    symmetric: frozenset[str]
    standing: frozenset[str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Rules:
        """Read them out of the vocabulary."""
        relations = vocabulary.relations.values()
        return cls(
            frozenset(f"<{RW}{each.name}>" for each in relations if each.symmetric),
            frozenset(f"<{RW}{each.name}>" for each in relations if each.family == _STANDING),
        )


@dataclass(frozen=True, slots=True)
class Digest:
    """What a document adds to what documents share, with its facts as events and indexes need them, and its outline."""

    contribution: Contribution
    statements: Statements
    outline: Outline

    @classmethod
    def read(cls, document: EncodedDocument | PackedDocument, rules: Rules) -> Digest:
        """Read it out of a document's triples."""
        triples, node, contribution = document.triples, f"<{document.iri}>", Contribution()
        contribution.add(triples, rules.symmetric)
        return cls(contribution, read_statements(node, triples, rules.standing), Outline.read(node, triples))


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """An encoded document as N-Quads, `size` many, with its digest under some rules."""

    id: str
    iri: str
    graph: str
    quads: bytes
    size: int
    rules: Rules
    digest: Digest

    @property
    def triples(self) -> tuple[Triple, ...]:
        """The triples of its graph, read out of its quads again."""
        tail = f" <{self.graph}> ."
        return tuple(_split(line.removesuffix(tail)) for line in self.to_nquads().split("\n")[:-1])

    def to_nquads(self) -> str:
        """Return the document's graph as N-Quads, a line a quad."""
        return self.quads.decode()

    def to_bytes(self) -> bytes:
        """Return the same in UTF-8."""
        return self.quads


StorableDocument: TypeAlias = EncodedDocument | PackedDocument


def pack_document(document: EncodedDocument, rules: Rules) -> PackedDocument:
    """Return a document as it is handed to who writes."""
    quads = document.to_nquads().encode()
    digest = Digest.read(document, rules)
    return PackedDocument(document.id, document.iri, document.graph, quads, len(document.triples), rules, digest)


def digest_document(document: StorableDocument, rules: Rules) -> Digest:
    """Return the digest of a document: the one that it brings, where it was made under the same rules."""
    if isinstance(document, PackedDocument) and document.rules == rules:
        return document.digest
    return Digest.read(document, rules)


def _split(line: str) -> Triple:
    subject, predicate, object_ = line.split(" ", 2)
    return subject, predicate, object_
