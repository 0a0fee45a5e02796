"""Reads a deed whose doer a relative clause tells: "raids that X launched on Y", "a visit that X made to Y"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..lang.predicates import LightRole
from ..morphology.forms import Pronoun, VerbAnalysis
from .arguments import BARE, slot_key
from .clauses import Tag
from .deeds import as_subject
from .rules import Rules
from .scene import Scene
from .subjects import Subject
from .verb_frames import bears_pronoun

_REACH = 4
_WORDS = frozenset({Tag.OTHER, Tag.NATIONALITY, Tag.PARTICIPLE, Tag.NOUN})
_ENDS = frozenset({Tag.COMMA, Tag.STOP, Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.CHUNK})


@dataclass(frozen=True, slots=True)
class Carried:
    """Who did a deed, the verb that says so, and where what it was done to begins."""

    agent: Subject
    verb: int
    behind: int


class CarriedReader:
    """Looks behind a noun for a light verb with a pronoun that stands for the noun."""

    def __init__(self, rules: Rules, pronominals: Mapping[str, tuple[str, Pronoun]]) -> None:
        self._rules = rules
        self._pronominals = pronominals

    def find(self, scene: Scene, start: int, *, far: bool = False) -> Carried | None:
        """Return what a relative clause tells of the deed named before a word, or None.

        With `far` whom the deed was done to may stand between: "the raid on Y was carried out by X", as Arabic has it.
        """
        if far and start < len(scene.nodes) and scene.nodes[start].tag is Tag.PREPOSITION:
            start = _behind_phrase(scene, start)
        for index in range(start, min(start + _REACH, len(scene.nodes))):
            node = scene.nodes[index]
            if node.tag in _ENDS or node.preposition:
                return None
            behind = self._behind(scene, index, node.verbs) if node.tag is Tag.VERB else 0
            if behind:
                agent = self._agent(scene, behind, node.verbs)
                return Carried(agent, index, behind) if agent is not None else None
        return None

    def _behind(self, scene: Scene, index: int, analyses: tuple[VerbAnalysis, ...]) -> int:
        """Return where the clause goes on behind a light verb and its pronoun; 0 where none stands for the noun."""
        lights = [light for analysis in analyses for light in analysis.lights if light.role is LightRole.AGENT]
        if lights and bears_pronoun(analyses):
            return index + 1
        word = scene.reading.norm_at(index + 1)
        preposition, _ = self._pronominals.get(word, ("", None))
        via = {slot_key(slot) for light in lights for slot in light.via}
        return index + 2 if preposition and slot_key(preposition) in via else 0

    def _agent(self, scene: Scene, behind: int, analyses: tuple[VerbAnalysis, ...]) -> Subject | None:
        """Return whom the text names behind the verb, else whom it leaves out: "on a visit that he is making to Y"."""
        bare = scene.arguments_from(behind).groups(BARE)
        if not bare:
            return self._rules.subjects.dropped(analyses, scene.discourse) if _is_left_out(scene, behind) else None
        if bare[0][0].through and not self._rules.collector.is_transparent(bare[0][0].head):
            return None
        return as_subject(bare[0], 0.9, "after")


def _is_left_out(scene: Scene, behind: int) -> bool:
    """Tell whether a preposition stands right behind the verb, where nobody can be named."""
    node = scene.nodes[behind] if behind < len(scene.nodes) else None
    return node is not None and (node.tag is Tag.PREPOSITION or bool(node.preposition))


def _behind_phrase(scene: Scene, start: int) -> int:
    """Return where the words of a preposition at a word end: its chunk, or a noun and its adjectives."""
    index = start + max(scene.nodes[start].length, 1)
    chunk = scene.nodes[index].chunk if index < len(scene.nodes) else None
    if chunk is not None:
        return chunk.end
    while index < len(scene.nodes) and scene.nodes[index].tag in _WORDS and not scene.nodes[index].preposition:
        index += 1
    return index
