"""What people decide about, and have decided: candidates with their sentences, decisions with who, when and why."""

from __future__ import annotations

from graph.model import Decision
from graph.rdf.terms import Iri
from graph.store.fact_filter import FactFilter
from graph.store.review import StoredCandidate, find_context, list_candidates, list_decisions

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import WorkerStore
from .actors import standing_as
from .answer import Answer, Arguments, json_answer
from .facts import Json


def answer_candidates(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of candidates, the likeliest first."""
    actor = standing_as(store, store.namespaces.actor(arguments["actor"])) if arguments.get("actor") else None
    found = [
        each
        for each in list_candidates(store.checkpoint, store.namespaces)
        if each.score >= (arguments.get("min_score") or 0.0)
        and (actor is None or actor in (each.one, each.other))
        and (not arguments.get("kind") or store.card(each.one)["kind"] == arguments["kind"])
    ]
    if arguments.get("cursor"):
        _, last = decode_cursor(arguments["cursor"], str, str)
        places = [place for place, each in enumerate(found, 1) if each.iri == last]
        found = found[places[0] :] if places else []
    limit = arguments["limit"]
    page, more = found[:limit], len(found) > limit
    following = encode_cursor(str(page[-1].score), page[-1].iri) if more else None
    return json_answer({"items": [_describe_candidate(store, each) for each in page], "next": following})


def answer_decisions(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of decisions, the newest first."""
    actor = standing_as(store, store.namespaces.actor(arguments["actor"])) if arguments.get("actor") else None
    fact = store.namespaces.fact(arguments["fact"]) if arguments.get("fact") else None
    found = sorted(list_decisions(store.checkpoint, store.namespaces).items(), reverse=True)
    found.sort(key=lambda each: each[1].at, reverse=True)
    chosen = [
        (key, each)
        for key, each in found
        if (not arguments.get("verdict") or each.verdict == arguments["verdict"])
        and (fact is None or each.fact == fact)
        and (actor is None or actor in [standing_as(store, iri) for iri in (each.one, each.other) if iri])
    ]
    if arguments.get("cursor"):
        last = decode_cursor(arguments["cursor"], str)[0]
        places = [place for place, (key, _) in enumerate(chosen, 1) if key == last]
        chosen = chosen[places[0] :] if places else []
    limit = arguments["limit"]
    page = chosen[:limit]
    following = encode_cursor(page[-1][0]) if len(chosen) > limit else None
    return json_answer({"items": [_describe_decision(store, *each) for each in page], "next": following})


def answer_decision(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer one decision that was just made."""
    key = arguments["id"]
    return json_answer(_describe_decision(store, key, list_decisions(store.checkpoint, store.namespaces)[key]))


def _describe_candidate(store: WorkerStore, candidate: StoredCandidate) -> Json:
    return {
        "id": store.namespaces.candidate_id(candidate.iri) or candidate.iri,
        "score": candidate.score,
        "reasons": list(candidate.reasons),
        "one": _describe_side(store, candidate.one),
        "other": _describe_side(store, candidate.other),
    }


def _describe_side(store: WorkerStore, iri: str) -> Json:
    context = find_context(store.checkpoint, iri)
    links = store.rows("actor-links", actor=Iri(iri))
    country = next((other for _, kind, way, other in links if (kind, way) == ("country", "out")), None)
    return {
        **store.card(iri),
        "country": store.card(country) if country else None,
        "facts": store.facts.count(FactFilter(actor=iri)).facts,
        "context": {"text": context.text, "document": store.namespaces.document_id(context.document)}
        if context
        else None,
    }


def _describe_decision(store: WorkerStore, key: str, decision: Decision) -> Json:
    one, other = (
        store.card(standing_as(store, iri)) if iri is not None else None for iri in (decision.one, decision.other)
    )
    return {
        "id": key,
        "verdict": decision.verdict,
        "by": decision.by,
        "at": decision.at,
        "why": decision.why,
        "one": one,
        "other": other,
        "fact": (store.namespaces.fact_id(decision.fact) or decision.fact) if decision.fact else None,
        "name": {"text": decision.name, "language": decision.language} if decision.name else None,
        "kind": decision.kind,
    }
