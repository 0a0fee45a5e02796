"""Who matters in a network and who belongs together: one figure for each node, and the communities with their names.

Parallel edges are added up first. Degree counts edges; everything else looks at pairs of nodes and their weight.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .appearance import COMMUNITY
from .engines.base import Engine, Pairs
from .engines.choose import choose_engine
from .network import Column, ColumnType, Network, Value

SEED = 1
SAMPLE = 500
NAMED_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes that have more to do with each other than with the rest; `best_known` have the highest PageRank."""

    number: int
    size: int
    best_known: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def label(self) -> str:
        """The names of the best-known members."""
        return " · ".join(self.labels)


@dataclass(frozen=True, slots=True)
class Bridge:
    """A pair of nodes in two communities, with the weight of all edges between them."""

    source: str
    target: str
    communities: tuple[int, int]
    weight: float


@dataclass(frozen=True, slots=True)
class Measures:
    """All figures by node id. `sampled` is the number of nodes whose shortest paths were followed for betweenness, or
    None where it is exact; `bridging` is the share of a node's ties that would have to move for all to lie in one
    community (the participation coefficient); `modularity` says how clearly the communities are apart."""

    degree: Mapping[str, int]
    weighted_degree: Mapping[str, int]
    pagerank: Mapping[str, float]
    betweenness: Mapping[str, float]
    core: Mapping[str, int]
    community: Mapping[str, int]
    bridging: Mapping[str, float]
    communities: tuple[Community, ...]
    modularity: float
    engine: str
    method: str
    sampled: int | None = None

    def columns(self) -> dict[Column, Mapping[str, Value]]:
        """Return the figures as columns for `Network.with_columns`."""
        how = f"sampled from {self.sampled} nodes" if self.sampled else "exact"
        names = {community.number: community.label for community in self.communities}
        return {
            Column("degree", ColumnType.INTEGER, "edges"): self.degree,
            Column("weighted_degree", ColumnType.INTEGER, "reports on all edges"): self.weighted_degree,
            Column("pagerank", ColumnType.DOUBLE, "PageRank, weighted, damping 0.85"): self.pagerank,
            Column("betweenness", ColumnType.DOUBLE, f"share of shortest paths, {how}"): self.betweenness,
            Column("core", ColumnType.INTEGER, "largest k-core"): self.core,
            Column(COMMUNITY, ColumnType.INTEGER, f"community by {self.method}, largest first"): self.community,
            Column("community_label", ColumnType.STRING, "best-known members of the community"): {
                id: names[number] for id, number in self.community.items()
            },
            Column("bridging", ColumnType.DOUBLE, "0 within one community, towards 1 among many"): self.bridging,
        }


def measure(
    network: Network,
    *,
    engine: str = "auto",
    seed: int = SEED,
    language: str = "ar",
    exact_up_to: int | None = None,
    sample: int = SAMPLE,
) -> Measures:
    """Return all measures; betweenness follows a sample of nodes where there are more than `exact_up_to`, which is the
    engine's own limit where it is not given.

    `engine` is auto, rustworkx, networkx or igraph; equal networks and seeds give equal figures from one engine.
    """
    chosen, pairs = choose_engine(engine), Pairs.of(network)
    ids = [node.id for node in network.nodes]
    sources = _sources(pairs.size, chosen.exact_up_to if exact_up_to is None else exact_up_to, sample, seed)
    pagerank = chosen.pagerank(pairs)
    membership = _number_by_size(chosen.communities(pairs, seed), pagerank)
    return Measures(
        degree=network.degrees(),
        weighted_degree=network.strengths(),
        pagerank=dict(zip(ids, pagerank, strict=True)),
        betweenness=dict(zip(ids, _betweenness(chosen, pairs, sources), strict=True)),
        core=dict(zip(ids, chosen.cores(pairs), strict=True)),
        community=dict(zip(ids, membership, strict=True)),
        bridging=dict(zip(ids, _bridging(pairs, membership), strict=True)),
        communities=_communities(network, membership, pagerank, language),
        modularity=_modularity(pairs, membership),
        engine=chosen.name,
        method=chosen.community_method,
        sampled=None if len(sources) == pairs.size else len(sources),
    )


