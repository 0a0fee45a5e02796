"""Facts as JSON: one with its surroundings, and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from graph.errors import NotFoundError
from graph.rdf.namespaces import RDF, RW, SCHEMA
from graph.rdf.terms import Iri

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .references import (
    FactFilter,
    FactReference,
    newest_report_first,
    read_facts_of_document,
    read_facts_of_relation,
)

Json: TypeAlias = "dict[str, object]"
_SURROUNDING = 280
_NUMBERS: dict[str, Callable[[str], float]] = {"value": float, "start": int, "end": int}


def answer_fact(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer one fact with its sentence, and what stands before and after it."""
    fact = read_fact(store, store.namespaces.fact(arguments["id"]))
    if fact is None:
        raise NotFoundError(f"there is no fact {arguments['id']!r}: see /facts for those that there are.")
    evidence, document = fact["evidence"], fact["document"]
    if isinstance(evidence, dict) and isinstance(document, dict):
        text = document["title"] if evidence["in_title"] else read_text(store, document["iri"])
        start, end = evidence["start"], evidence["end"]
        evidence["before"] = (text or "")[max(0, start - _SURROUNDING) : start]
        evidence["after"] = (text or "")[end : end + _SURROUNDING]
    return json_answer(fact)


def answer_facts(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of facts, those of the newest documents first."""
    wanted = read_filter(store, arguments)
    cursor = arguments.get("cursor")
    after = tuple(map(str, decode_cursor(cursor, str, str, str))) if cursor else None
    found = (
        fact
        for fact in _find_facts(store, arguments, wanted, after)
        if wanted.fits(fact) and (after is None or _is_later(fact, after))
    )
    limit = arguments["limit"]
    page = list(islice(found, limit + 1))
    last = page[limit - 1] if len(page) > limit else None
    following = encode_cursor(last.published, last.document, last.iri) if last else None
    return json_answer({"items": describe_facts(store, page[:limit]), "next": following})


def _find_facts(
    store: WorkerStore, arguments: Arguments, wanted: FactFilter, after: tuple[str, ...] | None
) -> Iterable[FactReference]:
    """Return facts in order by the shortest way: those of an actor, of a document or of a relation, or all."""
    subject, object_ = (
        store.namespaces.actor(arguments[side]) if arguments.get(side) else None for side in ("subject", "object")
    )
    document = store.namespaces.document(arguments["document"]) if arguments.get("document") else None
    anchor = subject or object_
    if anchor:
        facts = newest_report_first(store.facts_of(anchor))
    elif document:
        facts = newest_report_first(
            fact for each in store.documents if each.iri == document for fact in read_facts_of_document(store, each)
        )
    elif wanted.relation:
        facts = newest_report_first(read_facts_of_relation(store, wanted.relation))
    else:
        return _walk_documents(store, after)
    return (
        fact
        for fact in facts
        if subject in (None, fact.subject) and object_ in (None, fact.object) and document in (None, fact.document)
    )


def _walk_documents(store: WorkerStore, after: tuple[str, ...] | None) -> Iterator[FactReference]:
    """Yield all facts, newest document first; documents that a cursor has passed are not read again."""
    for document in store.documents:
        passed = after is not None and (
            document.published > after[0] or (document.published == after[0] and document.iri < after[1])
        )
        if not passed:
            yield from newest_report_first(read_facts_of_document(store, document))


def _is_later(fact: FactReference, after: tuple[str, ...]) -> bool:
    if fact.published != after[0]:
        return fact.published < after[0]
    return (fact.document, fact.iri) > after[1:]


def read_filter(store: WorkerStore, arguments: Arguments) -> FactFilter:
    """Read the filters that all lists of facts share; raise QueryError for a relation that there is not."""
    name = arguments.get("relation")
    return FactFilter.read(arguments, store.relation_iri(name).value if name else None)


def describe_facts(store: WorkerStore, facts: Iterable[FactReference]) -> list[Json]:
    """Return facts with all that is said of them."""
    return [fact for each in facts if (fact := read_fact(store, each.iri)) is not None]


def read_fact(store: WorkerStore, iri: str) -> Json | None:
    """Return a fact with its evidence, quantity and document, or None where there is none of this IRI."""
    parts: dict[str, dict[str, str]] = {"fact": {}, "evidence": {}, "quantity": {}, "document": {}}
    for _, node, property_iri, value in store.fact_rows(iri):
        if node and property_iri and value is not None:
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
        "date": said.get(f"{RW}date"),
        "item": said.get(f"{RW}item"),
        "role": said.get(f"{RW}role"),
        "quantity": _read_parts(parts["quantity"], ("text", "value", "unit", "bound")),
        "attributed_to": store.card(attributed) if attributed else None,
        "confidence": float(said.get(f"{RW}confidence", "1")),
        "extractor": said.get(f"{RW}extractor"),
        "event": said.get(f"{RW}happening"),
        "evidence": _read_evidence(parts["evidence"]),
        "document": describe_document(store, said.get(f"{RW}inDocument", ""), parts["document"]),
    }


def read_text(store: WorkerStore, document: str) -> str:
    """Return the text of a document."""
    return next((body or "" for _, body in store.rows("document-text", document=Iri(document))), "")


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
    found = _read_parts(said, ("text", "start", "end"))
    if found is None:
        return None
    return {**found, "in_title": said.get(f"{RW}inTitle") == "true", "before": None, "after": None}


def _read_parts(said: dict[str, str], names: tuple[str, ...]) -> Json | None:
    if not any(RW + name in said for name in names):
        return None
    return {name: _NUMBERS.get(name, str)(said[RW + name]) if RW + name in said else None for name in names}
