"""Builds a store: documents -> reader -> quads -> SHACL -> store -> checkpoint, with a report of what was refused.

One bad document never ends the run, and what is stored is never lost: a document is replaced when its new reading is
stored, not before. Documents whose content and whose reader have not changed are left as they are.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from .config import Settings
from .errors import RawabitError, SettingsError, ValidationError
from .model import Document, Extraction, Refusal
from .rdf.encode import EncodedDocument, encode_extraction
from .rdf.known import encode_known
from .rdf.namespaces import RW, Namespaces
from .rdf.validate import Shapes, check_with_pyshacl
from .rdf.vocabulary import Vocabulary, read_ontology
from .resolve.known import Known, load_known
from .resources import data_folder, package_folder
from .sources.reader import read_sources
from .store.embedded import EmbeddedStore

BATCH_TRIPLES = 100_000
# Shapes.check decides on every document; pySHACL, forty times as slow, on the first ones and then on one in so many.
PYSHACL_FIRST = 20
PYSHACL_EACH = 200
SHOWN_COMPLAINTS = 3
_READING_ROOMS = ("lang", "text", "morphology", "extract", "resolve", "rdf")
_ENTITY = f"<{RW}entity>"


class DocumentReader(Protocol):
    """Whoever turns a document into an extraction, such as graph.pipeline.Reader."""

    def read(self, document: Document) -> Extraction:
        """Read one document."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `read` counts all documents that were accepted, among them those `unchanged` since an earlier build and those
    `replaced`; `entities` and `facts` (by relation) are those of the documents that were stored.
    """

    read: int
    unchanged: int
    replaced: int
    refused: tuple[Refusal, ...]
    entities: int
    facts: Mapping[str, int]
    seconds: float
    checkpoint: Path


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build has come."""

    read: int
    refused: int
    facts: int
    seconds: float


def build_store(
    paths: Iterable[Path],
    settings: Settings,
    *,
    reader: DocumentReader,
    known: Known | None = None,
    on_progress: Callable[[BuildProgress], None] | None = None,
) -> BuildReport:
    """Read documents from paths into the store of the settings; one bad document never ends the run.

    `known` is what is known before any news, read from seeds/ where it is not given. Raise StoreError where the store
    cannot be written, SettingsError where it belongs to another base IRI.
    """
    started = time.perf_counter()
    with EmbeddedStore.open(settings.store, create=True, base_iri=settings.base_iri) as store:
        if store.namespaces.base != settings.base_iri:
            raise SettingsError(
                f"{settings.store}: names things under {store.namespaces.base}, the settings under "
                f"{settings.base_iri}: set RAWABIT_BASE_IRI to the former, or build into another folder."
            )
        store.replace_ontology(read_ontology())
        known = known or load_known(settings)
        store.replace_known(encode_known(known.entities, known.offices, namespaces=store.namespaces))
        run = _Run(store, Intake.load(settings, reader, store.namespaces))
        for source in read_sources(paths, most_bytes=settings.article_bytes):
            run.take(source)
            if on_progress is not None:
                on_progress(run.progress(time.perf_counter() - started))
        run.store_batch()
        # Worth its time where much is new: it reads all that there is, and queries are a fifth faster afterwards.
        checkpoint = store.checkpoint(compact=run.read * 10 >= store.counts().documents)
    return run.report(time.perf_counter() - started, checkpoint)


