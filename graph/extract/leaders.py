"""Reads who leads or founded what a text names: "the alliance led by X", "the party that X heads", "that X founded".

The leader stands right behind the word; a delegation that somebody leads is not the body that sent it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind
from ..text.fold import loosen
from . import tags
from .chunks import Chunk, Reference
from .found import Found
from .lists import bare_at, listed_from
from .relations import takes_object, takes_subject
from .rules import Rules
from .scene import Scene
from .verb_frames import pasts_of

_SURE = 0.7
_LEADS, _FOUNDED = "leads", "founded"
_SENT_BACK = 3
# What may stand between "announced" and what is announced.
_BETWEEN = frozenset({tags.CHUNK, tags.ADVERB, tags.COMMA, tags.NATIONALITY, tags.OTHER, tags.QUOTE})
_ADJECTIVES = frozenset({tags.OTHER, tags.PARTICIPLE})
_PASSED = frozenset({tags.COMMA, tags.RELATIVE, tags.QUOTE, tags.NATIONALITY})


class LeaderReader:
    """Reads the leaders that a document's sentences name with what they lead."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._status = rules.status
        self._to = language.morphemes.to
        self._morphemes = language.morphemes
        self._words = language.groups
        self._sent = frozenset(map(loosen, self._words.sent))
        self._parts = rules.grammar.keys.occasions.parts
        self._cues = self._words.under | self._words.headed | self._words.founded | self._words.leadership

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield who leads or founded what in a sentence, once its verbs are read."""
        words, norms = scene.reading.words, scene.reading.norms
        if not norms.isdisjoint(self._cues):
            for index, word in enumerate(words):
                if word.norm in self._cues:
                    yield from self._cued(scene, index, word.norm)
        if not norms.isdisjoint(self._words.founding):
            for index, word in enumerate(words):
                if word.norm in self._words.founding:
                    yield from self._announced(scene, index)
        for clause in scene.clauses:
            if not self._words.heading.isdisjoint(pasts_of(scene.nodes[clause.index].verbs)):
                yield from self._headed_first(scene, clause.index)

    def _cued(self, scene: Scene, index: int, cue: str) -> Iterator[Found]:
        """Read what stands before a word with its leader or founder behind it: "led by X", "that X founded"."""
        words, start = self._words, index
        if cue in words.leadership:
            if scene.reading.norm_at(index - 1) not in words.below:
                return
            start = index - 1
        founded = cue in words.founded
        led = self._led_before(scene, start, described=founded or cue in words.headed)
        yield from self._tell(scene, index, led, index + 1, relation=_FOUNDED if founded else _LEADS)

    def _announced(self, scene: Scene, index: int) -> Iterator[Found]:
        """Read "X announced the founding of Y" at the noun: nothing but X and when it was stands between."""
        nodes = scene.nodes
        made = bare_at(scene, index + 1)
        clause = next((each for each in reversed(scene.clauses) if each.index < index), None)
        if made is None or not takes_object(_FOUNDED, made.kind):
            return
        if clause is None or clause.agent is None:
            return
        if not self._morphemes.is_among(scene.reading.words[clause.index].norm, self._words.announcing):
            return
        if any(node.tag not in _BETWEEN for node in nodes[clause.index + 1 : index]):
            return
        status = self._status.read(scene.reading, nodes, index)
        if status is None or not made.entity:
            return
        for founder in clause.agent.entities:
            if founder != made.entity:
                yield Found(founder, _FOUNDED, made.entity, status, _SURE, scene.reading, made.start, "leaders")

    def _led_before(self, scene: Scene, index: int, *, described: bool) -> Chunk | None:
        """Return the body or event right before a word; with `described` a relative clause begins there."""
        nodes, position = scene.nodes, index - 1
        while position >= 0 and (nodes[position].tag in _PASSED or (described and self._qualifies(scene, position))):
            position -= 1
        apart = any(nodes[i].tag is tags.RELATIVE for i in range(position + 1, index))
        chunk = nodes[position].chunk if position >= 0 else None
        if chunk is None or not takes_object(_LEADS, chunk.kind) or (described and not apart and position < index - 1):
            return None
        if apart and not described:
            return None
        return None if self._is_sent(scene, chunk) else chunk

    def _qualifies(self, scene: Scene, index: int) -> bool:
        """Tell whether a word is an adjective of the body before it: "the opposition army X, which"."""
        return scene.reading.words[index].bears_article and scene.nodes[index].tag in _ADJECTIVES

    def _is_sent(self, scene: Scene, body: Chunk) -> bool:
        """Tell whether a body only sends whom somebody leads: "a delegation of X led by Y"."""
        before = scene.reading.words[max(0, body.start - _SENT_BACK) : body.start]
        return any(cut.base in self._sent for word in before for cut in word.cuts)

    def _tell(
        self, scene: Scene, index: int, led: Chunk | None, start: int, *, relation: str = _LEADS
    ) -> Iterator[Found]:
        first = bare_at(scene, start)
        if led is None or led.entity is None or first is None:
            return
        status = self._status.read(scene.reading, scene.nodes, index)
        for leader in listed_from(scene, start)[0]:
            if leader.kind is not first.kind or not takes_subject(relation, leader.kind):
                return
            if leader.kind is EntityKind.ORGANIZATION and leader is not first:
                return
            if status is not None and leader.entity and leader.entity != led.entity:
                yield Found(leader.entity, relation, led.entity, status, _SURE, scene.reading, leader.start, "leaders")

    def _headed_first(self, scene: Scene, verb: int) -> Iterator[Found]:
        """Read "heads the body X" with the leader behind what he leads."""
        nodes, start = scene.nodes, verb + 1
        while start < len(nodes) and nodes[start].chunk is None and scene.reading.words[start].base in self._parts:
            start += 1
        led = bare_at(scene, start)
        if led is None or not takes_object(_LEADS, led.kind):
            return
        leader = nodes[led.end].chunk if led.end < len(nodes) else None
        if leader is None or leader.kind is not EntityKind.PERSON or leader.reference is not Reference.NAME:
            return
        # "The party led X to": here it is the party that leads.
        if not self._is_sent(scene, led) and scene.reading.norm_at(leader.end) != self._to:
            yield from self._tell(scene, verb, led, led.end)
