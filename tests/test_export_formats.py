"""Each format is written, parsed back by somebody else's reader, and counted."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from importlib.util import find_spec
from pathlib import Path

import networkx as nx
import pytest

from graph.errors import ExportError
from graph.model import Status
from graph.network.appearance import Appearance
from graph.network.export.csv_pair import write_csv_pair
from graph.network.export.graphml import write_graphml
from graph.network.export.json_graph import write_cytoscape, write_node_link
from graph.network.export.pajek import write_pajek
from graph.network.export.registry import FORMATS, find_format
from graph.network.network import Column, ColumnType, Edge, Network, Node, Relation

AWKWARD = 'قال "نعم" & <لا>,\n\x00\ud800 ثم'
RELATIONS = {
    "met": Relation("met", "التقى", "met", "diplomacy", "CONSULT", symmetric=True),
    "supplies": Relation("supplies", "زوّد", "supplies", "aid", "AID"),
}
SPELLS = (("2024-01-29", "2024-01-29"), ("2024-02-01", "2024-02-29"))
NETWORK_FORMATS = [name for name in FORMATS if name not in {"turtle", "nquads"}]


def sample() -> Network:
    nodes = (
        Node("Q145", "Country", "بريطانيا", "United Kingdom", "Q145", "https://x/Q145", SPELLS, (0.5, ("a, b",))),
        Node("Q212", "Country", "أوكرانيا", "Ukraine", "Q212", "https://x/Q212", (), (float("inf"), ())),
        Node("person/س", "Person", AWKWARD, extra=(None, None)),
    )
    statuses = ((Status.ACTUAL, 2), (Status.PLANNED, 1))
    edges = (
        Edge(
            "e1",
            "Q145",
            "Q212",
            "supplies",
            True,
            2,
            "2024-01-29",
            "2024-02",
            SPELLS,
            0.91,
            Status.ACTUAL,
            statuses,
            (AWKWARD,),
            ("x",),
            ("f",),
        ),
        Edge("e2", "Q145", "Q212", "met", False),
        Edge("e3", "Q145", "person/س", "met", False),
    )
    columns = (Column("pagerank", ColumnType.DOUBLE), Column("holdsOffice", ColumnType.LIST))
    return Network(nodes, edges, RELATIONS, columns, {"Q145": (1.0, -2.0)}, 'actual & "all"')


def written(name: str, network: Network | None = None, appearance: Appearance | None = None) -> bytes:
    stream = io.BytesIO()
    FORMATS[name].write(sample() if network is None else network, stream, appearance)
    return stream.getvalue()


@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_every_format_writes_an_empty_network(name: str) -> None:
    assert written(name, Network())


@pytest.mark.parametrize("name", NETWORK_FORMATS)
def test_the_same_network_gives_the_same_bytes(name: str) -> None:
    assert written(name) == written(name)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_says_what_it_is(name: str) -> None:
    form = FORMATS[name]
    assert (form.name, form.suffix[0]) == (name, ".")
    assert "/" in form.media_type
    assert form.note


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(ExportError, match="graphml"):
        find_format("xls")


def test_networkx_reads_graphml_back() -> None:
    network = nx.read_graphml(io.BytesIO(written("graphml")), force_multigraph=True)
    assert (network.number_of_nodes(), network.number_of_edges(), network.is_directed()) == (3, 3, True)
    assert network.nodes["Q145"]["pagerank"] == 0.5
    assert network.nodes["Q145"]["x"] == 1.0
    assert "pagerank" not in network.nodes["Q212"]
    edge = network.edges["Q145", "Q212", "e1"]
    assert (edge["weight"], edge["reports"], edge["symmetric"], edge["relation"]) == (2.0, 2, False, "supplies")
    assert edge["sentence_1"] == 'قال "نعم" & <لا>,\n ثم'
    assert edge["spells"] == "<[2024-01-29, 2024-01-29]; [2024-02-01, 2024-02-29]>"


@pytest.mark.skipif(find_spec("igraph") is None, reason="igraph is not installed")
def test_igraph_reads_graphml_back(tmp_path: Path) -> None:
    import igraph

    file = tmp_path / "sample.graphml"
    file.write_bytes(written("graphml"))
    network = igraph.Graph.Read_GraphML(str(file))
    assert (network.vcount(), network.ecount()) == (3, 3)
    assert network.vs[0]["name_en"] == "United Kingdom"
    assert network.es["weight"] == [2.0, 1.0, 1.0]
    assert network.es["symmetric"] == [False, True, True]


def test_graphml_of_undirected_relations_alone_is_undirected() -> None:
    network = Network(sample().nodes, sample().edges[1:], RELATIONS, sample().columns)
    assert not nx.read_graphml(io.BytesIO(written("graphml", network))).is_directed()


def test_csv_tables_have_the_headers_that_gephi_knows() -> None:
    with zipfile.ZipFile(io.BytesIO(written("csv"))) as archive:
        assert archive.namelist() == ["nodes.csv", "edges.csv"]
        nodes, edges = (list(csv.DictReader(io.StringIO(archive.read(f).decode()))) for f in archive.namelist())
    assert [node["Id"] for node in nodes] == ["Q145", "Q212", "person/س"]
    assert nodes[0]["holdsOffice"] == '["a, b"]'
    assert nodes[2]["Label"] == 'قال "نعم" & <لا>,  ثم'
    assert [edge["Type"] for edge in edges] == ["Directed", "Undirected", "Undirected"]
    assert [edge["Kind"] for edge in edges] == ["supplies", "met", "met"]
    assert edges[0]["Timeset"] == "<[2024-01-29, 2024-01-29]; [2024-02-01, 2024-02-29]>"
    assert (edges[0]["Weight"], edges[0]["statuses"], edges[1]["first_date"]) == ("2", "actual 2, planned 1", "")


def test_cytoscape_elements_hold_every_node_and_edge() -> None:
    data = json.loads(written("cytoscape"))
    nodes, edges = data["elements"]["nodes"], data["elements"]["edges"]
    assert data["data"]["name"] == 'actual & "all"'
    assert [node["data"]["id"] for node in nodes] == ["Q145", "Q212", "person/س"]
    assert nodes[0]["position"] == {"x": 1.0, "y": -2.0}
    assert "pagerank" not in nodes[1]["data"]
    assert edges[0]["data"]["spells"] == [list(spell) for spell in SPELLS]
    assert (edges[0]["data"]["interaction"], edges[0]["data"]["items"]) == ("supplies", ["x"])


def test_networkx_reads_node_link_back() -> None:
    network = nx.node_link_graph(json.loads(written("node-link")), edges="links")
    assert (network.number_of_nodes(), network.number_of_edges()) == (3, 3)
    assert network.edges["Q145", "Q212", "e1"]["confidence"] == 0.91


def test_networkx_reads_pajek_back() -> None:
    network = nx.parse_pajek(written("pajek").decode())
    assert network.number_of_nodes() == 3
    assert "بريطانيا" in network


def test_pajek_keeps_arcs_apart_from_edges() -> None:
    lines = written("pajek").decode().splitlines()
    assert lines[lines.index("*arcs") + 1] == '1 2 2 l "supplies"'
    assert lines[lines.index("*edges") + 1 :] == ['1 2 1 l "met"', '1 3 1 l "met"']


@pytest.mark.parametrize("write", [write_graphml, write_csv_pair, write_cytoscape, write_node_link, write_pajek])
def test_labels_can_be_english(write: object) -> None:
    stream = io.BytesIO()
    write(sample(), stream, Appearance(language="en"))  # type: ignore[operator]
    data = stream.getvalue()
    if write is write_csv_pair:
        data = zipfile.ZipFile(io.BytesIO(data)).read("nodes.csv")
    assert b"United Kingdom" in data
