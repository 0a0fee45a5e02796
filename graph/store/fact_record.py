"""Keeps what the documents of a new store state, as they come, so that neither events nor the index read it out again.

It is right as long as all documents come through it and none is replaced or withdrawn; whoever writes otherwise lets go
of it, and the store is read instead. An archive states more than memory holds: it is kept in a file without a name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from ..rdf.events import Telling, gather_events
from ..rdf.namespaces import Namespaces
from ..rdf.packed import Rules, StorableDocument, digest_document
from ..rdf.stated import read_statements
from ..rdf.terms import Triple
from .results import Row

_TABLE = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
CREATE TABLE fact (
  fact TEXT PRIMARY KEY, subject TEXT, relation TEXT, object TEXT, status TEXT, confidence TEXT, date TEXT, value TEXT,
  unit TEXT, bound TEXT, statement TEXT, day TEXT, document TEXT, published TEXT
) WITHOUT ROWID;
"""
_INSERT = f"INSERT OR REPLACE INTO fact VALUES ({', '.join('?' * 14)})"
_UPDATE = (
    "UPDATE fact SET subject = ?, relation = ?, object = ?, status = ?, confidence = ?, date = ?, statement = ?, "
    "day = ? WHERE fact = ?"
)
_TELLINGS = (
    "SELECT statement, fact, document, status, day, published FROM fact WHERE statement IS NOT NULL "
    "ORDER BY statement, fact"
)
_ROWS = (
    "SELECT fact, subject, relation, object, status, document, confidence, date, NULL, value, unit, bound, statement "
    "FROM fact WHERE statement IS {} NULL ORDER BY statement, fact"
)


class FactRecord:
    """The facts of all documents of a store, where that stated nothing when the record began; else nothing."""

    def __init__(self) -> None:
        self._database: sqlite3.Connection | None = None
        self._is_whole = self._is_gathered = False
        self._keys: list[str] = []

    @property
    def is_due(self) -> bool:
        """Whether it has all facts, and their events are to be gathered."""
        return self._is_whole and not self._is_gathered

    def begin(self) -> None:
        """Begin with a store that states nothing."""
        # Writers of a server take turns in whatever thread they are.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(_TABLE)
        self._is_whole = True

    def leave(self) -> bool:
        """Take it that something is written that it lacks, unless it is told so next; say whether it was whole."""
        was_whole, self._is_whole = self.is_due, False
        return was_whole

    def add(self, documents: Iterable[StorableDocument], rules: Rules) -> None:
        """Take in documents that are new."""
        rows = (
            (*fact, document.iri, statements.published)
            for document in documents
            for statements in (digest_document(document, rules).statements,)
            for fact in statements.facts
        )
        self._write(_INSERT, rows)
        self._is_whole = True

    def revise(self, documents: Iterable[Iterable[Triple]], rules: Rules) -> None:
        """Have facts say what these triples say of them, but for their amounts."""
        facts = [each for triples in documents for each in read_statements("", triples, rules.standing).facts]
        rows = [(*each[1:7], each.statement, each.day, each.fact) for each in facts]
        self._is_whole = not rows or self._write(_UPDATE, rows) == len(rows)

    def gather(self, namespaces: Namespaces, size: int) -> Iterator[set[Triple]]:
        """Yield what the shared graph has to say of the events of all facts, of so many statements at once."""
        triples, self._keys = set[Triple](), []
        names: dict[str, str] = {}  # keys are days and little else: a few, many times
        for count, (statement, rows) in enumerate(groupby(self._read(_TELLINGS), key=itemgetter(0)), 1):
            tellings = [
                Telling(f"<{fact}>", f"<{statement}>", f"<{document}>", status, day, published)
                for _, fact, document, status, day, published in rows
            ]
            events = gather_events(tellings)
            keys = {fact: names.setdefault(event.key, event.key) for event in events for fact in event.facts}
            self._keys += [keys[each.fact] for each in tellings]
            triples.update(triple for event in events for triple in event.describe(f"<{statement}>", namespaces))
            if count % size == 0:
                yield triples
                triples = set[Triple]()
        yield triples
        self._is_gathered = True

    def recall(self, namespaces: Namespaces) -> Callable[[], Iterator[Row]] | None:
        """Return what yields the facts as sparql/all-facts.rq has them, once they are gathered; None if some lack."""
        return partial(self._rows, namespaces) if self._is_whole else None

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()

    def _rows(self, namespaces: Namespaces) -> Iterator[Row]:
        yield from (row[:-1] for row in self._read(_ROWS.format("")))
        for key, row in zip(self._keys, self._read(_ROWS.format("NOT")), strict=True):
            yield *row[:8], namespaces.event(f"<{row[-1]}>", key), *row[9:-1]

    def _read(self, query: str) -> Iterator[Any]:  # Any: rows of sqlite3
        assert self._database is not None
        return self._database.execute(query)

    def _write(self, statement: str, rows: Iterable[tuple[str | None, ...]]) -> int:
        assert self._database is not None
        self._database.execute("BEGIN")
        count = self._database.executemany(statement, rows).rowcount
        self._database.execute("COMMIT")
        return count
