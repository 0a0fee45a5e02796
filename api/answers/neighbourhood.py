"""Who stands around an actor: nodes and edges within some steps, the strongest kept where there are too many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..worker_store import WorkerStore
from .actors import find_actor
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_relation, read_filter
from .references import FactFilter, FactReference

EdgeKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """All facts of one relation and status between two actors; `weight` counts the documents that tell it."""

    source: str
    relation: str
    target: str
    status: str
    weight: int
    facts: int
    first: str | None
    last: str | None
    confidence: float

    @property
    def key(self) -> EdgeKey:
        return self.source, self.relation, self.target, self.status


@dataclass(slots=True)
class Walk:
    """How far a walk around an actor has come: steps to each node that is kept, and all ties seen."""

    budget: int
    steps: dict[str, int]
    strengths: dict[str, int] = field(default_factory=dict)
    ties: dict[EdgeKey, Tie] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)

    def see(self, ties: Iterable[Tie]) -> None:
        """Take ties in, each once, whichever end it was found from."""
        for tie in ties:
            if tie.key not in self.ties:
                self.ties[tie.key] = tie
                for end in (tie.source, tie.target):
                    self.strengths[end] = self.strengths.get(end, 0) + tie.weight

    def step(self, number: int) -> list[str]:
        """Keep the strongest of the nodes that have come into sight, as far as the budget goes; return those."""
        seen = {end for tie in self.ties.values() for end in (tie.source, tie.target)} - self.steps.keys()
        ranked = sorted(seen, key=lambda node: (-self.strengths[node], node))
        room = max(0, self.budget - len(self.steps))
        self.cut.update(ranked[room:])
        for node in ranked[:room]:
            self.steps[node] = number
        return ranked[:room]


def answer_neighbourhood(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the actors within `depth` steps of one, and the ties between all of them."""
    centre, _ = find_actor(store, arguments["id"])
    wanted = read_filter(store, arguments)
    walk = Walk(budget=arguments["nodes"], steps={centre: 0})
    frontier = [centre]
    for number in range(1, arguments["depth"] + 1):
        for node in frontier:
            walk.see(_read_ties(store, node, wanted))
        frontier = walk.step(number)
    # The ties among those at the rim, which no step has looked at.
    for node in frontier:
        walk.see(tie for tie in _read_ties(store, node, wanted) if {tie.source, tie.target} <= walk.steps.keys())
    return json_answer(_describe(store, walk, centre, arguments))


def _describe(store: WorkerStore, walk: Walk, centre: str, arguments: Arguments) -> Json:
    inside = [tie for tie in walk.ties.values() if {tie.source, tie.target} <= walk.steps.keys()]
    inside.sort(key=lambda tie: (-tie.weight, -tie.confidence, tie.key))
    kept = inside[: arguments["edges"]]
    name = store.namespaces.actor_id
    return {
        "centre": name(centre),
        "depth": arguments["depth"],
        "nodes": [
            {**store.card(iri), "steps": steps, "strength": walk.strengths.get(iri, 0)}
            for iri, steps in sorted(walk.steps.items(), key=lambda item: (item[1], -walk.strengths.get(item[0], 0)))
        ],
        "edges": [
            {
                "source": name(tie.source) or tie.source,
                "target": name(tie.target) or tie.target,
                "relation": describe_relation(store, tie.relation),
                "status": tie.status,
                "weight": tie.weight,
                "facts": tie.facts,
                "first": tie.first,
                "last": tie.last,
                "confidence": tie.confidence,
            }
            for tie in kept
        ],
        "cut": {"nodes": len(walk.cut - walk.steps.keys()), "edges": len(inside) - len(kept)},
    }


def _read_ties(store: WorkerStore, actor: str, wanted: FactFilter) -> list[Tie]:
    symmetric = {store.relation_iri(name).value for name in store.vocabulary.symmetric}
    groups: dict[EdgeKey, list[FactReference]] = {}
    for fact in store.facts_of(actor):
        if wanted.fits(fact):
            source, target = fact.subject, fact.object
            if fact.relation in symmetric and target < source:
                source, target = target, source
            groups.setdefault((source, fact.relation, target, fact.status), []).append(fact)
    return [
        Tie(
            *key,
            weight=len({fact.document for fact in facts}),
            facts=len(facts),
            first=min((fact.date for fact in facts if fact.date), default=None),
            last=max((fact.date for fact in facts if fact.date), default=None),
            confidence=max(fact.confidence for fact in facts),
        )
        for key, facts in groups.items()
    ]
