"""Reads whom "his predecessor X" and "his successor X" make follow whom: the pronoun is the last person's before it."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind, Status
from .chunks import Chunk
from .found import Found
from .rules import Rules
from .scene import Scene

_SURE = 0.75
_SUCCESSOR = "successor"
_SORTS = frozenset({_SUCCESSOR, "predecessor"})


class SuccessionReader:
    """Reads the named predecessors and successors of a document's sentences."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._actors = rules.actors
        self._kin, self._hers = rules.grammar.keys.kin, rules.grammar.keys.hers
        self._planned = language.planned_adjectives

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield who came after whom for each of them in a sentence."""
        for chunk in scene.reading.chunks:
            sort = self._kin.get(chunk.cut.base, "") if chunk.cut is not None and chunk.counterpart else ""
            other = self._owner(scene, chunk) if sort in _SORTS and chunk.entity else None
            if other is None or chunk.entity is None:
                continue
            said = scene.reading.words[chunk.start + 1 : max(chunk.name_start, chunk.start + 1)]
            status = Status.PLANNED if any(word.norm in self._planned for word in said) else Status.ACTUAL
            after, before = (chunk.entity, other) if sort == _SUCCESSOR else (other, chunk.entity)
            yield Found(after, "succeeded", before, status, _SURE, scene.reading, chunk.start, "succession")

    def _owner(self, scene: Scene, chunk: Chunk) -> str | None:
        """Return the last person before somebody, in his sentence or else in mind."""
        before = [each.entity for each in scene.reading.chunks if each.start < chunk.start and each.entity]
        known = (*reversed(before), *reversed(scene.discourse.subjects), scene.discourse.speaker)
        hers = chunk.cut is not None and chunk.cut.base in self._hers
        for each in known:
            actor = self._actors[each] if each and each != chunk.entity else None
            if actor is not None and actor.kind is EntityKind.PERSON and actor.feminine is hers:
                return actor.id
        return None
