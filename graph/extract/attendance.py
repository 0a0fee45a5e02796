"""Reads who was at an event and where it was: "said X at the summit", "in his speech at Z, X said", "a summit in Y".

No word says so: whoever speaks at a gathering takes part in it, and the place named right behind it hosts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind
from .chunks import Chunk
from .clauses import Tag
from .found import Found
from .rules import Rules
from .scene import Clause, Scene
from .words import Word

_SURE = 0.7
_PLACES = (EntityKind.PLACE, EntityKind.COUNTRY)
_BEHIND, _PRESS_REACH = 8, 2
_PARTS, _BACK, _AHEAD = 4, 16, 14
_BARS = frozenset({Tag.VERB, Tag.SUBORDINATOR, Tag.STOP, Tag.QUOTE, Tag.RELATIVE, Tag.PARTICLE})


class AttendanceReader:
    """Reads the gatherings of a document's sentences, once all verbs of a sentence are read."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._rules = rules
        self._actors = rules.actors
        self._morphemes = language.morphemes
        self._data = rules.grammar.keys.occasions

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield who takes part in the gatherings of a sentence by speaking there, and which places host them."""
        for chunk in scene.reading.chunks:
            if chunk.kind is EntityKind.EVENT and chunk.entity and self._is_gathering(scene, chunk):
                yield from self._hosted(scene, chunk, chunk.entity)
                yield from self._attended(scene, chunk, chunk.entity)

    def _is_gathering(self, scene: Scene, chunk: Chunk) -> bool:
        """Tell whether people come together to an event that is told, and do not only meet the press."""
        if chunk.head not in self._data.assemblies or chunk.entity is None or not self._actors[chunk.entity].named:
            return False
        words = scene.reading.words
        if any(word.base in self._data.press for word in words[chunk.start : chunk.end + _PRESS_REACH]):
            return False
        return chunk.head in self._data.grand or self._is_told(words, chunk)

    def _is_told(self, words: tuple[Word, ...], chunk: Chunk) -> bool:
        """Tell whether an event is a certain one: "the session", "the ceremony of signing", "a meeting for allies"."""
        if chunk.cut is not None and chunk.cut.definite:
            return True
        if any(word.bears_article for word in words[chunk.start + 1 : chunk.end]):
            return True
        behind = words[chunk.end] if chunk.end < len(words) else None
        if behind is None:
            return False
        within = (self._morphemes.by, self._morphemes.for_)
        joined = {cut.preposition for cut in behind.cuts if cut.preposition in within and not cut.conjunction}
        if self._morphemes.for_ in joined:
            return True
        # A name that reaches on over a body or over people is of theirs: "the session of the committee of X".
        return chunk.name_end > chunk.end and not joined and behind.norm != self._morphemes.in_

    def _hosted(self, scene: Scene, chunk: Chunk, event: str) -> Iterator[Found]:
        place = self._place_behind(scene, chunk)
        if place is None or place.entity is None:
            return
        status = self._rules.status.read(scene.reading, scene.nodes, chunk.start)
        if status is not None:
            yield Found(place.entity, "hosted", event, status, _SURE, scene.reading, place.start, "attendance")

    def _place_behind(self, scene: Scene, chunk: Chunk) -> Chunk | None:
        """Return the place of a gathering: only words of when it is, that it is held and whose it is lie between."""
        nodes, words, index = scene.nodes, scene.reading.words, chunk.end
        inside = False
        while index < min(chunk.end + _BEHIND, len(nodes)):
            node, word = nodes[index], words[index]
            found = node.chunk
            if found is not None and found.start == index:
                if found.kind in _PLACES and found.entity:
                    within = inside or found.preposition == self._morphemes.by
                    return found if within and not found.conjunction and not self._goes_on(scene, found) else None
                if found.preposition != self._morphemes.for_ and found.end > chunk.name_end:
                    return None
                index = found.end
            elif word.norm == self._morphemes.in_:
                inside, index = True, index + 1
            elif not inside and self._tells_when(scene, index):
                index += 1
            else:
                return None
        return None

    def _goes_on(self, scene: Scene, place: Chunk) -> bool:
        """Tell whether with whom one met follows the place: "a meeting in X with Y"."""
        return place.end < len(scene.nodes) and scene.reading.words[place.end].norm == self._morphemes.with_

    def _tells_when(self, scene: Scene, index: int) -> bool:
        word, data = scene.reading.words[index], self._data
        if word.norm in data.ends or word.norm in data.holdings or word.base in data.times:
            return True
        return word.is_number or scene.nodes[index].tag in (Tag.RELATIVE, Tag.ADVERB)

    def _attended(self, scene: Scene, chunk: Chunk, event: str) -> Iterator[Found]:
        lead = self._lead(scene, chunk)
        if lead < 0:
            return
        clause = self._clause_before(scene, lead) or self._clause_behind(scene, chunk, lead)
        if clause is None or clause.agent is None or not any(a.speeches for a in clause.analyses):
            return
        status = self._rules.status.read(scene.reading, scene.nodes, clause.index)
        for entity in clause.agent.entities if status is not None else ():
            if status is not None and self._actors[entity].kind is EntityKind.PERSON:
                yield Found(entity, "tookPartIn", event, status, _SURE, scene.reading, lead, "attendance")

    def _lead(self, scene: Scene, chunk: Chunk) -> int:
        """Return the preposition that puts a deed into a gathering, written onto it or some words before; else -1."""
        if chunk.preposition:
            return chunk.start if chunk.preposition == self._morphemes.by else -1
        words = scene.reading.words
        for index in range(chunk.start - 1, max(-1, chunk.start - 1 - _PARTS), -1):
            norm = words[index].norm
            if norm in self._data.attending or norm.lstrip(self._morphemes.joined_conjunctions) in self._data.attending:
                return index
            if words[index].base not in self._data.parts:
                return -1
        return -1

    def _clause_before(self, scene: Scene, lead: int) -> Clause | None:
        """Return the clause in which a phrase stands: nothing but actors and asides lies between it and the verb."""
        clause = next((each for each in reversed(scene.clauses) if each.index < lead), None)
        if clause is None or lead - clause.index > _BACK:
            return None
        between = range(clause.index + 1, lead)
        return clause if all(self._passes(scene, index) for index in between) else None

    def _passes(self, scene: Scene, index: int) -> bool:
        node = scene.nodes[index]
        if node.tag in _BARS:
            return False
        return node.noun is None or node.tag is Tag.CHUNK or node.noun.entry.noun in self._data.speeches

    def _clause_behind(self, scene: Scene, chunk: Chunk, lead: int) -> Clause | None:
        """Return the clause that a phrase opens: "in his speech at the forum, X said"."""
        nodes = scene.nodes
        opening = lead
        while opening > 0 and nodes[opening - 1].tag is not Tag.STOP:
            opening -= 1
            if not self._passes(scene, opening):
                return None
        for index in range(chunk.end, min(chunk.end + _AHEAD, len(nodes))):
            if nodes[index].tag is Tag.VERB:
                after = nodes[index - 1].tag is Tag.COMMA and not nodes[index].conjunction
                return next((each for each in scene.clauses if each.index == index), None) if after else None
            if not self._passes(scene, index):
                return None
        return None
