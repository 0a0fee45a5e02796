"""Network -> GEXF 1.3 for Gephi: typed values, spells, colours, sizes, positions; streamed, so memory stays small.

Three traps of Gephi's importer shape the file: edges between the same nodes are merged unless `kind` tells them apart;
an undirected edge is refused under defaultedgetype="directed"; a colour is read from r, g and b, never from hex.
networkx in turn refuses a file that mixes directed and undirected edges, so by default all edges have one direction and
the value `symmetric` says which of them have none; `Appearance.mixed` writes them as Gephi knows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from math import isfinite
from typing import BinaryIO

from ..appearance import Appearance, edge_colours, node_colours, node_sizes
from ..network import Column, ColumnType, Edge, Network, Spell, Value
from ..palette import Palette, rgb
from .values import (
    EDGE_COLUMNS,
    describe_statuses,
    edge_columns,
    node_columns,
    node_values,
    relation_values,
    write_list,
)
from .xml_text import attribute

CHUNK = 2048
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""
_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.DOUBLE: "double",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.LIST: "liststring",
}


def write_gexf(
    network: Network, stream: BinaryIO, appearance: Appearance | None = None, *, day: date | None = None
) -> None:
    """Write the network; `day` is the date of the file, today where it is not given."""
    pieces = _document(network, appearance or Appearance(), day or date.today())
    while chunk := "".join(islice(pieces, CHUNK)):
        stream.write(chunk.encode("utf-8"))


def _document(network: Network, appearance: Appearance, day: date) -> Iterator[str]:
    palette = Palette.load()
    yield _HEAD
    yield f'<meta lastmodifieddate="{day.isoformat()}"><creator>Rawabit</creator>'
    yield f"<description>{attribute(network.title)}</description></meta>\n"
    yield _graph_tag(network, appearance)
    yield from _declare("node", node_columns(network))
    yield from _declare("edge", edge_columns(network))
    yield f'<nodes count="{len(network.nodes)}">\n'
    yield from _nodes(network, appearance, palette)
    yield f'</nodes>\n<edges count="{len(network.edges)}">\n'
    yield from _edges(network, appearance, palette)
    yield "</edges>\n</graph>\n</gexf>\n"


def _graph_tag(network: Network, appearance: Appearance) -> str:
    directions = {edge.directed for edge in network.edges}
    if len(directions) == 2 and appearance.mixed:
        default = ""
    else:
        default = f' defaultedgetype="{"undirected" if directions == {False} else "directed"}"'
    dynamic = any(edge.spells for edge in network.edges) or any(node.spells for node in network.nodes)
    mode = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if dynamic else ' mode="static"'
    return f'<graph idtype="string"{default}{mode}>\n'


def _declare(of: str, columns: Iterable[Column]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">\n'
    for column in columns:
        name = attribute(column.name)
        yield f'<attribute id="{name}" title="{name}" type="{_TYPES[column.type]}"/>\n'
    yield "</attributes>\n"


def _nodes(network: Network, appearance: Appearance, palette: Palette) -> Iterator[str]:
    colours = node_colours(network, appearance, palette)
    sizes = node_sizes(network, appearance)
    names = [column.name for column in node_columns(network)]
    for node in network.nodes:
        red, green, blue = rgb(colours[node.id])
        place = network.positions.get(node.id)
        position = f'<viz:position x="{place[0]:.2f}" y="{place[1]:.2f}" z="0.0"/>' if place else ""
        yield (
            f'<node id="{attribute(node.id)}" label="{attribute(node.label(appearance.language))}">'
            f"<attvalues>{_values(names, node_values(node))}</attvalues>{_spells(node.spells)}"
            f'<viz:color r="{red}" g="{green}" b="{blue}"/>{position}<viz:size value="{sizes[node.id]}"/></node>\n'
        )


def _edges(network: Network, appearance: Appearance, palette: Palette) -> Iterator[str]:
    ids = {node.id: attribute(node.id) for node in network.nodes}
    styles = _relation_styles(network, appearance, edge_colours(network, palette))
    for edge in network.edges:
        head, values, colour = styles[edge.relation, edge.directed]
        yield (
            f'<edge id="{attribute(edge.id)}" source="{ids[edge.source]}" target="{ids[edge.target]}"'
            f' weight="{edge.weight}"{head}><attvalues>{values}{_edge_values(edge)}</attvalues>'
            f"{_spells(edge.spells)}{colour}</edge>\n"
        )


def _edge_values(edge: Edge) -> str:
    dates = ""
    if edge.first:
        dates = (
            f'<attvalue for="first_date" value="{attribute(edge.first)}"/>'
            f'<attvalue for="last_date" value="{attribute(edge.last or edge.first)}"/>'
        )
    rest = ""
    if len(edge.statuses) > 1:
        rest = _value("statuses", describe_statuses(edge))
    if edge.items:
        rest += _value("items", edge.items)
    if edge.sources:
        rest += _value("sources", edge.sources)
    if edge.facts:
        rest += f'<attvalue for="fact" value="{attribute(edge.facts[0])}"/>'
    for number, sentence in enumerate(edge.sentences, 1):
        rest += f'<attvalue for="sentence_{number}" value="{attribute(sentence)}"/>'
    return (
        f'<attvalue for="reports" value="{edge.weight}"/><attvalue for="documents" value="{edge.documents}"/>{dates}'
        f'<attvalue for="confidence" value="{edge.confidence:.4g}"/>'
        f'<attvalue for="status" value="{edge.status.value}"/>{rest}'
    )


def _relation_styles(
    network: Network, appearance: Appearance, colours: Mapping[str, tuple[int, int, int]]
) -> dict[tuple[str, bool], tuple[str, str, str]]:
    """Return what all edges of one relation share, written out once: attributes, values and colour."""
    mixed = appearance.mixed and any(edge.directed for edge in network.edges)
    styles = {}
    for name, directed in {(edge.relation, edge.directed) for edge in network.edges}:
        relation = network.relation(name)
        label = (relation.arabic if appearance.language == "ar" else relation.english) or name
        head = f' label="{attribute(label)}" kind="{attribute(name)}"'
        if mixed:
            head += f' type="{"directed" if directed else "undirected"}"'
        values = relation_values(name, relation, directed=directed)
        red, green, blue = colours[name]
        styles[name, directed] = (
            head,
            _values([column.name for column in EDGE_COLUMNS], values),
            f'<viz:color r="{red}" g="{green}" b="{blue}"/>',
        )
    return styles


def _values(names: Iterable[str], values: Iterable[Value]) -> str:
    return "".join(_value(name, value) for name, value in zip(names, values, strict=False))


def _value(name: str, value: Value) -> str:
    """Return one value, or nothing for None: Gephi shows a missing value as an empty cell."""
    if value is None or value == () or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, tuple):
        text = attribute(write_list(value))
    elif isinstance(value, float):
        text = f"{value:.6g}"
    else:
        text = attribute(str(value))
    return f'<attvalue for="{attribute(name)}" value="{text}"/>'


def _spells(spells: tuple[Spell, ...]) -> str:
    if not spells:
        return ""
    if len(spells) == 1:
        return f'<spells><spell start="{spells[0][0]}" end="{spells[0][1]}"/></spells>'
    return "<spells>" + "".join(f'<spell start="{start}" end="{end}"/>' for start, end in spells) + "</spells>"
