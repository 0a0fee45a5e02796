"""Boxes that must not overlap: pushed apart pair by pair, and stretched where they are too dense."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .network import Position

ROUNDS = 600
STRETCH_EVERY, STRETCH = 40, 1.06

Box = tuple[float, float]
"""How wide and how high."""


def spread(places: Sequence[Position], boxes: Sequence[Box], *, rounds: int = ROUNDS) -> list[Position]:
    """Push boxes apart that overlap, each pair along the shorter way; what stays too dense is stretched in between."""
    x, y = [place[0] for place in places], [place[1] for place in places]
    for number in range(1, rounds + 1):
        if not boxes or not _push(x, y, boxes):
            break
        if number % STRETCH_EVERY == 0:
            x, y = [value * STRETCH for value in x], [value * STRETCH for value in y]
    return list(zip(x, y, strict=True))


def _push(x: list[float], y: list[float], boxes: Sequence[Box]) -> bool:
    """Part all overlapping boxes once; say whether there were any. A grid finds the neighbours."""
    wide, high = max(box[0] for box in boxes), max(box[1] for box in boxes)
    grid: dict[tuple[int, int], list[int]] = defaultdict(list)
    for node in range(len(x)):
        grid[int(x[node] // wide), int(y[node] // high)].append(node)
    moved = False
    for (column, row), here in grid.items():
        near = [other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in grid.get((column + dx, row + dy), ())]
        for node in here:
            for other in near:
                if node < other and _part(node, other, x, y, boxes):
                    moved = True
    return moved


def _part(node: int, other: int, x: list[float], y: list[float], boxes: Sequence[Box]) -> bool:
    """Move two overlapping boxes apart by half of what they share; say whether they did overlap."""
    across = (boxes[node][0] + boxes[other][0]) / 2 - abs(x[node] - x[other])
    down = (boxes[node][1] + boxes[other][1]) / 2 - abs(y[node] - y[other])
    if across <= 0.5 or down <= 0.5:
        return False
    if across < down:
        step = across / 2 if x[node] >= x[other] else -across / 2
        x[node] += step
        x[other] -= step
    else:
        step = down / 2 if y[node] >= y[other] else -down / 2
        y[node] += step
        y[other] -= step
    return True
