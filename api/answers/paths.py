"""How two actors are connected, as JSON: the ways between them, with the facts that make each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from graph.network.paths import find_paths
from graph.store.fact_filter import FactFilter, Order

from ..worker_store import WorkerStore
from .actors import find_actor
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_facts
from .lists import read_filter


def answer_paths(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the shortest ways from one actor to another."""
    (source, _), (target, _) = find_actor(store, arguments["source"]), find_actor(store, arguments["target"])
    wanted = read_filter(store, arguments)
    # Kinds are those of who is met on the way; the ends are as they are.
    ends = {source, target}

    def neighbours(actors: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        around = store.facts.neighbours(actors, replace(wanted, kinds=()))
        if not wanted.kinds:
            return around
        return {actor: {other: n for other, n in ties.items() if _fits(other)} for actor, ties in around.items()}

    def _fits(actor: str) -> bool:
        return actor in ends or store.card(actor)["kind"] in wanted.kinds

    paths = find_paths(source, target, neighbours, most=arguments["limit"], longest=arguments["longest"])
    items = [_describe(store, path, wanted, arguments["facts"]) for path in paths.found]
    return json_answer({"items": items, "complete": paths.is_whole, "seen": paths.seen})


def _describe(store: WorkerStore, path: tuple[str, ...], wanted: FactFilter, most: int) -> Json:
    steps = [_describe_step(store, *pair, wanted, most) for pair in pairwise(path)]
    return {"length": len(steps), "actors": [store.card(actor) for actor in path], "steps": steps}


def _describe_step(store: WorkerStore, one: str, other: str, wanted: FactFilter, most: int) -> Json:
    between = replace(wanted, actor=one, other=other, kinds=())
    count = store.facts.count(between)
    facts = store.facts.page(between, Order("date"), limit=most)
    return {
        "from": store.namespaces.actor_id(one) or one,
        "to": store.namespaces.actor_id(other) or other,
        "weight": count.reports,
        "total": count.facts,
        "first": count.first,
        "last": count.last,
        "facts": describe_facts(store, (fact.iri for fact in facts)),
    }
