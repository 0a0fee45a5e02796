"""Events as JSON: listed, and one with all who tell of it, how far they agree and who contradicts."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import NotFoundError
from graph.store.dates import first_day, last_day
from graph.store.event_index import EventFilter, EventReference, Telling, find_amounts

from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_facts, describe_relation, describe_tellings
from .lists import Pager

_MOST = 200


def answer_events(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of events, the latest first unless sorted otherwise."""
    pager = Pager(arguments, "-date")
    relations = tuple(arguments.get("relations") or ())
    for relation in relations:
        store.relation_iri(relation)
    since, until = arguments.get("since"), arguments.get("until")
    actor, other = (
        store.namespaces.actor(arguments[name]) if arguments.get(name) else None for name in ("actor", "counterpart")
    )
    wanted = EventFilter(
        actor=actor,
        other=other,
        relations=relations,
        since=first_day(since) if since else None,
        until=last_day(until) if until else None,
        least_reports=arguments.get("min_reports") or 1,
        disputes=tuple(arguments.get("disputes") or ()),
    )
    by_reports = pager.order.key == "reports"
    after = pager.after_number() if by_reports else pager.after()
    found = store.facts.events.page(wanted, pager.order, limit=pager.limit + 1, after=after)
    page = found[: pager.limit]
    following = None
    if len(found) > len(page):
        following = pager.next(page[-1].reports if by_reports else page[-1].happened, page[-1].iri)
    return json_answer({"items": [_describe(store, event) for event in page], "next": following})


def answer_event(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer one event with its facts, sources, agreement and contradictions."""
    event = store.facts.events.find(store.namespaces.event_of(arguments["id"]))
    if event is None:
        raise NotFoundError(f"there is no event {arguments['id']!r}: see /events for those that there are.")
    tellings = store.facts.events.tellings(event.iri)
    facts = describe_facts(store, (telling.fact for telling in tellings[:_MOST]))
    denied = [fact for fact in facts if fact["status"] == "denied"] if event.actual else []
    return json_answer(
        {
            **_describe(store, event),
            "first": next(iter(describe_tellings(store, tellings[:1])), None),
            "tellings": facts,
            "told_by": _gather_sources(store, tellings),
            "denials": [
                {"by": fact["attributed_to"], "fact": fact["id"], "document": fact["document"]} for fact in denied
            ],
            "amounts": _gather_amounts(store, tellings),
        }
    )


def _describe(store: WorkerStore, event: EventReference) -> Json:
    disputes = {"status": event.actual and event.denied, "amount": event.amounts_differ}
    return {
        "id": store.namespaces.event_id(event.iri),
        "iri": event.iri,
        "subject": store.card(event.subject),
        "relation": describe_relation(store, event.relation),
        "object": store.card(event.object),
        "date": event.date,
        "published": event.published,
        "statuses": event.statuses,
        "facts": event.facts,
        "documents": event.documents,
        "reports": event.reports,
        "sources": event.sources,
        "confidence": event.confidence,
        "disputes": [name for name, is_so in disputes.items() if is_so],
    }


def _gather_sources(store: WorkerStore, tellings: Iterable[Telling]) -> list[Json]:
    """Return the outlets in the order in which they told of the event, each with its documents."""
    found: dict[str, dict[str, list[str]]] = {}
    names: dict[str, str | None] = {}
    for telling in tellings:
        key = telling.source or telling.document
        names[key] = telling.source
        room = "documents" if telling.document == telling.report else "copies"
        documents = found.setdefault(key, {"documents": [], "copies": []})[room]
        document = _id(store, telling.document)
        if document not in documents:
            documents.append(document)
    return [{"name": names[key], **documents} for key, documents in found.items()]


def _gather_amounts(store: WorkerStore, tellings: list[Telling]) -> list[Json]:
    """Return the amounts of the unit in which reports contradict one another; none where they do not."""
    differing = find_amounts(tellings)
    if differing is None:
        return []
    told: dict[tuple[float, str | None], list[str]] = {}
    for telling in tellings:
        if telling.amount is not None and telling.amount.unit == differing[0].unit:
            documents = told.setdefault((telling.amount.value, telling.amount.bound), [])
            if (document := _id(store, telling.document)) not in documents:
                documents.append(document)
    unit = differing[0].unit
    return [
        {"value": value, "unit": unit, "bound": bound, "documents": documents}
        for (value, bound), documents in sorted(told.items(), key=lambda item: (-len(item[1]), item[0][0]))
    ]


def _id(store: WorkerStore, document: str) -> str:
    return store.namespaces.document_id(document) or document
