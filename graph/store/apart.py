"""Tells changes that stand apart from what Rawabit knows: nothing is derived from them, and no index has to differ.

Whoever keeps notes in graphs of their own should not wait until a large store has been read through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from ..rdf.namespaces import ORG, PROV, RDF, RW, SCHEMA, SKOS, Namespaces

# Operations and clauses that name graphs in other ways than after GRAPH; in a text the words do no harm but delay.
_OTHER_WAYS = re.compile(r"\b(?:all|named|copy|move|add|load|with)\b", re.IGNORECASE)
_GRAPH = re.compile("graph", re.IGNORECASE)
_NAMED = re.compile(r"graph\s*<([a-z][a-z0-9+.-]*:[^<>\\]*)>", re.IGNORECASE)
# What indexes read; of types those alone that are of our making.
_MEANING = (RW, SKOS, SCHEMA, PROV, ORG)
_TYPE = RDF + "type"


def writes_apart(update: str, namespaces: Namespaces) -> bool:
    """Say whether a SPARQL update can only write to graphs that are not Rawabit's; False where that is not plain.

    It is plain where each occurrence of the word GRAPH, in a string or a name, too, stands before an absolute IRI.
    """
    if _OTHER_WAYS.search(update):
        return False
    for word in _GRAPH.finditer(update):
        named = _NAMED.match(update, word.start())
        if named is None or namespaces.is_own_graph(named[1]):
            return False
    return True


def has_meaning(store: Store, namespaces: Namespaces) -> bool:
    """Say whether a graph that is not Rawabit's holds anything that indexes read."""
    return any(_is_read(quad) for quad in _read_foreign(store, namespaces))


def _read_foreign(store: Store, namespaces: Namespaces) -> Iterator[Quad]:
    yield from store.quads_for_pattern(None, None, None, DefaultGraph())
    for graph in store.named_graphs():
        if not isinstance(graph, NamedNode) or not namespaces.is_own_graph(graph.value):
            yield from store.quads_for_pattern(None, None, None, graph)


def _is_read(quad: Quad) -> bool:
    predicate = quad.predicate.value
    if predicate == _TYPE:
        return isinstance(quad.object, NamedNode) and quad.object.value.startswith(_MEANING)
    return predicate.startswith((*_MEANING, RDF))
