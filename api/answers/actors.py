"""Actors as JSON: found by name, described, and with the facts that name them."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import NotFoundError
from graph.model import EntityKind
from graph.rdf.terms import Iri

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import Card, WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_facts, describe_relation, read_filter
from .references import FactReference, newest_event_first


def answer_actors(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the actors whose name is like `q`, best first; without `q` those that most facts name."""
    limit, cursor = arguments["limit"], arguments.get("cursor")
    offset = max(0, int(decode_cursor(cursor, int)[0])) if cursor else 0
    kind = arguments.get("kind")
    if (arguments.get("q") or "").strip():
        found = _search(store, arguments["q"], kind, offset, limit + 1)
    else:
        found = _most_named(store, kind, offset, limit + 1)
    following = encode_cursor(offset + limit) if len(found) > limit else None
    return json_answer({"items": found[:limit], "next": following})


def _search(store: WorkerStore, text: str, kind: str | None, offset: int, limit: int) -> list[Json]:
    matches = store.checkpoint.names.search(
        text, kind=EntityKind(kind) if kind else None, limit=limit, offset=min(offset, 10_000)
    )
    return [
        {
            "id": store.namespaces.actor_id(match.iri) or match.iri,
            "iri": match.iri,
            "kind": str(match.kind),
            "label": {"ar": match.label_ar, "en": match.label_en},
            "facts": match.degree,
            "matched": match.matched,
            "score": round(match.score, 3),
        }
        for match in matches
    ]


def _most_named(store: WorkerStore, kind: str | None, offset: int, limit: int) -> list[Json]:
    return [
        {**store.card(iri), "facts": degree, "matched": None, "score": None}
        for iri, degree in store.strongest(kind, offset=offset, limit=limit)
    ]


def answer_actor(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer what is known of one actor."""
    iri, card = find_actor(store, arguments["id"])
    names = list(store.rows("actor-names", actor=Iri(iri)))
    facts = store.facts_of(iri)
    dates = sorted(fact.date for fact in facts if fact.date)
    return json_answer(
        {
            **card,
            "aliases": [{"text": text, "language": tag} for _, role, text, tag in names if role == "alias"],
            "same_as": [text for _, role, text, _ in names if role == "match"],
            "offices": [_describe_office(store, row[2:]) for row in store.rows("actor-offices", actor=Iri(iri))],
            "first": dates[0] if dates else None,
            "last": dates[-1] if dates else None,
            "facts": len(facts),
            "relations": _count_relations(store, iri, facts),
        }
    )


def _count_relations(store: WorkerStore, actor: str, facts: Iterable[FactReference]) -> list[Json]:
    groups: dict[tuple[str, str, str], list[FactReference]] = {}
    for fact in facts:
        for direction, end in (("out", fact.subject), ("in", fact.object)):
            if end == actor:
                groups.setdefault((fact.relation, direction, fact.status), []).append(fact)
    return [
        {
            "relation": describe_relation(store, relation),
            "direction": direction,
            "status": status,
            "facts": len(group),
            "documents": len({fact.document for fact in group}),
            "first": min((fact.date for fact in group if fact.date), default=None),
            "last": max((fact.date for fact in group if fact.date), default=None),
        }
        for (relation, direction, status), group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def find_actor(store: WorkerStore, actor_id: str) -> tuple[str, Card]:
    """Return the IRI and the card of an actor; raise NotFoundError for one that nothing is said of."""
    iri = store.namespaces.actor(actor_id)
    card = store.card(iri)
    if card["kind"] is None:
        raise NotFoundError(f"there is no actor {actor_id!r}: look for the name with /actors?q=")
    return iri, card


def _describe_office(store: WorkerStore, row: tuple[str | None, ...]) -> Json:
    body, arabic, english, since, until = row
    return {
        "body": store.card(body or ""),
        "title": {"ar": arabic, "en": english},
        "since": since,
        "until": until,
    }


def answer_relationships(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of the facts that name an actor, newest event first."""
    iri, _ = find_actor(store, arguments["id"])
    wanted, limit, direction = read_filter(store, arguments), arguments["limit"], arguments.get("direction")
    facts = [
        fact
        for fact in store.facts_of(iri)
        if wanted.fits(fact)
        and (direction != "out" or fact.subject == iri)
        and (direction != "in" or fact.object == iri)
    ]
    if arguments.get("cursor"):
        when, last = map(str, decode_cursor(arguments["cursor"], str, str))
        facts = [fact for fact in facts if fact.when < when or (fact.when == when and fact.iri > last)]
    page = newest_event_first(facts)[: limit + 1]
    following = encode_cursor(page[limit - 1].when, page[limit - 1].iri) if len(page) > limit else None
    return json_answer({"items": describe_facts(store, page[:limit]), "next": following})
