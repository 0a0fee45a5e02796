"""Reads facts out of a store as Reports: all of them property by property, or those around an actor step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..model import Status
from ..rdf.namespaces import PROV, RDF, RW, SCHEMA, Namespaces
from ..rdf.terms import Iri
from ..store.results import Queryable

# Where an actor's surroundings hold more facts than this, reading all of them in one go is faster.
MOST_STEPWISE = 20_000
_FOLDER = Path(__file__).parent
_STATUSES = {status.value: status for status in Status}


class NetworkSource(Queryable, Protocol):
    """A store or checkpoint: it answers queries and knows the IRIs that it was built with."""

    @property
    def namespaces(self) -> Namespaces:
        """The IRIs under the store's base."""


@dataclass(frozen=True, slots=True)
class Report:
    """One fact as one document tells it. `published` is the document's own date, `item` also the words of an office."""

    source: str
    relation: str
    target: str
    document: str
    status: Status = Status.ACTUAL
    date: str | None = None
    published: str | None = None
    confidence: float = 1.0
    sentence: str | None = None
    item: str | None = None
    fact: str | None = None


def read_query(name: str) -> str:
    """Return the text of one of the queries beside this file."""
    return (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def read_all(store: NetworkSource, statuses: frozenset[Status]) -> Iterator[Report]:
    """Return a report for each fact of the statuses."""
    scan = _Scan(store)
    wanted = {fact for fact, status in scan.values(f"{RW}status") if _STATUSES.get(status) in statuses}
    if not wanted:
        return
    sources = {fact: source for fact, source in scan.values(f"{RDF}subject") if fact in wanted}
    facts = _Facts(
        status=dict(scan.values(f"{RW}status")) if len(statuses) > 1 else dict.fromkeys(wanted, next(iter(statuses))),
        relation=dict(scan.values(f"{RDF}predicate")),
        target=dict(scan.values(f"{RDF}object")),
        confidence=dict(scan.values(f"{RW}confidence")),
        date=dict(scan.values(f"{RW}date")),
        evidence=dict(scan.values(f"{PROV}wasQuotedFrom")),
        item=dict(scan.values(f"{RW}item")),
        role=dict(scan.values(f"{RW}role")),
        quantity=dict(scan.values(f"{RW}quantity")),
        text=dict(scan.values(f"{RW}text")),
        published=dict(scan.values(f"{SCHEMA}datePublished")),
    )
    ids = LocalIds(store.namespaces)
    for fact, source in sources.items():
        yield facts.report(fact, source, ids)
