"""Who stands around an actor: nodes and edges within some steps, the strongest kept where there are too many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from graph.model import STATED, Status
from graph.network.export.registry import find_format
from graph.network.options import NetworkOptions
from graph.network.read import read_network
from graph.store.fact_filter import FactFilter
from graph.store.fact_index import Tie

from ..worker_store import WorkerStore
from .actors import find_actor
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_relation
from .lists import read_filter

EdgeKey = tuple[str, str, str, str]


@dataclass(slots=True)
class Walk:
    """How far a walk around an actor has come: steps to each node that is kept, and all ties seen."""

    budget: int
    steps: dict[str, int]
    strengths: dict[str, int] = field(default_factory=dict)
    ties: dict[EdgeKey, Tie] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    kept: list[Tie] = field(default_factory=list)
    cut_edges: int = 0

    @property
    def cut_nodes(self) -> int:
        """How many nodes came into sight and were not kept."""
        return len(self.cut - self.steps.keys())

    def see(self, ties: Iterable[Tie]) -> None:
        """Take ties in, each once, whichever end it was found from."""
        for tie in ties:
            key = tie.source, tie.relation, tie.target, tie.status
            if key not in self.ties:
                self.ties[key] = tie
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

    def close(self, edges: int) -> None:
        """Keep the heaviest of the ties between the nodes that are kept, as far as the budget goes."""
        inside = [tie for tie in self.ties.values() if {tie.source, tie.target} <= self.steps.keys()]
        inside.sort(key=lambda tie: (-tie.weight, -tie.confidence, tie))
        self.kept, self.cut_edges = inside[:edges], max(0, len(inside) - edges)


def answer_neighbourhood(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the actors within `depth` steps of one, and the ties between all of them, in the format asked for."""
    centre, _ = find_actor(store, arguments["id"])
    walk = walk_around(store, centre, arguments)
    if arguments["format"] == "json":
        return json_answer(_describe(store, walk, centre, arguments))
    return write_neighbourhood(store, arguments, walk)


def walk_around(store: WorkerStore, centre: str, arguments: Arguments) -> Walk:
    """Return all who are within `depth` steps of an actor, the strongest where there are too many, and their ties."""
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
    walk.close(arguments["edges"])
    return walk


def _describe(store: WorkerStore, walk: Walk, centre: str, arguments: Arguments) -> Json:
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
                "documents": tie.documents,
                "facts": tie.facts,
                "first": tie.first,
                "last": tie.last,
                "confidence": tie.confidence,
            }
            for tie in walk.kept
        ],
        "cut": {"nodes": walk.cut_nodes, "edges": walk.cut_edges},
    }


def _read_ties(store: WorkerStore, actor: str, wanted: FactFilter) -> list[Tie]:
    """Return the ties of an actor; those of a relation that holds both ways run one way, whoever was named first."""
    ties: dict[EdgeKey, Tie] = {}
    for tie in store.facts.ties(replace(wanted, actor=actor)):
        source, target = tie.source, tie.target
        if tie.relation in store.vocabulary.symmetric and target < source:
            source, target = target, source
        key = source, tie.relation, target, tie.status
        ties[key] = _join(tie._replace(source=source, target=target), ties.get(key))
    return [*ties.values()]


def _join(tie: Tie, other: Tie | None) -> Tie:
    """Return one tie of two that differ in who was named first; a report that tells both counts twice."""
    if other is None:
        return tie
    return tie._replace(
        weight=tie.weight + other.weight,
        documents=tie.documents + other.documents,
        facts=tie.facts + other.facts,
        first=min(filter(None, (tie.first, other.first)), default=None),
        last=max(filter(None, (tie.last, other.last)), default=None),
        confidence=max(tie.confidence, other.confidence),
    )


def write_neighbourhood(store: WorkerStore, arguments: Arguments, walk: Walk) -> Answer:
    """Answer what a walk has kept as a file, with what `rawabit export` gives of these nodes and edges."""
    form = find_format(arguments["format"])
    name = store.namespaces.actor_id
    options = NetworkOptions(
        relations=frozenset(arguments["relations"]),
        since=arguments["since"],
        until=arguments["until"],
        statuses=frozenset(map(Status, arguments["statuses"] or STATED)),
        min_confidence=arguments["min_confidence"] or 0.0,
        kinds=frozenset(),
        actor=arguments["id"],
        depth=arguments["depth"],
    )
    network = read_network(store.checkpoint, options, vocabulary=store.vocabulary)
    network = network.with_nodes({name(iri) or iri for iri in walk.steps})
    ties = {(tie.relation, frozenset((name(tie.source), name(tie.target)))) for tie in walk.kept}
    edges = tuple(edge for edge in network.edges if (edge.relation, frozenset((edge.source, edge.target))) in ties)
    cut = f"cut: {walk.cut_nodes} nodes, {walk.cut_edges} edges"
    network = replace(network, edges=edges, title=f"{network.title} · {cut}")
    headers = (
        ("Content-Disposition", f'attachment; filename="neighbourhood-{store.number}{form.suffix}"'),
        ("Rawabit-Cut", f"nodes={walk.cut_nodes}, edges={walk.cut_edges}"),
    )
    return Answer(form.media_type, partial(form.write, network), headers=headers)
