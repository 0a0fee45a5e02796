"""Ways between actors: the shortest, the strongest among equals, none twice, and never more work than allowed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import networkx as nx
import pytest

from graph.network.paths import Neighbours, find_paths


def reading(*ties: tuple[str, str, int]) -> Neighbours:
    around: dict[str, dict[str, int]] = {}
    for one, other, weight in ties:
        around.setdefault(one, {})[other] = weight
        around.setdefault(other, {})[one] = weight
    return lambda actors: {actor: around.get(actor, {}) for actor in actors}


SQUARE = reading(
    ("a", "b", 1), ("b", "z", 1), ("a", "c", 5), ("c", "z", 5), ("a", "d", 9), ("d", "e", 9), ("e", "z", 9)
)


def test_the_shortest_ways_come_first_and_of_equal_ones_the_strongest() -> None:
    found = find_paths("a", "z", SQUARE, most=5).found
    assert found == (("a", "c", "z"), ("a", "b", "z"), ("a", "d", "e", "z"))


def test_no_more_and_no_longer_ways_than_asked_for() -> None:
    assert len(find_paths("a", "z", SQUARE, most=1).found) == 1
    assert len(find_paths("a", "z", SQUARE, most=5, longest=2).found) == 2
    assert find_paths("a", "z", SQUARE, longest=1).found == ()


def test_who_is_the_same_is_there_at_once_and_who_is_apart_is_not_found() -> None:
    assert find_paths("a", "a", SQUARE).found == (("a",),)
    apart = find_paths("a", "q", reading(("a", "b", 1), ("q", "r", 1)))
    assert (apart.found, apart.is_whole) == ((), True)


def test_a_spent_budget_is_told() -> None:
    wide = reading(*(("a", f"n{i}", 1) for i in range(100)), *(("z", f"m{i}", 1) for i in range(100)))
    assert not find_paths("a", "z", wide, budget=10).is_whole
    assert find_paths("a", "z", wide).is_whole


@pytest.mark.parametrize("seed", range(20))
def test_lengths_are_those_that_networkx_finds(seed: int) -> None:
    chance = random.Random(seed)
    ties = [(f"n{chance.randrange(25)}", f"n{chance.randrange(25)}", chance.randrange(1, 9)) for _ in range(60)]
    ties = [tie for tie in ties if tie[0] != tie[1]]
    network = nx.Graph((one, other) for one, other, _ in ties)
    network.add_nodes_from(("n0", "n1"))
    theirs = list(nx.all_simple_paths(network, "n0", "n1", cutoff=4))
    found = find_paths("n0", "n1", reading(*ties), most=10_000, longest=4).found
    assert {*found} == {*map(tuple, theirs)}
    assert len(found) == len(theirs)
    assert [len(path) for path in found] == sorted(map(len, theirs))


def test_actors_are_read_once_each() -> None:
    asked: list[str] = []

    def neighbours(actors: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        asked.extend(actors)
        return SQUARE(actors)

    find_paths("a", "z", neighbours)
    assert len(asked) == len(set(asked))
