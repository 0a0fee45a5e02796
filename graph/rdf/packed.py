"""A document on its way from who reads to who writes: its quads as bytes, and what is derived from them beforehand.

Many processes read and one writes, so whatever the writer would do with each document is done by who has read it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from io import RawIOBase
from pathlib import Path
from typing import TypeAlias

from ..errors import StoreError
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
class Laid:
    """N-Quads, `size` many, that lie in a file rather than in memory."""

    file: RawIOBase
    start: int
    length: int
    size: int

    def read(self) -> bytes:
        """Return them; raise OSError where the file has not all of them any more."""
        self.file.seek(self.start)
        quads = self.file.read(self.length) or b""
        if len(quads) != self.length:
            raise OSError(f"of {self.length} bytes that were put aside {len(quads)} can be read")
        return quads


def read_quads(quads: bytes | Laid) -> bytes:
    """Return quads in memory, wherever they are; raise OSError where a file has not all of them any more."""
    return quads if isinstance(quads, bytes) else quads.read()


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """An encoded document as N-Quads, `size` many, with its digest under some rules."""

    id: str
    iri: str
    graph: str
    quads: bytes | Laid
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
        return self.to_bytes().decode()

    def to_bytes(self) -> bytes:
        """Return the same in UTF-8."""
        return read_quads(self.quads)


StorableDocument: TypeAlias = EncodedDocument | PackedDocument


class Spool:
    """A file without a name in which the quads of documents lie until these are stored; for one thread at a time.

    It is in `folder`, or where the system has its temporary files. Raise StoreError where nothing can be written there.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        try:
            # Without a buffer: what the disk has no room for is told where it is laid.
            self._file: RawIOBase = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed with it
        except OSError as error:
            raise self._fault(error) from error
        self._end = 0

    def lay(self, document: StorableDocument) -> StorableDocument:
        """Return a document whose quads are in the file, where they were in memory; raise StoreError as above."""
        if not isinstance(document, PackedDocument) or not isinstance(document.quads, bytes):
            return document
        laid = Laid(self._file, self._end, len(document.quads), document.size)
        rest = memoryview(document.quads)
        try:
            self._file.seek(self._end)
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError as error:
            raise self._fault(error) from error
        self._end += laid.length
        return replace(document, quads=laid)

    def clear(self) -> None:
        """Empty the file: nobody reads what lies in it any more."""
        self._file.seek(0)
        self._file.truncate()
        self._end = 0

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _fault(self, error: OSError) -> StoreError:
        place = self._folder or "the folder of temporary files"
        return StoreError(f"{place}: quads cannot be put aside ({error}): check space and permissions of the disk.")


def pack_document(document: EncodedDocument, rules: Rules) -> PackedDocument:
    """Return a document as it is handed to who writes."""
    quads = document.to_nquads().encode()
    digest = Digest.read(document, rules)
    return PackedDocument(document.id, document.iri, document.graph, quads, len(document.triples), rules, digest)


def quads_of(document: StorableDocument) -> bytes | Laid:
    """Return the quads of a document where they are."""
    return document.quads if isinstance(document, PackedDocument) else document.to_bytes()


def digest_document(document: StorableDocument, rules: Rules) -> Digest:
    """Return the digest of a document: the one that it brings, where it was made under the same rules."""
    if isinstance(document, PackedDocument) and document.rules == rules:
        return document.digest
    return Digest.read(document, rules)


def _split(line: str) -> Triple:
    subject, predicate, object_ = line.split(" ", 2)
    return subject, predicate, object_
