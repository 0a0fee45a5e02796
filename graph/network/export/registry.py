"""All export formats by name: the command line and HTTP offer what stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import BinaryIO, Protocol

from ...errors import ExportError
from ..appearance import Appearance
from ..network import Network
from .csv_pair import write_csv_pair
from .gexf import write_gexf
from .graphml import write_graphml
from .json_graph import write_cytoscape, write_node_link
from .pajek import write_pajek
from .rdf import write_nquads, write_turtle


class Writer(Protocol):
    """What a format has to give: it writes a network to a binary stream, piece by piece."""

    def __call__(self, network: Network, stream: BinaryIO, appearance: Appearance | None = None, /) -> None: ...


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: its file suffix, its media type and what it is for; `looks` says whether it tells measures or looks."""

    name: str
    suffix: str
    media_type: str
    note: str
    write: Writer
    looks: bool = True


def find_format(name: str) -> ExportFormat:
    """Return a format by its name; raise ExportError, naming what there is."""
    try:
        return FORMATS[name]
    except KeyError:
        raise ExportError(f"no export format {name!r}: choose {', '.join(FORMATS)}.") from None


def _write_mixed_gexf(network: Network, stream: BinaryIO, appearance: Appearance | None = None, /) -> None:
    write_gexf(network, stream, replace(appearance or Appearance(), mixed=True))


def _list(*formats: ExportFormat) -> Mapping[str, ExportFormat]:
    return MappingProxyType({format.name: format for format in formats})


FORMATS = _list(
    ExportFormat("gexf", ".gexf", "application/gexf+xml", "Gephi: colours, sizes, timeline", write_gexf),
    ExportFormat(
        "gexf-mixed",
        ".gexf",
        "application/gexf+xml",
        "Gephi: as gexf, undirected relations as undirected edges; networkx cannot read it",
        _write_mixed_gexf,
    ),
    ExportFormat("graphml", ".graphml", "application/graphml+xml", "igraph, yEd, networkx", write_graphml),
    ExportFormat(
        "csv", ".zip", "application/zip", "Gephi's spreadsheet import: nodes.csv and edges.csv", write_csv_pair
    ),
    ExportFormat("cytoscape", ".cyjs", "application/json", "Cytoscape and Cytoscape.js", write_cytoscape),
    ExportFormat("node-link", ".json", "application/json", "networkx and D3", write_node_link),
    ExportFormat("pajek", ".net", "text/plain; charset=utf-8", "Pajek: names and weights only", write_pajek),
    ExportFormat("turtle", ".ttl", "text/turtle", "the RDF behind the network", write_turtle, looks=False),
    ExportFormat(
        "nquads", ".nq", "application/n-quads", "the RDF behind the network, by document", write_nquads, looks=False
    ),
)
