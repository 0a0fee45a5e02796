"""Reads at what an office is held: a known name, a body by its head noun, a ministry by its field, a bureau."""

from __future__ import annotations

from collections.abc import Callable

from ..model import EntityKind
from .bodies import BodyGrammar
from .chunks import Chunk, Reference
from .gazetteer import Gazetteer, pick
from .heads import Heads
from .words import Cut, Word

Bureau = Callable[[tuple[Word, ...], int, Cut], Chunk | None]


class TargetGrammar:
    """Reads the body, state or place behind the head noun of a title; `bureau` reads the office of an office."""

    def __init__(self, heads: Heads, gazetteer: Gazetteer, bodies: BodyGrammar, bureau: Bureau) -> None:
        self._heads = heads
        self._gazetteer = gazetteer
        self._bodies = bodies
        self._bureau = bureau

    def read(self, words: tuple[Word, ...], position: int, option: Cut) -> Chunk | None:
        """Return the body, state or place named at `position`."""
        match = self._gazetteer.match(words, position, option.key) or self._bodies.known.outlet(words, position, option)
        body = self._bureau(words, position, option) or self._bodies.read(words, position, option, trusted=True)
        minister = position > 0 and words[position - 1].base in self._heads.ministers
        if (body is None or body.reference is not Reference.NAME) and not minister:
            body = self._bodies.read_shorthand(words, position, option) or body
        longer = body is not None and (match is None or body.end > match.end)
        if body is not None and longer and (body.reference is Reference.NAME or match is None):
            body.inner = True
            return body
        if match is None:
            return None
        entity = pick(match, as_actor=True)
        if minister and entity.kind is EntityKind.ORGANIZATION:
            return None
        if entity.kind in (EntityKind.PERSON, EntityKind.WEAPON):
            return None
        known = (entity, *(other for other in match.entities if other is not entity))
        chunk = self._bodies.known.chunk(words, position, match.end, known, option)
        chunk.inner = True
        return chunk


def take_place(body: Chunk, around: Chunk, position: int) -> bool:
    """Let the body of an office take in the one that it is in: "head of the committee X in the senate".

    Where only a place follows it the longer name is kept as another form, and False returned.
    """
    if body.kind is not EntityKind.ORGANIZATION or body.end != position or body.known:
        return False
    if around.kind is not EntityKind.ORGANIZATION or body.parents or body.country:
        body.aliases.append(str(around.end))
        return False
    body.aliases.append(str(body.end))
    body.end, around.inner = around.end, True
    body.parents.append(around)
    return True
