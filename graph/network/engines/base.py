"""What the measures ask of an algorithm library, and a network as such libraries take it: numbers and weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..network import Network, Position

DAMPING = 0.85


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

    def merge(self, membership: Sequence[int]) -> Pairs:
        """Return the pairs of groups: node `i` becomes part of group `membership[i]`; numbers run from 0."""
        size = max(membership, default=-1) + 1
        undirected: dict[tuple[int, int], float] = {}
        directed: dict[tuple[int, int], float] = {}
        for (a, b), weight in self.undirected.items():
            x, y = membership[a], membership[b]
            if x != y:
                pair = (x, y) if x < y else (y, x)
                undirected[pair] = undirected.get(pair, 0.0) + weight
        for (a, b), weight in self.directed.items():
            way = membership[a], membership[b]
            if way[0] != way[1]:
                directed[way] = directed.get(way, 0.0) + weight
        return Pairs(size, undirected, directed)

    def split(self, membership: Sequence[int]) -> list[Pairs]:
        """Return the pairs within each group, its nodes numbered anew in their order."""
        counts = [0] * (max(membership, default=-1) + 1)
        numbers = []
        for group in membership:
            numbers.append(counts[group])
            counts[group] += 1
        parts = [Pairs(count, {}, {}) for count in counts]
        for (a, b), weight in self.undirected.items():
            if membership[a] == membership[b]:
                parts[membership[a]].undirected[numbers[a], numbers[b]] = weight
        for (a, b), weight in self.directed.items():
            if membership[a] == membership[b]:
                parts[membership[a]].directed[numbers[a], numbers[b]] = weight
        return parts


class Engine(Protocol):
    """What an algorithm library has to give; lists line up with the numbers of nodes."""

    name: str
    community_method: str
    exact_up_to: int
    """Up to how many nodes betweenness follows all shortest paths in a matter of seconds."""

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
