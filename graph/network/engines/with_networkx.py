"""The algorithms of networkx: the reference, slow beyond some thousand nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx

from ..network import Position
from .base import DAMPING, Pairs


class NetworkxEngine:
    """The reference; communities come from Louvain."""

    name = "networkx"
    community_method = "Louvain"
    exact_up_to = 2000

    def pagerank(self, pairs: Pairs) -> list[float]:
        digraph = nx.DiGraph()
        digraph.add_nodes_from(range(pairs.size))
        digraph.add_weighted_edges_from((*pair, weight) for pair, weight in pairs.directed.items())
        ranks = nx.pagerank(digraph, alpha=DAMPING, max_iter=500, tol=1e-10) if pairs.size else {}
        return [float(ranks[number]) for number in range(pairs.size)]

    def betweenness(self, pairs: Pairs, sources: Sequence[int]) -> list[float]:
        graph = _graph(pairs)
        found = nx.betweenness_centrality_subset(graph, list(sources), list(graph), normalized=False)
        return [float(found[number]) for number in range(pairs.size)]

    def cores(self, pairs: Pairs) -> list[int]:
        found = nx.core_number(_graph(pairs))
        return [int(found[number]) for number in range(pairs.size)]

    def communities(self, pairs: Pairs, seed: int) -> list[int]:
        found = nx.community.louvain_communities(_graph(pairs), weight="weight", seed=seed)
        membership = [0] * pairs.size
        for number, members in enumerate(found):
            for member in members:
                membership[member] = number
        return membership

    def layout(self, pairs: Pairs, seed: int) -> list[Position]:
        rounds = 200 if pairs.size <= 1000 else 50
        places = nx.spring_layout(_graph(pairs), weight=None, iterations=rounds, seed=seed)
        return [(float(places[number][0]), float(places[number][1])) for number in range(pairs.size)]


def place_by_distance(pairs: Pairs) -> list[Position]:
    """Return a place for each node of a small connected network, by Kamada and Kawai's method."""
    places = nx.kamada_kawai_layout(_graph(pairs), weight=None)
    return [(float(places[number][0]), float(places[number][1])) for number in range(pairs.size)]


# networkx has no types of its own, hence Any.
def _graph(pairs: Pairs) -> Any:
    graph = nx.Graph()
    graph.add_nodes_from(range(pairs.size))
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in pairs.undirected.items())
    return graph
