"""Facts, one at a time -> edges, one for each (source, relation, target); memory grows with edges, not with facts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Status
from .affiliations import Affiliations
from .network import Edge, Relation, Spell
from .options import STATIC_RELATIONS, NetworkOptions, RollUp, StaticTies
from .spells import days_of, merge_spells

MOST_ITEMS = 5
_FIRMNESS = {Status.ACTUAL: 0, Status.PLANNED: 1, Status.POSSIBLE: 2, Status.DENIED: 3}


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
        self._bundles: dict[tuple[str, str, str], _Bundle] = {}
        self._static: dict[str, dict[str, dict[str, str | None]]] = {}
        self._since = _edge_of(options.since, first=True)
        self._until = _edge_of(options.until, first=False)

    def add(self, report: Report) -> None:
        """Take a report in, unless the options leave it out."""
        options = self._options
        if report.status not in options.statuses or report.confidence < options.min_confidence:
            return
        if options.relations and report.relation not in options.relations:
            return
        relation = self._relations.get(report.relation) or Relation(report.relation)
        said = (report.date or (report.published if relation.standing else None) or "")[:10] or None
        days = days_of(said) if said else None
        if not self._in_period(days, report.published):
            return
        if report.relation in STATIC_RELATIONS and options.static_ties is not StaticTies.EDGES:
            if options.static_ties is StaticTies.ATTRIBUTES:
                targets = self._static.setdefault(report.source, {}).setdefault(report.relation, {})
                targets[report.target] = report.item or targets.get(report.target)
            return
        key = self._key(report, relation, days)
        if key is not None:
            bundle = self._bundles.get(key)
            if bundle is None:
                bundle = self._bundles[key] = _Bundle()
            bundle.add(report, said, days, options.sentences)

    def edges(self) -> tuple[Edge, ...]:
        """Return the edges of all reports taken in so far, loops left out where people were rolled up."""
        return tuple(self._bundles[key].edge(*key, self._relations) for key in sorted(self._bundles))

    def static_ties(self) -> Mapping[str, Mapping[str, tuple[tuple[str, str | None], ...]]]:
        """Return the static ties that were asked for as node values: source -> relation -> (target, its words)."""
        return {
            source: {relation: tuple(sorted(targets.items())) for relation, targets in ties.items()}
            for source, ties in self._static.items()
        }

    def _in_period(self, days: Spell | None, published: str | None) -> bool:
        """Say whether a report lies in the period asked for; one without a date is judged by its document's."""
        if self._since is None and self._until is None:
            return True
        days = days or (days_of(published) if published else None)
        if days is None:
            return False
        return (self._until is None or days[0] <= self._until) and (self._since is None or days[1] >= self._since)

    def _key(self, report: Report, relation: Relation, days: Spell | None) -> tuple[str, str, str] | None:
        """Return the edge that a report belongs to, or None where rolling people up has made it a loop."""
        source, target = report.source, report.target
        if self._options.roll_up is not RollUp.NONE:
            day = days[0] if days else report.published
            source = self._affiliations.roll_up(source, self._options.roll_up, day)
            target = self._affiliations.roll_up(target, self._options.roll_up, day)
            if source == target and report.source != report.target:
                return None
        if relation.symmetric and target < source:
            source, target = target, source
        return source, report.relation, target


class _Bundle:
    """What is known so far of one edge."""

    __slots__ = (
        "best",
        "confidence",
        "documents",
        "facts",
        "first",
        "items",
        "last",
        "sentences",
        "spells",
        "statuses",
    )

    def __init__(self) -> None:
        self.documents: set[str] = set()
        self.statuses: dict[Status, int] = {}
        self.spells: set[Spell] = set()
        self.first: tuple[str, str] | None = None
        self.last: tuple[str, str] | None = None
        self.confidence = 0.0
        self.sentences: list[tuple[float, str, str]] = []
        self.items: dict[str, int] = {}
        self.best: tuple[int, float, str] | None = None
        self.facts: list[str] = []

    def add(self, report: Report, said: str | None, days: Spell | None, sentences: int) -> None:
        self.documents.add(report.document)
        self.statuses[report.status] = self.statuses.get(report.status, 0) + 1
        self.confidence = max(self.confidence, report.confidence)
        if days is not None and said is not None:
            self.spells.add(days)
            self.first = min(self.first or (days[0], said), (days[0], said))
            self.last = max(self.last or (days[1], said), (days[1], said))
        if report.item:
            self.items[report.item] = self.items.get(report.item, 0) + 1
        if report.fact:
            self.facts.append(report.fact)
            rank = (_FIRMNESS[report.status], -report.confidence, report.fact)
            if self.best is None or rank < self.best:
                self.best = rank
        if report.sentence and sentences:
            self._keep_sentence(report.confidence, days[1] if days else "", report.sentence, sentences)

    def edge(self, source: str, relation: str, target: str, relations: Mapping[str, Relation]) -> Edge:
        about = relations.get(relation) or Relation(relation)
        spells = merge_spells(self.spells)
        if about.standing and spells:
            spells = ((spells[0][0], spells[-1][1]),)
        return Edge(
            id=edge_id(source, relation, target),
            source=source,
            target=target,
            relation=relation,
            directed=not about.symmetric,
            weight=len(self.documents),
            first=self.first[1] if self.first else None,
            last=self.last[1] if self.last else None,
            spells=spells,
            confidence=self.confidence,
            status=min(self.statuses, key=_FIRMNESS.__getitem__),
            statuses=tuple(sorted(self.statuses.items(), key=lambda pair: _FIRMNESS[pair[0]])),
            sentences=tuple(text for _, _, text in self.sentences),
            items=tuple(sorted(self.items, key=lambda item: (-self.items[item], item))[:MOST_ITEMS]),
            facts=self._facts_best_first(),
        )

    def _facts_best_first(self) -> tuple[str, ...]:
        if self.best is None:
            return ()
        best = self.best[2]
        return (best, *sorted(fact for fact in set(self.facts) if fact != best))

    def _keep_sentence(self, confidence: float, day: str, text: str, most: int) -> None:
        """Keep the surest sentences, the latest first among equals, each text once."""
        for place, (known, known_day, known_text) in enumerate(self.sentences):
            if known_text == text:
                if (confidence, day) <= (known, known_day):
                    return
                del self.sentences[place]
                break
        self.sentences.append((confidence, day, text))
        self.sentences.sort(key=lambda kept: kept[2])
        self.sentences.sort(key=lambda kept: kept[:2], reverse=True)
        del self.sentences[most:]


def edge_id(source: str, relation: str, target: str) -> str:
    """Return an id that stays the same from export to export, so that Gephi can append one file to another."""
    return hashlib.blake2b(f"{source}\x1f{relation}\x1f{target}".encode(), digest_size=8).hexdigest()


def _edge_of(date: str | None, *, first: bool) -> str | None:
    days = days_of(date) if date else None
    return days[0 if first else 1] if days else None
