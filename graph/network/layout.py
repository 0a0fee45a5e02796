"""Gives every node a place: components side by side, each force-directed, then labels pushed apart until none overlap.

Places are in the unit of node sizes and font sizes, so a picture or Gephi can take them as they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .appearance import Appearance, node_sizes
from .boxes import Box, spread
from .engines.base import Engine, Pairs
from .engines.choose import choose_engine
from .engines.with_networkx import place_by_distance
from .measures import SEED
from .nested import place_by_forces
from .network import Network, Node, Position
from .select import components

FONT = 14.0
# The mean width of a letter in ems; Arabic and Latin text type differ little.
LETTER = 0.52
LONGEST_LABEL = 32
AIR = 2.2
GAP = 30.0
MOST_TO_SPREAD = 2000
# Up to so many nodes a layout by distances is fast enough, and clearer than one by forces.
FEW = 150


@dataclass(frozen=True, slots=True)
class _Island:
    """A component with the places of its nodes, its left upper corner at 0, 0."""

    ids: tuple[str, ...]
    places: tuple[Position, ...]
    width: float
    height: float


def lay_out(
    network: Network, appearance: Appearance | None = None, *, engine: str = "auto", seed: int = SEED
) -> Network:
    """Return the network with a place for each node; equal networks and seeds give equal places."""
    look, chosen = appearance or Appearance(), choose_engine(engine)
    boxes = label_boxes(network, look)
    parts = sorted(components(network), key=lambda ids: (-len(ids), min(ids)))
    number_of = {id: number for number, ids in enumerate(parts) for id in ids}
    membership = [number_of[node.id] for node in network.nodes]
    members: list[list[str]] = [[] for _ in parts]
    for node, number in zip(network.nodes, membership, strict=True):
        members[number].append(node.id)
    islands = [
        _settle(tuple(ids), pairs, boxes, chosen, seed)
        for ids, pairs in zip(members, Pairs.of(network).split(membership), strict=True)
    ]
    return replace(network, positions=_pack(islands))


def label_boxes(network: Network, appearance: Appearance) -> dict[str, Box]:
    """Return the room that each node takes with its label below it."""
    sizes = node_sizes(network, appearance)
    boxes = {}
    for node in network.nodes:
        size, font = sizes[node.id], font_size(sizes[node.id])
        label = short_label(node, appearance.language)
        boxes[node.id] = (max(size, label_width(label, font)) + 6, size + font * 1.5)
    return boxes


def short_label(node: Node, language: str) -> str:
    """Return a node's label, cut between words where it is long."""
    label = " ".join(node.label(language).split())
    if len(label) <= LONGEST_LABEL:
        return label
    head = label[:LONGEST_LABEL]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"


def label_width(label: str, font: float) -> float:
    """Return about how wide a label is."""
    return len(label) * font * LETTER


def font_size(node_size: float) -> float:
    """Return the size of a node's label: hubs are written larger, but not by as much as they are drawn."""
    return round(FONT * (0.8 + node_size / 80), 1)


def _settle(ids: tuple[str, ...], pairs: Pairs, boxes: Mapping[str, Box], engine: Engine, seed: int) -> _Island:
    rooms = [boxes[id] for id in ids]
    places = _scale(_place(pairs, engine, seed), rooms)
    if len(ids) <= MOST_TO_SPREAD:
        places = spread(places, rooms)
    left = min(place[0] - room[0] / 2 for place, room in zip(places, rooms, strict=True))
    top = min(place[1] - room[1] / 2 for place, room in zip(places, rooms, strict=True))
    width = max(place[0] + room[0] / 2 for place, room in zip(places, rooms, strict=True)) - left
    height = max(place[1] + room[1] / 2 for place, room in zip(places, rooms, strict=True)) - top
    return _Island(ids, tuple((place[0] - left, place[1] - top) for place in places), width, height)


def _place(pairs: Pairs, engine: Engine, seed: int) -> list[Position]:
    if pairs.size <= 2:
        return [(float(number), 0.0) for number in range(pairs.size)]
    return place_by_distance(pairs) if pairs.size <= FEW else place_by_forces(pairs, engine, seed)


def _scale(places: Sequence[Position], rooms: Sequence[Box]) -> list[Position]:
    """Stretch a layout, wider than high, until it has room for all its labels with some air around them."""
    if len(places) < 2:
        return [(0.0, 0.0) for _ in places]
    left, right = min(place[0] for place in places), max(place[0] for place in places)
    top, bottom = min(place[1] for place in places), max(place[1] for place in places)
    area = AIR * sum(width * height for width, height in rooms)
    wide, high = math.sqrt(area * 1.4), math.sqrt(area / 1.4)
    if len(places) == 2:
        wide = sum(width for width, _ in rooms) / 2 + GAP * 2
    return [((x - left) / ((right - left) or 1) * wide, (y - top) / ((bottom - top) or 1) * high) for x, y in places]


def _pack(islands: Sequence[_Island]) -> dict[str, Position]:
    """Set components out in rows, the largest first, so that the whole is about as wide as a screen."""
    total = sum((island.width + GAP) * (island.height + GAP) for island in islands)
    limit = max([math.sqrt(total * 1.6), *(island.width for island in islands)], default=0.0)
    positions: dict[str, Position] = {}
    x = y = row = 0.0
    for island in islands:
        if x and x + island.width > limit:
            x, y, row = 0.0, y + row + GAP, 0.0
        for id, place in zip(island.ids, island.places, strict=True):
            positions[id] = (round(place[0] + x, 2), round(place[1] + y, 2))
        x, row = x + island.width + GAP, max(row, island.height)
    return positions
