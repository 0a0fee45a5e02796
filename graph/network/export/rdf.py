"""Network -> RDF: N-Quads with one named graph a document, or Turtle, of the facts behind the network.

Without any filter both hold the whole store, so that N-Quads serve as a copy that any quad store can load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import BinaryIO

from ...errors import ExportError
from ...rdf.namespaces import PREFIXES, RDF
from ..appearance import Appearance
from ..network import Network
from ..statements import Quad

CHUNK = 4096
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_TYPE = f"<{RDF}type>"


def write_nquads(network: Network, stream: BinaryIO, appearance: Appearance | None = None) -> None:
    """Write N-Quads, a line a quad; looks do not matter here."""
    _write(stream, (f"{s} {p} {o} {graph} .\n" for s, p, o, graph in _quads(network)))


def write_turtle(network: Network, stream: BinaryIO, appearance: Appearance | None = None) -> None:
    """Write Turtle, a block a subject; the graphs are left out, looks do not matter here."""
    _write(stream, _turtle(_quads(network)))


def _quads(network: Network) -> Iterator[Quad]:
    if network.origin is None:
        raise ExportError(
            "this network was not read from a store, so there is no RDF behind it: choose another format."
        )
    return network.origin.quads(network)


def _turtle(quads: Iterable[Quad]) -> Iterator[str]:
    for prefix, namespace in PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    for subject, of_subject in groupby(quads, key=lambda quad: quad[0]):
        ordered = sorted(of_subject, key=lambda quad: (quad[1] != _TYPE, quad[1], quad[2]))
        pairs = [f"{'a' if p == _TYPE else _shorten(p)} {_shorten(o)}" for _, p, o, _ in ordered]
        yield f"\n{_shorten(subject)} " + " ;\n    ".join(pairs) + " .\n"


def _shorten(term: str) -> str:
    """Return an IRI, or a literal's datatype, with its prefix where Turtle allows it."""
    if term.startswith("<"):
        return _prefixed(term)
    body, mark, datatype = term.rpartition("^^<")
    return f"{body}^^{_prefixed('<' + datatype)}" if mark and datatype.endswith(">") else term


def _prefixed(iri: str) -> str:
    address = iri[1:-1]
    for prefix, namespace in PREFIXES.items():
        if address.startswith(namespace) and _LOCAL.match(address[len(namespace) :]):
            return f"{prefix}:{address[len(namespace) :]}"
    return iri


def _write(stream: BinaryIO, pieces: Iterator[str]) -> None:
    while chunk := "".join(islice(pieces, CHUNK)):
        stream.write(chunk.encode("utf-8"))
