"""Reads between whom somebody mediated where their deed is told later: "brokered by X, Y and Z swapped prisoners"."""

from __future__ import annotations

from collections.abc import Iterator

from ..resolve.actors import Actor
from .candidates import Trigger
from .clauses import Tag
from .found import Found
from .relations import ACTORS, SYMMETRIC
from .rules import Rules
from .scene import Scene

_RELATION, _FREEING = "mediated", "released"
_PARTIES = "parties"
# Where the mediator of a noun stands, in order; else behind "from".
_MEDIATORS = ("of", "nisba")
_SURE = 0.7


class GoBetweenReader:
    """Reads the mediations that open a sentence, once all deeds of the sentence are read."""

    def __init__(self, rules: Rules) -> None:
        self._actors = rules.actors
        self._slots = (*_MEDIATORS, rules.grammar.language.morphemes.from_)

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield for whom those mediated of whom a sentence says so before it tells of a deed."""
        for trigger in scene.triggers:
            frames = [frame for frame in trigger.frames if frame.relation == _RELATION and _PARTIES in frame.object]
            opens = frames and not any(clause.index < trigger.index for clause in scene.clauses)
            if not opens or trigger.fillings.get(_RELATION):
                continue
            mediators = trigger.first_of(self._slots)
            for party in self._parties(scene, trigger):
                for mediator in mediators:
                    if party != mediator.entity and mediator.kind in ACTORS and mediator.position >= 0:
                        yield Found(
                            mediator.entity, _RELATION, party, trigger.status, _SURE, scene.reading, mediator.position,
                            trigger.rule, speaker=trigger.source,
                        )  # fmt: skip

    def _parties(self, scene: Scene, opening: Trigger) -> tuple[str, ...]:
        """Return those whose deed is told next: the two sides of what is mutual, else whoever did it."""
        for trigger in scene.triggers:
            if trigger.index <= opening.index:
                continue
            if any(node.tag is Tag.STOP for node in scene.nodes[opening.index : trigger.index]):
                break
            told = next((fills[0] for name, fills in trigger.fillings.items() if name in SYMMETRIC and fills), None)
            if told is not None:
                return told.subject.entity, told.object.entity
            freed = trigger.tells(_FREEING) and bool(trigger.agents)
            if (freed or (len(trigger.agents) > 1 and trigger.fillings)) and self._are_actors(trigger.agents):
                return trigger.agents
        return ()

    def _are_actors(self, entities: tuple[str, ...]) -> bool:
        actors: list[Actor] = [self._actors[entity] for entity in entities]
        return all(actor.kind in ACTORS for actor in actors)
