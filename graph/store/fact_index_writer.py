"""Writes the index of facts of a checkpoint: who, what, whom, when, how sure, for lists, counts, networks and paths."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode, Store

from ..rdf.events import OCCURRENCE
from ..rdf.namespaces import RW, is_safe_iri
from ..rdf.terms import Iri, read_number, read_share
from ..resources import package_folder
from .dates import UNDATED, first_day, is_date, last_day
from .engine import QueryEngine
from .event_index_writer import EVENT_INDEXES, EVENT_TABLE, events_of, gather_all_events, gather_events_anew
from .fact_index import FACTS_FORMAT
from .results import Row

_TABLES = """
CREATE TABLE node (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, kind TEXT);
CREATE TABLE document (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, published TEXT NOT NULL, source TEXT, title TEXT NOT NULL,
  report INTEGER NOT NULL
);
CREATE TABLE fact (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, subject INTEGER, relation TEXT, object INTEGER, status TEXT,
  document INTEGER, report INTEGER, confidence REAL, date TEXT, published TEXT, happened TEXT, earliest TEXT,
  latest TEXT, event TEXT, value REAL, unit TEXT, bound TEXT
);
"""
_INDEXES = """
CREATE INDEX fact_iri ON fact (iri);
CREATE INDEX fact_subject ON fact (subject, object);
CREATE INDEX fact_object ON fact (object, subject);
CREATE INDEX fact_document ON fact (document);
CREATE INDEX fact_relation ON fact (relation, published DESC, iri);
CREATE INDEX fact_happened ON fact (happened DESC, iri);
CREATE INDEX fact_published ON fact (published DESC, iri);
CREATE INDEX fact_confidence ON fact (confidence DESC, iri);
CREATE INDEX document_published ON document (published DESC, iri);
CREATE INDEX document_title ON document (title, iri);
"""
_UNSAFE = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"  # what is not finished is thrown away
_INSERT_FACT = "INSERT INTO fact VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_UPSERT_DOCUMENT = (
    "INSERT INTO document VALUES (NULL, ?, ?, ?, ?, 0) ON CONFLICT (iri) DO UPDATE SET "
    "published = excluded.published, source = excluded.source, title = excluded.title"
)
_FactRow: TypeAlias = tuple[str | int | float | None, ...]


def write_facts(path: Path, store: Store) -> None:
    """Write a new index file of all facts and documents of a store."""
    write_facts_without_events(path, store)
    add_events(path, store)


def write_recorded_facts(path: Path, store: Store, rows: Iterable[Row]) -> None:
    """Do the same with the facts given, as sparql/all-facts.rq has them, with their events."""
    write_facts_without_events(path, store, rows)
    connection = sqlite3.connect(path)
    try:
        connection.executescript(f"{_UNSAFE} {EVENT_INDEXES} ANALYZE;")
        gather_all_events(connection)
        connection.commit()
    finally:
        connection.close()


def write_facts_without_events(path: Path, store: Store, rows: Iterable[Row] | None = None) -> None:
    """Write a new index file that lacks which events the facts tell of, for `add_events` to add."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(f"{_UNSAFE} PRAGMA user_version={FACTS_FORMAT};")
        connection.executescript(_TABLES + EVENT_TABLE)
        kinds = {entity: kind.removeprefix(RW) for entity, kind in _rows(store, "all-kinds") if entity and kind}
        documents = _write_documents(connection, store)
        nodes: dict[str, int] = {}
        facts = _rows(store, "all-facts") if rows is None else rows
        connection.executemany(_INSERT_FACT, _facts(facts, nodes, documents, are_single=rows is not None))
        connection.executemany(
            "INSERT INTO node VALUES (?, ?, ?)", ((number, iri, kinds.get(iri)) for iri, number in nodes.items())
        )
        connection.executescript(_INDEXES)
        connection.commit()
    finally:
        connection.close()


