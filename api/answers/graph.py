"""Answers a graph as a whole, as the Graph Store HTTP Protocol has it; the unnamed graph is called ""."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

import pyoxigraph as ox

from graph.rdf.namespaces import PREFIXES

from ..problems import ProblemError
from ..worker_store import WorkerStore
from .answer import Answer, Arguments
from .sparql import TRIPLE_FORMATS, choose_triples

_ROW_MARKS = {"ntriples": b"\n", "nquads": b"\n"}


def answer_graph(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the graph `graph`, or the first of `others` that is there, in a format that `accept` welcomes."""
    offer = choose_triples(arguments["accept"])
    for name in (arguments["graph"], *arguments["others"]):
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        if not name or store.raw.contains_named_graph(graph):
            write = partial(_write, store.raw, graph, TRIPLE_FORMATS[offer.name])
            return Answer(offer.content_type, write, _ROW_MARKS.get(offer.name))
    raise ProblemError(404, "no-graph", f"There is no graph <{arguments['graph']}>.")


def _write(raw: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, form: ox.RdfFormat, sink: BinaryIO) -> None:
    raw.dump(sink, form, from_graph=graph, prefixes=dict(PREFIXES))
