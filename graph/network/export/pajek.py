"""Network -> Pajek .net: names, positions and weights of arcs and edges; Pajek has no place for anything else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from ..appearance import Appearance
from ..network import Edge, Network

CHUNK = 4096


def write_pajek(network: Network, stream: BinaryIO, appearance: Appearance | None = None) -> None:
    """Write the network, undirected relations as edges and the others as arcs, each with its relation's name."""
    lines = _lines(network, appearance or Appearance())
    while chunk := "".join(islice(lines, CHUNK)):
        stream.write(chunk.encode("utf-8", "replace"))


def _lines(network: Network, appearance: Appearance) -> Iterator[str]:
    numbers = {node.id: number for number, node in enumerate(network.nodes, 1)}
    yield f"*vertices {len(network.nodes)}\r\n"
    for node in network.nodes:
        x, y = network.positions.get(node.id, (0.0, 0.0))
        yield f"{numbers[node.id]} {_quote(node.label(appearance.language))} {x:.4f} {y:.4f} ellipse\r\n"
    for head, directed in (("*arcs", True), ("*edges", False)):
        yield f"{head}\r\n"
        yield from (_line(edge, numbers) for edge in network.edges if edge.directed is directed)


def _line(edge: Edge, numbers: dict[str, int]) -> str:
    return f"{numbers[edge.source]} {numbers[edge.target]} {edge.weight} l {_quote(edge.relation)}\r\n"


def _quote(text: str) -> str:
    """Return text in quotes on one line; Pajek knows no escape, so a quotation mark within becomes an apostrophe."""
    clean = " ".join(text.replace('"', "'").split())
    return f'"{clean}"'
