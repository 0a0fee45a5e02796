"""Builds a store: documents -> reader -> quads -> SHACL -> store -> checkpoint, with a report of what was refused.

One bad document never ends the run, and what is stored is never lost: a document is replaced when its new reading is
stored, not before. Documents whose content and whose reader have not changed are left as they are.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from .collecting import collected_seldom, memory_given_back
from .config import AUTO_READER, GRAMMAR_READER, Settings
from .crew import Crew, Refused, Task, read_here, read_waiting
from .errors import BudgetError, SettingsError, ValidationError
from .extract.base import Extractor
from .failures import with_failed_files
from .identity import Acquaintance, resolve_identities
from .identity_traces import Roster, names_somebody
from .intake import Intake, IntakeSetup, ReadDocument, hash_document, hash_reading
from .model import Document, Refusal
from .progress import BuildProgress, Clock, Workload
from .rdf.namespaces import Namespaces
from .rdf.packed import Spool
from .rdf.vocabulary import read_ontology
from .readers.registry import choose_reader, reader_loader
from .resolve.known import Known, load_known
from .sources.options import SourceOptions
from .sources.reader import read_sources
from .store.embedded import EmbeddedStore
from .store.places import WritableStore, open_store
from .store.review import list_decisions

# Oxigraph sorts what is loaded at once and merges later what it has sorted apart: half as many loads are half the
# merging, which is a third of what loading costs. 90,000 quads more at once are 80 MB more while they load.
BATCH_TRIPLES = 150_000
# Shapes.check decides on every document; pySHACL, forty times as slow, on the first ones and then on one in so many.
PYSHACL_FIRST = 3
PYSHACL_EACH = 500


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `read` counts all documents that were accepted, among them those `unchanged` since an earlier build and those
    `replaced`; `entities` and `facts` (by relation) are those of the documents that were stored. `timings` are the
    seconds for which the builder waited for readers, stored, made one node of one actor, and made the checkpoint.
    `stopped` says why it ended before all was read, where the budget of a language model was spent; `reader` names who
    read.
    """

    read: int
    unchanged: int
    replaced: int
    refused: tuple[Refusal, ...]
    entities: int
    facts: Mapping[str, int]
    seconds: float
    checkpoint: Path
    timings: Mapping[str, float] = field(default_factory=dict)
    stopped: str | None = None
    reader: str = GRAMMAR_READER


@dataclass(frozen=True, slots=True)
class ClusterPlace:
    """A Dask scheduler's address, where shards lie (beside the store if it is not said), and what loads the reader.

    The latter is that of the settings where it is not said.
    """

    scheduler: str
    shards: str | None = None
    loader: str | None = None


def build_store(
    paths: Iterable[Path | str],
    settings: Settings,
    *,
    sources: SourceOptions | None = None,
    reader: Extractor | None = None,
    known: Known | None = None,
    workers: int | None = None,
    cluster: ClusterPlace | None = None,
    on_progress: Callable[[BuildProgress], None] | None = None,
    on_failure: Callable[[Refusal, Document | None], None] | None = None,
) -> BuildReport:
    """Read documents from paths into the store of the settings; one bad document never ends the run.

    `sources` says how they are found and told apart. `workers` processes read, as many as there are processors where
    it is not given, and the store is the same however many they are; a `reader` that is given reads in this process.
    `cluster` has them read by a Dask cluster instead. `known` is what is known before any news, read from seeds/ where
    it is not given. `on_failure` is told each refusal with the document where there is one. Raise StoreError where the
    store cannot be written, SettingsError where it belongs to another base IRI.
    """
    started = time.perf_counter()
    if reader is None or settings.reader == AUTO_READER:
        settings = choose_reader(settings)
    with collected_seldom(), open_store(settings, create=True) as store, ExitStack() as stack:
        if store.namespaces.base != settings.base_iri:
            raise SettingsError(
                f"{settings.store}: names things under {store.namespaces.base}, the settings under "
                f"{settings.base_iri}: set RAWABIT_BASE_IRI to the former, or build into another folder."
            )
        paths = [*with_failed_files(paths)]
        aside = reader is None and (workers or count_processors()) > 1
        run = stack.enter_context(_open_run(store, settings, paths, on_failure, aside=aside))
        is_new = not names_somebody(store)
        with _open_crew(settings, reader, workers, cluster, prepare=is_new and bool(paths)) as read:
            store.replace_ontology(read_ontology())
            acquaintance = Acquaintance.make(known or load_known(settings), store.namespaces)
            # What people decided about known entities is in the graph that stands.
            if not list_decisions(store, store.namespaces):
                store.replace_known(acquaintance.plain)
            if is_new and run.aside is not None:
                acquaintance.prepare()  # while the reader is loaded
            found = read_sources(paths, options=sources or SourceOptions.from_settings(settings))
            try:
                for result in read(run.sort(found)):
                    run.take(result)
                    if on_progress is not None:
                        on_progress(run.progress(time.perf_counter() - started))
            except BudgetError as error:
                run.stopped = str(error)
        run.store_batch()
        run.wait()
        run.clock.note("reading", without="storing")
        if isinstance(store, EmbeddedStore) and run.aside is not None and is_new:
            store.merge_aside(run.aside)  # what is corrected afterwards is little
        resolve_identities(store, acquaintance, roster=run.roster if is_new else None)
        run.clock.note("resolving")
        # Worth its time where much is new: it reads all that there is, and queries are a fifth faster afterwards.
        compact = is_new or run.read * 10 >= store.counts().documents
        checkpoint = store.checkpoint(compact=compact, alone=run.aside is None)
        run.clock.note("checkpoint")
    return replace(run.report(time.perf_counter() - started, checkpoint), reader=settings.reader)


