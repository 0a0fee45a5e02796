"""Knows the army of each state that an article speaks of, and lets it fight where another army fights the state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..model import EntityKind
from ..resolve.actors import Actor
from .found import Found

_FIGHTS = "fights"


def forces_of(actors: Mapping[str, Actor], state: str | None, armies: frozenset[str]) -> Actor | None:
    """Return the army of a state where the article speaks of it."""
    if state is None:
        return None
    return next((actor for actor in actors.values() if actor.country == state and actor.head in armies), None)


def between_armies(found: list[Found], actors: Mapping[str, Actor], armies: frozenset[str]) -> list[Found]:
    """Return the facts; where an army fights a state, the army of that state stands for it if there is one."""
    return [_between(fact, actors, armies) if fact.relation == _FIGHTS else fact for fact in found]


def _between(fact: Found, actors: Mapping[str, Actor], armies: frozenset[str]) -> Found:
    one, other = actors[fact.subject], actors[fact.object]
    if one.head in armies and other.kind is EntityKind.COUNTRY:
        forces = forces_of(actors, other.state, armies)
        return replace(fact, object=forces.id) if forces is not None else fact
    if other.head in armies and one.kind is EntityKind.COUNTRY:
        forces = forces_of(actors, one.state, armies)
        return replace(fact, subject=forces.id) if forces is not None else fact
    return fact
