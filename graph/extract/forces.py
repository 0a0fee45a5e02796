"""Reads forces that stand abroad ("the French forces in Mali", "its bases in Qatar") as deployed there."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind, Status
from ..morphology.forms import NounAnalysis
from .arguments import Argument, Slots
from .clauses import Tag
from .deeds import Deed
from .found import Found
from .nationalities import nationalities_after
from .rules import Rules
from .scene import Scene

_GROUNDS = (EntityKind.COUNTRY, EntityKind.PLACE)


class ForceReader:
    """Reads the nouns whose frames are marked `base`: they need no verb, only a place that is not their own."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._in = rules.grammar.language.morphemes.in_

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield where the forces that begin at a word are deployed."""
        analyses = self._rules.grammar.forms.nouns(scene.reading.words[index].norm)
        noun = next((a for a in analyses if any(frame.base for frame in a.entry.frames)), None)
        if noun is None:
            return
        owner, end = self._owner(scene, index, noun)
        if owner is None:
            return
        grounds = self._abroad(scene, end, owner)
        if grounds:
            frames = tuple(frame for frame in noun.entry.frames if frame.base)
            slots: Slots = {"head": [[owner]], self._in: [grounds]}
            yield from self._rules.deeds.tell(
                scene, Deed(index, f"noun:{noun.entry.noun}", frames, slots, Status.ACTUAL)
            )

    def _owner(self, scene: Scene, index: int, noun: NounAnalysis) -> tuple[Argument | None, int]:
        """Return the forces, or the state or body whose they are, and where the words that name them end."""
        chunk = scene.nodes[index].chunk
        if chunk is not None:
            named = chunk.kind is EntityKind.ORGANIZATION and chunk.entity and chunk.start == index
            return (
                Argument("head", chunk.entity or "", chunk.kind, index, chunk.end, 95) if named else None
            ), chunk.end
        nationalities, end = nationalities_after(scene, index + 1)
        if nationalities:
            return nationalities[0], end
        if noun.pronoun is not None and noun.pronoun.person == 3:
            return self._rules.pronouns.owner(noun.pronoun, scene, index), index + 1
        return None, index + 1

    def _abroad(self, scene: Scene, start: int, owner: Argument) -> list[Argument]:
        """Return the places right behind the forces that are not in their own state."""
        nodes = scene.nodes
        if start < len(nodes) and nodes[start].tag is Tag.PARTICIPLE:
            start += 1
        if start >= len(nodes) or nodes[start].tag is not Tag.PREPOSITION or nodes[start].preposition != self._in:
            return []
        home = self._state(owner.entity)
        group = next(iter(scene.arguments_from(start).groups(self._in)), [])
        return [a for a in group if a.kind in _GROUNDS and not a.through and self._state(a.entity) not in (None, home)]

    def _state(self, entity: str) -> str | None:
        """Return the key of the state that an actor is or belongs to."""
        actor = self._rules.actors[entity]
        return actor.known.key if actor.kind is EntityKind.COUNTRY and actor.known is not None else actor.country
