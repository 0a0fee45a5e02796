"""Reports, one at a time -> edges, one for each (source, relation, target)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ..model import Status
from .affiliations import Affiliations
from .network import Edge, Relation, Spell
from .options import STATIC_RELATIONS, NetworkOptions, RollUp, StaticTies
from .reports import Report
from .spells import days_of, merge_spells

MOST_ITEMS = 5
MOST_SENTENCES = 3
StaticTargets: TypeAlias = Mapping[str, Mapping[str, tuple[tuple[str, str | None], ...]]]
"""Source -> relation -> targets with the words of the office."""
_FIRMNESS = {status: place for place, status in enumerate(Status)}


class Collector:
    """Takes reports in any order and hands out edges in order of source, relation and target."""

    def __init__(
        self,
        options: NetworkOptions,
        relations: Mapping[str, Relation] | None = None,
        affiliations: Affiliations | None = None,
    ) -> None:
        self._options = options
        self._relations = dict(relations or {})
        self._affiliations = affiliations or Affiliations()
        self._bundles: dict[tuple[str, str, str], list[Report]] = {}
        self._static: dict[str, dict[str, dict[str, str | None]]] = {}
        self._since = _edge_of(options.since, first=True)
        self._until = _edge_of(options.until, first=False)

    def admits(self, report: Report) -> bool:
        """Say whether the options let a report in."""
        options = self._options
        return (
            report.status in options.statuses
            and report.confidence >= options.min_confidence
            and (not options.relations or report.relation in options.relations)
            and self._in_period(report)
            and (report.relation not in STATIC_RELATIONS or options.static_ties is not StaticTies.NONE)
        )

    def add(self, report: Report) -> None:
        """Take a report in, unless the options leave it out."""
        if not self.admits(report):
            return
        if report.relation in STATIC_RELATIONS and self._options.static_ties is StaticTies.ATTRIBUTES:
            targets = self._static.setdefault(report.source, {}).setdefault(report.relation, {})
            targets[report.target] = report.item or targets.get(report.target)
            return
        key = self._key(report)
        if key is not None:
            self._bundles.setdefault(key, []).append(report)

    def edges(self) -> tuple[Edge, ...]:
        """Return the edges of all reports taken in so far."""
        return tuple(
            make_edge(
                source,
                self._relation(name),
                target,
                self._bundles[source, name, target],
                sentences=self._options.sentences,
            )
            for source, name, target in sorted(self._bundles)
        )

    def static_ties(self) -> StaticTargets:
        """Return the static ties that were asked for as node values: source -> relation -> (target, its words)."""
        return {
            source: {relation: tuple(sorted(targets.items())) for relation, targets in ties.items()}
            for source, ties in self._static.items()
        }

    def _relation(self, name: str) -> Relation:
        return self._relations.get(name) or Relation(name)

    def _in_period(self, report: Report) -> bool:
        """Say whether a report lies in the period asked for; one without a date is judged by its document's."""
        if self._since is None and self._until is None:
            return True
        said = report.date or report.published
        days = days_of(said) if said else None
        if days is None:
            return False
        return (self._until is None or days[0] <= self._until) and (self._since is None or days[1] >= self._since)

    def _key(self, report: Report) -> tuple[str, str, str] | None:
        """Return the edge that a report belongs to, or None where rolling people up has made it a loop."""
        source, target = report.source, report.target
        if self._options.roll_up is not RollUp.NONE:
            days = days_of(report.date or report.published or "")
            day = days[0] if days else None
            source = self._affiliations.roll_up(source, self._options.roll_up, day)
            target = self._affiliations.roll_up(target, self._options.roll_up, day)
            if source == target and report.source != report.target:
                return None
        if self._relation(report.relation).symmetric and target < source:
            source, target = target, source
        return source, report.relation, target


def make_edge(
    source: str, relation: Relation, target: str, reports: Sequence[Report], *, sentences: int = MOST_SENTENCES
) -> Edge:
    """Return the edge that all reports of one relation between two nodes make."""
    dated = sorted(
        (days, said) for report in reports if (said := date_of(report, relation)) and (days := days_of(said))
    )
    statuses = Counter(report.status for report in reports)
    items = Counter(report.item for report in reports if report.item)
    return Edge(
        id=edge_id(source, relation.name, target),
        source=source,
        target=target,
        relation=relation.name,
        directed=not relation.symmetric,
        weight=len({report.origin for report in reports}),
        documents=len({report.document for report in reports}),
        first=dated[0][1] if dated else None,
        last=max((days[1], said) for days, said in dated)[1] if dated else None,
        spells=_spells([days for days, _ in dated], relation),
        confidence=max(report.confidence for report in reports),
        status=min(statuses, key=_FIRMNESS.__getitem__),
        statuses=tuple(sorted(statuses.items(), key=lambda pair: _FIRMNESS[pair[0]])),
        sentences=_best_sentences(reports, sentences),
        items=tuple(sorted(items, key=lambda item: (-items[item], item))[:MOST_ITEMS]),
        facts=_facts(reports),
        sources=tuple(sorted({report.outlet for report in reports if report.outlet})),
    )


def date_of(report: Report, relation: Relation) -> str | None:
    """Return the date of what is reported: a standing tie that is told without one holds on the day it is told."""
    said = report.date or (report.published if relation.standing else None)
    return said[:10] if said else None


def _spells(days: Sequence[Spell], relation: Relation) -> tuple[Spell, ...]:
    spells = merge_spells(days)
    return ((spells[0][0], spells[-1][1]),) if relation.standing and spells else spells


def _best_sentences(reports: Sequence[Report], most: int) -> tuple[str, ...]:
    """Return the surest sentences, the latest first among equals, each once."""
    best: dict[str, tuple[float, str]] = {}
    for report in reports:
        if report.sentence:
            rank = (report.confidence, report.date or "")
            best[report.sentence] = max(best.get(report.sentence, rank), rank)
    ranked = sorted(sorted(best), key=lambda text: best[text], reverse=True)
    return tuple(ranked[:most])


def _facts(reports: Sequence[Report]) -> tuple[str, ...]:
    """Return the IRIs of the facts, the firmest and surest first, the others in order."""
    ranked = sorted((_FIRMNESS[report.status], -report.confidence, report.fact) for report in reports if report.fact)
    facts = dict.fromkeys(fact for _, _, fact in ranked)
    if len(facts) < 2:
        return tuple(facts)
    best, *others = facts
    return (best, *sorted(others))


def edge_id(source: str, relation: str, target: str) -> str:
    """Return an id that stays the same from export to export, so that Gephi can append one file to another."""
    return hashlib.blake2b(f"{source}\x1f{relation}\x1f{target}".encode(), digest_size=8).hexdigest()


def _edge_of(date: str | None, *, first: bool) -> str | None:
    days = days_of(date) if date else None
    return days[0 if first else 1] if days else None
