"""A document that was read and is not stored, answered as if it were."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from graph.rdf.terms import Term
from graph.store.derive import Planner
from graph.store.engine import QueryEngine
from graph.store.results import Row

from ..worker_documents import read_encoded
from ..worker_facts import read_fact_rows
from ..worker_store import Card, WorkerStore
from .answer import Answer, Arguments
from .documents import answer_document


def answer_draft(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a document given by its triples, with its facts."""
    draft = _Draft(store, arguments)
    return answer_document(draft, {"id": arguments["id"], "outcome": "read"})


class _Draft(WorkerStore):
    """The store with one document that is not in it. Known actors are called as there, others as the document does."""

    def __init__(self, store: WorkerStore, arguments: Arguments) -> None:
        self._base = store
        self.vocabulary, self.namespaces, self._queries = store.vocabulary, store.namespaces, store._queries
        self.raw = raw = ox.Store()
        change = Planner(raw, store.namespaces).plan_documents((read_encoded(arguments, arguments["triples"]),))
        raw.load(change.added(), ox.RdfFormat.N_QUADS)
        self._engine = QueryEngine(raw)
        self.card = lru_cache(None)(self._choose_card)
        self.fact_rows = lru_cache(None)(self._read_fact_rows)

    def rows(self, name: str, **bindings: Term) -> Iterator[Row]:
        """Run a query of api/sparql/ on the document alone."""
        return self._engine.iterate(self._queries[name], bindings)

    def _read_fact_rows(self, fact: str) -> tuple[Row, ...]:
        return read_fact_rows(self.raw, fact)

    def _choose_card(self, iri: str) -> Card:
        card = self._base.card(iri)
        return self._read_card(iri) if card["kind"] is None else card
