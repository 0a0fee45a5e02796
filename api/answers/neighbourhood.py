"""Who stands around an actor: nodes and edges within some steps, the strongest kept where there are too many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.rdf.terms import Iri, Term

from ..worker_store import WorkerStore
from .actors import find_actor
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_relation, filter_bindings

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
    bindings = filter_bindings(store, arguments)
    walk = Walk(budget=arguments["nodes"], steps={centre: 0})
    frontier = [centre]
    for number in range(1, arguments["depth"] + 1):
        for node in frontier:
            walk.see(_read_ties(store, node, bindings))
        frontier = walk.step(number)
    # The ties among those at the rim, which no step has looked at.
    for node in frontier:
        walk.see(tie for tie in _read_ties(store, node, bindings) if {tie.source, tie.target} <= walk.steps.keys())
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


def _read_ties(store: WorkerStore, actor: str, bindings: dict[str, Term]) -> list[Tie]:
    ties: dict[EdgeKey, Tie] = {}
    symmetric = store.vocabulary.symmetric
    for row in store.rows("ties", **{**bindings, "actor": Iri(actor)}):
        relation, status, way, other = row[1] or "", row[2] or "", row[6], row[7] or ""
        weight, facts, first, last, best = row[8:]
        source, target = (actor, other) if way == "out" else (other, actor)
        if store.term(relation) in symmetric and target < source:
            source, target = target, source
        tie = Tie(source, relation, target, status, int(weight or 0), int(facts or 0), first, last, float(best or 0))
        known = ties.get(tie.key)
        # Two rows of one tie: a fact about oneself, found from both its ends, or a relation told in both directions.
        ties[tie.key] = tie if known is None or source == target else _merge(known, tie)
    return list(ties.values())


def _merge(one: Tie, other: Tie) -> Tie:
    return replace(
        one,
        weight=one.weight + other.weight,
        facts=one.facts + other.facts,
        first=min((date for date in (one.first, other.first) if date), default=None),
        last=max((date for date in (one.last, other.last) if date), default=None),
        confidence=max(one.confidence, other.confidence),
    )
