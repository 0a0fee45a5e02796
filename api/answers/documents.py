"""Documents as JSON: listed, and one with its text and the places of all that was read from it."""

from __future__ import annotations

from graph.errors import NotFoundError
from graph.rdf.namespaces import SCHEMA
from graph.rdf.terms import Iri, read_offset
from graph.store.dates import first_day, last_day

from ..worker_store import WorkerStore
from .answer import Answer, Arguments, json_answer
from .facts import describe_document, describe_facts, read_text
from .lists import Pager


def answer_document(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a document with its text, mentions and facts; offsets count characters of its text, or of its title."""
    iri = store.namespaces.document(arguments["id"])
    said = _read_head(store, iri)
    if not said:
        raise NotFoundError(f"there is no document {arguments['id']!r}: see /documents for those that there are.")
    facts = describe_facts(store, _read_facts_in_order(store, iri))
    for fact in facts:
        del fact["document"]
    return json_answer(
        {
            **describe_document(store, iri, said),
            "language": said.get(f"{SCHEMA}inLanguage"),
            "text": read_text(store, iri),
            "mentions": [
                {
                    "start": read_offset(start),
                    "end": read_offset(end),
                    "in_title": title == "true",
                    "actor": store.card(entity or ""),
                }
                for _, _, entity, start, end, title in store.rows("document-mentions", document=Iri(iri))
            ],
            "facts": facts,
            **({"outcome": arguments["outcome"]} if "outcome" in arguments else {}),
        }
    )


def answer_documents(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a page of documents, newest first unless sorted otherwise."""
    pager = Pager(arguments, "-published")
    since, until = arguments.get("since"), arguments.get("until")
    found = store.facts.documents(
        pager.order,
        limit=pager.limit + 1,
        after=pager.after(),
        source=arguments.get("source"),
        since=first_day(since) if since else None,
        until=last_day(until) if until else None,
    )
    page = found[: pager.limit]
    items = [describe_document(store, document.iri, _read_head(store, document.iri)) for document in page]
    following = pager.next(getattr(page[-1], pager.order.key), page[-1].iri) if len(found) > pager.limit else None
    return json_answer({"items": items, "next": following})


def _read_facts_in_order(store: WorkerStore, document: str) -> list[str]:
    """Return the IRIs of the facts that a document tells, in the order of its text."""
    rows = store.rows("facts-of-document", document=Iri(document))
    return [iri or "" for _, iri, _ in sorted(rows, key=lambda row: (read_offset(row[2]), row[1] or ""))]


def _read_head(store: WorkerStore, iri: str) -> dict[str, str]:
    """Return what is said of a document but its text; nothing where there is no such document."""
    rows = store.rows("document", document=Iri(iri))
    return {property_iri: value for _, property_iri, value in rows if property_iri and value is not None}
