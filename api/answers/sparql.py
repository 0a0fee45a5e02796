"""Answers SPARQL queries, of strangers and of the catalogue, written by the store itself in the format asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import BinaryIO

import pyoxigraph as ox

from graph.errors import QueryError
from graph.rdf.namespaces import PREFIXES
from graph.store.binding import bind_values

from ..negotiation import SOLUTIONS, TRIPLES, Offer, choose
from ..problems import ProblemError
from ..sparql_text import has_own_dataset, without_service
from ..worker_store import WorkerStore
from .answer import Answer, Arguments
from .rows import page_rows

_SOLUTION_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLE_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
# What stands once for each row in what the store writes; in JSON it may stand in a text too, which counts too much.
_ROW_MARKS = {"json": b',{"', "xml": b"<result>", "csv": b"\n", "tsv": b"\n", "ntriples": b"\n", "nquads": b"\n"}
_LONGEST_MESSAGE = 300

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def answer_sparql(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a query as the SPARQL 1.1 Protocol has it: `query`, `default_graphs`, `named_graphs` and `accept`."""
    text, base = arguments["query"], store.namespaces.base
    lowered = text.lower()
    if "service" in lowered:
        _refuse_service(text, base)
    graphs, named = arguments["default_graphs"], arguments["named_graphs"]
    if graphs or named:
        graphs, named = _read_graphs(graphs, "default-graph-uri"), _read_graphs(named, "named-graph-uri")
    try:
        if graphs or named:
            results = store.raw.query(text, base_iri=base, default_graph=graphs, named_graphs=named)
        else:
            is_union = "from" not in lowered or not has_own_dataset(text)
            results = store.raw.query(text, base_iri=base, use_default_graph_as_union=is_union)
    except SyntaxError as error:
        raise ProblemError(400, "malformed-query", f"The query cannot be read: {_shorten(error)}") from None
    except (RuntimeError, ValueError) as error:
        raise ProblemError(400, "refused-query", f"The query cannot be answered: {_shorten(error)}") from None
    return _write_results(results, arguments["accept"])


def answer_named_query(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer a query of the catalogue: `name`, `parameters` and `accept`.

    Where `sort`, `limit` or `cursor` ask for a page, a Link header has the address of the next, made from `address`.
    """
    asked = store.catalogue.get(arguments["name"])
    bound = asked.bind(arguments["parameters"], namespaces=store.namespaces, resolve=store.find_by_name)
    try:
        results = store.raw.query(bind_values(asked.text, bound), use_default_graph_as_union=True)
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise QueryError(f"{asked.name}: {_shorten(error)}") from error
    paging = {name: arguments.get(name) for name in ("sort", "limit", "cursor")}
    following = None
    if isinstance(results, ox.QuerySolutions) and any(value is not None for value in paging.values()):
        results, following = page_rows(results, **paging)
    answer = _write_results(results, arguments["accept"])
    if following is None:
        return answer
    address = f"{arguments['address']}{'&' if '?' in arguments['address'] else '?'}cursor={following}"
    return replace(answer, headers=(("Link", f'<{address}>; rel="next"'),))


def _write_results(results: Results, accept: str | None) -> Answer:
    """Negotiate the format, which only the form of the query decides, and leave the writing to the store."""
    if isinstance(results, ox.QueryTriples):
        offer = choose_triples(accept)
        write = partial(_write_triples, results, TRIPLE_FORMATS[offer.name])
    else:
        offer = _choose_solutions(accept)
        write = partial(_write_solutions, results, _SOLUTION_FORMATS[offer.name])
    return Answer(offer.content_type, write, _ROW_MARKS.get(offer.name))


def choose_triples(accept: str | None) -> Offer:
    """Choose a format of triples; raise ProblemError (406) where none is welcome."""
    return _choose(accept, TRIPLES)


@lru_cache(256)
def _choose_solutions(accept: str | None) -> Offer:
    return _choose(accept, SOLUTIONS)


def _choose(accept: str | None, offers: Sequence[Offer]) -> Offer:
    offer = choose(accept, offers)
    if offer is None:
        names = [each.media_type for each in offers]
        raise ProblemError(406, "not-acceptable", f"This is answered as one of {', '.join(names)}.", offers=names)
    return offer


def _write_triples(results: ox.QueryTriples, form: ox.RdfFormat, sink: BinaryIO) -> None:
    try:
        ox.serialize(results, sink, form, prefixes=dict(PREFIXES))
    except (RuntimeError, ValueError) as error:
        raise _refused(error) from None


def _write_solutions(results: ox.QuerySolutions | ox.QueryBoolean, form: ox.QueryResultsFormat, sink: BinaryIO) -> None:
    try:
        results.serialize(sink, form)
    except (RuntimeError, ValueError) as error:
        raise _refused(error) from None


def _refused(error: Exception) -> ProblemError:
    """Return what is said of an error that a query brings about, unlike those of the store."""
    return ProblemError(400, "refused-query", f"The query cannot be answered: {_shorten(error)}")


def _refuse_service(text: str, base: str) -> None:
    """Refuse a query that reaches for another service; what parses without the word does not use it."""
    spoilt = without_service(text)
    if spoilt is None:
        return
    try:
        ox.Store().query(spoilt, base_iri=base)
    except SyntaxError:
        detail = "SERVICE is switched off here, and without that word the query cannot be read: leave the part out."
        raise ProblemError(400, "no-service", detail) from None
    except (RuntimeError, ValueError):
        return  # it parses; what else is wrong with it is told when it runs


def _read_graphs(iris: Sequence[str], parameter: str) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise ProblemError(400, "bad-parameter", f"{parameter}: {_shorten(error)}. Give an absolute IRI.") from None


def _shorten(error: Exception) -> str:
    """Keep what helps of the store's messages, which list every token that might have followed."""
    message = str(error).replace("\n", " ")
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"
