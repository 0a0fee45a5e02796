"""Reads facts out of a store as Reports: all of them property by property, or those around an actor step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..model import Status
from ..rdf.namespaces import PROV, RDF, RW, SCHEMA, Namespaces
from ..rdf.terms import Iri, read_share
from ..store.results import Queryable, Row

# Where an actor's surroundings hold more facts than this, reading all of them in one go is faster.
MOST_STEPWISE = 20_000
_FOLDER = Path(__file__).parent
_VALUES = _FOLDER / "values.rq"
_PROPERTIES = (
    f"{RDF}subject",
    f"{RDF}predicate",
    f"{RDF}object",
    f"{RW}status",
    f"{RW}confidence",
    f"{RW}date",
    f"{PROV}wasQuotedFrom",
    f"{RW}item",
    f"{RW}role",
    f"{RW}quantity",
)
_STATUS = 3
STATUSES = {status.value: status for status in Status}


class NetworkSource(Queryable, Protocol):
    """A store or checkpoint: it answers queries and knows the IRIs that it was built with."""

    @property
    def namespaces(self) -> Namespaces:
        """The IRIs under the store's base."""


@dataclass(frozen=True, slots=True)
class Report:
    """One fact as one document tells it. `published` is the document's own date, `item` also the words of an office,
    `first` the document that this one is a copy of, where it is one, and `outlet` who published it."""

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
    first: str | None = None
    outlet: str | None = None

    @property
    def origin(self) -> str:
        """The document that stands for all copies of this one."""
        return self.first or self.document


def read_query(name: str) -> str:
    """Return the text of one of the queries beside this file."""
    return (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def read_all(store: NetworkSource, statuses: frozenset[Status]) -> Iterator[Report]:
    """Return a report for each fact of the statuses."""
    records: dict[str, list[str | None]] = {}
    for fact, status in _values(store, f"{RW}status"):
        if STATUSES.get(status) in statuses:
            records[fact] = [None] * len(_PROPERTIES)
            records[fact][_STATUS] = STATUSES[status].value
    if not records:
        return
    known: dict[str, str] = {}
    for place, property_ in enumerate(_PROPERTIES):
        if place != _STATUS:
            for fact, value in _values(store, property_):
                record = records.get(fact)
                if record is not None:
                    record[place] = known.setdefault(value, value)
    texts = dict(_values(store, f"{RW}text"))
    published = dict(_values(store, f"{SCHEMA}datePublished"))
    outlets, firsts = dict(_values(store, f"{SCHEMA}publisher")), dict(_values(store, f"{RW}report"))
    ids = LocalIds(store.namespaces)
    for fact, record in records.items():
        source, relation, target, stated, confidence, date, evidence, item, role, quantity = record
        if source and relation and target and stated in STATUSES:
            document = _document_of(fact)
            yield Report(
                source=ids[source],
                relation=relation.removeprefix(RW),
                target=ids[target],
                document=document,
                status=STATUSES[stated],
                date=date,
                published=published.get(document),
                confidence=read_share(confidence, missing=0.0),
                sentence=texts.get(evidence or ""),
                item=_words(item or role, texts.get(quantity or "")),
                fact=fact,
                first=firsts.get(document),
                outlet=outlets.get(document),
            )


def read_around(
    store: NetworkSource, actor: str, depth: int, admits: Callable[[Report], bool], *, most: int = MOST_STEPWISE
) -> list[Report] | None:
    """Return the reports among all who are within `depth` steps of an actor, given by IRI, along admitted reports;
    None where there are more than `most`."""
    query, ids = read_query("facts-of"), LocalIds(store.namespaces)
    centre = ids[actor]
    reports: dict[str, Report] = {}
    iris, reached, frontier = {centre: actor}, {centre}, [centre]
    for step in range(depth + 1):
        beyond: set[str] = set()
        for here in frontier:
            for row in store.iterate(query, {"actor": Iri(iris[here])}):
                report = _read_row(row, ids)
                if report is None or not admits(report):
                    continue
                reports[report.fact or ""] = report
                if len(reports) > most:
                    return None
                for end, iri in ((report.source, row[1]), (report.target, row[3])):
                    iris.setdefault(end, iri or end)
                    beyond.add(end)
        if step < depth:
            frontier = sorted(beyond - reached)
            reached |= beyond
    return [report for report in reports.values() if {report.source, report.target} <= reached]


class LocalIds(dict[str, str]):
    """From IRIs to local ids, each worked out once."""

    def __init__(self, namespaces: Namespaces) -> None:
        super().__init__()
        self._namespaces = namespaces

    def __missing__(self, iri: str) -> str:
        id = self[iri] = self._namespaces.actor_id(iri) or iri
        return id


def _values(store: NetworkSource, property_: str) -> Iterator[tuple[str, str]]:
    for subject, value in store.iterate(_VALUES.read_text(encoding="utf-8"), {"property": Iri(property_)}):
        if subject is not None and value is not None:
            yield subject, value


def _read_row(row: Row, ids: Mapping[str, str]) -> Report | None:
    fact, source, relation, target, status, confidence, date, sentence, item, role, amount, published, *origin = row
    if not (fact and source and relation and target and status in STATUSES):
        return None
    return Report(
        source=ids[source],
        relation=relation.removeprefix(RW),
        target=ids[target],
        document=_document_of(fact),
        status=STATUSES[status],
        date=date,
        published=published,
        confidence=read_share(confidence, missing=0.0),
        sentence=sentence,
        item=_words(item or role, amount),
        fact=fact,
        first=origin[0],
        outlet=origin[1],
    )


def _document_of(fact: str) -> str:
    """Return the IRI of the document that a fact's IRI was minted below."""
    return fact.partition("/fact/")[0]


def _words(*texts: str | None) -> str | None:
    return ", ".join(text for text in texts if text) or None
