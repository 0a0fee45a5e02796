"""Network -> two CSV tables for Gephi's spreadsheet import, nodes.csv and edges.csv, alone or together in one zip.

The headers Id, Label, Timeset, Source, Target, Type, Kind and Weight are those that Gephi knows. A table can tell
directed from undirected edges row by row, so undirected relations are undirected here.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, BinaryIO

from ..appearance import Appearance, node_colours
from ..network import Network, Value
from ..palette import Palette
from .values import edge_columns, edge_values, node_columns, node_values, write_list, write_spells

NODES_FILE, EDGES_FILE = "nodes.csv", "edges.csv"
# Older zip tools show a year before 1980 as an error; a fixed one keeps equal networks equal, byte for byte.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def write_csv_pair(network: Network, stream: BinaryIO, appearance: Appearance | None = None) -> None:
    """Write both tables into one zip."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, write in ((NODES_FILE, write_nodes), (EDGES_FILE, write_edges)):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as table:
                write(network, table, appearance)


def write_nodes(network: Network, stream: IO[bytes], appearance: Appearance | None = None) -> None:
    """Write the table of nodes."""
    _write_table(stream, _node_rows(network, appearance or Appearance()))


def write_edges(network: Network, stream: IO[bytes], appearance: Appearance | None = None) -> None:
    """Write the table of edges."""
    _write_table(stream, _edge_rows(network, appearance or Appearance()))


def _node_rows(network: Network, appearance: Appearance) -> Iterator[Iterable[Value]]:
    yield ("Id", "Label", "Timeset", *(column.name for column in node_columns(network)), "color")
    colours = node_colours(network, appearance, Palette.load())
    for node in network.nodes:
        label = node.label(appearance.language)
        yield (node.id, label, write_spells(node.spells), *node_values(node), colours[node.id])


def _edge_rows(network: Network, appearance: Appearance) -> Iterator[Iterable[Value]]:
    columns = edge_columns(network)
    head = ("Source", "Target", "Type", "Kind", "Id", "Label", "Timeset", "Weight")
    yield (*head, *(column.name for column in columns))
    for edge in network.edges:
        relation = network.relation(edge.relation)
        yield (
            edge.source,
            edge.target,
            "Directed" if edge.directed else "Undirected",
            edge.relation,
            edge.id,
            (relation.arabic if appearance.language == "ar" else relation.english) or relation.name,
            write_spells(edge.spells),
            edge.weight,
            *edge_values(edge, relation, len(columns)),
        )


def _write_table(stream: IO[bytes], rows: Iterable[Iterable[Value]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if text.tell() > 1 << 16:
            _flush(text, stream)
    _flush(text, stream)


def _flush(text: io.StringIO, stream: IO[bytes]) -> None:
    stream.write(text.getvalue().encode("utf-8"))
    text.seek(0)
    text.truncate()


def _cell(value: Value) -> str:
    """Return a value as a cell. A name that begins like a formula stays as it is: Gephi reads it, not a calculator."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return write_list(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    text = str(value)
    return text if text.isprintable() else _CONTROL.sub("", text).replace("\n", " ").replace("\r", " ")