def add_events(path: Path, store: Store) -> None:
    """Add to a new index file which events the facts tell of, as a store says, which may have said otherwise before."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(f"{_UNSAFE} UPDATE fact SET event = NULL WHERE event IS NOT NULL;")
        connection.executemany("UPDATE fact SET event = ? WHERE iri = ?", _events(store))
        connection.executescript(f"{EVENT_INDEXES} ANALYZE;")
        gather_all_events(connection)
        connection.commit()
    finally:
        connection.close()


def _events(store: Store) -> Iterator[tuple[str, str]]:
    """Yield events with the facts that tell of them."""
    for quad in store.quads_for_pattern(None, NamedNode(OCCURRENCE[1:-1]), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield quad.object.value, quad.subject.value


def replace_documents(connection: sqlite3.Connection, store: Store, iris: Sequence[str]) -> None:
    """Bring documents of an index and their facts up to what the store says, which may be nothing.

    A document keeps its number, by which its copies name it. Ends of facts get their kinds later.
    """
    said = {iri: _describe_documents(_rows(store, "all-documents", {"document": Iri(iri)})).get(iri) for iri in iris}
    events = events_of(connection, iris)
    for iri, document in said.items():
        connection.execute("DELETE FROM fact WHERE document IN (SELECT id FROM document WHERE iri = ?)", (iri,))
        if document is None:
            connection.execute("DELETE FROM document WHERE iri = ?", (iri,))
        else:
            connection.execute(_UPSERT_DOCUMENT, (iri, *document[:3]))
    nodes = _Numbers(connection)
    for iri, document in said.items():
        if document is not None:
            number, report = (_find_document(connection, each) for each in (iri, document.report))
            connection.execute("UPDATE document SET report = ? WHERE id = ?", (report or number, number))
            known = {iri: _Place(number, report or number, document.published)}
            connection.executemany(
                _INSERT_FACT, [*_facts(_rows(store, "all-facts", {"document": Iri(iri)}), nodes, known)]
            )
    gather_events_anew(connection, events | events_of(connection, iris))


def _find_document(connection: sqlite3.Connection, iri: str) -> int:
    row = connection.execute("SELECT id FROM document WHERE iri = ?", (iri,)).fetchone()
    return 0 if row is None else int(row[0])


class _Document(NamedTuple):
    """A document as the store describes it; `report` is the first document of its report."""

    published: str
    source: str | None
    title: str
    report: str


class _Place(NamedTuple):
    """The number of a document and that of the first of its report, and its date."""

    number: int
    report: int
    published: str


class _Numbers(dict[str, int]):
    """Numbers of ends by their IRIs, looked up in an index and added to it where they are not there."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def setdefault(self, iri: str, number: int = 0, /) -> int:
        """Return the number of an end; the one offered is that of a new index."""
        row = self._connection.execute("SELECT id FROM node WHERE iri = ?", (iri,)).fetchone()
        if row is not None:
            return int(row[0])
        return self._connection.execute("INSERT INTO node VALUES (NULL, ?, NULL)", (iri,)).lastrowid or 0


def _write_documents(connection: sqlite3.Connection, store: Store) -> dict[str, _Place]:
    """Write the documents; return where each stands."""
    said = _describe_documents(_rows(store, "all-documents"))
    numbers = {iri: number for number, iri in enumerate(said, 1)}
    places = {
        iri: _Place(numbers[iri], numbers.get(document.report, numbers[iri]), document.published)
        for iri, document in said.items()
    }
    rows = ((places[iri].number, iri, *document[:3], places[iri].report) for iri, document in said.items())
    connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", rows)
    return places


def _describe_documents(rows: Iterable[Row]) -> dict[str, _Document]:
    """Return documents by their IRIs. One said to have two dates or titles has the first."""
    said: dict[str, _Document] = {}
    for iri, published, source, title, report in sorted(rows, key=str):
        if iri and is_safe_iri(iri):
            day = published if published and is_date(published) else UNDATED
            said.setdefault(iri, _Document(day, source, title or "", report or iri))
    return said


def _facts(
    rows: Iterable[Row], nodes: dict[str, int], documents: Mapping[str, _Place], *, are_single: bool = False
) -> Iterator[_FactRow]:
    """Yield the rows of facts, numbering their ends as they come; one that is said to be twice is one.

    Where facts `are_single` none is, and nobody need remember all that came.
    """
    seen: set[str] = set()
    for iri, subject, relation, object_, status, document, confidence, date, *rest in rows:
        if not (iri and subject and relation and object_) or not document or document not in documents or iri in seen:
            continue
        if not is_safe_iri(iri) or not all(end in nodes or is_safe_iri(end) for end in (subject, object_)):
            continue  # an update may have written a text or a blank node where the encoder writes an IRI
        if not are_single:
            seen.add(iri)
        number, report, published = documents[document]
        date = date if date and is_date(date) else None
        happened = date or published
        days = (None, None) if happened == UNDATED else (first_day(happened), last_day(happened))
        ends = (nodes.setdefault(end, len(nodes) + 1) for end in (subject, object_))
        one, other = ends
        sure = read_share(confidence, missing=1.0)
        event, value, unit, bound_of = rest
        amount = read_number(value) if value else None
        yield (
            *(iri, one, relation.removeprefix(RW), other, status, number, report, sure, date, published, happened),
            *(*days, event, amount, unit, bound_of),
        )


def _rows(store: Store, name: str, bound: Mapping[str, Iri] | None = None) -> Iterator[Row]:
    query = (package_folder("store") / "sparql" / f"{name}.rq").read_text(encoding="utf-8")
    return QueryEngine(store).iterate(query, bound)
