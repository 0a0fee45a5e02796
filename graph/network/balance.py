"""Support and conflict: is the friend of a friend a friend, and the enemy of an enemy too?

A pair is positive where its reports of support outweigh those of conflict, negative where it is the other way round.
A triad of three signed pairs is balanced with no or two negative ones; the others are where a network is under strain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .network import Network
from .palette import Palette

BALANCED = ("+++", "+--")
STRAINED = ("++-", "---")


@dataclass(frozen=True, slots=True)
class Triad:
    """Three nodes in order of id with the signs of their pairs; `weight` is the weakest of the three pairs."""

    nodes: tuple[str, str, str]
    signs: str
    weight: float


@dataclass(frozen=True, slots=True)
class Balance:
    """Triads by their signs, the share of balanced ones (None without any), and the strained ones, heaviest first."""

    positive_pairs: int
    negative_pairs: int
    triads: Mapping[str, int]
    balanced: float | None
    strained: tuple[Triad, ...]
    strain: Mapping[str, int]


def read_balance(network: Network, *, palette: Palette | None = None, limit: int = 20) -> Balance:
    """Count the signed triads; `strain` is the number of strained triads that a node is in."""
    pairs = sign_pairs(network, palette or Palette.load())
    counts = dict.fromkeys((*BALANCED, *STRAINED), 0)
    strained: list[Triad] = []
    strain: dict[str, int] = defaultdict(int)
    for nodes in _triangles(pairs):
        weights = [pairs[nodes[0], nodes[1]], pairs[nodes[0], nodes[2]], pairs[nodes[1], nodes[2]]]
        negative = sum(weight < 0 for weight in weights)
        signs = "+" * (3 - negative) + "-" * negative
        counts[signs] += 1
        if signs in STRAINED:
            strained.append(Triad(nodes, signs, min(abs(weight) for weight in weights)))
            for node in nodes:
                strain[node] += 1
    total = sum(counts.values())
    negative_pairs = sum(weight < 0 for weight in pairs.values())
    return Balance(
        positive_pairs=len(pairs) - negative_pairs,
        negative_pairs=negative_pairs,
        triads=counts,
        balanced=(counts["+++"] + counts["+--"]) / total if total else None,
        strained=tuple(sorted(strained, key=lambda triad: (-triad.weight, triad.nodes))[:limit]),
        strain=dict(strain),
    )


def sign_pairs(network: Network, palette: Palette) -> dict[tuple[str, str], float]:
    """Return reports of support less reports of conflict by pair, ends in order of id; even pairs are left out."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for edge in network.edges:
        sign = palette.sign(network.relation(edge.relation))
        if sign and edge.source != edge.target:
            pair = (edge.source, edge.target) if edge.source < edge.target else (edge.target, edge.source)
            sums[pair] += sign * edge.weight
    return {pair: weight for pair, weight in sums.items() if weight}


def _triangles(pairs: Mapping[tuple[str, str], float]) -> list[tuple[str, str, str]]:
    """Return each triangle once, its nodes in order of id."""
    after: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        after[first].add(second)
    return sorted(
        (first, second, third) for first, second in pairs if second in after for third in after[first] & after[second]
    )
