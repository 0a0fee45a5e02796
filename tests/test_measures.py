"""Measures agree with networkx, whichever engine works them out; communities, bridges, changes, balance have cases."""

from __future__ import annotations

from importlib.util import find_spec

import networkx as nx
import pytest

from graph.errors import SettingsError
from graph.network.balance import read_balance
from graph.network.changes import compare
from graph.network.engines.choose import choose_engine
from graph.network.measures import find_bridges, measure
from graph.network.network import Edge, Network, Node, Relation

ENGINES = [
    "networkx",
    "rustworkx",
    pytest.param("igraph", marks=pytest.mark.skipif(find_spec("igraph") is None, reason="igraph is not installed")),
]
RELATIONS = {
    "met": Relation("met", plover="CONSULT", symmetric=True),
    "supports": Relation("supports", plover="SUPPORT"),
    "attacked": Relation("attacked", plover="ASSAULT"),
}


def network_of(*ties: tuple[str, str, str, int]) -> Network:
    ids = sorted({id for tie in ties for id in (tie[0], tie[2])})
    edges = tuple(
        Edge(str(number), source, target, relation, relation != "met", weight)
        for number, (source, relation, target, weight) in enumerate(ties)
    )
    return Network(tuple(Node(id, "Country", f"اسم {id}", f"Name {id}") for id in ids), edges, RELATIONS)


def karate() -> Network:
    return network_of(*(((f"{a:02}", "met", f"{b:02}", 1)) for a, b in nx.karate_club_graph().edges()))


def two_camps() -> Network:
    camp = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("c", "d")]
    ties = [(x, "met", y, 3) for x, y in camp] + [(x.upper(), "met", y.upper(), 3) for x, y in camp]
    return network_of(*ties, ("a", "met", "A", 1))


@pytest.mark.parametrize("engine", ENGINES)
def test_figures_are_those_of_networkx(engine: str) -> None:
    network = karate()
    peer = nx.Graph((edge.source, edge.target) for edge in network.edges)
    found = measure(network, engine=engine)
    assert found.degree == dict(peer.degree())
    assert found.pagerank == pytest.approx(nx.pagerank(peer, tol=1e-10), abs=1e-6)
    assert found.betweenness == pytest.approx(nx.betweenness_centrality(peer), abs=1e-9)
    assert found.core == nx.core_number(peer)


@pytest.mark.parametrize("engine", ENGINES)
def test_modularity_is_that_of_networkx_for_the_communities_found(engine: str) -> None:
    network = two_camps()
    peer = nx.Graph()
    peer.add_weighted_edges_from((edge.source, edge.target, edge.weight) for edge in network.edges)
    found = measure(network, engine=engine)
    groups = [{id for id, number in found.community.items() if number == one.number} for one in found.communities]
    assert found.modularity == pytest.approx(nx.community.modularity(peer, groups))


@pytest.mark.parametrize("engine", ENGINES)
def test_camps_are_found_and_named_by_their_best_known_members(engine: str) -> None:
    found = measure(two_camps(), engine=engine, language="en")
    assert {frozenset(id.lower() for id in one.best_known[:1]) for one in found.communities} == {frozenset("a")}
    assert [one.size for one in found.communities] == [4, 4]
    assert found.communities[0].label.startswith("Name ")
    assert len({found.community[id] for id in "abcd"}) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_equal_seeds_give_equal_communities(engine: str) -> None:
    assert measure(karate(), engine=engine, seed=7).community == measure(karate(), engine=engine, seed=7).community


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_on_a_sample_of_shortest_paths(engine: str) -> None:
    reference = measure(karate(), engine="networkx", exact_up_to=10, sample=12)
    other = measure(karate(), engine=engine, exact_up_to=10, sample=12)
    assert reference.sampled == other.sampled == 12
    assert other.betweenness == pytest.approx(reference.betweenness, abs=1e-9)


def test_a_sample_is_said_so_and_close_to_the_whole() -> None:
    exact, sampled = measure(karate()), measure(karate(), exact_up_to=10, sample=25)
    notes = {column.name: column.note for column in sampled.columns()}
    assert "sampled from 25 nodes" in notes["betweenness"]
    assert sampled.betweenness["00"] == pytest.approx(exact.betweenness["00"], abs=0.15)


def test_direction_matters_for_pagerank_and_parallel_edges_add_up() -> None:
    found = measure(network_of(("a", "supports", "b", 1), ("a", "attacked", "b", 1), ("a", "supports", "c", 1)))
    assert found.pagerank["b"] > found.pagerank["c"] > found.pagerank["a"]
    assert (found.degree["a"], found.weighted_degree["b"]) == (3, 2)


