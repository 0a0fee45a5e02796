"""Tells who of a document's people holds an office: by what the text says of him, or by what seeds/ knows of him."""

from __future__ import annotations

from collections.abc import Mapping

from ..extract.chunks import Chunk
from ..model import EntityKind
from .actors import Actor, HeldOffices


class Holders:
    """Asks the actors of one document for their offices."""

    def __init__(self, actors: Mapping[str, Actor], held: HeldOffices) -> None:
        self._actors = actors
        self._held = held

    def official(self, chunk: Chunk, place: str, here: tuple[int, int]) -> Actor | None:
        """Return the person in an office of a state or body who was spoken of last before "the official" of it."""
        keys = {place, self._actors[place].state}
        spoken = [
            actor
            for actor in self._actors.values()
            if actor.kind is EntityKind.PERSON and actor.named and actor.offices and actor.sightings[:1] < [here]
            and (actor.country in keys or any(held in keys for _, held, _ in actor.offices))
            and (actor.feminine or not chunk.feminine)
        ]  # fmt: skip
        return max(spoken, key=lambda actor: actor.nearness(here), default=None)

    def incumbent(self, head: str, place: str, here: tuple[int, int]) -> Actor | None:
        """Return a known person of the document who, by seeds/, held this office there at some time."""
        place_known = self._actors[place].known
        if place_known is None:
            return None
        fitting = [
            actor
            for actor in self._actors.values()
            if actor.kind is EntityKind.PERSON and actor.known is not None and actor.named
            and (head, place_known.key) in self._held.of(actor.known.key)
        ]  # fmt: skip
        return max(fitting, key=lambda actor: actor.nearness(here)) if len(fitting) == 1 else None

    def holds(self, actor: Actor, head: str, place: str | None, former: bool) -> bool:
        """Tell whether a person holds an office; a bare head ("the minister") fits any office of that head."""
        if actor.kind is not EntityKind.PERSON:
            return False
        for held_head, held_place, held_former in actor.offices:
            same = held_head == head or (" " not in head and held_head.split(" ")[0] == head and held_former >= former)
            if not same or (held_former != former and place is not None):
                continue
            if place is None or held_place == place:
                return True
            if held_place is None and held_head == head and " " in head and not self._is_foreign(actor, place):
                return True
        return False

    def _is_foreign(self, actor: Actor, place: str) -> bool:
        """Tell whether a known person is of another state than that at which an office is held."""
        known_country = actor.known.country if actor.known is not None else None
        place_known = self._actors[place].known
        return known_country is not None and place_known is not None and place_known.key != known_country
