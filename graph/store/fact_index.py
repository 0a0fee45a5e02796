"""Chooses, sorts, counts and follows facts: an SQLite index of who, what, whom and when, made with each checkpoint.

Facts stand here by reference; all that is said of one is in the store. Whatever filter an answer takes, it is this one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import StoreError
from ..model import Status
from .dates import UNDATED
from .event_index import EventIndex
from .fact_filter import Conditions, FactFilter, Order, comes_after, in_order, marks, of_kinds

# Counted up with each change of the tables in fact_index_writer.py, so that an old index is made anew.
FACTS_FORMAT = 3
SORTS = {"date": "happened", "published": "published", "confidence": "confidence"}
DOCUMENT_SORTS = {"published": "published", "title": "title"}


class FactReference(NamedTuple):
    """A fact; `published` is the date of its document and `happened` its own or else its document's, UNDATED where
    there is none. `relation` is a name of the vocabulary, or an IRI that is none of ours."""

    iri: str
    subject: str
    relation: str
    object: str
    status: str
    document: str
    confidence: float
    date: str | None
    published: str
    happened: str


class Tie(NamedTuple):
    """All facts of one relation and status from one actor to another; `weight` counts the reports that tell it:
    documents that copy one another are one."""

    source: str
    relation: str
    target: str
    status: str
    weight: int
    documents: int
    facts: int
    first: str | None
    last: str | None
    confidence: float


class Count(NamedTuple):
    """How many facts there are, told by how many documents, which are how many reports; the first and last date that
    any has, and when the first and the last of the documents was published."""

    facts: int
    documents: int
    reports: int
    first: str | None
    last: str | None
    first_seen: str | None
    last_seen: str | None


class Counterpart(NamedTuple):
    """Whom facts tie to an actor: by how many of them, told by how many reports (`weight`), from when to when."""

    actor: str
    weight: int
    facts: int
    first: str | None
    last: str | None


class Moment(NamedTuple):
    """What is said to have been so on a date, once however many facts and documents say it; `fact` is one of them."""

    date: str
    subject: str
    relation: str
    object: str
    status: str
    facts: int
    documents: int
    reports: int
    confidence: float
    fact: str


class Period(NamedTuple):
    """How many facts of one status fall into a month, or a year where no more is known, told by how many documents."""

    month: str
    status: str
    facts: int
    documents: int


class DocumentReference(NamedTuple):
    """A document; `published` is UNDATED where it has no date, `title` empty where it has none."""

    iri: str
    published: str
    source: str | None
    title: str


class FactIndex:
    """The index of one checkpoint, for one thread."""

    def __init__(self, path: Path) -> None:
        # A checkpoint never changes: immutable spares the locks.
        self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        self.events = EventIndex(self._database, self._number)

    @classmethod
    def open(cls, path: Path) -> FactIndex:
        """Open an index file for reading; raise StoreError where it is none of this version's."""
        if not cls.is_current(path):
            raise StoreError(f"{path}: is no index of facts of this version: build the store once more.")
        return cls(path)

    @staticmethod
    def is_current(path: Path) -> bool:
        """Say whether there is an index that this version of Rawabit reads."""
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
                return bool(database.execute("PRAGMA user_version").fetchone() == (FACTS_FORMAT,))
        except sqlite3.Error:
            return False

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def page(
        self, wanted: FactFilter, order: Order, *, limit: int, after: tuple[str | float, str] | None = None
    ) -> list[FactReference]:
        """Return facts in order, refused ones too, those that come after a value of the key and an IRI."""
        conditions, key = Conditions(replace(wanted, refused=True), self._number), SORTS[order.key]
        if conditions.none_fits:
            return []
        if after is not None:
            conditions.add(comes_after(key, order), after[0], *after)
        query = (
            "SELECT iri, subject, relation, object, status, document, confidence, date, published, happened FROM fact"
            f"{conditions.where()} ORDER BY {in_order(key, order)} LIMIT ?"
        )
        return [*self._refer(self._database.execute(query, (*conditions.values, limit)).fetchall())]

    def ties(self, wanted: FactFilter) -> list[Tie]:
        """Return facts gathered by subject, relation, object and status, not in order."""
        conditions = Conditions(wanted, self._number)
        if conditions.none_fits:
            return []
        rows = self._database.execute(
            "SELECT subject, relation, object, status, COUNT(DISTINCT report), COUNT(DISTINCT document), COUNT(*), "
            f"MIN(date), MAX(date), MAX(confidence) FROM fact{conditions.where()} "
            "GROUP BY subject, relation, object, status",
            conditions.values,
        ).fetchall()
        names = self._names({end for row in rows for end in (row[0], row[2])})
        return [Tie(names[row[0]], row[1], names[row[2]], *row[3:]) for row in rows]

    def counterparts(self, wanted: FactFilter) -> list[Counterpart]:
        """Return whom the wanted facts tie to their `actor`, not in order."""
        conditions = Conditions(wanted, self._number)
        if conditions.none_fits or wanted.actor is None:
            return []
        rows = self._database.execute(
            "SELECT CASE WHEN subject = ? THEN object ELSE subject END AS other, COUNT(DISTINCT report), COUNT(*), "
            f"MIN(date), MAX(date) FROM fact{conditions.where()} GROUP BY other",
            (self._number("node", wanted.actor), *conditions.values),
        ).fetchall()
        names = self._names({row[0] for row in rows})
        return [Counterpart(names[row[0]], *row[1:]) for row in rows]

    def moments(
        self, wanted: FactFilter, order: Order, *, limit: int, after: tuple[str, str] | None = None
    ) -> list[Moment]:
        """Return what dated facts say in order of their dates, what is said again gathered."""
        conditions = Conditions(wanted, self._number)
        if conditions.none_fits:
            return []
        conditions.add("date IS NOT NULL")
        values = [*conditions.values, *([after[0], *after] if after else [])]
        rows = self._database.execute(
            "SELECT date, subject, relation, object, status, COUNT(*), COUNT(DISTINCT document), "
            f"COUNT(DISTINCT report), MAX(confidence), MIN(iri) AS one FROM fact{conditions.where()} "
            "GROUP BY date, subject, relation, object, status "
            f"{'HAVING ' + comes_after('date', order, 'MIN(iri)') if after else ''} "
            f"ORDER BY {in_order('date', order, 'one')} LIMIT ?",
            (*values, limit),
        ).fetchall()
        names = self._names({end for row in rows for end in (row[1], row[3])})
        return [Moment(row[0], names[row[1]], row[2], names[row[3]], *row[4:]) for row in rows]

    def periods(self, wanted: FactFilter) -> list[Period]:
        """Return how many of the wanted facts fall into each month, by status and in order; a fact without a date is
        judged by its document's, and left out where that has none."""
        conditions = Conditions(wanted, self._number)
        if conditions.none_fits:
            return []
        conditions.add("happened <> ?", UNDATED)
        rows = self._database.execute(
            "SELECT SUBSTR(happened, 1, 7), status, COUNT(*), COUNT(DISTINCT document) "
            f"FROM fact{conditions.where()} GROUP BY 1, 2 ORDER BY 1, 2",
            conditions.values,
        )
        return [Period(*row) for row in rows]

    def relations_of(self, actor: str) -> list[tuple[str, str, str, int, int, int, str | None, str | None]]:
        """Return relation, direction and status of an actor's facts with their number, that of the documents and that
        of the reports, and the first and last date, the most frequent first."""
        number = self._number("node", actor)
        return self._database.execute(
            "SELECT relation, way, status, COUNT(*), COUNT(DISTINCT document), COUNT(DISTINCT report), MIN(date), "
            "MAX(date) FROM ("
            "SELECT 'out' AS way, * FROM fact WHERE subject = ? UNION ALL "
            "SELECT 'in' AS way, * FROM fact WHERE object = ?"
            ") WHERE status <> ? GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3",
            (number, number, Status.REFUSED.value),
        ).fetchall()

    def count(self, wanted: FactFilter) -> Count:
        """Count the wanted facts."""
        conditions = Conditions(wanted, self._number)
        if conditions.none_fits:
            return Count(0, 0, 0, None, None, None, None)
        row = self._database.execute(
            "SELECT COUNT(*), COUNT(DISTINCT document), COUNT(DISTINCT report), MIN(date), MAX(date), "
            f"MIN(NULLIF(published, ?)), MAX(NULLIF(published, ?)) FROM fact{conditions.where()}",
            (UNDATED, UNDATED, *conditions.values),
        ).fetchone()
        return Count(*row)

    def neighbours(self, actors: Sequence[str], wanted: FactFilter) -> dict[str, dict[str, int]]:
        """Return, for each of the actors, whom facts tie it to, and how many reports tell so."""
        query = f"SELECT id FROM node WHERE iri IN ({marks(actors)})"
        numbers = [number for (number,) in self._database.execute(query, tuple(actors))]
        found: dict[int, dict[int, int]] = {}
        for this, that in (("subject", "object"), ("object", "subject")):
            conditions = Conditions(replace(wanted, actor=None), self._number)
            conditions.add(f"{this} IN ({marks(numbers)})", *numbers)
            if wanted.kinds:
                conditions.add(of_kinds(that, wanted.kinds), *wanted.kinds)
            query = f"SELECT {this}, {that}, COUNT(DISTINCT report) FROM fact{conditions.where()} GROUP BY 1, 2"
            for one, other, weight in self._database.execute(query, conditions.values):
                if one != other:
                    ties = found.setdefault(one, {})
                    ties[other] = ties.get(other, 0) + weight
        names = self._names({*found, *(other for ties in found.values() for other in ties)})
        return {names[one]: {names[other]: weight for other, weight in ties.items()} for one, ties in found.items()}

    def documents(
        self,
        order: Order,
        *,
        limit: int,
        after: tuple[str, str] | None = None,
        source: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[DocumentReference]:
        """Return documents in order, those of an outlet and from a day to a day where that is asked for."""
        conditions, key = Conditions(FactFilter(refused=True), self._number), DOCUMENT_SORTS[order.key]
        if source is not None:
            conditions.add("source = ?", source)
        if since or until:
            conditions.add("published <> ? AND published >= ? AND published <= ?", UNDATED, since or "", until or "9")
        if after is not None:
            conditions.add(comes_after(key, order), after[0], *after)
        rows = self._database.execute(
            f"SELECT iri, published, source, title FROM document{conditions.where()} "
            f"ORDER BY {in_order(key, order)} LIMIT ?",
            (*conditions.values, limit),
        )
        return [DocumentReference(*row) for row in rows]

    def count_documents(self) -> tuple[int, int, int, str | None, str | None]:
        """Return how many documents there are, which are how many reports, of how many outlets, and the first and last
        date of any."""
        row = self._database.execute(
            "SELECT COUNT(*), COUNT(DISTINCT report), COUNT(DISTINCT source), MIN(NULLIF(published, ?)), "
            "MAX(NULLIF(published, ?)) FROM document",
            (UNDATED, UNDATED),
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2]), row[3], row[4]

    def count_relations(self) -> list[tuple[str, str, int]]:
        """Return how many facts there are of each relation and status but those that people have refused."""
        query = "SELECT relation, status, COUNT(*) FROM fact WHERE status <> ? GROUP BY 1, 2"
        return self._database.execute(query, (Status.REFUSED.value,)).fetchall()

    def count_months(self) -> list[tuple[str, int]]:
        """Return how many facts are dated in each month, in order."""
        return self._database.execute(
            "SELECT SUBSTR(date, 1, 7), COUNT(*) FROM fact WHERE LENGTH(date) >= 7 AND status <> ? "
            "GROUP BY 1 ORDER BY 1",
            (Status.REFUSED.value,),
        ).fetchall()

    def count_outlets(self) -> list[tuple[str, str, int]]:
        """Return how many documents each outlet has of each month, in order; of those without a date the month is
        empty. Documents that name no outlet are left out."""
        return self._database.execute(
            "SELECT source, CASE published WHEN ? THEN '' ELSE SUBSTR(published, 1, 7) END, COUNT(*) FROM document "
            "WHERE source IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
            (UNDATED,),
        ).fetchall()

    def _number(self, table: str, iri: str) -> int | None:
        row = self._database.execute(f"SELECT id FROM {table} WHERE iri = ?", (iri,)).fetchone()
        return None if row is None else int(row[0])

    def _names(self, numbers: Collection[int], table: str = "node") -> dict[int, str]:
        query = f"SELECT id, iri FROM {table} WHERE id IN ({marks(numbers)})"
        return dict(self._database.execute(query, tuple(numbers)).fetchall())

    def _refer(self, rows: Sequence[Any]) -> Iterator[FactReference]:  # Any: rows of SQLite
        nodes = self._names({end for row in rows for end in (row[1], row[3])})
        documents = self._names({row[5] for row in rows}, "document")
        for iri, subject, relation, object_, status, document, *rest in rows:
            yield FactReference(iri, nodes[subject], relation, nodes[object_], status, documents[document], *rest)