def test_bridging_is_highest_for_the_node_between_the_camps() -> None:
    found = measure(two_camps())
    assert found.bridging["a"] == pytest.approx(1 - (9 / 10) ** 2 - (1 / 10) ** 2)
    assert found.bridging["b"] == 0


def test_bridges_join_two_communities() -> None:
    network = two_camps()
    (bridge,) = find_bridges(network, measure(network).community)
    assert ({bridge.source, bridge.target}, bridge.weight) == ({"a", "A"}, 1)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "network", [Network(), Network((Node("a", "Person"),)), network_of(("a", "supports", "a", 1), ("a", "met", "b", 1))]
)
def test_small_networks_and_loops_do_no_harm(network: Network, engine: str) -> None:
    found = measure(network, engine=engine)
    assert set(found.community) == {node.id for node in network.nodes}
    assert sum(found.pagerank.values()) == pytest.approx(1 if network.nodes else 0)


def test_measures_become_columns_of_the_network() -> None:
    network = two_camps()
    measured = network.with_columns(measure(network).columns())
    values = dict(zip((column.name for column in measured.columns), measured.nodes[0].extra, strict=True))
    assert set(values) == {
        "degree",
        "weighted_degree",
        "pagerank",
        "betweenness",
        "core",
        "community",
        "community_label",
        "bridging",
    }
    assert values["core"] == 2


def test_large_networks_are_measured_by_a_sample_without_being_told() -> None:
    peer = nx.barabasi_albert_graph(5200, 2, seed=4)
    found = measure(network_of(*((f"{a:04}", "met", f"{b:04}", 1) for a, b in peer.edges())))
    assert found.sampled == 500
    ranked = sorted(found.betweenness, key=lambda id: -found.betweenness[id])[:20]
    degrees = dict(peer.degree())
    assert sum(degrees[int(id)] for id in ranked) > 20 * 20, "those most paths pass are hubs in such a network"


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(SettingsError, match="networkx"):
        choose_engine("spark")


def test_ties_gained_and_lost_are_told_apart_and_counted_for_both_ends() -> None:
    before = network_of(("a", "met", "b", 2), ("a", "supports", "c", 1))
    after = network_of(("a", "met", "b", 5), ("b", "attacked", "d", 4))
    changes = compare(before, after)
    assert [(shift.source, shift.target) for shift in changes.gained] == [("b", "d")]
    assert [(shift.source, shift.target) for shift in changes.lost] == [("a", "c")]
    assert [(shift.source, shift.target, shift.change) for shift in changes.shifted] == [("a", "b", 3)]
    assert [(one.node.id, one.gained, one.lost) for one in changes.standings] == [
        ("b", 1, 0),
        ("d", 1, 0),
        ("a", 0, 1),
        ("c", 0, 1),
    ]
    assert (changes.appeared, changes.vanished) == (("d",), ("c",))


def test_nothing_changes_between_equal_networks() -> None:
    changes = compare(two_camps(), two_camps())
    assert (changes.gained, changes.lost, changes.shifted, changes.standings) == ((), (), (), ())


@pytest.mark.parametrize(
    ("relations", "signs", "balanced"),
    [
        (("supports", "supports", "supports"), "+++", 1.0),
        (("supports", "attacked", "attacked"), "+--", 1.0),
        (("supports", "supports", "attacked"), "++-", 0.0),
        (("attacked", "attacked", "attacked"), "---", 0.0),
    ],
)
def test_a_triad_is_balanced_with_no_or_two_negative_pairs(
    relations: tuple[str, str, str], signs: str, balanced: float
) -> None:
    balance = read_balance(
        network_of(("a", relations[0], "b", 1), ("c", relations[1], "b", 1), ("a", relations[2], "c", 1))
    )
    assert balance.triads[signs] == 1
    assert sum(balance.triads.values()) == 1
    assert balance.balanced == balanced
    assert len(balance.strained) == (balanced == 0.0)


def test_conflict_and_support_of_one_pair_are_weighed_against_each_other() -> None:
    balance = read_balance(
        network_of(
            ("a", "supports", "b", 2), ("b", "attacked", "a", 3), ("a", "supports", "c", 1), ("c", "met", "b", 9)
        )
    )
    assert (balance.positive_pairs, balance.negative_pairs, balance.balanced) == (1, 1, None)


def test_strain_counts_the_triads_that_a_node_is_in() -> None:
    balance = read_balance(
        network_of(
            ("a", "attacked", "b", 1), ("b", "attacked", "c", 2), ("c", "attacked", "a", 5), ("a", "supports", "d", 1)
        )
    )
    assert balance.strain == {"a": 1, "b": 1, "c": 1}
    assert balance.strained[0].weight == 1
