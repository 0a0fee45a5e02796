"""What an actor did and what was done to it, counted by month and relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..rdf.namespaces import RW
from ..rdf.terms import Iri, read_share
from ..rdf.vocabulary import Vocabulary
from ..store.results import Row
from .collect import Collector
from .network import Names, Node, Relation
from .options import NetworkOptions
from .read import find_actor, read_relations
from .reports import STATUSES, NetworkSource, Report, read_query

MONTH = len("2024-01")


@dataclass(frozen=True, slots=True)
class Timeline:
    """Facts of an actor by (month, relation); `years` has those that are dated by year alone, `undated` the rest."""

    actor: Node
    months: Mapping[tuple[str, str], int]
    years: Mapping[tuple[str, str], int]
    undated: int
    relations: Mapping[str, Relation]
    families: Mapping[str, Names]

    @property
    def without_month(self) -> int:
        """How many facts have no month."""
        return sum(self.years.values()) + self.undated


def read_timeline(
    store: NetworkSource,
    options: NetworkOptions,
    *,
    by_publication: bool = False,
    vocabulary: Vocabulary | None = None,
) -> Timeline:
    """Count the facts of the options' actor; relations, dates, statuses and confidence choose among them.

    With `by_publication` a fact without a date counts for the month in which it was published.
    """
    known = vocabulary or Vocabulary.load()
    actor = find_actor(store, options.actor or "")
    relations = read_relations(known)
    admits = Collector(replace(options, actor=None), relations).admits
    months: Counter[tuple[str, str]] = Counter()
    years: Counter[tuple[str, str]] = Counter()
    undated = 0
    for report in _reports(store, actor):
        if not admits(report):
            continue
        date = report.date or (report.published if by_publication else None)
        if date is None:
            undated += 1
        elif len(date) < MONTH:
            years[date[:4], report.relation] += 1
        else:
            months[date[:MONTH], report.relation] += 1
    return Timeline(
        actor=actor,
        months=dict(months),
        years=dict(years),
        undated=undated,
        relations=relations,
        families={name: (labels.ar, labels.en) for name, labels in known.families.items()},
    )


def _reports(store: NetworkSource, actor: Node) -> list[Report]:
    """Return each fact once, though the actor may stand at both of its ends, and of copies what no other has told."""
    reports: dict[str, Report] = {}
    told: dict[tuple[str | None, ...], str] = {}
    rows = store.iterate(read_query("timeline"), {"actor": Iri(actor.iri or actor.id)})
    for fact, relation, status, confidence, date, published, document, first, statement in sorted(rows, key=_rank):
        if not fact or not document or not relation or status not in STATUSES:
            continue
        if told.setdefault((first or document, statement, status, date), document) == document:
            name, share = relation.removeprefix(RW), read_share(confidence, missing=0.0)
            reports[fact] = Report(actor.id, name, actor.id, document, STATUSES[status], date, published, share)
    return list(reports.values())


def _rank(row: Row) -> tuple[bool, str, str]:
    """Sort the document that others copy before its copies."""
    fact, *_, document, first, _ = row
    return document != first, document or "", fact or ""