def find_bridges(network: Network, community: Mapping[str, int], *, limit: int = 20) -> tuple[Bridge, ...]:
    """Return the heaviest pairs that join two communities."""
    ids = [node.id for node in network.nodes]
    bridges = [
        Bridge(ids[a], ids[b], (community[ids[a]], community[ids[b]]), weight)
        for (a, b), weight in Pairs.of(network).undirected.items()
        if community[ids[a]] != community[ids[b]]
    ]
    return tuple(sorted(bridges, key=lambda bridge: (-bridge.weight, bridge.source, bridge.target))[:limit])


def _sources(size: int, exact_up_to: int, sample: int, seed: int) -> Sequence[int]:
    if size <= exact_up_to or sample >= size:
        return range(size)
    return sorted(random.Random(seed).sample(range(size), sample))


def _betweenness(engine: Engine, pairs: Pairs, sources: Sequence[int]) -> list[float]:
    """Return the share of shortest paths between two others that pass a node; a sample stands for all."""
    if pairs.size < 3:
        return [0.0] * pairs.size
    scale = 2 / ((pairs.size - 1) * (pairs.size - 2)) * (pairs.size / len(sources))
    return [value * scale for value in engine.betweenness(pairs, sources)]


def _number_by_size(membership: Sequence[int], pagerank: Sequence[float]) -> list[int]:
    """Number communities anew: 0 is the largest; among equals the one with more PageRank, then the first node's."""
    sizes = Counter(membership)
    weights: dict[int, float] = defaultdict(float)
    first: dict[int, int] = {}
    for node, number in enumerate(membership):
        weights[number] += pagerank[node]
        first.setdefault(number, node)
    order = sorted(sizes, key=lambda number: (-sizes[number], -round(weights[number], 9), first[number]))
    new = {number: rank for rank, number in enumerate(order)}
    return [new[number] for number in membership]


def _communities(
    network: Network, membership: Sequence[int], pagerank: Sequence[float], language: str
) -> tuple[Community, ...]:
    members: dict[int, list[int]] = defaultdict(list)
    for node, number in enumerate(membership):
        members[number].append(node)
    communities = []
    for number in sorted(members):
        best = sorted(members[number], key=lambda node: (-pagerank[node], network.nodes[node].id))[:NAMED_MEMBERS]
        known = [network.nodes[node] for node in best]
        communities.append(
            Community(
                number=number,
                size=len(members[number]),
                best_known=tuple(node.id for node in known),
                labels=tuple(node.label(language) for node in known),
            )
        )
    return tuple(communities)


def _bridging(pairs: Pairs, membership: Sequence[int]) -> list[float]:
    ties: list[dict[int, float]] = [defaultdict(float) for _ in range(pairs.size)]
    for (a, b), weight in pairs.undirected.items():
        ties[a][membership[b]] += weight
        ties[b][membership[a]] += weight
    return [
        1 - sum((weight / total) ** 2 for weight in of.values()) if (total := sum(of.values())) else 0.0 for of in ties
    ]


def _modularity(pairs: Pairs, membership: Sequence[int]) -> float:
    total = sum(pairs.undirected.values())
    if not total:
        return 0.0
    inside: dict[int, float] = defaultdict(float)
    degrees: dict[int, float] = defaultdict(float)
    for (a, b), weight in pairs.undirected.items():
        degrees[membership[a]] += weight
        degrees[membership[b]] += weight
        if membership[a] == membership[b]:
            inside[membership[a]] += weight
    return sum(inside[number] / total - (degrees[number] / (2 * total)) ** 2 for number in degrees)
