"""What a graph holds, counted."""

from __future__ import annotations

from collections.abc import Iterable

from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_relation
from .references import UNDATED

_TOP = 12


def answer_stats(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer how much there is of everything."""
    dates = [document.published for document in store.documents if document.published != UNDATED]
    counts = [(relation or "", status or "", int(n or 0)) for relation, status, n in store.rows("stats-relations")]
    statuses: dict[str, int] = {}
    for _, status, facts in counts:
        statuses[status] = statuses.get(status, 0) + facts
    return json_answer(
        {
            "checkpoint": store.number,
            "documents": {
                "number": len(store.documents),
                "sources": len({document.source for document in store.documents if document.source}),
                "first": min(dates, default=None),
                "last": max(dates, default=None),
            },
            "facts": sum(statuses.values()),
            "statuses": statuses,
            "relations": _count_relations(store, counts),
            "kinds": {store.term(kind or ""): int(count or 0) for kind, count in store.rows("stats-kinds")},
            "months": {month: int(facts or 0) for month, facts in store.rows("stats-months") if month},
            "top_actors": [
                {**store.card(iri), "facts": degree} for iri, degree in store.strongest(None, offset=0, limit=_TOP)
            ],
        }
    )


def _count_relations(store: WorkerStore, counts: Iterable[tuple[str, str, int]]) -> list[Json]:
    by_relation: dict[str, dict[str, int]] = {}
    for relation, status, facts in counts:
        by_relation.setdefault(relation, {})[status] = facts
    return [
        {**describe_relation(store, relation), "facts": sum(by_status.values()), "statuses": by_status}
        for relation, by_status in sorted(by_relation.items(), key=lambda item: -sum(item[1].values()))
    ]
