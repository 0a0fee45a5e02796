"""Other programs read what Rawabit exports, to the same counts: graphology on Node, igraph, networkx.

`make test` brings graphology and igraph (.ci/peers); where they are not, their tests are skipped.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.network.export.gexf import write_gexf
from graph.network.export.graphml import write_graphml
from graph.network.network import Edge, Network, Node, Relation
from graph.network.options import NetworkOptions
from graph.network.prepare import prepare
from graph.network.read import read_network
from graph.store.checkpoint import Checkpoint

NODE_FOLDER = Path(__file__).with_name("node")
needs_graphology = pytest.mark.skipif(
    shutil.which("node") is None or not (NODE_FOLDER / "node_modules" / "graphology-gexf").is_dir(),
    reason="Node or graphology-gexf is not there",
)
needs_igraph = pytest.mark.skipif(find_spec("igraph") is None, reason="igraph is not installed")


@pytest.fixture(name="network")
def give_network(sample_store: Path) -> Network:
    """The sample network, measured and laid out."""
    with Checkpoint.open(sample_store) as checkpoint:
        return prepare(read_network(checkpoint, NetworkOptions()), measured=True, laid_out=True)[0]


def parallel_network() -> Network:
    """Two nodes with three ties one way, one the other way and one without a way, and names that are hard to write."""
    nodes = (Node("a&b", "Country", "مصر <العربية>", 'Egypt "the" \x0b'), Node("c/د", "Person", "عمرو"))
    relations = {name: Relation(name, name, name) for name in ("supplies", "aids", "met", "attacked")}
    ends = [("a&b", "c/د"), ("a&b", "c/د"), ("a&b", "c/د"), ("c/د", "a&b")]
    edges = [
        Edge(f"e{number}", *pair, relation, weight=number + 1, sentences=("جملة\u0000 & أخرى",))
        for number, (pair, relation) in enumerate(zip(ends, ("supplies", "aids", "attacked", "aids"), strict=True))
    ]
    return Network(nodes, (*edges, Edge("e9", "a&b", "c/د", "met", directed=False)), relations)


def read_with_graphology(network: Network, folder: Path) -> dict[str, Any]:
    path = folder / "network.gexf"
    with path.open("wb") as stream:
        write_gexf(network, stream)
    command = ["node", str(NODE_FOLDER / "read_gexf.js"), str(path)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 0, found.stderr
    read = json.loads(found.stdout)
    assert isinstance(read, dict)
    return read


@needs_graphology
def test_graphology_reads_every_node_edge_and_value(network: Network, tmp_path: Path) -> None:
    read = read_with_graphology(network, tmp_path)
    assert (read["order"], read["size"]) == (len(network.nodes), len(network.edges))
    for node in network.nodes:
        values = read["nodes"][node.id]
        assert values["label"] == node.label()
        assert (values["x"], values["y"]) == pytest.approx(network.positions[node.id], abs=0.01)
        assert values["pagerank"] == pytest.approx(node.extra[2], abs=1e-5)
    for edge in network.edges:
        values = read["edges"][edge.id]
        assert (values["source"], values["target"], values["weight"]) == (edge.source, edge.target, edge.weight)


@needs_graphology
def test_graphology_keeps_parallel_edges_and_hard_names(tmp_path: Path) -> None:
    read = read_with_graphology(parallel_network(), tmp_path)
    assert (read["order"], read["size"]) == (2, 5)
    assert read["nodes"]["a&b"]["name_en"].startswith('Egypt "the"')
    assert sorted(edge["weight"] for edge in read["edges"].values()) == [1, 1, 2, 3, 4]


@needs_igraph
@pytest.mark.parametrize("of", ["sample", "parallel"])
def test_igraph_reads_graphml(network: Network, tmp_path: Path, of: str) -> None:
    import igraph

    chosen = network if of == "sample" else parallel_network()
    path = tmp_path / "network.graphml"
    with path.open("wb") as stream:
        write_graphml(chosen, stream)
    read = igraph.Graph.Read_GraphML(str(path))
    assert (read.vcount(), read.ecount()) == (len(chosen.nodes), len(chosen.edges))
    # igraph leaves "&#38;" in ids for "&".
    assert {unescape(id) for id in read.vs["id"]} == {node.id for node in chosen.nodes}
    assert sum(read.es["weight"]) == sum(edge.weight for edge in chosen.edges)


def test_networkx_reads_gexf_with_parallel_edges() -> None:
    stream = io.BytesIO()
    write_gexf(parallel_network(), stream)
    read = nx.read_gexf(io.BytesIO(stream.getvalue()))
    assert read.is_multigraph()
    assert (read.number_of_nodes(), read.number_of_edges()) == (2, 5)
