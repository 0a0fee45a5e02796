"""Plans a change of documents: which graphs go, which quads come, and what that does to the shared graph.

The cost is that of what the documents touch, whatever the size of the store: who else supports a statement is found by
the statement's name, and an entity is described anew only from the documents that name it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Store
from pyoxigraph import Triple as QuotedTriple

from ..rdf.events import Telling
from ..rdf.namespaces import RDF, RW, SKOS, Namespaces
from ..rdf.packed import Laid, Rules, StorableDocument, digest_document, quads_of
from ..rdf.reports import Outline
from ..rdf.shared import Contribution, Known, Label, Naming, read_description, read_known, read_naming
from ..rdf.terms import Triple
from .derive_events import DueEvents, EventPlanner, TellingReader
from .derive_reports import ReportPlanner
from .journal import Change

_STATEMENT, _STATUS, _ENTITY, _SYMMETRIC, _WIKIDATA, _COUNTRY = (
    NamedNode(RW + name) for name in ("statement", "status", "entity", "symmetric", "wikidata", "country")
)
_KIND = NamedNode(RW + "kind")
_NAMES = NamedNode(RW + "name"), NamedNode(RW + "english")
_ALL_NAMES = (*_NAMES, NamedNode(RW + "alias"))
_LINKS = {f"<{SKOS}exactMatch>": _WIKIDATA, f"<{RW}country>": _COUNTRY}
_DESCRIBING = tuple(
    map(NamedNode, (RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "exactMatch", RW + "country"))
)
_ACTUAL = Literal("actual")
_TRUE = Literal(True)


@dataclass(frozen=True, slots=True)
class Revision:
    """What a graph is to say of some subjects, and all that it says of them now."""

    graph: str
    before: tuple[Triple, ...]
    after: tuple[Triple, ...]


class Planner:
    """Plans changes on one store; reads it, writes nothing. `plans_all` says that no document comes by another planner,
    unless it is told to `forget`."""

    def __init__(self, store: Store, namespaces: Namespaces, *, plans_all: bool = False) -> None:
        self._store = store
        self._namespaces = namespaces
        self._plans_all = plans_all
        self._reports = ReportPlanner(store, namespaces, plans_all=plans_all)
        self._events = EventPlanner(store, namespaces)
        self._shared = NamedNode(namespaces.shared_graph)
        self._known = NamedNode(namespaces.known_graph)
        self._known_said: dict[str, Known] = {}
        self._ontology = NamedNode(namespaces.ontology_graph)

    def plan_documents(
        self, coming: Sequence[StorableDocument], going: Sequence[str] = (), *, due: DueEvents | None = None
    ) -> Change:
        """Plan to store documents in place of their older selves, and to drop the document graphs `going`.

        Where `due` is given, events are not gathered now: it takes in the statements for `plan_events`.
        """
        rules = self.read_rules()
        symmetric, standing = rules.symmetric, rules.standing
        old, new = Contribution(), Contribution()
        untold, told = TellingReader(standing), list[Telling]()
        replaced, removals, additions = set[str](), list[str](), list[str]()
        outlines, fresh = list[Outline](), dict[str, bytes | Laid]()
        for document in coming:
            digest = digest_document(document, rules)
            new.take(digest.contribution)
            told += digest.statements.tellings(f"<{document.iri}>")
            outlines.append(digest.outline)
            tail = f" <{document.graph}> .\n"
            if not self._store.contains_named_graph(NamedNode(document.graph)):
                fresh[document.graph] = quads_of(document)
                continue
            # An article that is read again mostly says the same: only what differs is written.
            stored, wanted = set(self._read_graph(NamedNode(document.graph))), set(document.triples)
            old.add(stored, symmetric)
            untold.add(document.graph, stored)
            replaced.add(document.graph)
            removals.append(_join(sorted(stored - wanted), tail))
            additions.append(_join(sorted(wanted - stored), tail))
        for graph in going:
            stored = set(self._read_graph(NamedNode(graph)))
            old.add(stored, symmetric)
            untold.add(graph, stored)
        leaving = frozenset((*replaced, *going))
        plans = (
            self._plan_shared(old, new, leaving),
            self._reports.plan(outlines, going),
            self._events.plan(untold.tellings, told, leaving, standing)
            if due is None
            else (self._events.defer(untold.tellings, told, due), set[Triple]()),
        )
        return Change(
            drops=tuple(going),
            removals="".join([*removals, self._write(set[Triple]().union(*(away for away, _ in plans)))]),
            additions="".join([*additions, self._write(set[Triple]().union(*(here for _, here in plans)))]),
            fresh=tuple(fresh.values()),
            first=next(iter(fresh), ""),
        )

    def plan_revisions(self, revisions: Sequence[Revision], due: DueEvents) -> Change:
        """Plan to have documents say other things of some subjects; neither their texts nor their dates.

        It costs what is said of these subjects, however long the documents are.
        """
        symmetric, standing = self.read_symmetric(), self._events.read_standing()
        old, new = Contribution(), Contribution()
        untold, told = TellingReader(standing), TellingReader(standing)
        removals, additions = list[str](), list[str]()
        for revision in revisions:
            before, after = set(revision.before), set(revision.after)
            old.add(before, symmetric)
            new.add(after, symmetric)
            untold.add(revision.graph, before)
            told.add(revision.graph, after)
            tail = f" <{revision.graph}> .\n"
            removals.append(_join(sorted(before - after), tail))
            additions.append(_join(sorted(after - before), tail))
        leaving = frozenset(subject[1:-1] for each in revisions for subject, _, _ in each.before)
        away, here = self._plan_shared(old, new, leaving)
        left = self._events.defer(untold.tellings, told.tellings, due)
        return Change(
            removals="".join([*removals, self._write(away | left)]),
            additions="".join([*additions, self._write(here)]),
        )

    def plan_events(self, due: Mapping[str, set[str]]) -> Change:
        """Plan to gather the facts of statements into events."""
        away, here = self._events.plan_due(due)
        return Change(removals=self._write(away), additions=self._write(here))

    def plan_shared(self, triples: Iterable[Triple]) -> Change:
        """Plan to add to the shared graph what is not there."""
        return Change(additions=self._write(triples))

    def plan_known(self, triples: Iterable[Triple]) -> Change:
        """Plan to replace the known graph, and describe anew in the shared graph whomever that concerns."""
        self._known_said.clear()
        old = set(self._read_graph(self._known))
        new = set(triples)
        removals, additions = set[Triple](), set[Triple]()
        said: dict[str, list[Triple]] = {}
        for triple in new:
            said.setdefault(triple[0], []).append(triple)
        for entity in () if self._is_new() else sorted({subject for subject, _, _ in old ^ new}):
            known = read_known((predicate, object_) for _, predicate, object_ in said.get(entity, ()))
            current = self._read_description(entity)
            wanted = self._gather(entity, frozenset()).describe(entity, known)
            removals |= current - wanted
            additions |= wanted - current
        tail = f" <{self._known.value}> .\n"
        return Change(
            removals=self._write(removals) + _join(sorted(old - new), tail),
            additions=self._write(additions) + _join(sorted(new - old), tail),
        )

    def read_rules(self) -> Rules:
        """Return what of the ontology in the store decides what is derived."""
        return Rules(self.read_symmetric(), self._events.read_standing())

    def read_symmetric(self) -> frozenset[str]:
        """Return the relations that hold both ways, as terms in N-Triples."""
        quads = self._store.quads_for_pattern(None, _SYMMETRIC, _TRUE, self._ontology)
        return frozenset(str(quad.subject) for quad in quads)

    def read_graph(self, graph: str) -> Iterator[Triple]:
        """Yield the triples of a graph."""
        return self._read_graph(NamedNode(graph))

    def read_naming(self, graph: str, entities: Collection[str]) -> Iterator[Triple]:
        """Yield all that a graph says of whatever it has to do with some entities, given by their IRIs."""
        node = NamedNode(graph)
        found = (quad for each in entities for quad in self._store.quads_for_pattern(None, None, NamedNode(each), node))
        for subject in {quad.subject for quad in found}:
            for quad in self._store.quads_for_pattern(subject, None, None, node):
                yield str(quad.subject), str(quad.predicate), _write_term(quad.object)

    def forget(self) -> None:
        """Take it that anything may have been written by another way than through this planner."""
        self._reports.forget()
        self._known_said.clear()

    def _is_new(self) -> bool:
        """Say whether nobody is named or described yet, as far as that is quickly told."""
        if not self._plans_all:
            return False
        found = (self._store.quads_for_pattern(None, *each) for each in ((_ENTITY, None), (None, None, self._shared)))
        return not any(True for quads in found for _ in quads)

    def plan_graph(self, graph: str, triples: Iterable[Triple]) -> Change:
        """Plan to replace a graph that nothing is derived from."""
        old, new = set(self._read_graph(NamedNode(graph))), set(triples)
        tail = f" <{graph}> .\n"
        return Change(removals=_join(sorted(old - new), tail), additions=_join(sorted(new - old), tail))

    def plan_anew(self) -> Change:
        """Plan to make the shared graph what the documents and the known graph give, whatever it holds now.

        It reads the whole store, which is what a change costs that nobody can foresee: a SPARQL update.
        """
        symmetric, said = self.read_symmetric(), Contribution()
        told = TellingReader(self._events.read_standing())
        for graph in self._store.named_graphs():
            if isinstance(graph, NamedNode) and self._namespaces.is_document_graph(graph.value):
                triples = [*self._read_graph(graph)]
                said.add(triples, symmetric)
                told.add(graph.value, triples)
        wanted = {triple for triples in said.statements.values() for triple in triples}
        for entity, naming in said.entities.items():
            known = read_known(_pairs(self._match(_node(entity), self._known)))
            wanted |= naming.describe(entity, known)
        wanted |= self._reports.plan_anew() | self._events.plan_anew(told.tellings)
        current = set(self._read_graph(self._shared))
        return Change(removals=self._write(current - wanted), additions=self._write(wanted - current))

    def _plan_shared(
        self, old: Contribution, new: Contribution, leaving: frozenset[str]
    ) -> tuple[set[Triple], set[Triple]]:
        removals, additions = set[Triple](), set[Triple]()
        for statement, triples in old.statements.items():
            if statement not in new.statements and not self._is_stated(statement, leaving):
                removals.update(triples)
        for triples in new.statements.values():
            additions.update(triples)
        for entity in old.entities.keys() | new.entities.keys():
            current = self._read_description(entity)
            known = self._read_known(entity)
            coming = new.entities.get(entity, Naming())
            naming = read_description((predicate, object_) for _, predicate, object_ in current)
            if entity in old.entities:
                naming = self._withdraw(entity, naming, old.entities[entity].without(coming), leaving)
            naming.add(coming)
            wanted = naming.describe(entity, known)
            removals |= current - wanted
            additions |= wanted - current
        return removals, additions

    def _withdraw(self, entity: str, naming: Naming, lost: Naming, leaving: frozenset[str]) -> Naming:
        """Return how the documents that stay name an entity, given how all do and what the leaving ones said.

        What is lost is looked for one by one, since an entity may be named by every document of an archive; only when
        a preferred label is lost must all that stay be read to choose the next one.
        """
        for label in naming.names & lost.names:
            if not self._is_said(entity, _NAMES, _literal(label), leaving):
                return self._gather(entity, leaving)
        labels = {
            label
            for label in lost.aliases | lost.names
            if not self._is_said(entity, _ALL_NAMES, _literal(label), leaving)
        }
        kinds = {kind for kind in lost.kinds if not self._is_said(entity, (_KIND,), _node(kind), leaving)}
        links = {(p, o) for p, o in lost.links if not self._is_said(entity, (_LINKS[p],), _node(o), leaving)}
        return Naming(naming.kinds - kinds, naming.names, naming.aliases - labels, naming.links - links)

    def _gather(self, entity: str, leaving: frozenset[str]) -> Naming:
        naming = Naming()
        for appearance, graph in self._find(_ENTITY, _node(entity), leaving):
            naming.add(read_naming(_pairs(self._match(appearance, graph))))
        return naming

    def _is_stated(self, statement: str, leaving: frozenset[str]) -> bool:
        facts = self._find(_STATEMENT, _node(statement), leaving)
        return any(Quad(fact, _STATUS, _ACTUAL, graph) in self._store for fact, graph in facts)

    def _is_said(
        self, entity: str, predicates: Sequence[NamedNode], object_: Literal | NamedNode, leaving: frozenset[str]
    ) -> bool:
        """Say whether a document that stays says so of the entity.

        Either the entity or what is said of it may stand in a million documents, seldom both: they are followed in
        step, and the shorter one ends the search.
        """
        node = _node(entity)
        for predicate in predicates:
            by_entity = self._find(_ENTITY, node, leaving)
            by_object = self._find(predicate, object_, leaving)
            for (one, graph), (other, other_graph) in zip(by_entity, by_object, strict=False):
                if (
                    Quad(one, predicate, object_, graph) in self._store
                    or Quad(other, _ENTITY, node, other_graph) in self._store
                ):
                    return True
        return False

    def _find(
        self, predicate: NamedNode, object_: Literal | NamedNode, leaving: frozenset[str]
    ) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Yield the subjects of a predicate and object with their graphs, but for graphs and subjects that leave."""
        for quad in self._store.quads_for_pattern(None, predicate, object_):
            subject, graph = quad.subject, quad.graph_name
            # Documents' graphs have no blank nodes; whatever else stands in a store is not ours to derive from.
            if not isinstance(subject, NamedNode) or not isinstance(graph, NamedNode):
                continue
            if graph.value in leaving or subject.value in leaving:
                continue
            if self._namespaces.is_document_graph(graph.value):
                yield subject, graph

    def _read_graph(self, graph: NamedNode) -> Iterator[Triple]:
        for quad in self._store.quads_for_pattern(None, None, None, graph):
            yield str(quad.subject), str(quad.predicate), _write_term(quad.object)

    def _read_description(self, entity: str) -> set[Triple]:
        """Return what the shared graph says of an entity itself; the plain triples of its facts may be many."""
        node = _node(entity)
        return {
            (entity, str(predicate), str(quad.object))
            for predicate in _DESCRIBING
            for quad in self._store.quads_for_pattern(node, predicate, None, self._shared)
        }

    def _read_known(self, entity: str) -> Known | None:
        """Return what the known graph says of an entity, which most documents name again."""
        known = self._known_said.get(entity) or read_known(_pairs(self._match(_node(entity), self._known)))
        if known is not None:
            self._known_said[entity] = known
        return known

    def _match(self, subject: NamedNode, graph: NamedNode) -> Iterator[Quad]:
        return self._store.quads_for_pattern(subject, None, None, graph)

    def _write(self, triples: Iterable[Triple]) -> str:
        return _join(sorted(triples), f" <{self._shared.value}> .\n")


def _join(triples: Iterable[Triple], tail: str) -> str:
    return "".join([f"{s} {p} {o}{tail}" for s, p, o in triples])


def _write_term(term: object) -> str:
    """Return a term as N-Quads have it; the library writes a triple that is a term without its brackets."""
    if isinstance(term, QuotedTriple):
        return f"<<( {term.subject} {term.predicate} {_write_term(term.object)} )>>"
    return str(term)


def _pairs(quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
    for quad in quads:
        yield str(quad.predicate), _write_term(quad.object)


def _node(term: str) -> NamedNode:
    return NamedNode(term[1:-1])


def _literal(label: Label) -> Literal:
    text, language = label
    return Literal(text, language=language) if language else Literal(text)
