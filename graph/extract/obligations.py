"""Reads what a speaker says that others must do as asking them for it: "it is for X to", "the need that X should"."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Status
from ..morphology.conjugate import Aspect
from .clauses import Node, Tag
from .found import Found
from .relations import ACTORS
from .rules import Rules
from .scene import Scene

_SURE = 0.55
_JOINED = 4


class ObligationReader:
    """Reads what a speaker says that others have to do."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._actors = rules.actors
        self._subjects = rules.subjects
        self._that = language.morphemes.that
        self._joined = language.morphemes.joined_conjunctions
        self._modals = language.stances.modals
        self._needs = language.stances.modals | language.stances.needs

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the request that "on" at a word tells, where a clause begins with it or a modal verb leads to it."""
        nodes, speaker = scene.nodes, scene.discourse.speaker
        opens = scene.tag_before(index) in (Tag.SUBORDINATOR, Tag.QUOTE, Tag.STOP)
        opens = opens or (index > 0 and self._is(scene, index - 1, self._modals))
        if not opens or index + 1 >= len(nodes) or speaker is None:
            return
        asked, end = self._asked(nodes, index + 1)
        if not asked or end >= len(nodes):
            return
        after = nodes[end]
        does = scene.reading.words[end].norm == self._that or (
            after.tag in (Tag.NOUN, Tag.OTHER, Tag.VERB) and not after.preposition and not after.conjunction
        )
        if does:
            yield from self._tell(scene, index, speaker, asked)

    def read_clause(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the request of a clause behind "that" at a word: "the need that X allow it", "must that X stop"."""
        nodes, speaker = scene.nodes, scene.discourse.speaker
        if speaker is None or scene.speech is None or index + 2 >= len(nodes):
            return
        if not self._is(scene, index, frozenset({self._that})) or not self._is(scene, index - 1, self._needs):
            return
        verb, chunk = nodes[index + 1], nodes[index + 2].chunk
        present = verb.tag is Tag.VERB and all(a.form.aspect is Aspect.PRESENT for a in verb.verbs)
        if not present or chunk is None or not chunk.entity or nodes[index + 2].preposition:
            return
        if not verb.verbs or self._subjects.agrees(verb.verbs, chunk.entity):
            yield from self._tell(scene, index, speaker, self._asked(nodes, index + 2)[0])

    def _is(self, scene: Scene, index: int, words: frozenset[str]) -> bool:
        norm = scene.reading.words[index].norm if index >= 0 else ""
        return norm in words or norm.lstrip(self._joined) in words

    def _asked(self, nodes: list[Node], index: int) -> tuple[list[str], int]:
        """Return the actors joined from a word on, and the word behind them and whoever else is joined."""
        found: list[str] = []
        last = index + _JOINED
        while index < len(nodes):
            node = nodes[index]
            if node.chunk is not None and node.chunk.entity and (not found or node.conjunction):
                found.append(node.chunk.entity)
                index = node.chunk.end
            elif found and node.conjunction and node.tag is Tag.OTHER and index < last:
                index += 1
            else:
                break
        return found, index

    def _tell(self, scene: Scene, index: int, speaker: str, asked: list[str]) -> Iterator[Found]:
        for entity in asked:
            if entity != speaker and self._actors[entity].kind in ACTORS:
                yield Found(speaker, "requested", entity, Status.ACTUAL, _SURE, scene.reading, index, "obligation")