def hash_reading(settings: Settings) -> str:
    """Return a hash of all that decides how an article is read: rules, language data and seeds.

    It is part of each document's content hash: with a better reader the same article is read anew.
    """
    digest = hashlib.sha256()
    homes = [package_folder(room) for room in _READING_ROOMS] + [data_folder("seeds")]
    if settings.seeds is not None:
        homes.append(settings.seeds)
    files = {path for home in homes for suffix in ("py", "yaml", "csv") for path in home.rglob(f"*.{suffix}")}
    for path in sorted({*files, Path(__file__).with_name("pipeline.py"), Path(__file__).with_name("model.py")}):
        if path.is_file():
            digest.update(f"{path.name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def hash_document(document: Document, reading: str) -> str:
    """Return the content hash of a document under a way of reading."""
    fields = (document.text, document.title, document.published, document.source, document.url, document.language)
    said = "\x1f".join("\x00" if value is None else value for value in fields)
    return hashlib.sha256(f"{reading}\x1f{said}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Intake:
    """All that makes of an article what is stored of it; `reading` is the hash of what decides how it is read."""

    reader: DocumentReader
    namespaces: Namespaces
    vocabulary: Vocabulary
    shapes: Shapes
    reading: str

    @classmethod
    def load(cls, settings: Settings, reader: DocumentReader, namespaces: Namespaces) -> Intake:
        """Load vocabulary and shapes."""
        return cls(reader, namespaces, Vocabulary.load(), Shapes.load(), hash_reading(settings))

    def hash(self, document: Document) -> str:
        """Return the content hash under which a document is stored."""
        return hash_document(document, self.reading)

    def read(self, document: Document) -> tuple[EncodedDocument, Extraction]:
        """Read a document; raise ValidationError where what was read does not conform, RawabitError where reading
        fails otherwise."""
        try:
            extraction = self.reader.read(document)
            encoded = encode_extraction(
                extraction, namespaces=self.namespaces, vocabulary=self.vocabulary, content_hash=self.hash(document)
            )
        except RawabitError:
            raise
        except Exception as error:
            raise RawabitError(f"reading failed with {type(error).__name__}: {error}: please report it.") from error
        complaints = self.shapes.check(encoded)
        if complaints:
            raise ValidationError(describe_complaints(complaints))
        return encoded, extraction


@dataclass(slots=True)
class _Run:
    """One build under way; documents wait in `batch` until there are enough to be stored together."""

    store: EmbeddedStore
    intake: Intake
    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    checked: int = 0
    waiting: int = 0
    refused: list[Refusal] = field(default_factory=list)
    facts: Counter[str] = field(default_factory=Counter)
    entities: set[str] = field(default_factory=set)
    batch: list[tuple[EncodedDocument, Extraction]] = field(default_factory=list)

    def take(self, source: Document | Refusal) -> None:
        """Read a document into the batch, or note why it is refused."""
        if isinstance(source, Refusal):
            self.refused.append(source)
            return
        if self.store.document_hash(source.id) == self.intake.hash(source):
            self.read += 1
            self.unchanged += 1
            return
        try:
            encoded, extraction = self.intake.read(source)
        except RawabitError as error:  # a fault in reading one article must not cost all others
            self.refuse(source, str(error))
            return
        self.batch.append((encoded, extraction))
        self.waiting += len(encoded.triples)
        if self.waiting >= BATCH_TRIPLES:
            self.store_batch()

    def store_batch(self) -> None:
        """Store the documents that wait, all at once; only if their quads cannot be read, one by one."""
        self.ask_pyshacl()
        batch, self.batch, self.waiting = self.batch, [], 0
        replaced = {each.id for each, _ in batch if self.store.has_document(each.id)}
        try:
            self.store.put_documents(encoded for encoded, _ in batch)
            stored = batch
        except ValidationError:
            stored = [pair for pair in batch if self.store_alone(*pair)]
        for encoded, extraction in stored:
            self.read += 1
            self.replaced += encoded.id in replaced
            self.facts.update(fact.predicate for fact in extraction.facts)
            self.entities.update(object_ for _, predicate, object_ in encoded.triples if predicate == _ENTITY)

    def store_alone(self, encoded: EncodedDocument, extraction: Extraction) -> bool:
        """Store one document of a batch that could not be stored, or refuse it."""
        try:
            self.store.put_documents((encoded,))
        except ValidationError as error:
            self.refuse(extraction.document, str(error))
            return False
        return True

    def ask_pyshacl(self) -> None:
        """Have pySHACL check its share of the batch, and refuse what it finds wrong."""
        share = [
            pair
            for number, pair in enumerate(self.batch, self.checked)
            if number < PYSHACL_FIRST or number % PYSHACL_EACH == 0
        ]
        self.checked += len(self.batch)
        if not share or not check_with_pyshacl([encoded for encoded, _ in share]):
            return
        for encoded, extraction in share:
            complaints = check_with_pyshacl([encoded])
            if complaints:
                self.batch.remove((encoded, extraction))
                self.refuse(extraction.document, describe_complaints(complaints))

    def refuse(self, document: Document, reason: str) -> None:
        """Note that a document is refused, and why."""
        self.refused.append(Refusal(document.path or document.id, reason, document.line))

    def progress(self, seconds: float) -> BuildProgress:
        """Say how far the run has come; documents that wait count as read."""
        facts = self.facts.total() + sum(len(extraction.facts) for _, extraction in self.batch)
        return BuildProgress(self.read + len(self.batch), len(self.refused), facts, seconds)

    def report(self, seconds: float, checkpoint: Path) -> BuildReport:
        """Sum the run up."""
        facts = dict(sorted(self.facts.items()))
        refused = tuple(self.refused)
        return BuildReport(
            self.read, self.unchanged, self.replaced, refused, len(self.entities), facts, seconds, checkpoint
        )


def describe_complaints(complaints: tuple[str, ...]) -> str:
    """Say in one line what does not conform, and to what."""
    shown = "; ".join(complaints[:SHOWN_COMPLAINTS])
    more = len(complaints) - SHOWN_COMPLAINTS
    return f"does not conform to ontology/shapes.ttl: {shown}" + (f"; and {more} more." if more > 0 else ".")
