"""Documents as JSON: listed, and one with its text and the places of all that was read from it."""

from __future__ import annotations

from itertools import islice

from graph.errors import NotFoundError
from graph.rdf.namespaces import SCHEMA
from graph.rdf.terms import Iri, Literal, Term

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import describe_document, read_fact


def answer_document(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a document with its text, mentions and facts; offsets count characters of its text, or of its title."""
    iri = store.namespaces.document(arguments["id"])
    said = {property_iri: value for _, property_iri, value in store.rows("document", document=Iri(iri)) if property_iri}
    if not said:
        raise NotFoundError(f"there is no document {arguments['id']!r}: see /documents for those that there are.")
    facts = [read_fact(store, fact) for _, fact, _ in store.rows("document-facts", document=Iri(iri)) if fact]
    for fact in facts:
        if fact is not None:
            del fact["document"]
    return json_answer(
        {
            **describe_document(store, iri, {key: value for key, value in said.items() if value is not None}),
            "language": said.get(f"{SCHEMA}inLanguage"),
            "text": said.get(f"{SCHEMA}articleBody") or "",
            "mentions": [
                {
                    "start": int(start or 0),
                    "end": int(end or 0),
                    "in_title": title == "true",
                    "actor": store.card(entity or ""),
                }
                for _, _, entity, start, end, title in store.rows("document-mentions", document=Iri(iri))
            ],
            "facts": facts,
        }
    )


def answer_documents(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of documents, newest first."""
    bindings: dict[str, Term] = {}
    for name in ("source", "since", "until"):
        if arguments.get(name):
            bindings[name] = Literal(arguments[name])
    if arguments.get("cursor"):
        key, document = decode_cursor(arguments["cursor"], str, str)
        bindings["after_key"], bindings["after_document"] = Literal(str(key)), Literal(str(document))
    limit = arguments["limit"]
    found = [row[5:] for row in islice(store.rows("documents", **bindings), limit + 1)]
    page = found[:limit]
    items = [
        {
            "id": store.namespaces.document_id(iri or ""),
            "iri": iri,
            "title": title,
            "published": published,
            "source": source,
            "url": url,
        }
        for iri, _, published, title, source, url in page
    ]
    following = encode_cursor(page[-1][1] or "", page[-1][0] or "") if len(found) > limit else None
    return json_answer({"items": items, "next": following})
