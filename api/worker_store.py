"""The store as a worker has it: one checkpoint, the SPARQL files of the routes, and what is known of actors so far.

A checkpoint never changes, so what was read from it once may be kept for as long as the worker lives.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from graph.config import Settings
from graph.errors import QueryError, StoreError
from graph.rdf.namespaces import RDF, RW, Namespaces
from graph.rdf.terms import Iri, Term
from graph.rdf.vocabulary import Vocabulary
from graph.store.address import is_address
from graph.store.catalogue import Catalogue
from graph.store.checkpoint import DATA, FACTS, NAMES, Checkpoint
from graph.store.fact_index import FactIndex
from graph.store.index import NameIndex
from graph.store.layout import current_checkpoint, read_version
from graph.store.places import open_checkpoint
from graph.store.results import Row

from .worker_facts import read_fact_rows

_QUERIES = Path(__file__).with_name("sparql")
_KEPT_CARDS = 50_000
_KEPT_FACTS = 2_000
# How long an endpoint is asked again that fails for the moment: somebody waits for the answer.
_PATIENCE = 1.0
Card = dict[str, object]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is the same for all workers, read once before they are forked: vocabulary, named queries, SPARQL files."""

    vocabulary: Vocabulary
    catalogue: Catalogue
    queries: Mapping[str, str]

    @classmethod
    def load(cls) -> Shelf:
        """Read all that ships with Rawabit; raise RawabitError where it is damaged."""
        paths = sorted(path for path in _QUERIES.iterdir() if path.suffix in (".rq", ".sql"))
        queries = {path.stem: path.read_text(encoding="utf-8") for path in paths}
        return cls(Vocabulary.load(), Catalogue.load(), queries)


class WorkerStore:
    """A checkpoint that routes are answered from."""

    def __init__(self, raw: ox.Store, checkpoint: Checkpoint, shelf: Shelf) -> None:
        self.raw = raw
        self.checkpoint = checkpoint
        self.vocabulary = shelf.vocabulary
        self.catalogue = shelf.catalogue
        self.namespaces: Namespaces = checkpoint.namespaces
        self.number: int = checkpoint.number
        self._names = checkpoint.path.resolve() / NAMES
        # A store made anew counts from one again, so its number alone does not say which data an answer is from.
        self.tag = f"{checkpoint.number:x}-{checkpoint.path.stat().st_mtime_ns:x}"
        self.card: Callable[[str], Card] = lru_cache(_KEPT_CARDS)(self._find_card)
        self.fact_rows: Callable[[str], tuple[Row, ...]] = lru_cache(_KEPT_FACTS)(self._read_fact_rows)
        self.facts = FactIndex.open(checkpoint.path.resolve() / FACTS)
        self._queries = shelf.queries

    @classmethod
    def open(cls, store: Path, shelf: Shelf) -> WorkerStore:
        """Open the newest checkpoint of a store; raise StoreError where there is none that can be read.

        It is opened here and not by Checkpoint.open, because queries of strangers choose graphs and formats, for which
        the store's own library is needed: `raw`.
        """
        if is_address(store):
            settings = replace(Settings.from_environment(), store=store)
            checkpoint = open_checkpoint(settings, seconds=settings.query_seconds, patience=_PATIENCE)
            return cls(checkpoint.raw, checkpoint, shelf)
        namespaces, path = Namespaces(read_version(store).base_iri), current_checkpoint(store)
        try:
            raw = ox.Store.read_only(str(path / DATA))
        except OSError as error:
            raise StoreError(f"{path}: cannot be opened ({error}): build the store once more.") from error
        return cls(raw, Checkpoint(path, namespaces, raw, NameIndex.open(path / NAMES)), shelf)

    def rows(self, name: str, **bindings: Term) -> Iterator[Row]:
        """Run a query of api/sparql/ with bound variables; rows have its columns in the order of its SELECT."""
        return self.checkpoint.iterate(self._queries[name], bindings)

    def query(self, name: str) -> str:
        """Return a query of api/sparql/."""
        return self._queries[name]

    def strongest(self, kind: str | None, *, sort: str = "-facts", offset: int, limit: int) -> list[tuple[str, int]]:
        """Return IRIs of actors with the number of facts that name each, most first unless sorted otherwise."""
        # There is an index in the usual order, so that needs no sorting.
        query = self._queries["strongest-actors" if sort == "-facts" else "sorted-actors"]
        values = {"kind": kind, "limit": limit, "offset": offset, "sort": sort}
        with closing(sqlite3.connect(f"file:{quote(str(self._names))}?mode=ro&immutable=1", uri=True)) as names:
            return [(iri, degree) for iri, _, _, _, degree in names.execute(query, values)]

    def term(self, iri: str) -> str:
        """Return the name of a relation or class from its IRI; what is not ours stays an IRI."""
        return iri.removeprefix(RW)

    def relation_iri(self, name: str) -> Iri:
        """Return the IRI of a relation; raise QueryError for a name that the vocabulary lacks."""
        if name not in self.vocabulary.relations:
            known = ", ".join(self.vocabulary.relations)
            raise QueryError(f"relation={name!r}: there is no such relation; there are {known}.")
        return Iri(RW + name)

    def find_by_name(self, name: str) -> str | None:
        """Return the IRI of the actor whose name fits best."""
        matches = self.checkpoint.names.search(name, limit=1)
        return matches[0].iri if matches else None

    def _read_fact_rows(self, fact: str) -> tuple[Row, ...]:
        if isinstance(self.raw, ox.Store):
            return read_fact_rows(self.raw, fact)
        rows = tuple(self.rows("fact-rows", fact=Iri(fact)))  # an endpoint is asked once, and not for each part
        return rows if any(row[2] == f"{RDF}subject" for row in rows) else ()

    def _find_card(self, iri: str) -> Card:
        """Return a card from the index of names, or what the store says of somebody who has no name there."""
        found = self.checkpoint.names.describe(iri)
        if found is None:
            return self._read_card(iri)
        kind, arabic, english = found
        return {
            "id": self.namespaces.actor_id(iri) or iri,
            "iri": iri,
            "kind": str(kind),
            "label": {"ar": arabic, "en": english},
        }

    def _read_card(self, iri: str) -> Card:
        """Return what an actor is called in a list; its kind is None where nothing describes it."""
        card: Card = {
            "id": self.namespaces.actor_id(iri) or iri,
            "iri": iri,
            "kind": None,
            "label": {"ar": None, "en": None},
        }
        labels: dict[str, str | None] = {"ar": None, "en": None}
        for _, role, text, language in self.rows("actor-card", actor=Iri(iri)):
            if role == "kind" and text and text.startswith(RW):
                card["kind"] = self.term(text)
            elif role == "label" and language in labels:
                labels[language] = text
        card["label"] = labels
        return card
