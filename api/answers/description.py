"""The SPARQL endpoint's description of itself, as SPARQL 1.1 Service Description has it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph.rdf.namespaces import PREFIXES

from ..problems import ProblemError
from ..worker_store import WorkerStore
from .answer import Answer, Arguments
from .sparql import TRIPLE_FORMATS, choose_triples

_FILE = Path(__file__).parent.parent / "sparql" / "service-description.ttl"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_LANGUAGE = ox.NamedNode(_SD + "supportedLanguage")
_PREFIXES = {
    "sd": _SD,
    "formats": "http://www.w3.org/ns/formats/",
    "rdf": PREFIXES["rdf"],
}


def answer_description(store: WorkerStore, arguments: Arguments) -> Answer:
    """Answer the description of the endpoint at the address `endpoint`, in a format that `accept` welcomes.

    `updates` says whether they are on.
    """
    offer = choose_triples(arguments["accept"])
    try:
        quads = ox.parse(path=_FILE, format=ox.RdfFormat.TURTLE, base_iri=arguments["endpoint"])
    except ValueError as error:
        raise ProblemError(400, "bad-host", f"The Host header makes no address: {error}.") from None
    triples = [quad.triple for quad in quads]
    if arguments["updates"]:
        endpoint = next(triple.subject for triple in triples if triple.predicate == _LANGUAGE)
        triples.append(ox.Triple(endpoint, _LANGUAGE, ox.NamedNode(_SD + "SPARQL11Update")))
    form = TRIPLE_FORMATS[offer.name]
    return Answer(offer.content_type, lambda sink: ox.serialize(triples, sink, form, prefixes=_PREFIXES))
