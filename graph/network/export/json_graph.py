"""Network -> JSON: Cytoscape's elements, and the node-link form of networkx and D3; both written node by node."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from math import isfinite
from typing import BinaryIO, TypeAlias

from ..appearance import Appearance, edge_colours, node_colours, node_sizes
from ..network import Column, Edge, Network, Node, Relation, Value
from ..palette import Palette
from .values import edge_columns, edge_values, node_columns, node_values

CHUNK = 1024
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def write_cytoscape(network: Network, stream: BinaryIO, appearance: Appearance | None = None) -> None:
    """Write Cytoscape JSON (.cyjs), which Cytoscape and Cytoscape.js read; spells are lists of two days."""
    look = _Look(network, appearance or Appearance())
    head: dict[str, Json] = {
        "format_version": "1.0",
        "generated_by": "Rawabit",
        "data": {"name": network.title or "network"},
    }
    _write(
        stream,
        _open(head, "elements") + '{"nodes":[',
        (look.cytoscape_node(node) for node in network.nodes),
        '],"edges":[',
        (look.cytoscape_edge(edge) for edge in network.edges),
        "]}}\n",
    )


def write_node_link(network: Network, stream: BinaryIO, appearance: Appearance | None = None) -> None:
    """Write the form that networkx.node_link_graph reads with edges="links", and D3 as it is."""
    look = _Look(network, appearance or Appearance())
    directed = any(edge.directed for edge in network.edges) or not network.edges
    head: dict[str, Json] = {"directed": directed, "multigraph": True, "graph": {"title": network.title}}
    _write(
        stream,
        _open(head, "nodes") + "[",
        ({"id": node.id, **look.node(node)} for node in network.nodes),
        '],"links":[',
        ({"source": edge.source, "target": edge.target, "key": edge.id, **look.edge(edge)} for edge in network.edges),
        "]}\n",
    )


class _Look:
    """A network's values, colours and sizes as JSON objects."""

    def __init__(self, network: Network, appearance: Appearance) -> None:
        palette = Palette.load()
        self._network = network
        self._language = appearance.language
        self._node_names = _names(node_columns(network))
        self._edge_names = _names(edge_columns(network))
        self._node_colours = node_colours(network, appearance, palette)
        self._edge_colours = edge_colours(network, palette)
        self._sizes = node_sizes(network, appearance)

    def node(self, node: Node) -> dict[str, Json]:
        return {
            "label": node.label(self._language),
            **_given(self._node_names, node_values(node)),
            "spells": [list(spell) for spell in node.spells],
            "color": self._node_colours[node.id],
            "size": self._sizes[node.id],
        }

    def edge(self, edge: Edge) -> dict[str, Json]:
        relation = self._network.relation(edge.relation)
        return {
            "label": _label(relation, self._language),
            "weight": edge.weight,
            **_given(self._edge_names, edge_values(edge, relation, len(self._edge_names))),
            "spells": [list(spell) for spell in edge.spells],
            "color": "#{:02X}{:02X}{:02X}".format(*self._edge_colours[edge.relation]),
        }

    def cytoscape_node(self, node: Node) -> dict[str, Json]:
        element: dict[str, Json] = {"data": {"id": node.id, "name": node.label(self._language), **self.node(node)}}
        place = self._network.positions.get(node.id)
        if place:
            element["position"] = {"x": round(place[0], 2), "y": round(place[1], 2)}
        return element

    def cytoscape_edge(self, edge: Edge) -> dict[str, Json]:
        data: dict[str, Json] = {
            "id": edge.id,
            "source": edge.source,
            "target": edge.target,
            "interaction": edge.relation,
        }
        return {"data": {**data, **self.edge(edge)}}


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)


def _given(names: Iterable[str], values: Iterable[Value]) -> dict[str, Json]:
    """Return what is known; a number that JSON has no word for is left out."""
    given: dict[str, Json] = {}
    for name, value in zip(names, values, strict=False):
        if isinstance(value, tuple):
            if value:
                given[name] = list(value)
        elif value is not None and not (isinstance(value, float) and not isfinite(value)):
            given[name] = value
    return given


def _label(relation: Relation, language: str) -> str:
    return (relation.arabic if language == "ar" else relation.english) or relation.name


def _open(head: dict[str, Json], last: str) -> str:
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "{last}":'


def _write(
    stream: BinaryIO,
    head: str,
    nodes: Iterable[dict[str, Json]],
    middle: str,
    edges: Iterable[dict[str, Json]],
    tail: str,
) -> None:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    stream.write(_bytes(head))
    for items, after in ((nodes, middle), (edges, tail)):
        for chunk in _chunks(items, encode):
            stream.write(_bytes(chunk))
        stream.write(_bytes(after))


def _chunks(items: Iterable[dict[str, Json]], encode: Callable[[object], str]) -> Iterator[str]:
    texts = map(encode, items)
    separator = ""
    while chunk := ",\n".join(islice(texts, CHUNK)):
        yield separator + chunk
        separator = ",\n"


def _bytes(text: str) -> bytes:
    """A lone surrogate, which no encoding can carry, becomes a question mark."""
    return text.encode("utf-8", "replace")
