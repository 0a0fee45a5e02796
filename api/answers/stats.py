"""What a graph holds, counted."""

from __future__ import annotations

from itertools import islice

from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_relation

_TOP = 12


def answer_stats(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer how much there is of everything."""
    number, sources, first, last = next(iter(store.rows("stats-documents")), ("0", "0", None, None))
    relations = _count_relations(store)
    statuses: dict[str, int] = {}
    for row in store.rows("stats-relations"):
        statuses[row[1] or ""] = statuses.get(row[1] or "", 0) + int(row[2] or 0)
    return json_answer(
        {
            "checkpoint": store.number,
            "documents": {"number": int(number or 0), "sources": int(sources or 0), "first": first, "last": last},
            "facts": sum(statuses.values()),
            "statuses": statuses,
            "relations": relations,
            "kinds": {store.term(kind or ""): int(count or 0) for kind, count in store.rows("stats-kinds")},
            "months": {month: int(facts or 0) for month, facts in store.rows("stats-months") if month},
            "top_actors": [
                {**store.card(actor), "facts": int(facts or 0)}
                for _, actor, facts in islice(store.rows("actors"), _TOP)
                if actor
            ],
        }
    )


def _count_relations(store: WorkerStore) -> list[Json]:
    counts: dict[str, dict[str, int]] = {}
    for relation, status, facts in store.rows("stats-relations"):
        counts.setdefault(relation or "", {})[status or ""] = int(facts or 0)
    return [
        {**describe_relation(store, relation), "facts": sum(by_status.values()), "statuses": by_status}
        for relation, by_status in sorted(counts.items(), key=lambda item: -sum(item[1].values()))
    ]
