"""The store at a SPARQL 1.1 endpoint with Update and Graph Store: what EmbeddedStore is for a folder.

Changes are planned here and sent as updates that say each quad, so making one twice does no harm. The graph
`<base>graph/store` notes what the store's folder has files for: format and base IRI, who writes (`rw:writer`), whether
something has changed since the last revision (`rw:changed`), and whether the shared graph is to be derived anew
(`rw:underived`). An endpoint has no checkpoints: readers see what has been written so far, and `checkpoint` numbers it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from pyoxigraph import RdfFormat, parse

from ..config import DEFAULT_BASE_IRI
from ..errors import NotFoundError, StoreError
from ..rdf.encode import EncodedDocument
from ..rdf.namespaces import RW, Namespaces, is_safe_iri
from ..rdf.packed import StorableDocument
from ..rdf.terms import Iri, Triple
from ..resources import package_folder
from .derive import Revision
from .journal import Change
from .layout import STORE_FORMAT
from .remote_client import Endpoint
from .remote_lease import WriterLease
from .remote_plan import RemotePlanner
from .remote_query import RemoteQueries
from .remote_state import RemoteState, check_union, find_state
from .remote_update import QUADS_AT_ONCE, write_updates
from .results import StoreCounts


class RemoteStore(RemoteQueries):
    """A store that this process writes to. It is a Queryable, too: it sees what has been written so far."""

    def __init__(self, endpoint: Endpoint, state: RemoteState, lease: WriterLease) -> None:
        super().__init__(endpoint)
        self.namespaces = Namespaces(state.base_iri)
        self._graph = f"<{self.namespaces.store_graph}>"
        self._lease = lease
        self._planner = RemotePlanner(self, self.namespaces)

    @classmethod
    def open(
        cls, endpoint: Endpoint, *, cache: Path, create: bool = False, base_iri: str = DEFAULT_BASE_IRI
    ) -> RemoteStore:
        """Open the store at an endpoint for writing; raise StoreLockedError, StoreVersionError or StoreError.

        Where the endpoint has several stores, the one under `base_iri` is meant; a single one keeps its own.
        """
        try:
            return cls._open(endpoint, cache, create, base_iri)
        except BaseException:
            endpoint.close()
            raise

    @classmethod
    def _open(cls, endpoint: Endpoint, cache: Path, create: bool, base_iri: str) -> RemoteStore:
        queries = RemoteQueries(endpoint)
        state = find_state(queries, base_iri)
        if state is None and not create:
            raise StoreError(f"{endpoint.address.text}: there is no store here: make one with `rawabit build`.")
        state = state or RemoteState(base_iri, 0)
        if not is_safe_iri(state.base_iri):
            raise StoreError(f"the base IRI {base_iri!r} is no absolute IRI: mend RAWABIT_BASE_IRI.")
        lease = WriterLease.acquire(queries, Namespaces(state.base_iri).store_graph, cache)
        try:
            opened = cls(endpoint, state, lease)
            opened._note(f'<{RW}storeFormat> "{STORE_FORMAT}"', f'<{RW}baseIri> "{state.base_iri}"')
            check_union(queries)
            opened.derive_anew()
        except BaseException:
            lease.release()
            raise
        return opened

    def __enter__(self) -> RemoteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the next writer in."""
        try:
            self._lease.release()
        finally:
            self.endpoint.close()

    @property
    def path(self) -> Path:
        """The endpoint, as a place among the settings."""
        return Path(self.endpoint.address.text)

    def put_documents(self, documents: Iterable[StorableDocument]) -> None:
        """Store documents, replacing those that are there, and bring the shared graph up to date.

        Each update holds some documents, whole. Raise ValidationError, with nothing changed, where one is no RDF.
        """
        by_graph = {document.graph: document for document in documents}
        _check(by_graph.values())
        some: list[StorableDocument] = []
        size = 0
        for document in by_graph.values():
            # Half of the room is for what others share with it.
            if some and size + document.size > QUADS_AT_ONCE // 2:
                self._perform(self._planner.plan_documents(some))
                some, size = [], 0
            some.append(document)
            size += document.size
        if some:
            self._perform(self._planner.plan_documents(some))

    def revise_documents(self, revisions: Sequence[Revision]) -> None:
        """Have stored documents say other things; each revision is of all that its graph says."""
        documents = ((each.graph.removesuffix("/graph"), each) for each in revisions)
        self.put_documents(
            EncodedDocument(self.namespaces.document_id(iri) or "", iri, each.graph, each.after)
            for iri, each in documents
        )

    def drop_documents(self, document_ids: Iterable[str]) -> None:
        """Withdraw documents with all that only they supported; raise NotFoundError for one that is not there."""
        graphs = []
        for document_id in document_ids:
            if not self.has_document(document_id):
                raise NotFoundError(f"there is no document {document_id!r} in {self.endpoint.address.text}.")
            graphs.append(self.namespaces.document_graph(document_id))
        if graphs:
            self._perform(self._planner.plan_documents((), graphs))

    def read_graph(self, graph: str) -> tuple[Triple, ...]:
        """Return the triples of a graph, none where it is not there."""
        return tuple(self._planner.read_graph(graph))

    def read_naming(self, graph: str, entities: Collection[str]) -> tuple[Triple, ...]:
        """Return all that a graph says of whatever it has to do with some entities, and all else: it is one request."""
        return self.read_graph(graph)

    def symmetric_relations(self) -> frozenset[str]:
        """Return the relations that hold both ways, as terms in N-Triples."""
        return self._planner.read_symmetric()

    def replace_apart(self, graph: str, triples: Iterable[Triple]) -> None:
        """Replace a graph that nothing is derived from: people's decisions, candidates."""
        self._perform(self._planner.plan_graph(graph, triples))

    def document_hash(self, document_id: str) -> str | None:
        """Return the content hash of a stored document, or None."""
        names = {
            "document": Iri(self.namespaces.document(document_id)),
            "graph": Iri(self.namespaces.document_graph(document_id)),
        }
        return next((row[0] for row in self.select(_query("remote-hash"), names).rows), None)

    def has_document(self, document_id: str) -> bool:
        """Say whether a document is stored."""
        return self.has_graph(self.namespaces.document_graph(document_id))

    def replace_known(self, triples: Iterable[Triple]) -> None:
        """Replace the known graph, and describe anew whoever became known or is known no more."""
        self._perform(self._planner.plan_known(triples))

    def replace_ontology(self, triples: Iterable[Triple]) -> None:
        """Replace the ontology graph."""
        self.replace_apart(self.namespaces.ontology_graph, triples)

    def update(self, text: str) -> None:
        """Run a SPARQL update; relative IRIs are resolved against the base IRI of the store.

        `derive_anew` is due afterwards. Raise QueryError for an update that the endpoint refuses.
        """
        self._mark_underived()
        self.endpoint.update(f"BASE <{self.namespaces.base}> {text}", repeatable=False)

    def has_graph(self, graph: str) -> bool:
        """Say whether there is a graph of this name that is not empty; the unnamed one is ""."""
        if not graph:
            return True
        return self.ask("ASK { GRAPH ?graph { ?s ?p ?o } }", {"graph": Iri(graph)})

    def put_graph(self, graph: str, quads: str, *, replace: bool) -> None:
        """Add N-Quads to the graph that they name, or put them in its place, by the Graph Store protocol.

        `derive_anew` is due afterwards, as with `update`.
        """
        Change(additions=quads).check()
        self._mark_underived()
        triples = "".join(f"{quad.triple} .\n" for quad in parse(quads, RdfFormat.N_QUADS))
        self.endpoint.put_graph(graph, triples, replace=replace)

    def drop_graph(self, graph: str) -> int:
        """Drop a graph, or empty the unnamed one, ""; return how many triples went. `derive_anew` is due afterwards."""
        answer = self.endpoint.get_graph(graph)
        form = RdfFormat.from_media_type(answer.media_type) or RdfFormat.TURTLE
        count = sum(1 for _ in parse(answer.body, form))
        self._mark_underived()
        self._perform(Change(drops=(graph,)))
        return count

    def derive_anew(self) -> None:
        """Make the shared graph what documents say, where something was written from which it may have to differ."""
        state = find_state(self, self.namespaces.base)
        if state is not None and state.is_underived:
            self._perform(self._planner.plan_anew())
            self._forget(f'<{RW}underived> "1"')

    def plan_anew(self) -> Change:
        """Return by what the shared graph differs from what follows from the documents; nothing, where all is well."""
        return self._planner.plan_anew()

    def document_graphs(self) -> Iterator[str]:
        """Yield the IRIs of the documents' graphs."""
        for (graph,) in self.iterate(_query("remote-graph-names")):
            if graph is not None and self.namespaces.is_document_graph(graph):
                yield graph

    def counts(self) -> StoreCounts:
        """Count documents, facts, entities and quads."""
        (row,) = self.select(_query("counts")).rows
        documents, facts, entities = (int(value or 0) for value in row)
        (quads,) = self.select(_query("remote-counts"), {"store": Iri(self._graph[1:-1])}).rows
        return StoreCounts(documents, facts, entities, int(quads[0] or 0))

    def checkpoint(self, *, keep: int = 2, compact: bool = False, alone: bool = False) -> Path:
        """Number what has been written so far, so that readers make their indexes anew; return the store's place."""
        state = find_state(self, self.namespaces.base)
        assert state is not None
        if state.is_changed or not state.revision:
            gone = f"{self._said(_revision(state.revision, state.stamp))} {self._said(_CHANGED)}"
            come = self._said(_revision(state.revision + 1, secrets.token_hex(4)))
            self.endpoint.update(f"DELETE DATA {{ {gone} }} ;\nINSERT DATA {{ {come} }}")
        return self.path

    def _perform(self, change: Change) -> None:
        if change == Change():
            return
        self._lease.renew()
        note, graph = f"{self._graph} <{RW}underived> ", f" {self._graph} .\n"
        # Marked before it is made: a revision too many does no harm, one too few hides what was built.
        changed = f"{self._graph} {_CHANGED}{graph}"
        for update in write_updates(change, f'{changed}{note}"0"{graph}', f'{note}"0"{graph}'):
            self.endpoint.update(update)

    def _mark_underived(self) -> None:
        self._lease.renew()
        self._note(_CHANGED, f'<{RW}underived> "1"')

    def _note(self, *notes: str) -> None:
        self.endpoint.update(f"INSERT DATA {{ {' '.join(map(self._said, notes))} }}")

    def _forget(self, *notes: str) -> None:
        self.endpoint.update(f"DELETE DATA {{ {' '.join(map(self._said, notes))} }}")

    def _said(self, note: str) -> str:
        """Return a note of the store as part of an update."""
        return f"GRAPH {self._graph} {{ {self._graph} {note} }}"


_CHANGED = f'<{RW}changed> "1"'


def _revision(number: int, stamp: str) -> str:
    return f'<{RW}revision> "{number}-{stamp}"'


def _query(name: str) -> str:
    return (package_folder("store") / "sparql" / f"{name}.rq").read_text(encoding="utf-8")


def _check(documents: Iterable[StorableDocument]) -> None:
    for document in documents:
        Change(additions=document.to_nquads()).check()
