"""The SPARQL endpoint's description of itself, as SPARQL 1.1 Service Description has it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from graph.rdf.namespaces import PREFIXES

from ..worker_store import WorkerStore
from .answer import Answer, Arguments
from .sparql import TRIPLE_FORMATS, choose_triples

_FILE = Path(__file__).parent.parent / "sparql" / "service-description.ttl"
_PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    "rdf": PREFIXES["rdf"],
}


def answer_description(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the description of the endpoint at the address `endpoint`, in a format that `accept` welcomes."""
    offer = choose_triples(arguments["accept"])
    return Answer(offer.content_type, partial(_write_description, arguments["endpoint"], TRIPLE_FORMATS[offer.name]))


def _write_description(endpoint: str, form: ox.RdfFormat, sink: BinaryIO) -> None:
    triples = [quad.triple for quad in ox.parse(path=_FILE, format=ox.RdfFormat.TURTLE, base_iri=endpoint)]
    ox.serialize(triples, sink, form, prefixes=_PREFIXES)
