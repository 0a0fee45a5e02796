"""Layouts of large networks: communities are set out like nodes, and within each its own members.

Forces between all pairs take time with the square of a network's size; between the members of a community they do not.
The picture gains by it, too: who belongs together lies together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .boxes import spread
from .engines.base import Engine, Pairs
from .network import Position

AT_ONCE = 1500
# Communities keep so much room between them, as a share of their own.
_AIR = 1.15


def place_by_forces(pairs: Pairs, engine: Engine, seed: int) -> list[Position]:
    """Return a place for each node, in no particular scale; up to AT_ONCE nodes all at once, beyond by communities."""
    if pairs.size <= AT_ONCE:
        return engine.layout(pairs, seed)
    membership = _number(engine.communities(pairs, seed))
    groups = max(membership) + 1
    if groups in {1, pairs.size}:
        return engine.layout(pairs, seed)
    inner = [_fit(place_by_forces(part, engine, seed), part.size) for part in pairs.split(membership)]
    outer = _set_out(place_by_forces(pairs.merge(membership), engine, seed), [len(places) for places in inner])
    following = [iter(places) for places in inner]
    places = []
    for group in membership:
        x, y = next(following[group])
        places.append((outer[group][0] + x, outer[group][1] + y))
    return places


def _number(membership: Sequence[int]) -> list[int]:
    """Number the groups anew from 0, in the order in which they come."""
    numbers: dict[int, int] = {}
    return [numbers.setdefault(group, len(numbers)) for group in membership]


def _fit(places: Sequence[Position], size: int) -> list[Position]:
    """Centre places and stretch them to a disc whose area is the number of nodes."""
    x, y = sum(place[0] for place in places) / len(places), sum(place[1] for place in places) / len(places)
    reach = max(math.hypot(place[0] - x, place[1] - y) for place in places) or 1.0
    scale = math.sqrt(size) / reach
    return [((place[0] - x) * scale, (place[1] - y) * scale) for place in places]


def _set_out(centres: Sequence[Position], sizes: Sequence[int]) -> list[Position]:
    """Stretch the places of communities until their discs have room, then part those that still overlap."""
    rooms = [(2 * _AIR * math.sqrt(size),) * 2 for size in sizes]
    fitted = _fit(centres, sum(sizes) * 2)
    return spread(fitted, rooms)
