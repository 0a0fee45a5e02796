"""The store on disk: Oxigraph in a folder with one writer, a version file and checkpoints for readers.

<store>/rawabit.json    format version and base IRI
<store>/lock            who writes
<store>/data/           Oxigraph's files
<store>/journal         the change that is being made, while it is being made
<store>/loading         the quads that are being loaded, while they are many
<store>/changed         there while a checkpoint is due
<store>/underived       there while the shared graph is to be derived anew
<store>/eventless       there while facts are to be gathered into events
<store>/checkpoints/    <n>/ copies for readers, and `current`, which names the newest
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from types import TracebackType

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from ..config import DEFAULT_BASE_IRI
from ..errors import NotFoundError, QueryError, StoreError, ValidationError
from ..rdf.namespaces import RW, Namespaces
from ..rdf.packed import StorableDocument
from ..rdf.terms import Triple
from ..resources import package_folder
from .apart import has_meaning, writes_apart
from .checkpoint import DATA, FACTS
from .derive import Planner, Revision
from .derive_events import DueEvents
from .engine import QueryEngine
from .fact_index import FactIndex
from .fact_record import FactRecord
from .index_files import Steps, has_indexes, write_checkpoint
from .journal import Change, Journal
from .layout import (
    CHECKPOINTS,
    VERSION_FILE,
    WriterLock,
    current_checkpoint,
    find_checkpoints,
    prepare_folder,
    read_version,
    replace_text,
    write_version,
)
from .results import StoreCounts
from .touched import Touched

STATEMENTS_AT_ONCE = 5000
_CONTENT_HASH, _STATUS = NamedNode(RW + "contentHash"), NamedNode(RW + "status")


class EmbeddedStore(QueryEngine):
    """A store that this process writes to. It is a Queryable, too: it sees what has been written so far."""

    def __init__(self, path: Path, namespaces: Namespaces, store: Store, lock: WriterLock) -> None:
        super().__init__(store)
        self.path = path
        self.namespaces = namespaces
        self._lock = lock
        self._planner = Planner(store, namespaces, plans_all=True)
        self._journal = Journal(path / "journal")
        self._underived = path / "underived"
        self._eventless = path / "eventless"
        self._due = DueEvents()
        self._record = FactRecord()
        self._merging: Future[None] | None = None
        self._known: int | None = None  # a hash of the known graph, where it is this object that wrote it
        # Where a checkpoint is due already, it is not known of what.
        self._touched = Touched(everything=(path / "changed").exists())

    @classmethod
    def open(cls, path: Path, *, create: bool = False, base_iri: str = DEFAULT_BASE_IRI) -> EmbeddedStore:
        """Open a store for writing; raise StoreLockedError, StoreVersionError or StoreError, saying what to do.

        `base_iri` is used when the store is created; an existing store keeps its own.
        """
        is_new = create and not (path / VERSION_FILE).exists()
        if is_new:
            prepare_folder(path, base_iri)
        else:
            read_version(path)
        lock = WriterLock.acquire(path)
        try:
            version = write_version(path, base_iri) if is_new else read_version(path)
            opened = cls(path, Namespaces(version.base_iri), Store(str(path / DATA)), lock)
            if opened._journal.recover(opened._store):
                (path / "changed").touch()
                opened._touched.everything = True
            opened._mark_what_others_derived()
            if opened._eventless.exists():
                opened._mark_underived()
                opened._eventless.unlink()
            opened.derive_anew()
            if not any(True for _ in opened._store.quads_for_pattern(None, _STATUS, None)):
                opened._record.begin()
        except (OSError, RuntimeError) as error:  # RuntimeError is how Oxigraph reports damage
            lock.release()
            raise StoreError(f"{path}: cannot be opened ({error}): check space and permissions of the disk.") from error
        except BaseException:
            lock.release()
            raise
        return opened

    def __enter__(self) -> EmbeddedStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write everything to disk and let the next writer in."""
        try:
            self._store.flush()
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written ({error}): check space of the disk.") from error
        finally:
            # Oxigraph closes its files when nobody refers to the store any more.
            del self._store, self._planner
            self._due.close()
            self._record.close()
            self._lock.release()

    def put_documents(self, documents: Iterable[StorableDocument]) -> None:
        """Store documents, replacing those that are there, and bring the shared graph up to date, all or nothing; but
        for events, which `gather_events` or the next checkpoint gathers.

        Raise ValidationError, with nothing changed, where a document is no RDF.
        """
        by_graph = {document.graph: document for document in documents}
        if not by_graph:
            return
        is_whole = self._record.leave()
        try:
            are_new = not any(self._store.contains_named_graph(NamedNode(graph)) for graph in by_graph)
            change = self._planner.plan_documents(tuple(by_graph.values()), due=self._due)
        except ValueError as error:  # what Oxigraph says to a malformed IRI
            raise ValidationError(f"quads cannot be read: {error}.") from error
        self._perform(change)
        if is_whole and are_new:
            self._record.add(by_graph.values(), self._planner.read_rules())

    def revise_documents(self, revisions: Sequence[Revision]) -> None:
        """Have stored documents say other things of some subjects, as `put_documents` would, at the cost of these."""
        if revisions:
            is_whole = self._record.leave()
            self._perform(self._planner.plan_revisions(revisions, self._due))
            if is_whole:
                self._record.revise((each.after for each in revisions), self._planner.read_rules())

    def drop_documents(self, document_ids: Iterable[str]) -> None:
        """Withdraw documents with all that only they supported; raise NotFoundError for one that is not there."""
        graphs = []
        for document_id in document_ids:
            graph = self.namespaces.document_graph(document_id)
            if not self._store.contains_named_graph(NamedNode(graph)):
                raise NotFoundError(f"there is no document {document_id!r} in {self.path}.")
            graphs.append(graph)
        if graphs:
            self._record.leave()
            self._perform(self._planner.plan_documents((), graphs, due=self._due))

    def read_graph(self, graph: str) -> tuple[Triple, ...]:
        """Return the triples of a graph, none where it is not there."""
        return tuple(self._planner.read_graph(graph))

    def read_naming(self, graph: str, entities: Collection[str]) -> tuple[Triple, ...]:
        """Return all that a graph says of whatever it has to do with some entities, given by their IRIs."""
        return tuple(self._planner.read_naming(graph, entities))

    def symmetric_relations(self) -> frozenset[str]:
        """Return the relations that hold both ways, as terms in N-Triples."""
        return self._planner.read_symmetric()

    def replace_apart(self, graph: str, triples: Iterable[Triple]) -> None:
        """Replace a graph that nothing is derived from: people's decisions, candidates."""
        self._perform(self._planner.plan_graph(graph, triples))

    def document_hash(self, document_id: str) -> str | None:
        """Return the content hash of a stored document, or None."""
        document = NamedNode(self.namespaces.document(document_id))
        graph = NamedNode(self.namespaces.document_graph(document_id))
        for quad in self._store.quads_for_pattern(document, _CONTENT_HASH, None, graph):
            if isinstance(quad.object, Literal):
                return quad.object.value
        return None

    def has_document(self, document_id: str) -> bool:
        """Say whether a document is stored."""
        return self._store.contains_named_graph(NamedNode(self.namespaces.document_graph(document_id)))

    def replace_known(self, triples: Iterable[Triple]) -> None:
        """Replace the known graph, and describe anew whoever became known or is known no more."""
        wanted = frozenset(triples)
        known = hash(wanted)
        if known != self._known:  # a build replaces it before it reads, and once more when it knows who is who
            self._known = None
            self._perform(self._planner.plan_known(wanted))
            self._known = known

    def replace_ontology(self, triples: Iterable[Triple]) -> None:
        """Replace the ontology graph."""
        self.replace_apart(self.namespaces.ontology_graph, triples)

    def update(self, text: str) -> None:
        """Run a SPARQL update, all or nothing; relative IRIs are resolved against the base IRI of the store.

        `derive_anew` is due afterwards; where this process does not come to it, who opens the store next does. Raise
        QueryError for an update that is malformed or cannot be made, with nothing changed.
        """
        apart = self._may_stand_apart() and writes_apart(text, self.namespaces)
        made = self._mark_underived()
        try:
            self._store.update(text, base_iri=self.namespaces.base)
            self._note_whether_apart(apart)
        except (SyntaxError, ValueError, RuntimeError) as error:
            for mark in made:
                mark.unlink()
            raise QueryError(f"the update cannot be made: {error}") from error
        except OSError as error:
            raise StoreError(f"the store cannot be written: {error}. Check the space of the disk.") from error

    def has_graph(self, graph: str) -> bool:
        """Say whether there is a graph of this name, which may be empty; the unnamed one, "", is there if it is not."""
        if graph:
            return self._store.contains_named_graph(NamedNode(graph))
        return any(True for _ in self._store.quads_for_pattern(None, None, None, DefaultGraph()))

    def put_graph(self, graph: str, quads: str, *, replace: bool) -> None:
        """Add N-Quads to the graph that they name, or put them in its place; the unnamed graph is called "".

        `derive_anew` is due afterwards, as with `update`. Raise ValidationError, with nothing changed, for what is
        no N-Quads.
        """
        change = Change(drops=(graph,) if replace else (), additions=quads)
        change.check()
        apart = self._may_stand_apart() and not self.namespaces.is_own_graph(graph)
        self._mark_underived()
        self._journal.perform(change, self._store)
        if graph:
            self._store.add_graph(NamedNode(graph))
        self._note_whether_apart(apart)

    def drop_graph(self, graph: str) -> int:
        """Drop a graph, or empty the unnamed one, ""; return how many triples went. `derive_anew` is due afterwards."""
        name = NamedNode(graph) if graph else DefaultGraph()
        count = sum(1 for _ in self._store.quads_for_pattern(None, None, None, name))
        apart = self._may_stand_apart() and not self.namespaces.is_own_graph(graph)
        self._mark_underived()
        self._journal.perform(Change(drops=(graph,)), self._store)
        self._note_whether_apart(apart)
        return count

    def derive_anew(self) -> None:
        """Make the shared graph what documents say, where something was written from which it may have to differ."""
        if self._underived.exists():
            self._perform(self._planner.plan_anew())
            self._store.flush()
            self._underived.unlink()

    def gather_events(self) -> None:
        """Gather the facts of what was stored and withdrawn into events.

        A statement may have many facts, so it is gathered once, and not with each batch of documents that touches it.
        Where this process does not come to it, who opens the store next does.
        """
        if self._record.is_due:
            for triples in self._record.gather(self.namespaces, STATEMENTS_AT_ONCE):
                self._perform(self._planner.plan_shared(triples))
        else:
            for some in self._due.batches(STATEMENTS_AT_ONCE):
                self._perform(self._planner.plan_events(some))
        self._due.clear()
        if self._eventless.exists():
            self._store.flush()
            self._eventless.unlink()

    def plan_anew(self) -> Change:
        """Return by what the shared graph differs from what follows from the documents; nothing, where all is well."""
        return self._planner.plan_anew()

    def document_graphs(self) -> Iterator[str]:
        """Yield the IRIs of the documents' graphs."""
        for graph in self._store.named_graphs():
            if isinstance(graph, NamedNode) and self.namespaces.is_document_graph(graph.value):
                yield graph.value

    def quads(self) -> Iterator[Quad]:
        """Yield all quads; stay in one thread."""
        return self._store.quads_for_pattern(None, None, None, None)

    def merge_aside(self, aside: Executor) -> None:
        """Begin to merge the database's files, beside whatever else is done; the next checkpoint waits for it."""
        self._merging = aside.submit(self._store.optimize)

    def compact(self) -> Path:
        """Merge the database's files, make a checkpoint with new indexes, and drop all others; return its folder."""
        self._touched.everything = True
        (self.path / "changed").touch()
        return self.checkpoint(keep=1, compact=True)

    def counts(self) -> StoreCounts:
        """Count documents, facts, entities and quads."""
        (row,) = self.select((package_folder("store") / "sparql" / "counts.rq").read_text(encoding="utf-8")).rows
        documents, facts, entities = (int(value or 0) for value in row)
        return StoreCounts(documents, facts, entities, len(self._store))

    def checkpoint(self, *, keep: int = 2, compact: bool = False, alone: bool = False) -> Path:
        """Make a read-only copy with its indexes, point `current` at it, prune old ones; return its folder.

        `compact` has the database's files merged before, which takes time and makes all reading faster; `alone` has
        this process do all of it. Where nothing has changed since the last checkpoint, and its indexes are of this
        version, that one is returned.
        """
        changed = self.path / "changed"
        folder = self.path / CHECKPOINTS
        try:
            existing = list(find_checkpoints(self.path))
            if existing and not self._due and not changed.exists() and (folder / "current").exists():
                current = current_checkpoint(self.path)
                if has_indexes(current):
                    return current
            before = current_checkpoint(self.path) if existing and (folder / "current").exists() else None
            made = self._copy_to(folder, existing[-1][0] + 1 if existing else 1, before, compact=compact, alone=alone)
            changed.unlink(missing_ok=True)
            self._touched = Touched()
            for _, old in [*existing, (0, made)][: -max(keep, 1)]:
                shutil.rmtree(old)
        except OSError as error:
            raise StoreError(f"{folder}: no checkpoint could be made ({error}): check space of the disk.") from error
        return made

    def _mark_underived(self) -> list[Path]:
        """Note before a change that anything may be other than it was; return the marks that were not there."""
        self._touched.everything, self._known = True, None
        self._planner.forget()
        self._record.leave()
        made = [mark for mark in (self.path / "changed", self._underived) if not mark.exists()]
        for mark in made:
            mark.touch()
        return made

    def _mark_what_others_derived(self) -> None:
        """Have a store of another version derived anew: what its index lacks, its shared graph may lack, too."""
        try:
            checkpoint = current_checkpoint(self.path)
        except StoreError:
            return  # nothing was finished yet, or its files are gone: whoever reads will say so
        if not FactIndex.is_current(checkpoint / FACTS):
            self._mark_underived()

    def _may_stand_apart(self) -> bool:
        """Say whether it is known what the indexes lack, and that no graph but Rawabit's own adds to them."""
        is_known = not self._touched.everything and not self._underived.exists()
        return is_known and not has_meaning(self._store, self.namespaces)

    def _note_whether_apart(self, apart: bool) -> None:
        """Withdraw the marks of a change that stood apart: nothing is to be derived, and no index has to differ."""
        if apart and not has_meaning(self._store, self.namespaces):
            self._touched.everything = False
            self._underived.unlink()

    def _perform(self, change: Change) -> None:
        if change == Change():
            return
        # Marked before it is made: a checkpoint too many does no harm, one too few hides what was built.
        (self.path / "changed").touch()
        if self._due:
            self._eventless.touch()
        self._touched.add(change, self._store, self.namespaces)
        self._journal.perform(change, self._store)

    def _copy_to(self, folder: Path, number: int, before: Path | None, *, compact: bool, alone: bool) -> Path:
        unfinished, made = folder / f".{number:06}.unfinished", folder / f"{number:06}"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)

        def copy(target: Path) -> None:
            self._store.flush()
            self._store.backup(str(target))

        merging, self._merging = self._merging, None
        merge = merging.result if merging else self._store.optimize if compact else lambda: None
        steps = Steps(self.gather_events, merge, copy, self._record.recall(self.namespaces))
        write_checkpoint(unfinished, before, self._store, self._touched, steps, alone=alone)
        unfinished.rename(made)
        replace_text(folder / "current", made.name + "\n")
        return made
