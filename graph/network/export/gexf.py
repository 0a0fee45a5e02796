"""Network -> GEXF 1.3 for Gephi: typed values, spells, colours, sizes, positions; streamed, so memory stays small.

Three traps of Gephi's importer shape the file: edges between the same nodes are merged unless `kind` tells them apart;
an undirected edge is refused under defaultedgetype="directed"; a colour is read from r, g and b, never from hex.
networkx in turn refuses a file that mixes directed and undirected edges, so by default all edges have one direction and
the value `symmetric` says which of them have none; `Appearance.mixed` writes them as Gephi knows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from math import isfinite
from typing import BinaryIO

from ..appearance import Appearance, edge_colours, node_colours, node_sizes
from ..network import Column, ColumnType, Edge, Network, Node, Spell, Value
from ..palette import Palette, rgb
from .xml_text import attribute

CHUNK = 2048
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""
_NODE_VALUES = (
    ("class", "string"),
    ("name_ar", "string"),
    ("name_en", "string"),
    ("wikidata", "string"),
    ("iri", "string"),
)
_EDGE_VALUES = (
    ("relation", "string"),
    ("relation_ar", "string"),
    ("relation_en", "string"),
    ("family", "string"),
    ("plover", "string"),
    ("symmetric", "boolean"),
    ("reports", "integer"),
    ("first_date", "string"),
    ("last_date", "string"),
    ("confidence", "double"),
    ("status", "string"),
    ("statuses", "string"),
    ("items", "liststring"),
    ("fact", "string"),
)
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
    sentences = max((len(edge.sentences) for edge in network.edges), default=0)
    yield _HEAD
    yield f'<meta lastmodifieddate="{day.isoformat()}"><creator>Rawabit</creator>'
    yield f"<description>{attribute(network.title)}</description></meta>\n"
    yield _graph_tag(network, appearance)
    yield from _declare("node", [*_NODE_VALUES, *((column.name, _TYPES[column.type]) for column in network.columns)])
    yield from _declare("edge", [*_EDGE_VALUES, *((f"sentence_{n}", "string") for n in range(1, sentences + 1))])
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


def _declare(of: str, values: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">\n'
    for name, type in values:
        yield f'<attribute id="{attribute(name)}" title="{attribute(name)}" type="{type}"/>\n'
    yield "</attributes>\n"


def _nodes(network: Network, appearance: Appearance, palette: Palette) -> Iterator[str]:
    colours = node_colours(network, appearance, palette)
    sizes = node_sizes(network, appearance)
    for node in network.nodes:
        red, green, blue = rgb(colours[node.id])
        place = network.positions.get(node.id)
        position = f'<viz:position x="{place[0]:.2f}" y="{place[1]:.2f}" z="0.0"/>' if place else ""
        yield (
            f'<node id="{attribute(node.id)}" label="{attribute(node.label(appearance.language))}">'
            f"<attvalues>{_node_values(node, network.columns)}</attvalues>{_spells(node.spells)}"
            f'<viz:color r="{red}" g="{green}" b="{blue}"/>{position}<viz:size value="{sizes[node.id]}"/></node>\n'
        )


def _node_values(node: Node, columns: Iterable[Column]) -> str:
    named: list[tuple[str, Value]] = [
        ("class", node.kind),
        ("name_ar", node.arabic),
        ("name_en", node.english),
        ("wikidata", node.wikidata),
        ("iri", node.iri),
    ]
    named += [(column.name, value) for column, value in zip(columns, node.extra, strict=True)]
    return "".join(_value(name, value) for name, value in named)


def _edges(network: Network, appearance: Appearance, palette: Palette) -> Iterator[str]:
    ids = {node.id: attribute(node.id) for node in network.nodes}
    styles = _relation_styles(network, appearance, palette)
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
        dates = f'<attvalue for="first_date" value="{edge.first}"/><attvalue for="last_date" value="{edge.last}"/>'
    rest = ""
    if len(edge.statuses) > 1:
        rest = _value("statuses", ", ".join(f"{status} {number}" for status, number in edge.statuses))
    if edge.items:
        rest += _value("items", edge.items)
    if edge.fact:
        rest += f'<attvalue for="fact" value="{attribute(edge.fact)}"/>'
    for number, sentence in enumerate(edge.sentences, 1):
        rest += f'<attvalue for="sentence_{number}" value="{attribute(sentence)}"/>'
    return (
        f'<attvalue for="reports" value="{edge.weight}"/>{dates}'
        f'<attvalue for="confidence" value="{edge.confidence:.4g}"/>'
        f'<attvalue for="status" value="{edge.status.value}"/>{rest}'
    )


def _relation_styles(
    network: Network, appearance: Appearance, palette: Palette
) -> dict[tuple[str, bool], tuple[str, str, str]]:
    """Return what all edges of one relation share, written out once: attributes, values and colour."""
    colours = edge_colours(network, palette)
    mixed = appearance.mixed and any(edge.directed for edge in network.edges)
    styles = {}
    for name, directed in {(edge.relation, edge.directed) for edge in network.edges}:
        relation, family = network.relation(name), palette.family(network.relation(name))
        label = (relation.arabic if appearance.language == "ar" else relation.english) or name
        head = f' label="{attribute(label)}" kind="{attribute(name)}"'
        if mixed:
            head += f' type="{"directed" if directed else "undirected"}"'
        values: dict[str, Value] = {
            "relation": name,
            "relation_ar": relation.arabic or None,
            "relation_en": relation.english or None,
            "family": family.name,
            "plover": relation.plover or None,
            "symmetric": not directed,
        }
        red, green, blue = colours[name]
        styles[name, directed] = (
            head,
            "".join(_value(key, value) for key, value in values.items()),
            f'<viz:color r="{red}" g="{green}" b="{blue}"/>',
        )
    return styles


def _value(name: str, value: Value) -> str:
    """Return one value, or nothing for None: Gephi shows a missing value as an empty cell."""
    if value is None or value == () or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, tuple):
        text = attribute(_list(value))
    elif isinstance(value, float):
        text = f"{value:.6g}"
    else:
        text = attribute(str(value))
    return f'<attvalue for="{attribute(name)}" value="{text}"/>'


def _list(values: tuple[str, ...]) -> str:
    """Return a list as Gephi reads it: quoted, so that a comma in a value splits nothing."""
    quoted = (" ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "[" + ", ".join(f'"{value}"' for value in quoted) + "]"


def _spells(spells: tuple[Spell, ...]) -> str:
    if not spells:
        return ""
    if len(spells) == 1:
        return f'<spells><spell start="{spells[0][0]}" end="{spells[0][1]}"/></spells>'
    return "<spells>" + "".join(f'<spell start="{start}" end="{end}"/>' for start, end in spells) + "</spells>"
