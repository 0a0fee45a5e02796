"""What an IRI of the graph stands for, as RDF or as a small HTML page: its own triples, and offices held."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import BinaryIO

import pyoxigraph as ox

from graph.errors import NotFoundError
from graph.rdf.namespaces import PREFIXES, RDF, SCHEMA, SKOS
from graph.rdf.terms import Iri

from ..html import Property, Value, write_page
from ..negotiation import RESOURCES, choose
from ..problems import ProblemError
from ..worker_store import WorkerStore
from .actors import find_actor
from .answer import Answer, Arguments
from .sparql import TRIPLE_FORMATS

_TITLES = (f"{SKOS}prefLabel", f"{SCHEMA}headline")
_MOST_TEXT = 600


def answer_resource(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer what is said of `iri`, in a format that `accept` welcomes; `here` is where the IRIs of the store are."""
    offer = choose(arguments["accept"], RESOURCES)
    if offer is None:
        names = [each.media_type for each in RESOURCES]
        raise ProblemError(406, "not-acceptable", f"This is answered as one of {', '.join(names)}.", offers=names)
    iri = arguments["iri"]
    triples = _describe(store, iri)
    if not triples:
        raise NotFoundError(f"nothing is said of {iri}.")
    if offer.name == "html":
        page = write_page(*_tell(store, iri, triples, arguments["here"]))
        return Answer(offer.content_type, lambda sink: sink.write(page))
    return Answer(offer.content_type, partial(_write, triples, TRIPLE_FORMATS[offer.name]))


def answer_preview(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer an actor in short as HTML."""
    iri, _ = find_actor(store, arguments["id"])
    triples = [triple for triple in _describe(store, iri) if triple.subject == ox.NamedNode(iri)]
    page = write_page(*_tell(store, iri, triples[:40], ""))
    return Answer("text/html; charset=utf-8", lambda sink: sink.write(page))


def _describe(store: WorkerStore, iri: str) -> list[ox.Triple]:
    """Return the triples of which an IRI is the subject, and those of the offices and roles that it leads to."""
    rows = store.checkpoint.serialize(store.query("describe"), "application/n-triples", {"subject": Iri(iri)})
    return [quad.triple for quad in ox.parse(rows, ox.RdfFormat.N_TRIPLES)]


def _write(triples: Iterable[ox.Triple], form: ox.RdfFormat, sink: BinaryIO) -> None:
    ox.serialize(triples, sink, form, prefixes=dict(PREFIXES))


def _tell(
    store: WorkerStore, iri: str, triples: Iterable[ox.Triple], here: str
) -> tuple[str, str, list[Property], dict[str, str]]:
    """Return the title, the IRI, the properties and the links of a page."""
    said: dict[str, list[Value]] = {}
    titles: list[str] = []
    for triple in triples:
        if triple.subject == ox.NamedNode(iri):
            predicate = triple.predicate.value
            said.setdefault(predicate, []).append(_value(store, triple.object, here))
            if predicate in _TITLES and isinstance(triple.object, ox.Literal):
                titles.append(triple.object.value)
    title = " · ".join(dict.fromkeys(titles)) or store.namespaces.actor_id(iri) or iri
    order = sorted(said, key=lambda each: (each not in _TITLES, each != f"{RDF}type", each))
    properties = [Property(_shorten(predicate), predicate, tuple(said[predicate])) for predicate in order]
    links = {}
    if actor := store.namespaces.actor_id(iri):
        links = {"facts": f"/actors/{actor}/relationships", "network": f"/actors/{actor}/neighbourhood"}
    return title, iri, properties, links


def _value(store: WorkerStore, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, here: str) -> Value:
    if isinstance(term, ox.Literal):
        text = term.value if len(term.value) <= _MOST_TEXT else f"{term.value[:_MOST_TEXT]}…"
        return Value(text, language=term.language)
    if not isinstance(term, ox.NamedNode):
        return Value(str(term))
    base = store.namespaces.base
    if not term.value.startswith(base):
        return Value(_shorten(term.value), address=term.value)
    label = store.card(term.value)["label"]
    assert isinstance(label, dict)
    local = term.value.removeprefix(base)
    return Value(label["ar"] or label["en"] or local, address=f"{here}{local}" if here else None)


def _shorten(iri: str) -> str:
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri
