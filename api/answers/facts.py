"""Facts as JSON: one with its surroundings, and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from graph.errors import NotFoundError
from graph.rdf.namespaces import RDF, RW, SCHEMA, is_safe_iri
from graph.rdf.terms import Iri, read_number, read_offset, read_share
from graph.store.event_index import Telling
from graph.store.fact_filter import FactFilter
from graph.store.fact_index import SORTS

from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .lists import Pager, read_filter

Json: TypeAlias = "dict[str, object]"
_SURROUNDING = 280
_MOST_TELLINGS = 50
_NUMBERS: dict[str, Callable[[str], float | None]] = {"value": read_number, "start": read_offset, "end": read_offset}


def answer_fact(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer one fact with its sentence, what stands before and after it, and who else tells of the same event."""
    fact = read_fact(store, store.namespaces.fact(arguments["id"]))
    if fact is None:
        raise NotFoundError(f"there is no fact {arguments['id']!r}: see /facts for those that there are.")
    evidence, document = fact["evidence"], fact["document"]
    if isinstance(evidence, dict) and isinstance(document, dict):
        text = document["title"] if evidence["in_title"] else read_text(store, document["iri"])
        start, end = evidence["start"], evidence["end"]
        evidence["before"] = (text or "")[max(0, start - _SURROUNDING) : start]
        evidence["after"] = (text or "")[end : end + _SURROUNDING]
    event = store.facts.events.event_of(str(fact["iri"]))
    tellings = store.facts.events.tellings(event) if event else []
    others = [telling for telling in tellings if telling.fact != fact["iri"]]
    return json_answer({**fact, "told_by": describe_tellings(store, others[:_MOST_TELLINGS])})


def answer_facts(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of facts, those of the newest documents first unless sorted otherwise."""
    ends = {
        name: store.namespaces.actor(arguments[name]) if arguments.get(name) else None for name in ("subject", "object")
    }
    document = store.namespaces.document(arguments["document"]) if arguments.get("document") else None
    return page_of_facts(store, arguments, read_filter(store, arguments, document=document, **ends), "-published")


def describe_tellings(store: WorkerStore, tellings: Iterable[Telling]) -> list[Json]:
    """Return who tells of an event: fact and document, and of which document that is a copy, if of any."""
    found: list[Json] = []
    for telling in tellings:
        fact = read_fact(store, telling.fact)
        if fact is not None:
            copied = None if telling.document == telling.report else store.namespaces.document_id(telling.report)
            said = {"fact": fact["id"], "status": fact["status"], "document": fact["document"]}
            found.append({**said, "copy_of": copied})
    return found


def page_of_facts(store: WorkerStore, arguments: Arguments, wanted: FactFilter, usual: str) -> Answer:
    """Answer a page of the facts that are wanted, in the order of the request or the usual one."""
    pager = Pager(arguments, usual)
    key = SORTS[pager.order.key]
    after = pager.after_number() if key == "confidence" else pager.after()
    page = store.facts.page(wanted, pager.order, limit=pager.limit + 1, after=after)
    last = page[pager.limit - 1] if len(page) > pager.limit else None
    following = pager.next(getattr(last, key), last.iri) if last else None
    items = describe_facts(store, (fact.iri for fact in page[: pager.limit]))
    return json_answer({"items": items, "next": following})


def describe_facts(store: WorkerStore, facts: Iterable[str]) -> list[Json]:
    """Return facts, given by their IRIs, with all that is said of them."""
    return [fact for iri in facts if (fact := read_fact(store, iri)) is not None]


def read_fact(store: WorkerStore, iri: str) -> Json | None:
    """Return a fact with its evidence, quantity and document, or None where there is none of this IRI."""
    parts: dict[str, dict[str, str]] = {"fact": {}, "evidence": {}, "quantity": {}, "document": {}}
    readers: list[str] = []
    for _, node, property_iri, value in store.fact_rows(iri):
        if property_iri == f"{RW}extractor" and value is not None:
            readers.append(value)
        elif node and property_iri and value is not None:
            parts[node][property_iri] = value
    said = parts["fact"]
    if RDF + "predicate" not in said:
        return None
    attributed = said.get(f"{RW}attributedTo")
    return {
        "id": store.namespaces.fact_id(iri) or iri,
        "iri": iri,
        "subject": store.card(said[RDF + "subject"]),
        "relation": describe_relation(store, said[RDF + "predicate"]),
        "object": store.card(said[RDF + "object"]),
        "status": said.get(f"{RW}status"),
        "stated": said.get(f"{RW}statusAsRead") or said.get(f"{RW}status"),
        "date": said.get(f"{RW}date"),
        "item": said.get(f"{RW}item"),
        "role": said.get(f"{RW}role"),
        "trigger": said.get(f"{RW}trigger"),
        "date_text": said.get(f"{RW}dateText"),
        "quantity": _read_parts(parts["quantity"], ("text", "value", "unit", "bound")),
        "attributed_to": store.card(attributed) if attributed and is_safe_iri(attributed) else None,
        "confidence": read_share(said.get(f"{RW}confidence"), missing=1.0),
        "readers": sorted(readers),
        "event": store.namespaces.event_id(said.get(f"{RW}occurrence", "")),
        "happening": said.get(f"{RW}happening"),
        "evidence": _read_evidence(parts["evidence"]),
        "document": describe_document(store, said.get(f"{RW}inDocument", ""), parts["document"]),
    }


def read_text(store: WorkerStore, document: str) -> str:
    """Return the text of a document."""
    if not is_safe_iri(document):
        return ""
    return next((body or "" for _, body in store.rows("document-text", document=Iri(document))), "")


def describe_relation(store: WorkerStore, relation: str) -> Json:
    """Return the name and labels of a relation, given by its name or IRI; one that is unknown has no labels."""
    name = store.term(relation)
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
    found = _read_parts(said, ("text", "start", "end"))
    if found is None:
        return None
    return {**found, "in_title": said.get(f"{RW}inTitle") == "true", "before": None, "after": None}


def _read_parts(said: dict[str, str], names: tuple[str, ...]) -> Json | None:
    if not any(RW + name in said for name in names):
        return None
    return {name: _NUMBERS.get(name, str)(said[RW + name]) if RW + name in said else None for name in names}
