"""Actors as JSON: found by name, described, and with the facts that name them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.errors import NotFoundError
from graph.model import EntityKind
from graph.rdf.terms import Iri
from graph.store.fact_filter import FactFilter
from graph.store.fact_index import Counterpart
from graph.store.index import MOST_FOUND

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import Card, WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import Json, describe_relation, page_of_facts
from .lists import Pager, read_filter

_COUNTS = frozenset({"weight", "facts"})


def answer_actors(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the actors whose name is like `q`, best first; without `q` those that most facts name."""
    limit, cursor, sort = arguments["limit"], arguments.get("cursor"), arguments.get("sort")
    # What ranks a list is known here alone, so a cursor counts.
    offset = max(0, int(decode_cursor(cursor, int)[0])) if cursor else 0
    kind = arguments.get("kind")
    if (arguments.get("q") or "").strip():
        found = _search(store, arguments["q"], kind, sort)[offset : offset + limit + 1]
    else:
        found = _most_named(store, kind, sort or "-facts", offset, limit + 1)
    following = encode_cursor(offset + limit) if len(found) > limit else None
    return json_answer({"items": found[:limit], "next": following})


def _search(store: WorkerStore, text: str, kind: str | None, sort: str | None) -> list[Json]:
    matches = store.checkpoint.names.search(text, kind=EntityKind(kind) if kind else None, limit=MOST_FOUND)
    if sort == "facts" or sort == "-facts":
        matches = tuple(sorted(matches, key=lambda match: match.degree, reverse=sort == "-facts"))
    elif sort:
        name = f"label_{sort.removeprefix('-')}"
        matches = tuple(sorted(matches, key=lambda match: getattr(match, name) or "", reverse=sort.startswith("-")))
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


def _most_named(store: WorkerStore, kind: str | None, sort: str, offset: int, limit: int) -> list[Json]:
    return [
        {**store.card(iri), "facts": degree, "matched": None, "score": None}
        for iri, degree in store.strongest(kind, sort=sort, offset=offset, limit=limit)
    ]


