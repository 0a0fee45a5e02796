"""The graph algorithms behind the measures: networkx, which is the reference, or igraph where it is installed.

igraph is GPL, so it is never required; the extra `fast` installs it. Both work on nodes numbered from 0 and on pairs of
them with a weight, and give the same figures, communities and layouts excepted: igraph has Leiden, networkx Louvain.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import networkx as nx

from ..errors import SettingsError
from .network import Network, Position

DAMPING = 0.85
# Up to so many nodes a layout by distances (Kamada-Kawai) is fast enough, and clearer than one by forces.
FEW = 150


@dataclass(frozen=True, slots=True)
class Pairs:
    """A network as numbers: each pair of different nodes once with the weight of all their edges.

    `undirected` has the smaller number first; `directed` has an undirected edge both ways.
    """

    size: int
    undirected: dict[tuple[int, int], float]
    directed: dict[tuple[int, int], float]

    @classmethod
    def of(cls, network: Network) -> Pairs:
        """Sum up the edges of a network; loops are left out."""
        numbers = {node.id: number for number, node in enumerate(network.nodes)}
        undirected: dict[tuple[int, int], float] = {}
        directed: dict[tuple[int, int], float] = {}
        for edge in network.edges:
            source, target = numbers[edge.source], numbers[edge.target]
            if source == target:
                continue
            pair = (source, target) if source < target else (target, source)
            undirected[pair] = undirected.get(pair, 0.0) + edge.weight
            for way in ((source, target),) if edge.directed else ((source, target), (target, source)):
                directed[way] = directed.get(way, 0.0) + edge.weight
        return cls(len(numbers), undirected, directed)


class Engine(Protocol):
    """What an algorithm library has to give; lists line up with the numbers of nodes."""

    name: str
    community_method: str

    def pagerank(self, pairs: Pairs) -> list[float]:
        """Return PageRank on directed weights; it sums up to 1."""

    def betweenness(self, pairs: Pairs, sources: Sequence[int]) -> list[float]:
        """Return how many shortest paths from the sources to all nodes pass a node, weights left aside."""

    def cores(self, pairs: Pairs) -> list[int]:
        """Return the largest k for which the node is in the k-core."""

    def communities(self, pairs: Pairs, seed: int) -> list[int]:
        """Return the number of the community of each node, numbered in no particular order."""

    def layout(self, pairs: Pairs, seed: int) -> list[Position]:
        """Return a place for each node, force-directed, in no particular scale."""


def choose_engine(name: str = "auto") -> Engine:
    """Return the engine of a name, or the faster one that is installed; raise SettingsError where it is missing."""
    if name == "networkx" or (name == "auto" and find_spec("igraph") is None):
        return NetworkxEngine()
    if name in {"auto", "igraph"}:
        if find_spec("igraph") is None:
            raise SettingsError(
                "igraph is not installed: pip install 'rawabit[fast]', or leave the engine to networkx."
            )
        return IgraphEngine()
    raise SettingsError(f"engine={name!r}: choose auto, networkx or igraph.")


class NetworkxEngine:
    """The reference."""

    name = "networkx"
    community_method = "Louvain"

    def pagerank(self, pairs: Pairs) -> list[float]:
        digraph = nx.DiGraph()
        digraph.add_nodes_from(range(pairs.size))
        digraph.add_weighted_edges_from((*pair, weight) for pair, weight in pairs.directed.items())
        ranks = nx.pagerank(digraph, alpha=DAMPING, max_iter=500, tol=1e-10) if pairs.size else {}
        return [float(ranks[number]) for number in range(pairs.size)]

    def betweenness(self, pairs: Pairs, sources: Sequence[int]) -> list[float]:
        graph = self._graph(pairs)
        found = nx.betweenness_centrality_subset(graph, list(sources), list(graph), normalized=False)
        return [float(found[number]) for number in range(pairs.size)]

    def cores(self, pairs: Pairs) -> list[int]:
        found = nx.core_number(self._graph(pairs))
        return [int(found[number]) for number in range(pairs.size)]

    def communities(self, pairs: Pairs, seed: int) -> list[int]:
        found = nx.community.louvain_communities(self._graph(pairs), weight="weight", seed=seed)
        membership = [0] * pairs.size
        for number, members in enumerate(found):
            for member in members:
                membership[member] = number
        return membership

    def layout(self, pairs: Pairs, seed: int) -> list[Position]:
        graph = self._graph(pairs)
        if pairs.size <= FEW:
            places = nx.kamada_kawai_layout(graph, weight=None)
        else:
            rounds = 200 if pairs.size <= 1000 else 50
            places = nx.spring_layout(graph, weight=None, iterations=rounds, seed=seed)
        return [(float(places[number][0]), float(places[number][1])) for number in range(pairs.size)]

    # networkx has no types of its own, hence Any.
    def _graph(self, pairs: Pairs) -> Any:
        graph = nx.Graph()
        graph.add_nodes_from(range(pairs.size))
        graph.add_weighted_edges_from((*pair, weight) for pair, weight in pairs.undirected.items())
        return graph


class IgraphEngine:
    """The faster one."""

    name = "igraph"
    community_method = "Leiden"

    def __init__(self) -> None:
        # igraph has no types of its own, hence Any.
        self._igraph: Any = import_module("igraph")

    def pagerank(self, pairs: Pairs) -> list[float]:
        graph = self._igraph.Graph(n=pairs.size, edges=list(pairs.directed), directed=True)
        return [float(rank) for rank in graph.pagerank(damping=DAMPING, weights=list(pairs.directed.values()))]

    def betweenness(self, pairs: Pairs, sources: Sequence[int]) -> list[float]:
        found = self._graph(pairs).betweenness(directed=False, sources=list(sources))
        return [float(value) for value in found]

    def cores(self, pairs: Pairs) -> list[int]:
        return [int(core) for core in self._graph(pairs).coreness()]

    def communities(self, pairs: Pairs, seed: int) -> list[int]:
        if not pairs.undirected:
            return list(range(pairs.size))
        with _Seeded(self._igraph, seed):
            found = self._graph(pairs).community_leiden(
                objective_function="modularity", weights=list(pairs.undirected.values()), n_iterations=10
            )
        return [int(number) for number in found.membership]

    def layout(self, pairs: Pairs, seed: int) -> list[Position]:
        graph = self._graph(pairs)
        with _Seeded(self._igraph, seed):
            if pairs.size <= FEW:
                places = graph.layout_kamada_kawai()
            else:
                places = graph.layout_fruchterman_reingold(niter=500 if pairs.size <= 5000 else 100)
        return [(float(place[0]), float(place[1])) for place in places]

    def _graph(self, pairs: Pairs) -> Any:
        return self._igraph.Graph(n=pairs.size, edges=list(pairs.undirected))


class _Seeded:
    """Gives igraph a random number generator with a seed, and puts Python's own back."""

    def __init__(self, igraph: Any, seed: int) -> None:
        self._igraph, self._seed = igraph, seed

    def __enter__(self) -> None:
        self._igraph.set_random_number_generator(random.Random(self._seed))

    def __exit__(self, *_: object) -> None:
        self._igraph.set_random_number_generator(random)
