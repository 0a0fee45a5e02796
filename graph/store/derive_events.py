"""Plans which facts tell of one event, for the shared graph: a fact -> its event, and when the event was.

Only the statements that a change touches are looked at, each with all of its facts.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Store

from ..rdf.events import OCCURRENCE, STANDING, Telling, gather_events, read_date, read_telling, read_tellings
from ..rdf.namespaces import RDF, RW, SCHEMA, Namespaces
from ..rdf.terms import Triple

_OCCURRENCE, _FAMILY, _STATEMENT = NamedNode(OCCURRENCE[1:-1]), NamedNode(RW + "family"), NamedNode(RW + "statement")
_TELLING = tuple(map(NamedNode, (RW + "status", RW + "date", RDF + "predicate")))
_PUBLISHED = NamedNode(SCHEMA + "datePublished")


class DueEvents:
    """Statements that are due to be gathered, with the events that facts have left since.

    An archive has more of them than memory: they are kept in a file without a name, which goes with this object.
    """

    def __init__(self) -> None:
        # Writers of a server take turns in whatever thread they are.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE due (statement TEXT, event TEXT, PRIMARY KEY (statement, event)) WITHOUT ROWID;"
        )

    def __bool__(self) -> bool:
        return bool(self._database.execute("SELECT EXISTS (SELECT 1 FROM due)").fetchone()[0])

    def add(self, rows: Iterable[tuple[str, str]]) -> None:
        """Take in statements, each with an event that a fact has left, or with the empty text."""
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR IGNORE INTO due VALUES (?, ?)", rows)
        self._database.execute("COMMIT")

    def batches(self, size: int) -> Iterator[dict[str, set[str]]]:
        """Yield the statements, in order, so many at once."""
        rows = self._database.execute("SELECT statement, event FROM due ORDER BY statement")
        some: dict[str, set[str]] = {}
        for statement, event in rows:
            if statement not in some and len(some) >= size:
                yield some
                some = {}
            some.setdefault(statement, set()).update({event} - {""})
        if some:
            yield some

    def clear(self) -> None:
        """Forget all."""
        self._database.execute("DELETE FROM due")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


class EventPlanner:
    """Plans on one store; reads it, writes nothing."""

    def __init__(self, store: Store, namespaces: Namespaces) -> None:
        self._store = store
        self._namespaces = namespaces
        self._shared = NamedNode(namespaces.shared_graph)
        self._ontology = NamedNode(namespaces.ontology_graph)

    def read_standing(self) -> frozenset[str]:
        """Return the relations that hold over time, as terms: no deeds, and so in no event."""
        quads = self._store.quads_for_pattern(None, _FAMILY, NamedNode(STANDING[1:-1]), self._ontology)
        return frozenset(str(quad.subject) for quad in quads)

    def plan(
        self, old: Iterable[Telling], new: Iterable[Telling], leaving: frozenset[str], standing: frozenset[str]
    ) -> tuple[set[Triple], set[Triple]]:
        """Return the triples that go and those that come where facts go with the graphs that leave, and facts come."""
        gone, here = _by_statement(old), _by_statement(new)
        published: dict[str, str | None] = {}
        current, wanted = set[Triple](), set[Triple]()
        for statement in gone.keys() | here.keys():
            staying = [*self._find_tellings(statement, leaving, published, standing)]
            coming = here.get(statement, [])
            wanted |= self._describe(statement, [*staying, *coming])
            facts = {telling.fact for telling in (*staying, *coming, *gone.get(statement, ()))}
            current |= {triple for fact in facts for triple in self._read_event(fact)}
        return current - wanted, wanted - current

    def defer(self, old: Sequence[Telling], new: Sequence[Telling], due: DueEvents) -> set[Triple]:
        """Note which statements have to be gathered later; return what goes at once, with the facts that go."""
        away = set[Triple]()
        rows = {(telling.statement, "") for tellings in (old, new) for telling in tellings}
        for telling in old:
            for triple in self._read_event(telling.fact):
                if triple[1] == OCCURRENCE:
                    rows.add((telling.statement, triple[2]))
                    away.add(triple)
        due.add(sorted(rows))
        return away

    def plan_due(self, due: Mapping[str, set[str]]) -> tuple[set[Triple], set[Triple]]:
        """Return the triples that go and those that come where statements are due to be gathered."""
        standing, published = self.read_standing(), dict[str, str | None]()
        current, wanted = set[Triple](), set[Triple]()
        for statement, left in due.items():
            staying = [*self._find_tellings(statement, frozenset(), published, standing)]
            wanted |= self._describe(statement, staying)
            current |= {triple for telling in staying for triple in self._read_event(telling.fact)}
            current |= {triple for event in left for triple in self._read_description(event)}
        return current - wanted, wanted - current

    def plan_anew(self, tellings: Iterable[Telling]) -> set[Triple]:
        """Return what the shared graph has to say of the events of all facts, whatever it says now."""
        found = (self._describe(statement, told) for statement, told in _by_statement(tellings).items())
        return {triple for triples in found for triple in triples}

    def _describe(self, statement: str, tellings: Iterable[Telling]) -> set[Triple]:
        events = gather_events(tellings)
        return {triple for event in events for triple in event.describe(statement, self._namespaces)}

    def _find_tellings(
        self, statement: str, leaving: frozenset[str], published: dict[str, str | None], standing: frozenset[str]
    ) -> Iterator[Telling]:
        """Yield the facts of a statement in the documents that stay."""
        for quad in self._store.quads_for_pattern(None, _STATEMENT, _node(statement)):
            fact, graph = quad.subject, quad.graph_name
            if not isinstance(fact, NamedNode) or not isinstance(graph, NamedNode) or graph.value in leaving:
                continue
            if not self._namespaces.is_document_graph(graph.value):
                continue
            document = f"<{graph.value.removesuffix('/graph')}>"
            if document not in published:
                published[document] = self._read_day(document, graph)
            said = {str(_STATEMENT): statement}
            for predicate in _TELLING:
                values = [str(each.object) for each in self._store.quads_for_pattern(fact, predicate, None, graph)]
                if values:
                    said[str(predicate)] = min(values)
            telling = read_telling(str(fact), document, said, published[document], standing)
            if telling is not None:
                yield telling

    def _read_day(self, document: str, graph: NamedNode) -> str | None:
        quads = self._store.quads_for_pattern(_node(document), _PUBLISHED, None, graph)
        return min(filter(None, (read_date(str(quad.object), whole=True) for quad in quads)), default=None)

    def _read_event(self, fact: str) -> Iterator[Triple]:
        """Yield what the shared graph says of the event of a fact."""
        for quad in self._store.quads_for_pattern(_node(fact), _OCCURRENCE, None, self._shared):
            event = str(quad.object)
            yield fact, OCCURRENCE, event
            yield from self._read_description(event)

    def _read_description(self, event: str) -> Iterator[Triple]:
        """Yield what the shared graph says of an event itself."""
        if event.startswith("<") and not event.startswith("<<"):
            for quad in self._store.quads_for_pattern(_node(event), None, None, self._shared):
                yield event, str(quad.predicate), str(quad.object)


class TellingReader:
    """Reads tellings of one change out of documents' triples."""

    def __init__(self, standing: frozenset[str]) -> None:
        self._standing = standing
        self.tellings: list[Telling] = []

    def add(self, graph: str, triples: Iterable[Triple]) -> None:
        """Take in the facts of a document, given by the IRI of its graph."""
        self.tellings += read_tellings(f"<{graph.removesuffix('/graph')}>", triples, self._standing)


def _by_statement(tellings: Iterable[Telling]) -> dict[str, list[Telling]]:
    found = defaultdict[str, list[Telling]](list)
    for telling in tellings:
        found[telling.statement].append(telling)
    return found


def _node(term: str) -> NamedNode:
    return NamedNode(term[1:-1])
