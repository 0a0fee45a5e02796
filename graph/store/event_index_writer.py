"""Writes the events of the index of facts: each with how many facts, documents, reports and outlets tell of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from .amounts import Amount, find_disagreement
from .dates import UNDATED
from .fact_filter import marks

EVENT_TABLE = """
CREATE TABLE event (
  iri TEXT PRIMARY KEY, subject INTEGER, relation TEXT, object INTEGER, happened TEXT, earliest TEXT, latest TEXT,
  confidence REAL, facts INTEGER, documents INTEGER, reports INTEGER, sources INTEGER, actual INTEGER, planned INTEGER,
  possible INTEGER, denied INTEGER, date TEXT, published TEXT, amounts_differ INTEGER NOT NULL
);
"""
EVENT_INDEXES = """
CREATE INDEX fact_event ON fact (event);
CREATE INDEX event_happened ON event (happened DESC, iri);
CREATE INDEX event_reports ON event (reports DESC, iri);
CREATE INDEX event_subject ON event (subject);
CREATE INDEX event_object ON event (object);
"""
_FEW = 500
_REPORTS_OF = "COUNT(DISTINCT CASE WHEN f.status = '{}' THEN f.report END)"
# Who and whom are those of the first fact; of the dates the surest is a day.
_GATHER = f"""
INSERT INTO event SELECT e.iri, g.subject, g.relation, g.object, COALESCE(day, e.published),
  COALESCE(e.earliest, e.published), COALESCE(e.latest, e.published), e.confidence, facts, documents, reports, sources,
  actual, planned, possible, denied, day, NULLIF(e.published, '{UNDATED}'), 0
FROM (
  SELECT f.event AS iri, MIN(f.iri) AS first,
    COALESCE(MIN(CASE WHEN LENGTH(f.date) = 10 THEN f.date END), MIN(CASE WHEN LENGTH(f.date) = 7 THEN f.date END),
      MIN(f.date)) AS day,
    COALESCE(MIN(CASE WHEN LENGTH(f.date) = 10 THEN f.date END), MIN(CASE WHEN f.date IS NOT NULL THEN f.earliest END))
      AS earliest,
    COALESCE(MAX(CASE WHEN LENGTH(f.date) = 10 THEN f.date END), MAX(CASE WHEN f.date IS NOT NULL THEN f.latest END))
      AS latest,
    COALESCE(MIN(NULLIF(f.published, '{UNDATED}')), '{UNDATED}') AS published,
    MAX(f.confidence) AS confidence, COUNT(*) AS facts, COUNT(DISTINCT f.document) AS documents,
    COUNT(DISTINCT f.report) AS reports, COUNT(DISTINCT COALESCE(d.source, d.iri)) AS sources,
    {_REPORTS_OF.format("actual")} AS actual, {_REPORTS_OF.format("planned")} AS planned,
    {_REPORTS_OF.format("possible")} AS possible, {_REPORTS_OF.format("denied")} AS denied
  FROM fact AS f JOIN document AS d ON d.id = f.document WHERE {{}} GROUP BY f.event
) AS e JOIN fact AS g ON g.iri = e.first
"""
_AMOUNTS = (
    "SELECT event, report, unit, value, bound FROM fact WHERE value IS NOT NULL AND event IN "
    "(SELECT iri FROM event WHERE reports > 1 AND {}) ORDER BY event"
)


def gather_all_events(connection: sqlite3.Connection) -> None:
    """Gather the events of all facts of a new index."""
    connection.execute(_GATHER.format("f.event IS NOT NULL"))
    _mark_disputed(connection, connection.execute(_AMOUNTS.format("1")).fetchall())


def gather_events_anew(connection: sqlite3.Connection, events: Collection[str]) -> None:
    """Gather some events of an index that was changed; those of which no fact is left go."""
    for some in _chunks(sorted(events)):
        connection.execute(f"DELETE FROM event WHERE iri IN ({marks(some)})", some)
        connection.execute(_GATHER.format(f"f.event IN ({marks(some)})"), some)
        query = _AMOUNTS.format(f"iri IN ({marks(some)})")
        _mark_disputed(connection, connection.execute(query, some).fetchall())


def events_of(connection: sqlite3.Connection, documents: Iterable[str]) -> set[str]:
    """Return the events of the facts of some documents."""
    query = "SELECT DISTINCT event FROM fact JOIN document ON document.id = document WHERE document.iri = ?"
    found = (row for iri in documents for row in connection.execute(query, (iri,)))
    return {event for (event,) in found if event is not None}


def _mark_disputed(connection: sqlite3.Connection, rows: list[tuple[str, int, str | None, float, str | None]]) -> None:
    disputed = [
        (event,)
        for event, amounts in groupby(rows, key=lambda row: row[0])
        if find_disagreement(Amount(*row[1:]) for row in amounts)
    ]
    connection.executemany("UPDATE event SET amounts_differ = 1 WHERE iri = ?", disputed)


def _chunks(values: list[str]) -> Iterator[list[str]]:
    yield from (values[start : start + _FEW] for start in range(0, len(values), _FEW))
