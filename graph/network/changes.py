"""What changed between two periods: ties that came, went, grew or faded, and who gained and lost by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .network import Edge, Network, Node


@dataclass(frozen=True, slots=True)
class Shift:
    """A tie with its reports in the first and in the second period."""

    source: str
    relation: str
    target: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """More reports (above 0) or fewer."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Standing:
    """How many ties a node gained and lost, and its reports before and after."""

    node: Node
    gained: int
    lost: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences; ties in order of the size of their change, nodes in order of ties gained less lost."""

    gained: tuple[Shift, ...]
    lost: tuple[Shift, ...]
    shifted: tuple[Shift, ...]
    standings: tuple[Standing, ...]
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]


def compare(before: Network, after: Network) -> Changes:
    """Compare two networks of one store, read with the same options but for their dates."""
    first, second = _weights(before), _weights(after)
    shifts = [Shift(*key, first.get(key, 0), second.get(key, 0)) for key in sorted(first.keys() | second.keys())]
    nodes = {node.id: node for node in (*before.nodes, *after.nodes)}
    return Changes(
        gained=_largest(shift for shift in shifts if not shift.before),
        lost=_largest(shift for shift in shifts if not shift.after),
        shifted=_largest(shift for shift in shifts if shift.before and shift.after and shift.change),
        standings=_standings(nodes, shifts, before, after),
        appeared=tuple(sorted({node.id for node in after.nodes} - {node.id for node in before.nodes})),
        vanished=tuple(sorted({node.id for node in before.nodes} - {node.id for node in after.nodes})),
    )


def _weights(network: Network) -> dict[tuple[str, str, str], int]:
    return {_key(edge): edge.weight for edge in network.edges}


def _key(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.relation, edge.target


def _largest(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    return tuple(sorted(shifts, key=lambda shift: (-abs(shift.change), shift.source, shift.relation, shift.target)))


def _standings(nodes: Mapping[str, Node], shifts: list[Shift], before: Network, after: Network) -> tuple[Standing, ...]:
    gained: dict[str, int] = defaultdict(int)
    lost: dict[str, int] = defaultdict(int)
    for shift in shifts:
        for end in {shift.source, shift.target}:
            gained[end] += not shift.before
            lost[end] += not shift.after
    first, second = before.strengths(), after.strengths()
    standings = (
        Standing(node, gained[id], lost[id], first.get(id, 0), second.get(id, 0)) for id, node in nodes.items()
    )
    changed = (standing for standing in standings if standing.gained or standing.lost)
    return tuple(sorted(changed, key=lambda standing: (standing.lost - standing.gained, standing.node.id)))