@contextmanager
def _open_run(
    store: WritableStore,
    settings: Settings,
    paths: Iterable[Path | str],
    on_failure: Callable[[Refusal, Document | None], None] | None,
    *,
    aside: bool,
) -> Iterator[_Run]:
    """Give a run with files for quads that wait; `aside` has it store beside all else where the store is a folder."""
    folder = store.path if isinstance(store, EmbeddedStore) else None
    with closing(Spool(folder)) as one, closing(Spool(folder)) as other, ExitStack() as stack:
        # The thread ends before the files are closed that it reads.
        thread = stack.enter_context(ThreadPoolExecutor(1)) if aside and folder is not None else None
        yield _Run(store, hash_reading(settings), Workload.measure(paths), on_failure, thread, [one, other])


@dataclass(frozen=True, slots=True)
class _Unchanged:
    """Stands in the line for a document that is stored as it is, and says where it stood."""

    path: str | None
    line: int | None


Source = Task | Refusal | _Unchanged
Result = ReadDocument | Refused | Refusal | _Unchanged


def count_processors() -> int:
    """Return how many processors this process may use, as far as the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _open_crew(
    settings: Settings, reader: Extractor | None, workers: int | None, cluster: ClusterPlace | None, *, prepare: bool
) -> Iterator[Callable[[Iterable[Source]], Iterator[Result]]]:
    """Give what reads documents, in this process or in others; `prepare` has these started at once."""
    setup = IntakeSetup(settings, settings.base_iri, reader_loader(settings.reader))
    if cluster is not None:
        with _open_cluster(cluster, settings, setup) as read:
            yield read
        return
    model = settings.language_model if settings.reader == "llm" else None
    if reader is None and model is not None:
        yield lambda items: read_waiting(setup.load, items, model.concurrency)
        return
    workers = workers or count_processors()
    if reader is not None or workers == 1:
        load = setup.load if reader is None else partial(Intake.load, settings, reader, Namespaces(settings.base_iri))
        yield lambda items: read_here(load, items)
        return
    with Crew(setup, workers) as crew:
        if prepare:
            crew.prepare()
        yield lambda items: crew.read(items)


@contextmanager
def _open_cluster(
    cluster: ClusterPlace, settings: Settings, setup: IntakeSetup
) -> Iterator[Callable[[Iterable[Source]], Iterator[Result]]]:
    """Give what has documents read by a cluster, whose library is waited for only where there is one."""
    from .cluster import Cluster, ClusterSetup, choose_shards

    shards = choose_shards(cluster.shards, settings.store)
    # Workers read and do not store: they are told no password of an endpoint.
    public = replace(settings, sparql_user=None, sparql_password=None, sparql_token=None)
    reading = replace(setup, settings=public, loader=cluster.loader or setup.loader)
    connected = Cluster(cluster.scheduler, ClusterSetup(reading, hash_reading(settings), shards))
    try:
        yield lambda items: connected.read(items)
    finally:
        connected.close()


@dataclass(frozen=True, slots=True)
class _Stored:
    """What became of documents that were to be stored, with the ids of those that had been stored before."""

    documents: list[ReadDocument]
    replaced: set[str]
    refused: list[Refusal]


@dataclass(slots=True)
class _Run:
    """One build under way; documents wait in `batch` until there are enough to be stored together.

    Those of `storing` are stored meanwhile by `aside`, a thread, where there is one. The quads of either lie in a file,
    the first and the second of `spools`.
    """

    store: WritableStore
    reading: str
    work: Workload
    on_failure: Callable[[Refusal, Document | None], None] | None
    aside: Executor | None
    spools: list[Spool]
    share: float | None = None
    clock: Clock = field(default_factory=Clock)
    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    asked: int = 0
    waiting: int = 0
    facts_read: int = 0
    stopped: str | None = None
    refused: list[Refusal] = field(default_factory=list)
    facts: Counter[str] = field(default_factory=Counter)
    roster: Roster = field(default_factory=Roster)
    batch: list[ReadDocument] = field(default_factory=list)
    storing: list[ReadDocument] = field(default_factory=list)
    pending: Future[_Stored] | None = None

    def sort(self, sources: Iterable[Document | Refusal]) -> Iterator[Source]:
        """Tell what is to be read from what is stored as it is."""
        for source in sources:
            if isinstance(source, Refusal):
                yield source
            elif self.store.document_hash(source.id) == hash_document(source, self.reading):
                yield _Unchanged(source.path, source.line)
            else:
                number, self.asked = self.asked, self.asked + 1
                yield Task(source, thoroughly=number < PYSHACL_FIRST or number % PYSHACL_EACH == 0)

    def take(self, result: Result) -> None:
        """Take what was read into the batch, or note why it is refused."""
        at = result.refusal if isinstance(result, Refused) else result
        self.share = self.work.pass_by(at.path, at.line)
        if isinstance(result, Refusal):
            self.refuse(result)
        elif isinstance(result, Refused):
            self.refuse(result.refusal, result.document)
        elif isinstance(result, _Unchanged):
            self.read += 1
            self.unchanged += 1
        else:
            self.batch.append(replace(result, encoded=self.spools[0].lay(result.encoded)))
            self.facts_read += sum(result.facts.values())
            self.waiting += result.encoded.size
            if self.waiting >= BATCH_TRIPLES:
                self.store_batch()

    def refuse(self, refusal: Refusal, document: Document | None = None) -> None:
        """Note a refusal."""
        self.refused.append(refusal)
        if self.on_failure is not None:
            self.on_failure(refusal, document)

    def store_batch(self) -> None:
        """Store the documents that wait, when those before them are stored; beside all else, where that is possible."""
        self.wait()
        self.storing, self.batch, self.waiting = self.batch, [], 0
        self.spools.reverse()
        if self.aside is None:
            self.note(self.put(self.storing))
        else:
            self.pending = self.aside.submit(self.put, self.storing)

    def wait(self) -> None:
        """Wait until all is stored that is being stored."""
        pending, self.pending = self.pending, None
        if pending is not None:
            self.note(pending.result())

    def note(self, outcome: _Stored) -> None:
        """Count what was stored, and refuse what could not be."""
        self.storing = []
        self.spools[1].clear()
        for each in outcome.documents:
            self.read += 1
            self.replaced += each.encoded.id in outcome.replaced
            self.facts.update(each.facts)
            self.roster.add(each.encoded.iri, each.names)
        for refusal in outcome.refused:
            self.refuse(refusal)

    def put(self, batch: list[ReadDocument]) -> _Stored:
        """Put documents into the store, all at once; only if their quads cannot be read, one by one."""
        with self.clock.measure("storing"), memory_given_back():
            replaced = {each.encoded.id for each in batch if self.store.has_document(each.encoded.id)}
            try:
                self.store.put_documents(each.encoded for each in batch)
                return _Stored(batch, replaced, [])
            except ValidationError:
                outcomes = [(each, self.store_alone(each)) for each in batch]
        stored = [each for each, refusal in outcomes if refusal is None]
        return _Stored(stored, replaced, [refusal for _, refusal in outcomes if refusal is not None])

    def store_alone(self, document: ReadDocument) -> Refusal | None:
        """Store one document of a batch that could not be stored, or say why not."""
        try:
            self.store.put_documents((document.encoded,))
        except ValidationError as error:
            return document.refuse(str(error))
        return None

    def progress(self, seconds: float) -> BuildProgress:
        """Say how far the run has come; documents that wait count as read."""
        read = self.read + len(self.storing) + len(self.batch)
        return BuildProgress(read, len(self.refused), self.facts_read, seconds, self.share)

    def report(self, seconds: float, checkpoint: Path) -> BuildReport:
        """Sum the run up."""
        facts = dict(sorted(self.facts.items()))
        refused = tuple(self.refused)
        return BuildReport(
            read=self.read,
            unchanged=self.unchanged,
            replaced=self.replaced,
            refused=refused,
            entities=self.roster.count_entities(),
            facts=facts,
            seconds=seconds,
            checkpoint=checkpoint,
            timings=self.clock.seconds,
            stopped=self.stopped,
        )
