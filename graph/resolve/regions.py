"""Finds the town or province that a bare noun means in an office: "the governor of the province"."""

from __future__ import annotations

from collections.abc import Iterable

from ..lang.places import Places
from ..model import EntityKind
from ..text.fold import loosen, normalize
from .actors import Actor


class Regions:
    """Knows which nouns mean places of one sort, and of which types of seeds/ these are."""

    def __init__(self, places: Places) -> None:
        self._alike: dict[str, frozenset[str]] = {}
        self._types: dict[str, frozenset[str]] = {}
        for sort, nouns in places.governed.items():
            heads = frozenset(map(loosen, nouns))
            for head in heads:
                self._alike[head] = heads
                self._types[head] = places.governed_types[sort]

    def find(self, head: str, here: tuple[int, int], actors: Iterable[Actor]) -> Actor | None:
        """Return the place of a document that was named last before a noun for one of its sort; None where none was."""
        alike, types = self._alike.get(head, frozenset()), self._types.get(head, frozenset())
        fitting = [
            actor
            for actor in actors
            if actor.kind is EntityKind.PLACE and actor.sightings and actor.sightings[0] < here
            and (not alike.isdisjoint(_heads(actor)) or (actor.known is not None and actor.known.type in types))
        ]  # fmt: skip
        exact = [actor for actor in fitting if head in _heads(actor)]
        return max(exact or fitting, key=lambda actor: actor.nearness(here), default=None)


def _heads(actor: Actor) -> list[str]:
    """Return the first words of what a place is called."""
    return [actor.head or "", *(loosen(normalize(name)).partition(" ")[0] for name in actor.names.values())]
