"""What a graph holds, counted."""

from __future__ import annotations

from collections.abc import Iterable

from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_relation

_TOP = 12
_OUTLETS = 20


def answer_stats(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer how much there is of everything."""
    counts = store.facts.count_relations()
    number, reports, sources, first, last = store.facts.count_documents()
    statuses: dict[str, int] = {}
    for _, status, facts in counts:
        statuses[status] = statuses.get(status, 0) + facts
    return json_answer(
        {
            "checkpoint": store.number,
            "documents": {"number": number, "reports": reports, "sources": sources, "first": first, "last": last},
            "facts": sum(statuses.values()),
            "statuses": statuses,
            "relations": _count_relations(store, counts),
            "kinds": {store.term(kind or ""): int(count or 0) for kind, count in store.rows("stats-kinds")},
            "months": dict(store.facts.count_months()),
            "outlets": _count_outlets(store),
            "top_actors": [
                {**store.card(iri), "facts": degree} for iri, degree in store.strongest(None, offset=0, limit=_TOP)
            ],
        }
    )


def _count_outlets(store: WorkerStore) -> list[Json]:
    outlets: dict[str, dict[str, int]] = {}
    for source, month, documents in store.facts.count_outlets():
        outlets.setdefault(source, {})[month] = documents
    largest = sorted(outlets.items(), key=lambda outlet: -sum(outlet[1].values()))[:_OUTLETS]
    return [
        {
            "source": source,
            "documents": sum(months.values()),
            "months": {month: documents for month, documents in months.items() if month},
        }
        for source, months in largest
    ]


def _count_relations(store: WorkerStore, counts: Iterable[tuple[str, str, int]]) -> list[Json]:
    by_relation: dict[str, dict[str, int]] = {}
    for relation, status, facts in counts:
        by_relation.setdefault(relation, {})[status] = facts
    return [
        {**describe_relation(store, relation), "facts": sum(by_status.values()), "statuses": by_status}
        for relation, by_status in sorted(by_relation.items(), key=lambda item: -sum(item[1].values()))
    ]
