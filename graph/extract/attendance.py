"""Reads who was at an event and where it was: "said X at the summit", "in his speech at Z, X said", "a summit in Y".

No word says so: whoever speaks at a gathering takes part in it, and the place named right behind it hosts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind
from .chunks import Chunk
from .clauses import Node, Tag
from .found import Found
from .lists import bare_at
from .noun_frames import relations_of_noun
from .rules import Rules
from .scene import Clause, Scene
from .venues import VenueFinder
from .verb_frames import bears_pronoun, pasts_of
from .words import Word

_SURE = 0.7
_KINDS = (EntityKind.EVENT, EntityKind.ORGANIZATION)
# What people do together: both were there.
_TOGETHER = ("met", "signedAgreementWith")
_PRESS_REACH = 2
_PARTS, _BACK, _AHEAD = 4, 16, 14
# How many words behind its light verb a meeting may stand.
_LIGHT = 12
_BARS = frozenset({Tag.VERB, Tag.SUBORDINATOR, Tag.STOP, Tag.QUOTE, Tag.RELATIVE, Tag.PARTICLE})


class AttendanceReader:
    """Reads the gatherings of a document's sentences, once all verbs of a sentence are read."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._rules = rules
        self._actors = rules.actors
        self._morphemes = language.morphemes
        self._data = rules.grammar.keys.occasions
        self._venues = VenueFinder(self._data, self._morphemes, language.calendar)

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield who takes part in the gatherings of a sentence by speaking there, and which places host them."""
        for chunk in scene.reading.chunks:
            if chunk.kind in _KINDS and chunk.entity and self._is_gathering(scene, chunk):
                yield from self._hosted(scene, chunk, chunk.entity)
                if chunk.kind is EntityKind.EVENT:
                    yield from self._convened(scene, chunk, chunk.entity)
                yield from self._attended(scene, chunk, chunk.entity)

    def _is_gathering(self, scene: Scene, chunk: Chunk) -> bool:
        """Tell whether people come together to an event that is told, and do not only meet the press."""
        words = scene.reading.words
        head = chunk.head or words[chunk.start].base
        if head not in self._data.assemblies or chunk.entity is None or not self._actors[chunk.entity].named:
            return False
        if any(word.base in self._data.press for word in words[chunk.start : chunk.end + _PRESS_REACH]):
            return False
        if head in self._data.grand:
            return True
        return chunk.kind is EntityKind.EVENT and (self._is_told(words, chunk) or _is_described(scene, chunk))

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
        # A forum that is a body has its seat behind its name, and is held where a verb says so.
        named = chunk.kind is EntityKind.EVENT
        place = self._venues.find(scene, chunk) if named else self._venues.before(scene, chunk)
        if place is None or place.entity is None:
            return
        status = self._rules.status.read(scene.reading, scene.nodes, chunk.start)
        if status is not None:
            yield Found(place.entity, "hosted", event, status, _SURE, scene.reading, place.start, "attendance")

    def _convened(self, scene: Scene, chunk: Chunk, event: str) -> Iterator[Found]:
        """Yield who had others come: "a conference that was held in X at the invitation of Y"."""
        words, nodes = scene.reading.words, scene.nodes
        for index in range(chunk.end, min(chunk.end + _AHEAD, len(nodes))):
            if nodes[index].tag in (Tag.STOP, Tag.SUBORDINATOR):
                return
            if words[index].norm not in self._data.convening:
                continue
            start = index + 1 + (scene.reading.norm_at(index + 1) == self._morphemes.from_)
            host = bare_at(scene, start)
            if host is None or not host.entity:
                return
            status = self._rules.status.read(scene.reading, nodes, chunk.start)
            if status is not None and host.kind is not EntityKind.EVENT:
                yield Found(host.entity, "hosted", event, status, _SURE, scene.reading, host.start, "attendance")
            return

    def _attended(self, scene: Scene, chunk: Chunk, event: str) -> Iterator[Found]:
        lead = self._lead(scene, chunk)
        if lead < 0:
            return
        for index, person in self._present(scene, chunk, lead):
            status = self._rules.status.read(scene.reading, scene.nodes, index)
            if status is not None and self._actors[person].kind is EntityKind.PERSON:
                # What stands at the word of a deed is weighed: the last word of the event tells none.
                told = chunk.end - 1 if lead == chunk.start else lead
                yield Found(person, "tookPartIn", event, status, _SURE, scene.reading, told, "attendance")

    def _lead(self, scene: Scene, chunk: Chunk) -> int:
        """Return the preposition that puts a deed into a gathering, written onto it or some words before; else -1."""
        if chunk.preposition:
            return chunk.start if chunk.preposition == self._morphemes.by else -1
        words, data = scene.reading.words, self._data
        for index in range(chunk.start - 1, max(-1, chunk.start - 1 - _PARTS), -1):
            norm = words[index].norm
            if self._morphemes.is_among(norm, data.attending):
                return index
            if self._morphemes.is_among(norm, (self._morphemes.on,)) and words[index + 1].norm in data.margins:
                return index
            if words[index].base not in data.parts:
                return -1
        return -1

    def _present(self, scene: Scene, chunk: Chunk, lead: int) -> Iterator[tuple[int, str]]:
        """Yield the word that tells of a deed at a gathering, and who was there to do it."""
        clause = self._clause_before(scene, lead) or self._clause_behind(scene, chunk, lead)
        orator = self._orator(scene, lead)
        if orator is not None and orator.entity:
            yield orator.start, orator.entity
        elif clause is not None and clause.agent is not None and self._speaks(scene, clause, lead):
            for entity in clause.agent.entities:
                yield clause.index, entity
        if clause is not None:
            yield from self._met(scene, chunk, clause, lead)

    def _speaks(self, scene: Scene, clause: Clause, lead: int) -> bool:
        """Tell whether the verb of a clause says something, or gives a speech."""
        if any(analysis.speeches for analysis in clause.analyses):
            return True
        delivers = not self._data.delivering.isdisjoint(pasts_of(clause.analyses))
        return delivers and any(self._is_speech(scene.reading.words[i]) for i in range(max(0, clause.index - 2), lead))

    def _met(self, scene: Scene, chunk: Chunk, clause: Clause, lead: int) -> Iterator[tuple[int, str]]:
        """Yield those who met each other, or signed something, at a gathering or on its margins."""
        first, last = (clause.index, lead) if clause.index < lead else (chunk.end, clause.index + _LIGHT)
        for trigger in scene.triggers:
            if first <= trigger.index < last:
                for fillings in (trigger.fillings.get(relation, ()) for relation in _TOGETHER):
                    for filling in fillings:
                        yield trigger.index, filling.subject.entity
                        yield trigger.index, filling.object.entity

    def _orator(self, scene: Scene, lead: int) -> Chunk | None:
        """Return whose speech a phrase tells of right before a gathering: "in a speech that X gave at"."""
        nodes, words = scene.nodes, scene.reading.words
        person: Chunk | None = None
        for index in range(lead - 1, max(-1, lead - 1 - _BACK), -1):
            if self._is_speech(words[index]) and nodes[index].tag is not Tag.CHUNK:
                return person
            if not self._passes(scene, index):
                return None
            chunk = nodes[index].chunk
            if chunk is not None and chunk.kind is EntityKind.PERSON and chunk.entity:
                led = chunk.preposition and chunk.preposition != self._morphemes.for_
                person = None if led or chunk.conjunction else chunk
        return None

    def _is_speech(self, word: Word) -> bool:
        return word.base in self._data.speeches

    def _clause_before(self, scene: Scene, lead: int) -> Clause | None:
        """Return the clause in which a phrase stands: nothing but actors and asides lies between it and the verb."""
        clause = next((each for each in reversed(scene.clauses) if each.index < lead), None)
        if clause is None or lead - clause.index > _BACK:
            return None
        between = range(clause.index + 1, lead)
        return clause if all(self._passes(scene, index, met=True) for index in between) else None

    def _passes(self, scene: Scene, index: int, *, met: bool = False) -> bool:
        """Tell whether a word may stand between a deed and the gathering where it is done; with `met` a meeting may."""
        node = scene.nodes[index]
        if node.tag is Tag.VERB:
            return self._gives(node)
        if node.tag in _BARS:
            return False
        if node.noun is None or node.tag is Tag.CHUNK or self._is_speech(scene.reading.words[index]):
            return True
        if node.noun.entry.noun in self._data.speeches:
            return True
        return met and not relations_of_noun(node.noun).isdisjoint(_TOGETHER)

    def _gives(self, node: Node) -> bool:
        """Tell whether a verb says of a speech before it who gave it."""
        return any(a.pronoun is not None and e.past in self._data.delivering for a in node.verbs for e in a.entries)

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


def _is_described(scene: Scene, chunk: Chunk) -> bool:
    """Tell whether a clause right behind an event goes back to it: "a meeting [that] X attended"."""
    node = scene.nodes[chunk.end] if chunk.end < len(scene.nodes) else None
    return node is not None and node.tag is Tag.VERB and bears_pronoun(node.verbs)
