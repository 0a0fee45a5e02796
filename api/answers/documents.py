"""Documents as JSON: listed, and one with its text and the places of all that was read from it."""

from __future__ import annotations

from graph.errors import NotFoundError
from graph.rdf.namespaces import SCHEMA
from graph.rdf.terms import Iri

from ..cursors import decode_cursor, encode_cursor
from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import describe_document, describe_facts, read_text
from .references import UNDATED, DocumentReference, first_day, last_day, read_facts_of_document


def answer_document(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a document with its text, mentions and facts; offsets count characters of its text, or of its title."""
    iri = store.namespaces.document(arguments["id"])
    said = _read_head(store, iri)
    if not said:
        raise NotFoundError(f"there is no document {arguments['id']!r}: see /documents for those that there are.")
    reference = DocumentReference(iri, said.get(f"{SCHEMA}datePublished") or UNDATED, None)
    facts = describe_facts(store, read_facts_of_document(store, reference))
    for fact in facts:
        del fact["document"]
    return json_answer(
        {
            **describe_document(store, iri, said),
            "language": said.get(f"{SCHEMA}inLanguage"),
            "text": read_text(store, iri),
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
    limit, source, cursor = arguments["limit"], arguments.get("source"), arguments.get("cursor")
    since, until = arguments.get("since"), arguments.get("until")
    published, last = map(str, decode_cursor(cursor, str, str)) if cursor else ("", "")
    found = [
        document
        for document in store.documents
        if source in (None, document.source)
        and (not since or (document.published != UNDATED and document.published >= first_day(since)))
        and (not until or (document.published != UNDATED and document.published <= last_day(until)))
        and (not cursor or document.published < published or (document.published == published and document.iri > last))
    ]
    page = found[:limit]
    items = [describe_document(store, document.iri, _read_head(store, document.iri)) for document in page]
    following = encode_cursor(page[-1].published, page[-1].iri) if len(found) > limit else None
    return json_answer({"items": items, "next": following})


def _read_head(store: WorkerStore, iri: str) -> dict[str, str]:
    """Return what is said of a document but its text; nothing where there is no such document."""
    rows = store.rows("document", document=Iri(iri))
    return {property_iri: value for _, property_iri, value in rows if property_iri and value is not None}
