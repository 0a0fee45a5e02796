"""Facts by reference: what is needed to choose, sort and count them, without all that is said of each.

Lists are chosen and sorted here and not in SPARQL: all facts of an actor are read at once and kept, because every list
about the actor needs them, in another order or under another filter, and a checkpoint never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph.rdf.terms import Iri, Term
from graph.store.results import Row

UNDATED = "0"


class RowSource(Protocol):
    """Whatever runs the queries of api/sparql/."""

    def rows(self, name: str, **bindings: Term) -> Iterator[Row]: ...


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A document; `published` is UNDATED where it has no date."""

    iri: str
    published: str
    source: str | None


@dataclass(frozen=True, slots=True)
class FactReference:
    """A fact; `published` is the date of its document, UNDATED where it has none."""

    iri: str
    subject: str
    relation: str
    object: str
    status: str
    document: str
    confidence: float
    date: str | None
    published: str

    @property
    def when(self) -> str:
        """The date of the fact, or of its document where the fact has none."""
        return self.date or self.published


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts are wanted; `relation` is an IRI. A date may be a year or a month: it fits from first day to last."""

    relation: str | None
    status: str | None
    since: str | None
    until: str | None
    least: float

    @classmethod
    def read(cls, arguments: Mapping[str, Any], relation: str | None) -> FactFilter:  # Any: what json gives
        """Read the filters of a request."""
        since, until = arguments.get("since"), arguments.get("until")
        return cls(
            relation=relation,
            status=arguments.get("status"),
            since=first_day(since) if since else None,
            until=last_day(until) if until else None,
            least=arguments.get("min_confidence") or 0.0,
        )

    def fits(self, fact: FactReference) -> bool:
        """Say whether a fact is wanted."""
        if self.relation not in (None, fact.relation) or self.status not in (None, fact.status):
            return False
        if fact.confidence < self.least:
            return False
        if self.since is None and self.until is None:
            return True
        when = fact.when
        return (
            when != UNDATED
            and (self.since is None or last_day(when) >= self.since)
            and (self.until is None or first_day(when) <= self.until)
        )


def first_day(date: str) -> str:
    """Return the first day of a date, month or year."""
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    """Return the last day of a date, month or year; the 31st will do for all months, since days are only compared."""
    return date + "-12-31"[len(date) - 4 :]


def read_documents(source: RowSource) -> tuple[DocumentReference, ...]:
    """Return all documents, newest first."""
    found = [
        DocumentReference(iri, published or UNDATED, publisher)
        for iri, published, publisher in source.rows("documents")
        if iri
    ]
    found.sort(key=lambda document: document.iri)
    found.sort(key=lambda document: document.published, reverse=True)
    return tuple(found)


def read_facts_of_actor(source: RowSource, actor: str) -> tuple[FactReference, ...]:
    """Return the facts that name an actor, each once, not in order."""
    facts: dict[str, FactReference] = {}
    for _, way, iri, relation, other, status, document, confidence, date, published in source.rows(
        "facts-of-actor", actor=Iri(actor)
    ):
        subject, object_ = (actor, other or "") if way == "out" else (other or "", actor)
        facts[iri or ""] = _refer(iri, subject, relation, object_, status, document, confidence, date, published)
    return tuple(facts.values())


def read_facts_of_relation(source: RowSource, relation: str) -> list[FactReference]:
    """Return the facts of a relation, not in order."""
    return [
        _refer(iri, subject, relation, object_, status, document, confidence, date, published)
        for _, iri, subject, object_, status, document, confidence, date, published in source.rows(
            "facts-of-relation", relation=Iri(relation)
        )
    ]


def read_facts_of_document(source: RowSource, document: DocumentReference) -> list[FactReference]:
    """Return the facts that a document tells, in the order of its text."""
    rows = sorted(
        source.rows("facts-of-document", document=Iri(document.iri)), key=lambda row: (int(row[8] or 0), row[1] or "")
    )
    return [
        _refer(iri, subject, relation, object_, status, document.iri, confidence, date, document.published)
        for _, iri, relation, subject, object_, status, confidence, date, _ in rows
    ]


def newest_report_first(facts: Iterable[FactReference]) -> list[FactReference]:
    """Return facts by the date of their documents."""
    in_order = sorted(facts, key=lambda fact: (fact.document, fact.iri))
    return sorted(in_order, key=lambda fact: fact.published, reverse=True)


def newest_event_first(facts: Iterable[FactReference]) -> list[FactReference]:
    """Return facts by their own dates."""
    in_order = sorted(facts, key=lambda fact: fact.iri)
    return sorted(in_order, key=lambda fact: fact.when, reverse=True)


def _refer(
    iri: str | None,
    subject: str | None,
    relation: str | None,
    object_: str | None,
    status: str | None,
    document: str | None,
    confidence: str | None,
    date: str | None,
    published: str | None,
) -> FactReference:
    return FactReference(
        iri or "",
        subject or "",
        relation or "",
        object_ or "",
        status or "",
        document or "",
        float(confidence or 0.0),
        date,
        published or UNDATED,
    )
