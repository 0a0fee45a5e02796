"""`rawabit export` from outside: what a file carries unasked, and what can be chosen."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from typer.testing import CliRunner, Result

from graph.cli import app

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


def read_nodes(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).iter(f"{GEXF}node"))


def test_a_file_for_gephi_is_ready_to_look_at(sample_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "network.gexf"
    result = run("--store", sample_store, "--format", "gexf", "-o", path)
    assert result.exit_code == 0, result.output
    nodes = read_nodes(path)
    places = {(node.find(f"{VIZ}position").get("x"), node.find(f"{VIZ}position").get("y")) for node in nodes}  # type: ignore[union-attr]
    assert len(places) == len(nodes) > 3
    assert all(node.find(f"{VIZ}color") is not None and node.find(f"{VIZ}size") is not None for node in nodes)
    titles = {each.get("title") for each in ElementTree.parse(path).iter(f"{GEXF}attribute")}
    assert {"pagerank", "betweenness", "core", "community", "community_label", "bridging"} <= titles
    measured = nx.read_gexf(path).nodes["Q212"]
    assert 0 < float(measured["pagerank"]) < 1


def test_measures_and_places_can_be_left_out(sample_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "plain.gexf"
    assert run("--store", sample_store, "--format", "gexf", "-o", path, "--no-measures", "--no-layout").exit_code == 0
    assert all(node.find(f"{VIZ}position") is None for node in read_nodes(path))
    assert "pagerank" not in path.read_text(encoding="utf-8")


def test_colours_and_sizes_may_stand_for_communities_and_measures(sample_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "camps.gexf"
    options = ("--colour-by", "community", "--size-by", "pagerank", "--language", "en", "--no-measures")
    assert run("--store", sample_store, "--format", "gexf", "-o", path, *options).exit_code == 0
    assert nx.read_gexf(path).nodes["Q212"]["label"] == "Ukraine"
    sizes = {node.get("id"): float(node.find(f"{VIZ}size").get("value")) for node in read_nodes(path)}  # type: ignore[union-attr, arg-type]
    ranks = {id: float(values["pagerank"]) for id, values in nx.read_gexf(path).nodes(data=True)}
    assert max(sizes, key=sizes.__getitem__) == max(ranks, key=ranks.__getitem__)


@pytest.mark.parametrize("option", [("--colour-by", "mood"), ("--size-by", "weather"), ("--engine", "abacus")])
def test_what_means_nothing_is_refused_with_what_there_is(
    sample_store: Path, tmp_path: Path, option: tuple[str, str]
) -> None:
    result = run("--store", sample_store, "--format", "gexf", "-o", tmp_path / "n.gexf", *option)
    assert result.exit_code == 2
    assert "choose" in result.output


def test_rdf_is_neither_measured_nor_laid_out(sample_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    assert run("--store", sample_store, "--format", "turtle", "-o", path).exit_code == 0
    assert "pagerank" not in path.read_text(encoding="utf-8")
