"""Reads forces abroad ("the French forces in Mali") and arms for others ("German tanks for Kyiv"): no verb needed."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind, Status
from ..morphology.forms import NounAnalysis
from .arguments import Argument, Slots, slot_key
from .chunks import Reference
from .clauses import Tag
from .deeds import Deed
from .found import Found
from .nationalities import nationalities_after
from .rules import Rules
from .scene import Scene

_OWNED = Reference.OWNED
_DENIAL = 3


class ForceReader:
    """Reads the nouns whose frames are marked `base`: they need no verb, only a state that is not their own."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._negators = rules.grammar.language.function.negators
        self._existing = rules.grammar.language.morphemes.existing

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield where the forces, or to whom the arms, that begin at a word go."""
        noun = self._rules.grammar.forms.standing_noun(scene.reading.words[index].norm)
        fired = index > 0 and scene.reading.words[index - 1].norm in scene.collector.holders.fire
        if noun is None or fired or scene.nodes[index].preposition == scene.collector.morphemes.for_:
            # Of "showed X to the soldiers in Y", "fell to the fire of the soldiers in Y" the place may be the deed's.
            return
        owner, end = self._owner(scene, index, noun)
        if owner is None:
            return
        frames = tuple(frame for frame in noun.entry.frames if frame.base)
        slots = self._held(scene, index, owner) or self._abroad(
            scene, end, owner, {slot_key(slot) for frame in frames for slot in frame.object}
        )
        status = self._status(scene, index)
        if slots and status is not None:
            slots["head"] = [[owner]]
            yield from self._rules.deeds.tell(scene, Deed(index, f"noun:{noun.entry.noun}", frames, slots, status))

    def _status(self, scene: Scene, index: int) -> Status | None:
        """Return what is said of forces: those with a name are where they are, others may be only wished for."""
        chunk, words = scene.nodes[index].chunk, scene.reading.words
        before = [word.norm for word in words[max(0, index - _DENIAL) : index]]
        if before and before[-1] in self._existing and not self._negators.isdisjoint(before):
            # "there are no Russian troops in X"
            return Status.DENIED
        if chunk is not None and not chunk.common:
            return Status.ACTUAL
        return self._rules.status.read(scene.reading, scene.nodes, index)

    def _owner(self, scene: Scene, index: int, noun: NounAnalysis) -> tuple[Argument | None, int]:
        """Return the forces, or the state or body whose they are, and where the words that name them end."""
        chunk = scene.nodes[index].chunk
        if chunk is not None and chunk.kind is EntityKind.ORGANIZATION:
            state = self._rules.actors[chunk.entity].country if chunk.entity and chunk.reference is _OWNED else None
            if state is not None:
                # "its forces in X"
                return Argument("head", scene.collector.entity_of(state), EntityKind.COUNTRY, -3, -3, 95), chunk.end
            named = Argument("head", chunk.entity or "", chunk.kind, index, chunk.end, 95)
            return (named if chunk.entity else None), chunk.end
        nationalities, end = nationalities_after(scene, index + 1 if chunk is None else chunk.end)
        if nationalities:
            return nationalities[0], end
        if chunk is None and noun.pronoun is not None and noun.pronoun.person == 3:
            return self._rules.pronouns.owner(noun.pronoun, scene, index), index + 1
        return None, index + 1

    def _held(self, scene: Scene, index: int, owner: Argument) -> Slots:
        """Return where forces are whose words hold the place: "its forces in X"."""
        chunk = scene.nodes[index].chunk
        if chunk is None or chunk.reference is not _OWNED or owner.position >= 0:
            return {}
        actors, in_ = self._rules.actors, scene.collector.morphemes.in_
        for held in chunk.holds:
            if held.entity and actors[held.entity].state != actors[owner.entity].state:
                return {in_: [[Argument(in_, held.entity, held.kind, held.start, held.end, 96)]]}
        return {}

    def _abroad(self, scene: Scene, start: int, owner: Argument, wanted: set[str]) -> Slots:
        """Return the states and places right behind that are not of the same state, by their preposition."""
        nodes = scene.nodes
        if start < len(nodes) and nodes[start].tag is Tag.PARTICIPLE:
            start += 1
        if start >= len(nodes) or nodes[start].preposition not in wanted:
            return {}
        preposition = nodes[start].preposition
        actors = self._rules.actors
        home = actors[owner.entity].state
        group = next(iter(scene.arguments_from(start).groups(preposition)), [])
        abroad = [a for a in group if not a.through and actors[a.entity].state not in (None, home)]
        return {preposition: [abroad]} if abroad else {}
