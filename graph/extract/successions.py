"""Reads whom "his predecessor X" and "appointed X in his place" make follow whom: the pronoun is of one named first."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind, Status
from .candidates import Trigger
from .chunks import Chunk, Reference
from .clauses import Tag
from .found import Found
from .rules import Rules
from .scene import Scene
from .words import Word

_SURE = 0.75
_SUCCESSOR, _SUCCEEDED = "successor", "succeeded"
_SORTS = frozenset({_SUCCESSOR, "predecessor"})
_POSTING = ("appointed", _SUCCEEDED, "leads")
# How far from "in his place" the appointment may be told, and how many words that phrase may have.
_REACH, _WORDS = 12, 2


class SuccessionReader:
    """Reads the named predecessors and successors of a document's sentences."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._actors = rules.actors
        self._kin, self._hers = rules.grammar.keys.kin, rules.grammar.keys.hers
        self._planned = language.planned_adjectives
        self._replacing, self._places = language.morphemes.replacing, language.morphemes.place_of
        self._instead = language.morphemes.instead
        self._instead_begins = frozenset(said.partition(" ")[0] for said in self._instead)

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
            yield Found(after, _SUCCEEDED, before, status, _SURE, scene.reading, chunk.start, "succession")
        yield from self._replaced(scene)
        yield from self._taking_place(scene)

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

    def _stands_instead(self, words: tuple[Word, ...], index: int) -> bool:
        said = " ".join([each.norm for each in words[index : index + _WORDS]])
        return words[index].norm in self._instead or said in self._instead

    def _replaced(self, scene: Scene) -> Iterator[Found]:
        """Yield who takes whose place where a pronoun says whose: "dismissed X and made Y minister in his place"."""
        words = scene.reading.words
        if self._instead_begins.isdisjoint(scene.reading.norms):
            return
        for index, word in enumerate(words):
            if word.norm not in self._instead_begins or not self._stands_instead(words, index):
                continue
            posting = self._posting(scene, index)
            after = self._placed(scene, index, posting) if posting is not None else None
            before = self._displaced(scene, posting, after) if posting is not None and after is not None else None
            if posting is not None and after is not None and before is not None:
                # The noun itself is weighed, so the pronoun tells it.
                told = index if word.norm in self._instead else index + 1
                yield Found(after, _SUCCEEDED, before, posting.status, _SURE, scene.reading, told, "succession")

    def _taking_place(self, scene: Scene) -> Iterator[Found]:
        """Yield who is appointed to take the place of somebody named: "made X chief to replace Y"."""
        if self._replacing.isdisjoint(scene.reading.norms):
            return
        for index, word in enumerate(scene.reading.words):
            posting = self._posting(scene, index) if word.norm in self._replacing else None
            after = self._placed(scene, index, posting) if posting is not None else None
            if posting is None or after is None:
                continue
            start = index + 1 + (scene.reading.norm_at(index + 1) in self._places)
            for before in self._people(scene):
                if before.start == start and before.entity:
                    yield Found(
                        after, _SUCCEEDED, before.entity, posting.status, _SURE, scene.reading, start, "succession"
                    )

    def _posting(self, scene: Scene, index: int) -> Trigger | None:
        """Return the appointment that is told before a word."""
        near = (t for t in reversed(scene.triggers) if 0 < index - t.index <= _REACH)
        return next((t for t in near if t.tells(*_POSTING)), None)

    def _placed(self, scene: Scene, index: int, posting: Trigger) -> str | None:
        """Return who is appointed: named between the appointment and "in his place", else right behind it."""
        people = [chunk for chunk in self._people(scene) if chunk.start > posting.index]
        between = [chunk.entity for chunk in people if chunk.start < index and chunk.entity not in posting.agents]
        if between:
            return between[-1]
        behind = next((chunk for chunk in people if chunk.start == index + 1), None)
        return behind.entity if behind is not None else None

    def _displaced(self, scene: Scene, posting: Trigger, after: str) -> str | None:
        """Return the last person before an appointment who neither appoints nor is appointed."""
        before = [chunk.entity for chunk in self._people(scene) if chunk.start < posting.index]
        known = (*reversed(before), *reversed(scene.discourse.subjects))
        others = (each for each in known if each and each != after and each not in posting.agents)
        return next((each for each in others if self._actors[each].kind is EntityKind.PERSON), None)

    def _people(self, scene: Scene) -> list[Chunk]:
        return [
            node.chunk
            for index, node in enumerate(scene.nodes)
            if node.tag is Tag.CHUNK
            and node.chunk is not None
            and node.chunk.start == index
            and node.chunk.entity
            and node.chunk.kind is EntityKind.PERSON
            and node.chunk.reference is Reference.NAME
        ]
