"""Actors as JSON: found by name, described, and with the facts that name them."""

from __future__ import annotations

from itertools import islice

from graph.errors import NotFoundError
from graph.model import EntityKind
from graph.rdf.namespaces import RW
from graph.rdf.terms import Iri, Literal, Term

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import Card, WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_relation, filter_bindings, page_of_facts


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
    bindings: dict[str, Term] = {"kind": Iri(RW + kind)} if kind else {}
    rows = islice(store.rows("actors", **bindings), offset, offset + limit)
    return [
        {**store.card(actor), "facts": int(facts or 0), "matched": None, "score": None}
        for _, actor, facts in rows
        if actor
    ]


def answer_actor(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer what is known of one actor."""
    iri, card = find_actor(store, arguments["id"])
    names = list(store.rows("actor-names", actor=Iri(iri)))
    counts = list(store.rows("actor-counts", actor=Iri(iri)))
    firsts = [first for *_, first, _ in counts if first]
    lasts = [last for *_, last in counts if last]
    return json_answer(
        {
            **card,
            "aliases": [{"text": text, "language": language} for _, role, text, language in names if role == "alias"],
            "same_as": [text for _, role, text, _ in names if role == "match"],
            "offices": [_describe_office(store, row[2:]) for row in store.rows("actor-offices", actor=Iri(iri))],
            "first": min(firsts, default=None),
            "last": max(lasts, default=None),
            "facts": sum(int(row[4] or 0) for row in counts),
            "relations": [
                {
                    "relation": describe_relation(store, relation or ""),
                    "direction": way,
                    "status": status,
                    "facts": int(facts or 0),
                    "documents": int(documents or 0),
                    "first": first,
                    "last": last,
                }
                for _, way, relation, status, facts, documents, first, last in counts
            ],
        }
    )


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
    """Answer a page of the facts that name an actor, newest first."""
    iri, _ = find_actor(store, arguments["id"])
    bindings = {**filter_bindings(store, arguments), "actor": Iri(iri)}
    if arguments.get("direction"):
        bindings["only"] = Literal(arguments["direction"])
    return json_answer(page_of_facts(store, "relationships", bindings, arguments["limit"]))
