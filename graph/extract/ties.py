"""Decides whose tie a noun speaks of that names one side: "welcomed an agreement with X", "we have ties with X"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..lang.language import Language
from ..lang.predicates import Frame
from ..model import EntityKind, Status
from ..morphology.forms import NounAnalysis
from ..resolve.actors import Actor
from .arguments import Slots
from .clauses import Tag
from .collector import Collector
from .noun_frames import relations_of_noun
from .scene import Scene
from .subjects import Subject
from .verb_frames import relations_of

_DEAL, _WORKING = "signedAgreementWith", "cooperatesWith"
_TIES = frozenset({"cooperatesWith", "negotiatesWith", _DEAL})
_CACHED = 20_000
# How many words behind a deal may say that it is about to be signed.
_ADJECTIVES = 7
# How many words before a tie may say that it grows: "to deepen the alliance and the cooperation".
_JOINED = 3
_AHEAD = frozenset({Status.PLANNED, Status.POSSIBLE})
# Where these are told, they are whose tie it is.
_OWNERS = ("of", "nisba", "agent")


class TieFinder:
    """Lends a tie the subject of its clause, or the state for which that one speaks."""

    def __init__(self, actors: Mapping[str, Actor], collector: Collector, language: Language) -> None:
        self._actors = actors
        self._collector = collector
        self._with, self._between = language.morphemes.with_, language.morphemes.between
        self._planned = language.planned_adjectives
        self._strengthening = language.morphemes.strengthening
        self._joiners = language.morphemes.joined_prepositions

    def is_one_sided(self, scene: Scene, index: int, slots: Slots) -> bool:
        """Tell whether a noun of what is mutual names only the other side, behind "with"."""
        noun, others = scene.nodes[index].noun, slots.get(self._with)
        if noun is None or not is_tie(noun) or not others or slots.get(self._between):
            return False
        if any(slots.get(slot) for slot in _OWNERS) or not scene.clauses:
            return False
        clause = scene.clauses[-1]
        if clause.agent is None:
            return False
        opened = [i for i in range(clause.index, index) if scene.nodes[i].tag is Tag.SUBORDINATOR]
        start = max([clause.index, *opened, *(argument.end for argument in clause.agent.arguments)])
        named = {node.chunk.entity for node in scene.nodes[start:index] if node.chunk is not None}
        return named <= {*clause.agent.entities, None} and not _is_taken(scene, index, others[0][0].position)

    def is_strengthened(self, scene: Scene, index: int) -> bool:
        """Tell whether a tie is there already, since it is only to grow: "the need to deepen cooperation with X"."""
        noun = scene.nodes[index].noun
        if noun is None or noun.entry.frames[0].relation != _WORKING:
            return False
        for position in range(index - 1, max(-1, index - 1 - _JOINED), -1):
            norm = scene.reading.words[position].norm
            if norm in self._strengthening or (norm[:1] in self._joiners and norm[1:] in self._strengthening):
                return True
            if not scene.reading.words[position + 1].cuts[-1].conjunction and position + 1 < index:
                return False
        return False

    def is_unsigned(
        self, scene: Scene, index: int, frames: tuple[Frame, ...], status: Status, *, aim: bool = False
    ) -> bool:
        """Tell whether a deal is only an `aim`, wished for or proposed, and no word says that it will be signed."""
        if status not in _AHEAD or any(frame.relation != _DEAL or frame.requires for frame in frames):
            return False
        wished = aim or any(analysis.modals for clause in scene.clauses[-1:] for analysis in clause.analyses)
        if status is Status.PLANNED and not wished:
            return False
        if any(word.norm in self._planned for word in scene.reading.words[index + 1 : index + _ADJECTIVES]):
            return False
        before = scene.nodes[index - 1].noun if index else None
        signs = before is not None and _DEAL in relations_of_noun(before)
        return not signs and not any(_DEAL in relations_of(clause.analyses) for clause in scene.clauses[-1:])

    def side(self, slots: Slots, agent: Subject) -> Subject:
        """Return the state of somebody who speaks for it, where the other side is a state, too."""
        others = slots.get(self._with, [[]])[0]
        if len(agent.entities) != 1 or not others or any(each.kind is not EntityKind.COUNTRY for each in others):
            return agent
        actor = self._actors[agent.entities[0]]
        if actor.kind is not EntityKind.PERSON or not actor.country:
            return agent
        return Subject((self._collector.entity_of(actor.country),), agent.sure, agent.place)


def _is_taken(scene: Scene, index: int, other: int) -> bool:
    """Tell whether "with" goes with another deed behind a noun: "to move the deal, talks with X"."""
    for position in range(index + 1, other):
        before = scene.nodes[position - 1].noun
        if scene.nodes[position].noun is not None and (before is None or before.definite):
            return True
    return False


@lru_cache(maxsize=_CACHED)
def is_tie(noun: NounAnalysis) -> bool:
    """Tell whether a noun means nothing but that two work, deal or talk together."""
    return all(frame.relation in _TIES for frame in noun.entry.frames)
