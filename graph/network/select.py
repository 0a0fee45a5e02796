"""Cuts a whole network down to the part that the options ask for, then says from its edges when each node was there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from ..errors import NotFoundError
from .network import Edge, Network, Node
from .options import NetworkOptions
from .spells import merge_spells


def select(network: Network, options: NetworkOptions) -> Network:
    """Apply kinds, minimum weight, actor and depth, top and largest component, in this order; lone nodes go."""
    if options.kinds:
        network = network.with_nodes({node.id for node in network.nodes if node.kind in options.kinds})
    if options.min_weight > 1:
        network = replace(network, edges=tuple(edge for edge in network.edges if edge.weight >= options.min_weight))
    centre: str | None = None
    if options.actor:
        centre = find_node(network, options.actor).id
        network = network.with_nodes(_within(network.edges, centre, options.depth))
    if options.top:
        network = network.with_nodes(_top(network, options.top, centre))
    if options.largest_component:
        network = network.with_nodes(max(components(network), key=len, default=frozenset()))
    tied = {end for edge in network.edges for end in (edge.source, edge.target)}
    if centre:
        tied.add(centre)
    return with_node_spells(network.with_nodes(tied))


def find_node(network: Network, actor: str) -> Node:
    """Return the node of an id or IRI; raise NotFoundError where the network has none."""
    for node in network.nodes:
        if actor in (node.id, node.iri):
            return node
    raise NotFoundError(f"no actor {actor!r} in this network: look its id up by name, or widen the filter.")


def components(network: Network) -> list[frozenset[str]]:
    """Return the connected components, whatever the direction of edges, in order of their first node."""
    neighbours = _neighbours(network.edges)
    seen: set[str] = set()
    found: list[frozenset[str]] = []
    for node in network.nodes:
        if node.id not in seen:
            component = _reach(neighbours, node.id, len(network.nodes))
            seen |= component
            found.append(frozenset(component))
    return found


def with_node_spells(network: Network) -> Network:
    """Return the network with each node there whenever one of its dated edges is; without any it is always there."""
    spells: dict[str, list[tuple[str, str]]] = {}
    for edge in network.edges:
        if edge.spells:
            spells.setdefault(edge.source, []).extend(edge.spells)
            if edge.target != edge.source:
                spells.setdefault(edge.target, []).extend(edge.spells)
    return replace(
        network, nodes=tuple(replace(node, spells=merge_spells(spells.get(node.id, ()))) for node in network.nodes)
    )


def _within(edges: Iterable[Edge], centre: str, depth: int) -> set[str]:
    return _reach(_neighbours(edges), centre, depth)


def _top(network: Network, number: int, centre: str | None) -> set[str]:
    degrees, strengths = network.degrees(), network.strengths()
    ranked = sorted(degrees, key=lambda id: (id != centre, -degrees[id], -strengths[id], id))
    return set(ranked[:number])


def _neighbours(edges: Iterable[Edge]) -> dict[str, set[str]]:
    neighbours: dict[str, set[str]] = {}
    for edge in edges:
        neighbours.setdefault(edge.source, set()).add(edge.target)
        neighbours.setdefault(edge.target, set()).add(edge.source)
    return neighbours


def _reach(neighbours: dict[str, set[str]], start: str, depth: int) -> set[str]:
    """Return all nodes within `depth` steps, found breadth first."""
    reached, queue = {start}, deque([(start, 0)])
    while queue:
        here, steps = queue.popleft()
        if steps == depth:
            continue
        for neighbour in neighbours.get(here, ()):
            if neighbour not in reached:
                reached.add(neighbour)
                queue.append((neighbour, steps + 1))
    return reached
