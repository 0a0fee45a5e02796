"""Finds how two actors are connected: the shortest ways through a network that is read as the search goes on.

First both ends are walked around, the smaller side first, until all within reach is known or the budget is spent. Then
the ways are followed from the one end, those that may still become shortest first: how far each actor is from the
other end is known, so no way is followed that cannot arrive.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Neighbours = Callable[[Sequence[str]], Mapping[str, Mapping[str, int]]]
"""Given some actors, whom each is tied to and how strongly."""
_MOST_FOLLOWED = 50_000


@dataclass(frozen=True, slots=True)
class Paths:
    """Ways from one actor to another, each from end to end, the shortest first and of equal ones the strongest.

    `is_whole` is False where the budget was spent before all was seen: there may be more, or shorter ones. `seen` is
    how many actors were looked at.
    """

    found: tuple[tuple[str, ...], ...]
    is_whole: bool
    seen: int


def find_paths(
    source: str, target: str, neighbours: Neighbours, *, most: int = 3, longest: int = 4, budget: int = 20_000
) -> Paths:
    """Return up to `most` ways of up to `longest` steps, none of which meets an actor twice; `budget` bounds the
    number of actors whose ties are read."""
    if source == target:
        return Paths(((source,),), True, 1)
    ties, is_whole = _gather(source, target, neighbours, longest, budget)
    found: list[tuple[str, ...]] = []
    left = _distances(ties, target, longest)
    for path in _follow(ties, source, target, left, longest):
        if path is None:
            is_whole = False
            break
        found.append(path)
        if len(found) == most:
            break
    return Paths(tuple(found), is_whole, len(ties))


def _gather(
    source: str, target: str, neighbours: Neighbours, longest: int, budget: int
) -> tuple[dict[str, dict[str, int]], bool]:
    """Return the ties on which all ways of up to `longest` steps run, and whether the budget was enough for them."""
    ties: dict[str, dict[str, int]] = {}
    rims = [{source}, {target}]
    seen = [{source}, {target}]
    read: set[str] = set()
    for _ in range(longest):
        side = 0 if len(rims[0]) <= len(rims[1]) else 1
        unread = sorted(rims[side] - read)
        if len(read) + len(unread) > budget:
            return ties, False
        read.update(unread)
        for actor, tied in neighbours(unread).items():
            for other, weight in tied.items():
                ties.setdefault(actor, {})[other] = weight
                ties.setdefault(other, {}).setdefault(actor, weight)
        rims[side] = {other for actor in rims[side] for other in ties.get(actor, ())} - seen[side]
        seen[side] |= rims[side]
        if not rims[side]:
            break
    return ties, True


def _distances(ties: Mapping[str, Mapping[str, int]], target: str, longest: int) -> dict[str, int]:
    """Return how many steps each actor is from the target, as far as they count."""
    left, rim = {target: 0}, [target]
    for step in range(1, longest + 1):
        rim = [other for actor in rim for other in ties.get(actor, ()) if other not in left]
        left.update(dict.fromkeys(rim, step))
        rim = list(dict.fromkeys(rim))
    return left


def _follow(
    ties: Mapping[str, Mapping[str, int]], source: str, target: str, left: Mapping[str, int], longest: int
) -> Iterator[tuple[str, ...] | None]:
    """Yield ways in order of their length, then of their weakest tie, then of names; None where it takes too long."""
    if source not in left:
        return
    waiting: list[tuple[int, float, tuple[str, ...]]] = [(left[source], 0.0, (source,))]
    for _ in range(_MOST_FOLLOWED):
        if not waiting:
            return
        _, weakness, path = heapq.heappop(waiting)
        if path[-1] == target:
            yield path
            continue
        for other, weight in ties[path[-1]].items():
            length = len(path) + left.get(other, longest)
            if length <= longest and other not in path:
                heapq.heappush(waiting, (length, max(weakness, 1 / weight), (*path, other)))
    yield None
