"""Chooses, sorts and describes events of the index of facts: what several documents tell of one deed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from .amounts import Amount, find_disagreement
from .dates import UNDATED
from .fact_filter import Order, comes_after, in_order, marks

EVENT_SORTS = {"date": "happened", "reports": "reports"}
_COLUMNS = (
    "e.iri, s.iri, e.relation, o.iri, e.happened, e.confidence, e.facts, e.documents, e.reports, e.sources, e.actual, "
    "e.planned, e.possible, e.denied, e.date, e.published, e.amounts_differ"
)
_FROM = "FROM event AS e JOIN node AS s ON s.id = e.subject JOIN node AS o ON o.id = e.object"


class EventReference(NamedTuple):
    """An event: who, what, whom, and how many facts, documents, reports and outlets tell of it.

    `happened` is its `date`, or the day of its first document where none is told, UNDATED where there is none either;
    `actual`, `planned`, `possible` and `denied` count the reports that say so; `published` is the day of the first.
    """

    iri: str
    subject: str
    relation: str
    object: str
    happened: str
    confidence: float
    facts: int
    documents: int
    reports: int
    sources: int
    actual: int
    planned: int
    possible: int
    denied: int
    date: str | None
    published: str | None
    amounts_differ: bool

    @property
    def statuses(self) -> dict[str, int]:
        """The number of reports by status, those that no report has left out."""
        counts = {"actual": self.actual, "planned": self.planned, "possible": self.possible, "denied": self.denied}
        return {status: count for status, count in counts.items() if count}


class Telling(NamedTuple):
    """A fact of an event, with its document and the first document of which that is a copy."""

    fact: str
    status: str
    document: str
    report: str
    published: str
    source: str | None
    amount: Amount | None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; what is empty does not matter. `since` and `until` are days, both included.

    `disputes` are "status", where some say that it happened and some deny it, and "amount".
    """

    actor: str | None = None
    other: str | None = None
    relations: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    least_reports: int = 1
    disputes: tuple[str, ...] = ()


class EventIndex:
    """The events of an index of facts."""

    def __init__(self, database: sqlite3.Connection, number_of: Callable[[str, str], int | None]) -> None:
        self._database = database
        self._number_of = number_of

    def page(
        self, wanted: EventFilter, order: Order, *, limit: int, after: tuple[str | float, str] | None = None
    ) -> list[EventReference]:
        """Return events in order, those that come after a value of the key and an IRI."""
        texts, values, key = list[str](), list[object](), f"e.{EVENT_SORTS[order.key]}"
        for actor in filter(None, (wanted.actor, wanted.other)):
            number = self._number_of("node", actor)
            texts.append("? IN (e.subject, e.object)" if actor == wanted.other else "(e.subject = ? OR e.object = ?)")
            values += [number] if actor == wanted.other else [number, number]
        if wanted.relations:
            texts.append(f"e.relation IN ({marks(wanted.relations)})")
            values += wanted.relations
        for text, value in (("e.latest >= ?", wanted.since), ("e.earliest <= ?", wanted.until)):
            if value:
                texts.append(f"e.happened <> '{UNDATED}' AND {text}")
                values.append(value)
        if wanted.least_reports > 1:
            texts.append("e.reports >= ?")
            values.append(wanted.least_reports)
        if wanted.disputes:
            kinds = {"status": "(e.actual > 0 AND e.denied > 0)", "amount": "e.amounts_differ"}
            texts.append(f"({' OR '.join(kinds[each] for each in wanted.disputes)})")
        if after is not None:
            texts.append(comes_after(key, order, "e.iri"))
            values += [after[0], *after]
        where = f" WHERE {' AND '.join(texts)}" if texts else ""
        query = f"SELECT {_COLUMNS} {_FROM}{where} ORDER BY {in_order(key, order, 'e.iri')} LIMIT ?"
        return [_refer(row) for row in self._database.execute(query, (*values, limit)).fetchall()]

    def find(self, iri: str) -> EventReference | None:
        """Return an event, or None where there is none of this IRI."""
        row = self._database.execute(f"SELECT {_COLUMNS} {_FROM} WHERE e.iri = ?", (iri,)).fetchone()
        return None if row is None else _refer(row)

    def event_of(self, fact: str) -> str | None:
        """Return the event of a fact, or None for what is no deed."""
        row = self._database.execute("SELECT event FROM fact WHERE iri = ?", (fact,)).fetchone()
        return None if row is None or row[0] is None else str(row[0])

    def tellings(self, iri: str) -> list[Telling]:
        """Return the facts of an event, those of the first documents first."""
        rows = self._database.execute(
            "SELECT f.iri, f.status, d.iri, r.iri, f.published, d.source, f.unit, f.value, f.bound "
            "FROM fact AS f JOIN document AS d ON d.id = f.document JOIN document AS r ON r.id = f.report "
            "WHERE f.event = ? ORDER BY NULLIF(f.published, ?) IS NULL, f.published, d.iri <> r.iri, d.iri, f.iri",
            (iri, UNDATED),
        ).fetchall()
        return [
            Telling._make((*row, None if value is None else Amount(row[3], unit, value, bound)))
            for *row, unit, value, bound in rows
        ]


def find_amounts(tellings: list[Telling]) -> tuple[Amount, Amount] | None:
    """Return two amounts by which reports of one event contradict one another, or None."""
    return find_disagreement(telling.amount for telling in tellings if telling.amount is not None)


def _refer(row: tuple[object, ...]) -> EventReference:
    *values, differ = row
    return EventReference._make((*values, bool(differ)))
