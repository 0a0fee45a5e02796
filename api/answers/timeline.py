"""What happened when, as JSON: dated facts in order, what several documents tell once."""

from __future__ import annotations

from graph.store.fact_filter import FactFilter

from ..worker_store import WorkerStore
from .actors import find_actor
from .answer import Answer, Arguments, json_answer
from .facts import describe_relation
from .lists import Pager, read_filter


def answer_timeline(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of what happened, to an actor or to anybody, the earliest first unless sorted otherwise."""
    actor = find_actor(store, arguments["actor"])[0] if arguments.get("actor") else None
    other = find_actor(store, arguments["counterpart"])[0] if arguments.get("counterpart") else None
    wanted: FactFilter = read_filter(store, arguments, actor=actor, other=other if actor else None)
    pager = Pager(arguments, "date")
    found = store.facts.moments(wanted, pager.order, limit=pager.limit + 1, after=pager.after())
    page = found[: pager.limit]
    items = [
        {
            "date": moment.date,
            "subject": store.card(moment.subject),
            "relation": describe_relation(store, moment.relation),
            "object": store.card(moment.object),
            "status": moment.status,
            "facts": moment.facts,
            "documents": moment.documents,
            "reports": moment.reports,
            "confidence": moment.confidence,
            "fact": store.namespaces.fact_id(moment.fact) or moment.fact,
        }
        for moment in page
    ]
    following = pager.next(page[-1].date, page[-1].fact) if len(found) > len(page) else None
    return json_answer({"items": items, "next": following})
