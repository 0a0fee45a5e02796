"""Network -> GraphML, for igraph, yEd, NetworkX and others that know no time: spells become one text value.

All edges have one direction, as networkx demands; the value `symmetric` says which of them have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from math import isfinite
from typing import BinaryIO

from ..appearance import Appearance, edge_colours, node_colours, node_sizes
from ..network import Column, ColumnType, Network, Value
from ..palette import Palette, rgb
from .values import edge_columns, edge_values, node_columns, node_values, write_list, write_spells
from .xml_text import attribute

CHUNK = 2048
_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "int",
    ColumnType.DOUBLE: "double",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.LIST: "string",
}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
# The names by which Gephi's GraphML importer knows label, colour, size, position and weight.
_LOOK = (
    Column("label", ColumnType.STRING),
    Column("r", ColumnType.INTEGER),
    Column("g", ColumnType.INTEGER),
    Column("b", ColumnType.INTEGER),
)
_NODE_LOOK = (*_LOOK, *(Column(name, ColumnType.DOUBLE) for name in ("size", "x", "y")))
_EDGE_LOOK = (*_LOOK, Column("weight", ColumnType.DOUBLE))
_SPELLS = Column("spells", ColumnType.STRING, "when it was there")


def write_graphml(network: Network, stream: BinaryIO, appearance: Appearance | None = None) -> None:
    """Write the network."""
    pieces = _document(network, appearance or Appearance())
    while chunk := "".join(islice(pieces, CHUNK)):
        stream.write(chunk.encode("utf-8"))


def _document(network: Network, appearance: Appearance) -> Iterator[str]:
    palette = Palette.load()
    nodes = (*_NODE_LOOK, _SPELLS, *node_columns(network))
    edges = (*_EDGE_LOOK, _SPELLS, *edge_columns(network))
    directed = any(edge.directed for edge in network.edges) or not network.edges
    yield _HEAD
    yield from _declare("node", nodes)
    yield from _declare("edge", edges)
    yield f'<graph id="network" edgedefault="{"directed" if directed else "undirected"}">\n'
    yield f"<desc>{attribute(network.title)}</desc>\n"
    yield from _nodes(network, appearance, palette)
    yield from _edges(network, appearance, palette, len(edge_columns(network)))
    yield "</graph>\n</graphml>\n"


def _declare(of: str, columns: Iterable[Column]) -> Iterator[str]:
    for place, column in enumerate(columns):
        yield (
            f'<key id="{of[0]}{place}" for="{of}" attr.name="{attribute(column.name)}"'
            f' attr.type="{_TYPES[column.type]}"/>\n'
        )


def _nodes(network: Network, appearance: Appearance, palette: Palette) -> Iterator[str]:
    colours, sizes = node_colours(network, appearance, palette), node_sizes(network, appearance)
    for node in network.nodes:
        x, y = network.positions.get(node.id, (None, None))
        values: tuple[Value, ...] = (
            node.label(appearance.language),
            *rgb(colours[node.id]),
            sizes[node.id],
            x,
            y,
            write_spells(node.spells) or None,
            *node_values(node),
        )
        yield f'<node id="{attribute(node.id)}">{_data("n", values)}</node>\n'


def _edges(network: Network, appearance: Appearance, palette: Palette, columns: int) -> Iterator[str]:
    colours = edge_colours(network, palette)
    for edge in network.edges:
        relation = network.relation(edge.relation)
        values: tuple[Value, ...] = (
            (relation.arabic if appearance.language == "ar" else relation.english) or relation.name,
            *colours[edge.relation],
            float(edge.weight),
            write_spells(edge.spells) or None,
            *edge_values(edge, relation, columns),
        )
        yield (
            f'<edge id="{attribute(edge.id)}" source="{attribute(edge.source)}" target="{attribute(edge.target)}">'
            f"{_data('e', values)}</edge>\n"
        )


def _data(prefix: str, values: Iterable[Value]) -> str:
    return "".join(
        f'<data key="{prefix}{place}">{_text(value)}</data>' for place, value in enumerate(values) if _is_given(value)
    )


def _is_given(value: Value) -> bool:
    return value is not None and value != () and (not isinstance(value, float) or isfinite(value))


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return attribute(write_list(value))
    return f"{value:.6g}" if isinstance(value, float) else attribute(str(value))
