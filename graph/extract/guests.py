"""Reads whom a text lists as present at an event: "a summit that X and Y attended", "held in the presence of X".

The list stands behind the verb that goes back to the event, behind "in the presence of", or behind the event itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind
from . import tags
from .chunks import Chunk
from .found import Found
from .lists import bare_at, listed_from
from .rules import Rules
from .scene import Scene
from .verb_frames import bears_pronoun, pasts_of
from .words import Word

_SURE = 0.7
_BACK, _LEAD = 16, 5
_PASSED = frozenset({tags.COMMA, tags.ADVERB, tags.NATIONALITY})


class GuestReader:
    """Reads the guests of events in a document's sentences."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._status = rules.status
        self._morphemes = language.morphemes
        self._data = language.occasions
        keys = rules.grammar.keys
        self._presence = keys.presence
        self._led = language.groups.headed | language.groups.under
        self._delegates = keys.occasions.delegates
        self._forums, self._crowds = keys.occasions.assemblies, keys.occasions.crowds

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield who took part in the events of a sentence, once its verbs are read."""
        words, presence = scene.reading.words, self._presence
        if presence.isdisjoint(scene.reading.norms) and not any(self._attends(scene, c.index) for c in scene.clauses):
            return
        for index, word in enumerate(words):
            if index and word.norm in self._led and self._is_delegation(words[index - 1]):
                # "X takes part in the forum with a delegation led by Y"
                yield from self._tell(scene, index, self._event_before(scene, index), index + 1)
            elif word.norm in presence:
                yield from self._tell(scene, index, self._event_before(scene, index), index + 1)
            elif scene.nodes[index].tag is tags.VERB and self._attends(scene, index):
                if scene.reading.norm_at(index + 1) in self._data.inside:
                    yield from self._tell(scene, index, self._event_before(scene, index), index + 2)
                elif bears_pronoun(scene.nodes[index].verbs):
                    yield from self._tell(scene, index, self._event_before(scene, index), index + 1)
                else:
                    companions = self._companions(scene, index + 1)
                    event = self._event_behind(scene, companions[-1].end - 1 if companions else index)
                    if event is not None:
                        yield from self._tell(scene, index, event, event.end, companions)

    def _is_delegation(self, word: Word) -> bool:
        return any(cut.preposition == self._morphemes.by and cut.base in self._delegates for cut in word.cuts)

    def _attends(self, scene: Scene, index: int) -> bool:
        return not self._data.attend.isdisjoint(pasts_of(scene.nodes[index].verbs))

    def _event_before(self, scene: Scene, index: int) -> Chunk | None:
        """Return the last event before a word in its sentence."""
        for position in range(index - 1, max(-1, index - 1 - _BACK), -1):
            chunk = scene.nodes[position].chunk
            if chunk is not None and self._is_event(scene, chunk):
                return chunk
            if scene.nodes[position].tag is tags.STOP:
                return None
        return None

    def _is_event(self, scene: Scene, chunk: Chunk) -> bool:
        """Tell whether a chunk is an event, or a forum that is also a body."""
        if chunk.kind is EntityKind.EVENT:
            return True
        head = scene.reading.words[chunk.start].cuts[-1].base
        return chunk.kind is EntityKind.ORGANIZATION and (chunk.head or head) in self._forums

    def _companions(self, scene: Scene, start: int) -> list[Chunk]:
        """Return whose side others stand at: "takes part beside X in the talks"."""
        words = scene.reading.words
        beside = start + 2 < len(words) and scene.nodes[start].tag is tags.PREPOSITION
        return self._listed(scene, start + 2) if beside and words[start + 1].norm in self._data.beside else []

    def _event_behind(self, scene: Scene, index: int) -> Chunk | None:
        """Return the event right behind a verb, bare or behind "in"."""
        nodes, first = scene.nodes, self._crowd_end(scene, index + 1)
        if (
            first < len(nodes)
            and nodes[first].tag is tags.PREPOSITION
            and nodes[first].preposition == self._morphemes.in_
        ):
            first += 1
        chunk = nodes[first].chunk if first < len(nodes) else None
        return chunk if chunk is not None and self._is_event(scene, chunk) else None

    def _crowd_end(self, scene: Scene, start: int) -> int:
        """Return the index behind who are only counted: "33 states", "a number of leaders", "delegations"."""
        index = start
        while index < len(scene.nodes) and self._is_crowd(scene, index):
            index += 1
        return index

    def _is_crowd(self, scene: Scene, index: int) -> bool:
        word = scene.reading.words[index]
        return scene.nodes[index].chunk is None and (
            word.is_number or any(cut.base in self._crowds for cut in word.cuts)
        )

    def _tell(
        self, scene: Scene, index: int, event: Chunk | None, start: int, companions: list[Chunk] | None = None
    ) -> Iterator[Found]:
        if event is None or event.entity is None:
            return
        guests = [*(companions or []), *self._guests(scene, start)]
        guests = guests or self._among(scene, start)
        guests += self._companions(scene, guests[-1].end) if guests else []
        status = self._status.read(scene.reading, scene.nodes, index) if guests else None
        for guest in guests:
            if status is not None and guest.entity:
                yield Found(
                    guest.entity, "tookPartIn", event.entity, status, _SURE, scene.reading, guest.start, "guests"
                )

    def _guests(self, scene: Scene, start: int) -> list[Chunk]:
        """Return the actors that are listed from a word on, or soon behind it over adverbs and "each of"."""
        nodes, words = scene.nodes, scene.reading.words
        for index in range(start, min(start + _LEAD, len(nodes))):
            if nodes[index].tag is tags.CHUNK:
                return self._listed(scene, index)
            norm = words[index].norm
            sent = norm == self._morphemes.on_behalf and index > start
            skipped = (
                sent or norm in self._morphemes.each or norm == self._morphemes.from_ or norm in self._data.delegates
            )
            if not (skipped or nodes[index].tag is tags.ADVERB or words[index].norm == ":"):
                return []
        return []

    def _among(self, scene: Scene, start: int) -> list[Chunk]:
        """Return whom a text names of those it has counted: "with 33 states taking part, among them X and Y"."""
        index, leads = self._crowd_end(scene, start), self._data.among
        while index < min(start + _LEAD, len(scene.nodes)) and scene.nodes[index].tag in _PASSED:
            if scene.reading.words[index].norm in leads:
                break
            index = self._crowd_end(scene, index + 1)
        bare = scene.reading.norm_at(index).removeprefix(self._morphemes.and_)
        if bare in (self._morphemes.from_, self._morphemes.in_, self._morphemes.on):
            index, bare = index + 1, scene.reading.norm_at(index + 1)
        return self._listed(scene, index + 1) if bare in leads else []

    def _listed(self, scene: Scene, start: int) -> list[Chunk]:
        """Return the actors that are joined from a word on; none where the first is led or joined to another."""
        return listed_from(scene, start)[0] if bare_at(scene, start) is not None else []
