"""Plans changes of a store at an endpoint, with the planner of the store on disk, so that both come to the same.

What a plan is known to ask for is fetched beforehand. Of all documents that do not change, one stand-in says what they
say of the entities that are at stake: a million documents may name one of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import cast

from pyoxigraph import NamedNode, Store

from ..rdf.events import OCCURRENCE, STANDING
from ..rdf.namespaces import RDF, RW, SCHEMA, SKOS, Namespaces
from ..rdf.packed import StorableDocument
from ..rdf.reports import BAND, MINIMA, REPORT
from ..rdf.shared import Contribution, Naming
from ..rdf.terms import XSD, Triple, write_string, write_text
from .derive import Planner
from .journal import Change
from .remote_quads import ROWS_AT_ONCE, Pattern, RemoteQuads, read_quads
from .remote_query import RemoteQueries

_DESCRIBING = tuple(
    f"<{iri}>" for iri in (RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "exactMatch", RW + "country")
)
_ENTITY, _STATEMENT, _FAMILY = f"<{RW}entity>", f"<{RW}statement>", f"<{RW}family>"
_TELLING = tuple(f"<{name}>" for name in (RW + "status", RW + "date", RDF + "predicate"))
_LABELS = tuple(f"<{RW}{name}>" for name in ("name", "english", "alias"))
_PUBLISHED = f"<{SCHEMA}datePublished>"
_KIND = f"<{RW}kind>"
_LINKS = {f"<{SKOS}exactMatch>": f"<{RW}wikidata>", f"<{RW}country>": f"<{RW}country>"}
_SYMMETRIC, _TRUE = f"<{RW}symmetric>", f'"true"^^<{XSD}boolean>'
# An id of a document has no parentheses in its IRI, so no document is the stand-in.
_STAND_IN = "(others)"
Row = tuple[str, ...]


class RemotePlanner:
    """Plans changes on the store at an endpoint; reads it, writes nothing."""

    def __init__(self, queries: RemoteQueries, namespaces: Namespaces) -> None:
        self._queries = queries
        self._namespaces = namespaces
        self._prefix = f"<{namespaces.base}document/>"
        self._shared, self._known = f"<{namespaces.shared_graph}>", f"<{namespaces.known_graph}>"

    def plan_documents(self, coming: Sequence[StorableDocument], going: Sequence[str] = ()) -> Change:
        """Plan to store documents in place of their older selves, and to drop the document graphs `going`."""
        quads = RemoteQuads(self._queries)
        leaving = [f"<{graph}>" for graph in (*(document.graph for document in coming), *going)]
        quads.hold_graphs(leaving)
        old, new = Contribution(), Contribution()
        held = {graph: [*_triples(quads, graph)] for graph in leaving}
        for triples in held.values():
            old.add(triples, frozenset())
        for document in coming:
            new.add(document.triples, frozenset())
        lost = {entity: naming.without(new.entities.get(entity, Naming())) for entity, naming in old.entities.items()}
        entities = sorted(entity for entity, naming in lost.items() if naming != Naming())
        self._stand_in(quads, held, entities)
        quads.keep_none((None, *said, None) for entity in entities for said in _said(lost[entity]))
        self._describe(quads, sorted(old.entities.keys() | new.entities.keys()))
        self._foresee_reports(quads, coming, leaving)
        self._foresee_events(quads, chain(*held.values(), *(document.triples for document in coming)))
        return self._planner(quads).plan_documents(coming, going)

    def plan_known(self, triples: Iterable[Triple]) -> Change:
        """Plan to replace the known graph, and describe anew in the shared graph whomever that concerns."""
        quads, new = RemoteQuads(self._queries), set(triples)
        quads.hold_graphs([self._known])
        changed = sorted({subject for subject, _, _ in new.symmetric_difference(_triples(quads, self._known))})
        self._stand_in(quads, {}, changed)
        self._describe(quads, changed)
        return self._planner(quads).plan_known(new)

    def read_graph(self, graph: str) -> Iterator[Triple]:
        """Yield the triples of a graph."""
        return self._planner(RemoteQuads(self._queries)).read_graph(graph)

    def read_symmetric(self) -> frozenset[str]:
        """Return the relations that hold both ways, as terms in N-Triples."""
        return self._planner(RemoteQuads(self._queries)).read_symmetric()

    def plan_graph(self, graph: str, triples: Iterable[Triple]) -> Change:
        """Plan to replace a graph that nothing is derived from."""
        return self._planner(RemoteQuads(self._queries)).plan_graph(graph, triples)

    def plan_anew(self) -> Change:
        """Plan to make the shared graph what the documents and the known graph give; it reads all documents."""
        quads = RemoteQuads(self._queries)
        quads.hold_graphs([self._known, self._shared])
        return self._planner(quads).plan_anew()

    def _planner(self, quads: RemoteQuads) -> Planner:
        return Planner(cast(Store, quads), self._namespaces)

    def _describe(self, quads: RemoteQuads, entities: Sequence[str]) -> None:
        """Fetch how entities are described now, and which relations hold both ways."""
        quads.keep((entity, predicate, None, self._shared) for entity in entities for predicate in _DESCRIBING)
        quads.keep((entity, None, None, self._known) for entity in entities)
        quads.keep([(None, _SYMMETRIC, _TRUE, f"<{self._namespaces.ontology_graph}>")])

    def _foresee_reports(self, quads: RemoteQuads, coming: Iterable[StorableDocument], leaving: Iterable[str]) -> None:
        """Fetch what may be copies of documents that come, and the reports that those and leaving ones are of."""
        bands = {(p, o) for document in coming for _, p, o in document.triples if p == BAND}
        near = quads.keep((None, *band, None) for band in sorted(bands))
        drawn = {(str(quad.subject), str(quad.graph_name)) for quad in near}
        documents = {(f"{sketch.removesuffix('/sketch>')}>", graph) for sketch, graph in drawn}
        quads.keep((sketch, MINIMA, None, graph) for sketch, graph in sorted(drawn))
        quads.keep((document, _PUBLISHED, None, graph) for document, graph in sorted(documents))
        members = {document for document, _ in documents} | {f"{graph.removesuffix('/graph>')}>" for graph in leaving}
        firsts = quads.keep((document, REPORT, None, self._shared) for document in sorted(members))
        together = quads.keep((None, REPORT, first, self._shared) for first in sorted({str(q.object) for q in firsts}))
        quads.keep((str(quad.subject), REPORT, None, self._shared) for quad in together)

    def _foresee_events(self, quads: RemoteQuads, triples: Iterable[Triple]) -> None:
        """Fetch all that other documents tell of the statements of some facts, and the events that those are of."""
        said = [*triples]
        statements = {object_ for _, predicate, object_ in said if predicate == _STATEMENT}
        facts = quads.keep((None, _STATEMENT, statement, None) for statement in sorted(statements))
        told = sorted({(str(quad.subject), str(quad.graph_name)) for quad in facts})
        quads.keep((fact, predicate, None, graph) for fact, graph in told for predicate in _TELLING)
        graphs = sorted({graph for _, graph in told})
        quads.keep((f"{graph.removesuffix('/graph>')}>", _PUBLISHED, None, graph) for graph in graphs)
        names = {subject for subject, predicate, _ in said if predicate == _STATEMENT} | {fact for fact, _ in told}
        events = quads.keep((fact, OCCURRENCE, None, self._shared) for fact in sorted(names))
        quads.keep((event, None, None, self._shared) for event in sorted({str(quad.object) for quad in events}))
        quads.keep([(None, _FAMILY, STANDING, f"<{self._namespaces.ontology_graph}>")])

    def _stand_in(self, quads: RemoteQuads, leaving: dict[str, list[Triple]], entities: Sequence[str]) -> None:
        """Have one document say what all others say of some entities.

        Who asks for whatever has a certain name is then told of it alone: enough for the question whether anybody else
        calls one of these entities so.
        """
        node = f"{self._prefix[:-1]}{_STAND_IN}"
        graph, lines = f"{node}/graph>", list[str]()
        patterns: dict[Pattern, list[str]] = {(None, _ENTITY, entity, None): [] for entity in entities}
        numbers = {entity: number for number, entity in enumerate(entities)}

        def say(subject: str, predicate: str, object_: str) -> None:
            line = f"{subject} {predicate} {object_} {graph} .\n"
            lines.append(line)
            patterns.setdefault((None, predicate, object_, None), []).append(line)

        for entity, property_, object_ in self._find_naming(leaving, entities):
            appearance = f"{node}/entity/{numbers[entity]}>"
            if not patterns[None, _ENTITY, entity, None]:
                say(appearance, _ENTITY, entity)
            say(appearance, property_, object_)
        quads.hold(graph, "".join(lines))
        for pattern, said in patterns.items():
            quads.keep_as(pattern, read_quads("".join(said)))

    def _find_naming(self, leaving: dict[str, list[Triple]], entities: Sequence[str]) -> Iterator[Row]:
        """Yield entity, property and object of what other documents than the leaving ones say."""
        here: Counter[Row] = Counter()
        for triples in leaving.values():
            names = {subject: object_ for subject, predicate, object_ in triples if predicate == _ENTITY}
            here.update({(names[s], p, o) for s, p, o in triples if s in names})
        iterator = iter(entities)
        while some := [(self._prefix, each) for each in islice(iterator, ROWS_AT_ONCE)]:
            for _, *said, count in self._queries.match("remote-named", ("prefix", "entity"), some):
                if int(count.split('"')[1]) > here[tuple(said)]:
                    yield tuple(said)


def _said(naming: Naming) -> Iterator[tuple[str, str]]:
    """Yield the properties and objects by which a document may say so."""
    for text, language in naming.names | naming.aliases:
        label = write_text(text, language) if language else write_string(text)
        yield from ((name, label) for name in _LABELS)
    yield from ((_KIND, kind) for kind in naming.kinds)
    yield from ((_LINKS[predicate], object_) for predicate, object_ in naming.links)


def _triples(quads: RemoteQuads, graph: str) -> Iterator[Triple]:
    for quad in quads.quads_for_pattern(None, None, None, NamedNode(graph[1:-1])):
        yield str(quad.subject), str(quad.predicate), str(quad.object)
