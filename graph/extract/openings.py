"""Finds whose an opening phrase is: in "in a letter to X, Y asked" and "in his speech at X, Y said" it is Y's."""

from __future__ import annotations

from ..lang.morphemes import Morphemes
from .arguments import BARE
from .clauses import CLAUSE_ENDS, Tag
from .collector import Collector
from .scene import Scene
from .subjects import Subject, SubjectFinder

_REACH = 22
_NEAR = 4
_REMARKS = 12
_BEFORE_VERB = frozenset({Tag.PARTICLE, Tag.ADVERB})


class OpeningFinder:
    """Looks ahead to the main clause, which Arabic begins with its verb."""

    def __init__(self, subjects: SubjectFinder, collector: Collector, morphemes: Morphemes) -> None:
        self._statements = morphemes.statements
        self._owners = morphemes.owner_pronouns
        self._subjects = subjects
        self._collector = collector

    def subject(self, scene: Scene, index: int) -> Subject | None:
        """Return the subject named behind the main verb, for a word of the phrase before it; None elsewhere."""
        verb = self._main_verb(scene, index)
        if verb < 0:
            return None
        bare = scene.arguments_from(verb + 1).groups(BARE)
        if not bare or bare[0][0].position - verb > _NEAR:
            return None
        first = bare[0][0]
        if first.through and not self._collector.is_transparent(first.head):
            return None
        third = tuple(a for a in scene.nodes[verb].verbs if a.form.person == 3 and a.form.number == "s")
        if not third or not self._subjects.agrees(third, first.entity):
            return None
        return Subject(tuple(each.entity for each in bare[0]), 0.8, "after", tuple(bare[0]))

    def statement(self, scene: Scene, index: int) -> Subject | None:
        """Return whose remarks came on an occasion: "the remarks of X came after a call with", "his words came"."""
        for position in range(index - 1, max(-1, index - _REMARKS), -1):
            node, word = scene.nodes[position], scene.reading.words[position]
            if node.tag in (Tag.STOP, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.COMMA):
                return None
            if word.norm in self._statements:
                chunk = scene.nodes[position + 1].chunk
                if chunk is None or not chunk.entity or chunk.start != position + 1 or chunk.preposition:
                    return None
                return Subject((chunk.entity,), 0.85, "after")
            owner = next((each for each in self._owners if word.norm.endswith(each)), "")
            if owner and word.norm.removesuffix(owner) in self._statements:
                said = scene.discourse.speaker or next(iter(scene.discourse.subjects), None)
                return Subject((said,), 0.75, "carried") if said else None
        return None

    def _main_verb(self, scene: Scene, index: int) -> int:
        nodes = scene.nodes
        if scene.clauses:
            return -1
        comma = -1
        for position in range(index + 1, min(index + _REACH, len(nodes))):
            tag = nodes[position].tag
            if tag is Tag.VERB and comma >= 0 and not nodes[position].conjunction:
                between = nodes[comma + 1 : position]
                return position if all(node.tag in _BEFORE_VERB for node in between) else -1
            if tag in CLAUSE_ENDS:
                return -1
            if tag is Tag.COMMA:
                comma = position
        return -1
