"""The algorithms of rustworkx (Apache-2.0) and of graspologic-native (MIT): those that are used unless told otherwise.

rustworkx follows all shortest paths or none, so a sample of them is followed in paths.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import graspologic_native
import rustworkx as rx

from ..network import Position
from .base import DAMPING, Pairs
from .paths import count_shortest_paths

_ROUNDS, _TOLERANCE = 1000, 1e-10
_CYCLES = 10
_STEPS_OF_FEW, _STEPS_OF_MANY, _MANY = 200, 60, 1000


class RustEngine:
    """Leiden's communities; measures and layout in compiled code."""

    name = "rustworkx"
    community_method = "Leiden"
    exact_up_to = 5000

    def pagerank(self, pairs: Pairs) -> list[float]:
        if not pairs.size:
            return []
        graph = _fill(rx.PyDiGraph(multigraph=False), pairs.size, pairs.directed)
        found = rx.pagerank(graph, alpha=DAMPING, weight_fn=float, max_iter=_ROUNDS, tol=_TOLERANCE)
        return [found[number] for number in range(pairs.size)]

    def betweenness(self, pairs: Pairs, sources: Sequence[int]) -> list[float]:
        if len(sources) < pairs.size:
            return count_shortest_paths(pairs, sources)
        found = rx.betweenness_centrality(_undirected(pairs), normalized=False)
        return [found[number] for number in range(pairs.size)]

    def cores(self, pairs: Pairs) -> list[int]:
        found: Any = rx.core_number(_undirected(pairs))  # Any: its stub says int, where it gives a map
        return [found[number] for number in range(pairs.size)]

    def communities(self, pairs: Pairs, seed: int) -> list[int]:
        alone = list(range(pairs.size, 2 * pairs.size))
        if not pairs.undirected:
            return alone
        edges = [(str(a), str(b), weight) for (a, b), weight in pairs.undirected.items()]
        _, found = graspologic_native.leiden(edges, iterations=_CYCLES, use_modularity=True, seed=seed)
        return [found.get(str(number), own) for number, own in enumerate(alone)]

    def layout(self, pairs: Pairs, seed: int) -> list[Position]:
        steps = _STEPS_OF_FEW if pairs.size <= _MANY else _STEPS_OF_MANY
        found = rx.spring_layout(_undirected(pairs), num_iter=steps, seed=seed)
        return [(float(found[number][0]), float(found[number][1])) for number in range(pairs.size)]


# rustworkx' graphs are generic over what they carry, which matters to nobody here, hence Any.
def _undirected(pairs: Pairs) -> Any:
    return _fill(rx.PyGraph(multigraph=False), pairs.size, pairs.undirected)


def _fill(graph: Any, size: int, edges: Mapping[tuple[int, int], float]) -> Any:
    graph.add_nodes_from(range(size))
    graph.add_edges_from([(a, b, weight) for (a, b), weight in edges.items()])
    return graph
