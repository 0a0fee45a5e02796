"""The algorithms of igraph, which is GPL and therefore never required; the extra `igraph` installs it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from ..network import Position
from .base import DAMPING, Pairs


class IgraphEngine:
    """Leiden's communities, and a layout by forces for large networks."""

    name = "igraph"
    community_method = "Leiden"
    exact_up_to = 5000

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
