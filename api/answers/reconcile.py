"""Matches names to actors as the OpenRefine Reconciliation API 0.2 has it, and says more of those that were matched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from graph.model import EntityKind
from graph.rdf.terms import Iri
from graph.store.fact_filter import FactFilter
from graph.store.index import NameMatch
from graph.store.spelling import fold_label

from ..reconciliation import PROPERTIES
from ..worker_store import Card, WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import Json

Values: TypeAlias = "list[Json]"
# A name that fits so well and so much better than the next is taken without asking.
_SURE, _AHEAD = 95.0, 3.0
_PENALTY = 0.4
_MOST_WITH_PROPERTIES = 50


def answer_reconcile(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a batch of queries, each with its candidates, the best first."""
    return json_answer({key: {"result": _match(store, query)} for key, query in arguments["queries"].items()})


def answer_extend(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer what is known of actors, a row each, in the columns asked for."""
    asked = [name for name in arguments["properties"] if name in PROPERTIES]
    rows = {actor: {name: _values(store, actor, name) for name in asked} for actor in arguments["ids"]}
    meta = [{"id": name, "name": PROPERTIES[name]} for name in asked]
    return json_answer({"meta": meta, "rows": rows})


def answer_suggest_entity(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer actors whose name begins as was typed, or is like it."""
    matches = store.checkpoint.names.search(arguments["prefix"], limit=20, offset=arguments["cursor"])
    found = [_candidate(store, match) for match in matches]
    return json_answer(
        {
            "result": [
                {"id": each["id"], "name": each["name"], "description": each["description"], "notable": each["type"]}
                for each in found
            ]
        }
    )


def _match(store: WorkerStore, query: Mapping[str, Any]) -> Values:  # Any: what json gives
    limit, wanted = query["limit"], query["properties"]
    matches = _search(store, query["query"], query["types"], max(limit, _MOST_WITH_PROPERTIES if wanted else limit) + 1)
    found = [_candidate(store, match, _count_fitting(store, match.iri, wanted), len(wanted)) for match in matches]
    found.sort(key=lambda each: -float(str(each["score"])))
    if found and float(str(found[0]["score"])) >= _SURE:
        rest = [float(str(each["score"])) for each in found[1:]]
        found[0]["match"] = max(rest, default=0.0) <= float(str(found[0]["score"])) - _AHEAD
    return found[:limit]


def _search(store: WorkerStore, text: str, types: Iterable[str], limit: int) -> list[NameMatch]:
    kinds = [EntityKind(name) for name in types if name in set(EntityKind)]
    if not types:
        return [*store.checkpoint.names.search(text, limit=limit)]
    return [match for kind in kinds for match in store.checkpoint.names.search(text, kind=kind, limit=limit)]


def _candidate(store: WorkerStore, match: NameMatch, fitting: int = 0, asked: int = 0) -> Json:
    """Return a candidate; each property that does not fit costs some of its score."""
    score = 100 * match.score * (1 - _PENALTY * (1 - fitting / asked if asked else 0.0))
    other = match.label_en if match.label_ar else None
    features: Values = [{"id": "name", "value": match.score}, {"id": "facts", "value": match.degree}]
    if asked:
        features.append({"id": "properties", "value": round(fitting / asked, 3)})
    return {
        "id": store.namespaces.actor_id(match.iri) or match.iri,
        "name": match.label_ar or match.label_en or match.matched,
        "description": " · ".join(filter(None, (other, f"{match.degree} facts"))),
        "type": [describe_type(store, match.kind)],
        "score": round(score, 2),
        "features": features,
        "match": False,
    }


def _count_fitting(store: WorkerStore, iri: str, wanted: Iterable[Mapping[str, Any]]) -> int:  # Any: what json gives
    actor = store.namespaces.actor_id(iri) or iri
    return sum(_fits(_values(store, actor, each["pid"]), each["values"]) for each in wanted)


def _fits(values: Values, asked: Iterable[str]) -> bool:
    """Say whether a property has one of the values asked for, which are ids or names in any spelling."""
    said = {str(value[key]) for value in values for key in ("id", "name", "str", "float") if key in value}
    folded = {fold_label(each) for each in said}
    return any(each in said or (fold_label(each) in folded and fold_label(each)) for each in asked)


def describe_type(store: WorkerStore, kind: str) -> Json:
    """Return a kind of actor as a type."""
    labels = store.vocabulary.classes.get(kind)
    return {"id": str(kind), "name": labels.en if labels else str(kind)}


def _values(store: WorkerStore, actor: str, name: str) -> Values:
    read = _READERS.get(name)
    return read(store, store.namespaces.actor(actor)) if read else []


def _entity(card: Card) -> Json:
    labels = card["label"]
    assert isinstance(labels, dict)
    return {"id": card["id"], "name": labels["ar"] or labels["en"] or card["id"]}


def _label(language: str) -> Callable[[WorkerStore, str], Values]:
    def read(store: WorkerStore, iri: str) -> Values:
        labels = store.card(iri)["label"]
        assert isinstance(labels, dict)
        return [{"str": labels[language]}] if labels[language] else []

    return read


def _link(link: str) -> Callable[[WorkerStore, str], Values]:
    def read(store: WorkerStore, iri: str) -> Values:
        rows = store.rows("actor-links", actor=Iri(iri))
        return [_entity(store.card(other or "")) for _, name, way, other in rows if (name, way) == (link, "out")]

    return read


def _names(role: str) -> Callable[[WorkerStore, str], Values]:
    def read(store: WorkerStore, iri: str) -> Values:
        rows = store.rows("actor-names", actor=Iri(iri))
        return [{"str": (text or "").rpartition("/entity/")[2]} for _, found, text, _ in rows if found == role]

    return read


def _kind(store: WorkerStore, iri: str) -> Values:
    kind = store.card(iri)["kind"]
    return [describe_type(store, str(kind))] if kind else []


def _offices(store: WorkerStore, iri: str) -> Values:
    rows = store.rows("actor-offices", actor=Iri(iri))
    return [_entity(store.card(body or "")) for _, _, body, *_ in rows]


def _facts(store: WorkerStore, iri: str) -> Values:
    return [{"float": store.facts.count(FactFilter(actor=iri)).facts}]


_READERS: Mapping[str, Callable[[WorkerStore, str], Values]] = MappingProxyType(
    {
        "kind": _kind,
        "ar": _label("ar"),
        "en": _label("en"),
        "alias": _names("alias"),
        "wikidata": _names("match"),
        "country": _link("country"),
        "part_of": _link("part_of"),
        "made_by": _link("made_by"),
        "office": _offices,
        "facts": _facts,
    }
)
