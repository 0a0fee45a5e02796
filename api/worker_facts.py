"""Reads all that is said of a fact straight from the store's own indexes: a list of facts asks for many."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from graph.rdf.namespaces import PROV, RDF, RW, SCHEMA
from graph.store.results import Row

_SUBJECT, _DOCUMENT = ox.NamedNode(f"{RDF}subject"), ox.NamedNode(f"{RW}inDocument")
_PARTS = {ox.NamedNode(f"{PROV}wasQuotedFrom"): "evidence", ox.NamedNode(f"{RW}quantity"): "quantity"}
# The text of an article is not read with each of its facts.
_HEAD = tuple(ox.NamedNode(SCHEMA + name) for name in ("identifier", "headline", "datePublished", "publisher", "url"))


def read_fact_rows(store: ox.Store, iri: str) -> tuple[Row, ...]:
    """Return fact, part (fact, evidence, quantity or document), property and value; nothing where it is no fact."""
    fact = ox.NamedNode(iri)
    rows: list[Row] = []
    for quad in store.quads_for_pattern(fact, None, None):
        predicate, value = quad.predicate, quad.object
        rows.append((iri, "fact", predicate.value, _text(value)))
        if predicate in _PARTS and isinstance(value, ox.NamedNode):
            rows += _read(store, iri, _PARTS[predicate], value, None)
        elif predicate == _DOCUMENT and isinstance(value, ox.NamedNode):
            for name in _HEAD:
                rows += _read(store, iri, "document", value, name)
    is_fact = any(row[2] == _SUBJECT.value for row in rows)
    return tuple(rows) if is_fact else ()


def _read(store: ox.Store, fact: str, part: str, node: ox.NamedNode, predicate: ox.NamedNode | None) -> Iterator[Row]:
    for quad in store.quads_for_pattern(node, predicate, None):
        yield fact, part, quad.predicate.value, _text(quad.object)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
