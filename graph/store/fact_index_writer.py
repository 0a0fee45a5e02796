"""Writes the index of facts of a checkpoint: who, what, whom, when, how sure, for lists, counts, networks and paths."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Store

from ..rdf.namespaces import RW, is_safe_iri
from ..rdf.terms import Iri, read_share
from ..resources import package_folder
from .dates import UNDATED, first_day, is_date, last_day
from .engine import QueryEngine
from .fact_index import FACTS_FORMAT
from .results import Row

_TABLES = """
CREATE TABLE node (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, kind TEXT);
CREATE TABLE document (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, published TEXT NOT NULL, source TEXT, title TEXT NOT NULL
);
CREATE TABLE fact (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, subject INTEGER, relation TEXT, object INTEGER, status TEXT,
  document INTEGER, confidence REAL, date TEXT, published TEXT, happened TEXT, earliest TEXT, latest TEXT
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
ANALYZE;
"""
_INSERT_FACT = "INSERT INTO fact VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FactRow: TypeAlias = tuple[str | int | float | None, ...]


def write_facts(path: Path, store: Store) -> None:
    """Write a new index file of all facts and documents of a store."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version={FACTS_FORMAT};"
        )
        connection.executescript(_TABLES)
        kinds = {entity: kind.removeprefix(RW) for entity, kind in _rows(store, "all-kinds") if entity and kind}
        documents = _write_documents(connection, store)
        nodes: dict[str, int] = {}
        connection.executemany(_INSERT_FACT, _facts(store, nodes, documents, {}))
        connection.executemany(
            "INSERT INTO node VALUES (?, ?, ?)", ((number, iri, kinds.get(iri)) for iri, number in nodes.items())
        )
        connection.executescript(_INDEXES)
        connection.commit()
    finally:
        connection.close()


def insert_document(connection: sqlite3.Connection, store: Store, iri: str) -> None:
    """Add a document and its facts to an index that has neither, if the store has them; ends get kinds later."""
    rows = sorted(_rows(store, "all-documents", {"document": Iri(iri)}), key=str)
    if not rows:
        return
    _, published, source, title = rows[0]
    values = (iri, published or UNDATED, source, title or "")
    number = connection.execute("INSERT INTO document VALUES (NULL, ?, ?, ?, ?)", values).lastrowid or 0
    nodes = _Numbers(connection)
    facts = list(_facts(store, nodes, {iri: (number, published or UNDATED)}, {"document": Iri(iri)}))
    connection.executemany(_INSERT_FACT, facts)


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


def _write_documents(connection: sqlite3.Connection, store: Store) -> dict[str, tuple[int, str]]:
    """Write the documents; return the number and date of each. One said to have two dates or titles has the first."""
    said: dict[str, tuple[str, str | None, str]] = {}
    for iri, published, source, title in sorted(_rows(store, "all-documents"), key=str):
        if not iri or not is_safe_iri(iri):
            continue
        day = published if published and is_date(published) else UNDATED
        said.setdefault(iri, (day, source, title or ""))
    rows = [(number, iri, *values) for number, (iri, values) in enumerate(said.items(), 1)]
    connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?)", rows)
    return {iri: (number, published) for number, iri, published, *_ in rows}


def _facts(
    store: Store, nodes: dict[str, int], documents: dict[str, tuple[int, str]], bound: Mapping[str, Iri]
) -> Iterator[_FactRow]:
    """Yield the rows of facts, numbering their ends as they come; one that is said to be twice is one."""
    seen: set[str] = set()
    for iri, subject, relation, object_, status, document, confidence, date in _rows(store, "all-facts", bound):
        if not (iri and subject and relation and object_) or document not in documents or iri in seen:
            continue
        if not all(map(is_safe_iri, (iri, subject, object_))):
            continue  # an update may have written a text or a blank node where the encoder writes an IRI
        seen.add(iri)
        number, published = documents[document]
        date = date if date and is_date(date) else None
        happened = date or published
        days = (None, None) if happened == UNDATED else (first_day(happened), last_day(happened))
        ends = (nodes.setdefault(end, len(nodes) + 1) for end in (subject, object_))
        one, other = ends
        sure = read_share(confidence, missing=1.0)
        yield iri, one, relation.removeprefix(RW), other, status, number, sure, date, published, happened, *days


def _rows(store: Store, name: str, bound: Mapping[str, Iri] | None = None) -> Iterator[Row]:
    query = (package_folder("store") / "sparql" / f"{name}.rq").read_text(encoding="utf-8")
    return QueryEngine(store).iterate(query, bound)