def answer_actor(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer what is known of one actor."""
    iri, card = find_actor(store, arguments["id"])
    names = list(store.rows("actor-names", actor=Iri(iri)))
    count = store.facts.count(FactFilter(actor=iri))
    return json_answer(
        {
            **card,
            "aliases": [{"text": text, "language": tag} for _, role, text, tag in names if role == "alias"],
            "same_as": [text for _, role, text, _ in names if role == "match"],
            "offices": [_describe_office(store, row[2:]) for row in store.rows("actor-offices", actor=Iri(iri))],
            "links": [_describe_link(store, row[1:]) for row in store.rows("actor-links", actor=Iri(iri))],
            **count._asdict(),
            "relations": [_describe_count(store, row) for row in store.facts.relations_of(iri)],
        }
    )


def _describe_count(store: WorkerStore, row: tuple[str, str, str, int, int, int, str | None, str | None]) -> Json:
    relation, direction, status, facts, documents, reports, first, last = row
    return {
        "relation": describe_relation(store, relation),
        "direction": direction,
        "status": status,
        "facts": facts,
        "documents": documents,
        "reports": reports,
        "first": first,
        "last": last,
    }


def _describe_link(store: WorkerStore, row: tuple[str | None, ...]) -> Json:
    kind, way, other = row
    return {"link": kind, "direction": way, "actor": store.card(other or "")}


def find_actor(store: WorkerStore, actor_id: str) -> tuple[str, Card]:
    """Return the IRI and the card of an actor; raise NotFoundError for one that nothing is said of."""
    iri = store.namespaces.actor(actor_id)
    card = store.card(iri)
    if card["kind"] is None:
        iri = standing_as(store, iri)
        card = store.card(iri)
    if card["kind"] is None:
        raise NotFoundError(f"there is no actor {actor_id!r}: look for the name with /actors?q=")
    return iri, card


def standing_as(store: WorkerStore, iri: str) -> str:
    """Return the IRI under which an actor stands, given that or one under which it was read.

    A decision may name it with its state, and its offices, behind tildes, by which namesakes are told apart.
    """
    head, slash, end = iri.rpartition("/")
    parts = end.split("~")
    for name in (head + slash + "~".join(parts[:size]) for size in range(len(parts), 0, -1)):
        if name and store.card(name)["kind"] is not None:
            return name
        node = next((node for _, node in store.rows("actor-standing", actor=Iri(name))), None) if name else None
        if node:
            return node
    return iri


def _describe_office(store: WorkerStore, row: tuple[str | None, ...]) -> Json:
    body, arabic, english, since, until = row
    return {
        "body": store.card(body or ""),
        "title": {"ar": arabic, "en": english},
        "since": since,
        "until": until,
    }


def answer_relationships(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of the facts that name an actor, newest event first unless sorted otherwise; or of those whom they
    name beside the actor, where that is asked for."""
    iri, _ = find_actor(store, arguments["id"])
    other = store.namespaces.actor(arguments["counterpart"]) if arguments.get("counterpart") else None
    wanted = read_filter(store, arguments, actor=iri, other=other, direction=arguments.get("direction"))
    if arguments.get("group_by") == "counterpart":
        return _page_of_counterparts(store, arguments, wanted)
    if arguments.get("group_by") == "month":
        return json_answer({"items": _count_months(store, wanted), "next": None})
    return page_of_facts(store, arguments, wanted, "-date")


def _count_months(store: WorkerStore, wanted: FactFilter) -> list[Json]:
    """Return how many of the facts fall into each month; there are never so many months that they need pages."""
    months: dict[str, dict[str, int]] = {}
    for period in store.facts.periods(wanted):
        months.setdefault(period.month, {})[period.status] = period.facts
    return [{"month": name, "facts": sum(of.values()), "statuses": of} for name, of in months.items()]


def _page_of_counterparts(store: WorkerStore, arguments: Arguments, wanted: FactFilter) -> Answer:
    """Answer a page of counterparts, those whom most reports tie to the actor first unless sorted otherwise."""
    pager = Pager(arguments, "-weight")
    key = pager.order.key

    # Those of one rank stand in order of their IRIs, which sorting again keeps.
    found = sorted(store.facts.counterparts(wanted), key=lambda each: each.actor)
    found.sort(key=lambda each: _rank(each, key), reverse=pager.order.descending)
    after = pager.after_number() if key in _COUNTS else pager.after()
    if after:
        found = [each for each in found if _comes_after(each, key, after, descending=pager.order.descending)]
    page = found[: pager.limit]
    following = pager.next(_rank(page[-1], key), page[-1].actor) if len(found) > len(page) else None
    return json_answer({"items": [_describe_counterpart(store, wanted, each) for each in page], "next": following})


def _rank(each: Counterpart, key: str) -> Any:  # Any: a number or a date, as the key has it
    return getattr(each, key) or ""


def _comes_after(each: Counterpart, key: str, after: tuple[float | str, str], *, descending: bool) -> bool:
    rank = _rank(each, key)
    if rank == after[0]:
        return each.actor > after[1]
    return bool(rank < after[0]) is descending


def _describe_counterpart(store: WorkerStore, wanted: FactFilter, found: Counterpart) -> Json:
    ties = store.facts.ties(replace(wanted, other=found.actor))
    ties.sort(key=lambda tie: (-tie.weight, tie.relation, tie.source, tie.status))
    return {
        **store.card(found.actor),
        "weight": found.weight,
        "facts": found.facts,
        "first": found.first,
        "last": found.last,
        "relations": [
            {
                "relation": describe_relation(store, tie.relation),
                "direction": "out" if tie.source == wanted.actor else "in",
                "status": tie.status,
                "facts": tie.facts,
                "documents": tie.documents,
                "reports": tie.weight,
                "first": tie.first,
                "last": tie.last,
            }
            for tie in ties
        ],
    }
