"""Reads "it is for X to ..." as whoever speaks asking X for something."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Status
from .clauses import Tag
from .found import Found
from .relations import ACTORS
from .rules import Rules
from .scene import Scene

_SURE = 0.55


class ObligationReader:
    """Reads what a speaker says that others have to do."""

    def __init__(self, rules: Rules) -> None:
        self._actors = rules.actors
        self._that = rules.grammar.language.morphemes.that

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the request that the preposition at a word tells, where a clause begins with it."""
        nodes, speaker = scene.nodes, scene.discourse.speaker
        opens = scene.tag_before(index) in (Tag.SUBORDINATOR, Tag.QUOTE, Tag.STOP)
        if not opens or index + 1 >= len(nodes) or speaker is None:
            return
        chunk = nodes[index + 1].chunk
        if chunk is None or not chunk.entity or chunk.end >= len(nodes) or chunk.entity == speaker:
            return
        after = nodes[chunk.end]
        asked = scene.reading.words[chunk.end].norm == self._that or (
            after.tag in (Tag.NOUN, Tag.OTHER) and not after.preposition
        )
        if asked and self._actors[chunk.entity].kind in ACTORS:
            yield Found(speaker, "requested", chunk.entity, Status.ACTUAL, _SURE, scene.reading, index, "obligation")
