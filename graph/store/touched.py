"""Notes what changes touch, so that the indexes of the next checkpoint need not be made from nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Store

from ..rdf.events import OCCURRENCE, WHEN
from ..rdf.namespaces import RDF, RW, Namespaces
from ..rdf.reports import REPORT
from .journal import Change

# Beyond this it is quicker to make the indexes anew.
MOST_DOCUMENTS = 200
_NAMING = frozenset({f"<{RW}entity>", f"<{RDF}subject>", f"<{RDF}object>"})


@dataclass(slots=True)
class Touched:
    """IRIs of documents and entities of which something else may be said than at the last checkpoint.

    `everything` says that it is not known, or too much to follow.
    """

    everything: bool = False
    documents: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)

    def add(self, change: Change, store: Store, namespaces: Namespaces) -> None:
        """Note a change before it is made to a store."""
        self.everything = self.everything or len(self.documents) + len(change.fresh) > MOST_DOCUMENTS
        if self.everything:
            return
        for graph in change.drops:
            quads = store.quads_for_pattern(None, None, None, NamedNode(graph)) if graph else ()
            self._add((f"{q.subject} {q.predicate} {q.object} <{graph}> ." for q in quads), namespaces)
        self._add(change.removals.splitlines(), namespaces)
        self._add(change.added().splitlines(), namespaces)
        self.everything = self.everything or len(self.documents) > MOST_DOCUMENTS

    def _add(self, lines: Iterable[str], namespaces: Namespaces) -> None:
        shared = f"<{namespaces.shared_graph}>"
        others = (namespaces.ontology_graph, namespaces.decisions_graph, namespaces.candidates_graph)
        apart = {f"<{graph}>" for graph in others}
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            object_, graph, _ = rest.rsplit(" ", 2)
            if graph == shared:
                self._add_shared(subject[1:-1], predicate)
            elif namespaces.is_document_graph(graph[1:-1]):
                self.documents.add(graph[1:-1].removesuffix("/graph"))
                if predicate in _NAMING:
                    self.entities.add(object_[1:-1])
            elif graph not in apart:
                self.everything = True
                return

    def _add_shared(self, subject: str, predicate: str) -> None:
        """Note what is derived: a document's report, the event of a document's fact, or an entity."""
        if predicate in (REPORT, OCCURRENCE):
            self.documents.add(subject.partition("/fact/")[0])
        elif predicate != WHEN:
            self.entities.add(subject)
