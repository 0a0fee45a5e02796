"""Facts as JSON: one with its surroundings, and lists by what they say."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TypeAlias

from graph.errors import NotFoundError
from graph.rdf.namespaces import RDF, RW, SCHEMA
from graph.rdf.terms import XSD, Iri, Literal, Term

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer

Json: TypeAlias = "dict[str, object]"
_SURROUNDING = 280
_NUMBERS: dict[str, Callable[[str], float]] = {"confidence": float, "value": float, "start": int, "end": int}


def answer_fact(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer one fact with its sentence, and what stands before and after it."""
    iri = store.namespaces.fact(arguments["id"])
    fact = read_fact(store, iri)
    if fact is None:
        raise NotFoundError(f"there is no fact {arguments['id']!r}: see /facts for those that there are.")
    evidence = fact["evidence"]
    if isinstance(evidence, dict):
        _, body, title = next(iter(store.rows("document-text", fact=Iri(iri))), (None, "", ""))
        text = (title if evidence["in_title"] else body) or ""
        start, end = evidence["start"], evidence["end"]
        evidence["before"] = text[max(0, start - _SURROUNDING) : start]
        evidence["after"] = text[end : end + _SURROUNDING]
    return json_answer(fact)


def answer_facts(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of facts, newest first."""
    bindings = filter_bindings(store, arguments)
    for side in ("subject", "object"):
        if arguments.get(side):
            bindings[side] = Iri(store.namespaces.actor(arguments[side]))
    if arguments.get("document"):
        bindings["document"] = Iri(store.namespaces.document(arguments["document"]))
    return json_answer(page_of_facts(store, "facts", bindings, arguments["limit"]))


def filter_bindings(store: WorkerStore, arguments: Arguments) -> dict[str, Term]:
    """Return the bindings of the filters that all lists of facts share; dates become first and last days."""
    bindings: dict[str, Term] = {}
    if arguments.get("relation"):
        bindings["relation"] = store.relation_iri(arguments["relation"])
    if arguments.get("status"):
        bindings["status"] = Literal(arguments["status"])
    if arguments.get("since"):
        bindings["since"] = Literal(arguments["since"] + "-01-01"[len(arguments["since"]) - 4 :])
    if arguments.get("until"):
        bindings["until"] = Literal(arguments["until"] + "-12-31"[len(arguments["until"]) - 4 :])
    if arguments.get("min_confidence"):
        bindings["least"] = Literal(f"{arguments['min_confidence']:f}", datatype=XSD + "decimal")
    if arguments.get("cursor"):
        key, fact = decode_cursor(arguments["cursor"], str, str)
        bindings["after_key"], bindings["after_fact"] = Literal(str(key)), Literal(str(fact))
    return bindings


def page_of_facts(store: WorkerStore, query: str, bindings: dict[str, Term], limit: int) -> Json:
    """Run a query whose last columns are fact and key, and describe the facts of one page."""
    found = [row[-2:] for row in islice(store.rows(query, **bindings), limit + 1)]
    page = found[:limit]
    following = encode_cursor(page[-1][1] or "", page[-1][0] or "") if len(found) > limit else None
    return {"items": [read_fact(store, iri) for iri, _ in page if iri], "next": following}


def read_fact(store: WorkerStore, iri: str) -> Json | None:
    """Return a fact with its evidence, quantity and document, or None where there is none of this IRI."""
    parts: dict[str, dict[str, str]] = {"fact": {}, "evidence": {}, "quantity": {}, "document": {}}
    for _, node, property_iri, value in store.rows("fact", fact=Iri(iri)):
        if node and property_iri and value is not None:
            parts[node][property_iri] = value
    said = parts["fact"]
    if RDF + "predicate" not in said:
        return None
    about = store.card
    attributed = said.get(f"{RW}attributedTo")
    document_iri = said.get(f"{RW}inDocument", "")
    return {
        "id": store.namespaces.fact_id(iri) or iri,
        "iri": iri,
        "subject": about(said[RDF + "subject"]),
        "relation": describe_relation(store, said[RDF + "predicate"]),
        "object": about(said[RDF + "object"]),
        "status": said.get(f"{RW}status"),
        "date": said.get(f"{RW}date"),
        "item": said.get(f"{RW}item"),
        "role": said.get(f"{RW}role"),
        "quantity": _read_numbers(parts["quantity"], ("text", "value", "unit", "bound")) or None,
        "attributed_to": about(attributed) if attributed else None,
        "confidence": float(said.get(f"{RW}confidence", "1")),
        "extractor": said.get(f"{RW}extractor"),
        "event": said.get(f"{RW}happening"),
        "evidence": _read_evidence(parts["evidence"]),
        "document": describe_document(store, document_iri, parts["document"]),
    }


def describe_relation(store: WorkerStore, iri: str) -> Json:
    """Return a relation's name and labels; one that the vocabulary lacks has its name alone."""
    name = store.term(iri)
    known = store.vocabulary.relations.get(name)
    return {
        "name": name,
        "label": {"ar": known.label.ar if known else None, "en": known.label.en if known else None},
        "symmetric": bool(known and known.symmetric),
    }


def describe_document(store: WorkerStore, iri: str, said: dict[str, str]) -> Json:
    """Return what a document is called in a list."""
    return {
        "id": said.get(f"{SCHEMA}identifier") or store.namespaces.document_id(iri),
        "iri": iri,
        "title": said.get(f"{SCHEMA}headline"),
        "published": said.get(f"{SCHEMA}datePublished"),
        "source": said.get(f"{SCHEMA}publisher"),
        "url": said.get(f"{SCHEMA}url"),
    }


def _read_evidence(said: dict[str, str]) -> Json | None:
    found = _read_numbers(said, ("text", "start", "end"))
    if not found:
        return None
    return {**found, "in_title": said.get(f"{RW}inTitle") == "true", "before": None, "after": None}


def _read_numbers(said: dict[str, str], names: tuple[str, ...]) -> Json:
    if not any(RW + name in said for name in names):
        return {}
    return {name: _NUMBERS.get(name, str)(said[RW + name]) if RW + name in said else None for name in names}
