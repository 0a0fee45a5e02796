"""Reads who announces that he will answer what another did as a threat to that one: "X warned that it would answer"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import Status
from ..resolve.actors import Actor
from .clauses import Node, Tag
from .found import Found
from .relations import ACTORS
from .rules import Rules
from .scene import Scene
from .strikers import is_assault

_SURE = 0.62
_NEAR, _TOWARDS, _WHOM, _COMING, _SUBJECT, _CONSEQUENCE = 3, 4, 9, 24, 4, 30
_ENDS = frozenset({Tag.STOP, Tag.SUBORDINATOR, Tag.RELATIVE})


class ThreatReader:
    """Reads announced answers, by verbs in the future and by nouns of what is to come or what one is ready for.

    `words` are those that may tell one, as they are spelt.
    """

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._actors: Mapping[str, Actor] = rules.actors
        self._words = rules.grammar.stances
        self._answers = language.stances.answers
        self._negators = language.function.negators
        self._morphemes = language.morphemes
        self._joined = language.morphemes.joined_conjunctions
        self._prepositions = language.morphemes.joined_prepositions
        self._conditionals = language.morphemes.conditionals
        self._in, self._will = language.morphemes.in_, language.morphemes.will
        self.words = rules.grammar.keys.threats
        self._against = frozenset({language.morphemes.on, language.morphemes.from_})

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the threats that a word of `words` tells; verbs and nouns up to it must have been read."""
        norm = scene.reading.words[index].norm
        if norm in self._conditionals or norm in self._answers.cases:
            yield from self._on_condition(scene, index)
            return
        if norm in self._answers.meeting:
            yield from self._on_meeting(scene, index)
            return
        verb = self._words.answers(norm)
        towards = self._towards(scene, index)
        if towards < 0 and not verb:
            yield from self._on_striker(scene, index)
        if towards < 0 or (self._negated(scene, index) if verb else not self._looms(scene, index)):
            return
        who = self._who(scene, index, towards, verb=verb)
        if who is None:
            return
        for whom in self._whom(scene, towards + 1, who):
            yield Found(who, "threatened", whom, Status.ACTUAL, _SURE, scene.reading, towards, "threat")

    def _on_striker(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield whom an answer is for that only its author is told of: whoever struck him: "X vowed to retaliate"."""
        if not self._is_ready(scene, index):
            return
        who = _agent_before(scene, index)
        if who is None:
            return
        own = self._actors[who].state
        striker = self._striker_behind(scene, index, own) or scene.discourse.strikers.get(own or "")
        if striker is not None and striker != who and (own is None or self._actors[striker].state != own):
            yield Found(who, "threatened", striker, Status.ACTUAL, _SURE, scene.reading, max(index - 1, 0), "threat")

    def _striker_behind(self, scene: Scene, index: int, own: str | None) -> str | None:
        """Return whose attack stands behind an answer, on the side of another state: "after accusing X of a raid"."""
        foe = None
        for position in range(index + 1, min(index + _COMING, len(scene.nodes))):
            node = scene.nodes[position]
            if node.tag is Tag.STOP:
                return None
            if node.noun is not None and node.tag is Tag.NOUN and is_assault(node.noun):
                nations = (each.country for each in scene.nodes[position + 1 : position + _NEAR] if each.country)
                state = next(nations, None)
                return scene.collector.entity_of(state) if state is not None and state != own else foe
            named = _named(scene, node)
            if foe is None and named is not None and own is not None and self._actors[named].kind in ACTORS:
                foe = named if self._actors[named].state != own else None
        return None

    def _on_condition(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield whom a speaker threatens with what comes if he does something: "if X refuses, it will pay for it"."""
        speaker = scene.discourse.speaker
        if speaker is None or scene.speech is None or not self._opens_condition(scene, index):
            return
        chunk = next((node.chunk for node in scene.nodes[index + 1 : index + _SUBJECT] if node.chunk), None)
        if chunk is None or not chunk.entity or chunk.preposition or self._actors[chunk.entity].kind not in ACTORS:
            return
        own = self._actors[speaker].state
        hostile = own is None or self._actors[chunk.entity].state != own
        if hostile and chunk.entity != speaker and self._befalls(scene, chunk.end):
            yield Found(speaker, "threatened", chunk.entity, Status.ACTUAL, _SURE, scene.reading, index, "threat")

    def _on_meeting(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield whom a speaker threatens by what his deed will meet: "any attack of X will meet with an answer"."""
        speaker, words = scene.discourse.speaker, scene.reading.words
        if speaker is None or scene.speech is None:
            return
        if not any(self._bare(word.norm) in self._answers.nouns for word in words[index + 1 : index + 1 + _NEAR]):
            return
        own = self._actors[speaker].state
        for position in range(index - 1, max(scene.speech, index - _WHOM), -1):
            named = _named(scene, scene.nodes[position])
            if scene.nodes[position].tag in _ENDS:
                return
            if named is None or named == speaker or self._actors[named].kind not in ACTORS:
                continue
            if own is None or self._actors[named].state != own:
                yield Found(speaker, "threatened", named, Status.ACTUAL, _SURE, scene.reading, position, "threat")
                return

    def _opens_condition(self, scene: Scene, index: int) -> bool:
        words = scene.reading.words
        plain = words[index].norm in self._conditionals
        opens = plain or (index > 0 and self._bare(words[index - 1].norm) == self._in)
        return opens and index + 1 < len(words) and scene.nodes[index + 1].tag is Tag.VERB

    def _befalls(self, scene: Scene, start: int) -> bool:
        """Tell whether what follows says that harm will come to whoever meets a condition: "then he will pay"."""
        words = scene.reading.words
        for position in range(start, min(start + _CONSEQUENCE, len(words))):
            norm = words[position].norm
            then = norm[0] in self._joined and len(norm) > _NEAR
            if scene.nodes[position].tag is Tag.STOP:
                return False
            if not then:
                continue
            after = scene.reading.norm_at(position + 1)
            for verb in (norm[1:], self._will + after):
                needed = self._words.threat(verb)
                near = words[position + 1 : position + 2 + _NEAR]
                if needed is not None and (not needed or any(word.norm in needed for word in near)):
                    return True
        return False

    def _bare(self, norm: str) -> str:
        """Return a word without the conjunction or preposition written onto it."""
        if norm in self._answers.nouns or len(norm) < 3:
            return norm
        return norm[1:] if norm[0] in self._joined or norm[0] in self._prepositions else norm

    def _negated(self, scene: Scene, index: int) -> bool:
        return index > 0 and self._morphemes.is_among(scene.reading.words[index - 1].norm, self._negators)

    def _towards(self, scene: Scene, index: int) -> int:
        """Return the preposition behind which stands what is answered, -1 where none is near or it is mere words."""
        nodes, words = scene.nodes, scene.reading.words
        for position in range(index + 1, min(index + 1 + _TOWARDS, len(nodes) - 1)):
            if nodes[position].tag is Tag.PREPOSITION and nodes[position].preposition in self._against:
                following = words[position + 1].base
                return -1 if following in self._answers.words else position
            if nodes[position].tag in _ENDS or nodes[position].tag in (Tag.COMMA, Tag.PREPOSITION):
                return -1
        return -1

    def _looms(self, scene: Scene, index: int) -> bool:
        """Tell whether a noun is what somebody is ready for, or is said to come."""
        words = scene.reading.words
        if self._is_ready(scene, index):
            return True
        for position in range(index + 1, min(index + _COMING, len(words))):
            if words[position].norm in self._answers.coming:
                return scene.speech is not None
            if scene.nodes[position].tag in _ENDS:
                return False
        return False

    def _is_ready(self, scene: Scene, index: int) -> bool:
        """Tell whether words before an answer say that somebody is ready for it, or vows it."""
        near, ready = scene.reading.words[max(0, index - _NEAR) : index], self._answers.readiness
        return any(self._bare(word.norm) in ready or word.norm in ready for word in near)

    def _who(self, scene: Scene, index: int, towards: int, *, verb: bool) -> str | None:
        """Return who threatens: whoever says so of himself or his state, else who is to answer."""
        doer = _agent_before(scene, index)
        if not verb:
            doer = self._owner(scene, index, towards) or doer
        speaker = scene.discourse.speaker if scene.speech is not None and scene.speech < index else None
        if speaker is None or doer is None:
            return doer
        own = self._actors[speaker].state
        return speaker if own is not None and own == self._actors[doer].state else doer

    def _owner(self, scene: Scene, index: int, towards: int) -> str | None:
        """Return whose answer a noun names, by an adjective or a name between it and its preposition."""
        for position in range(index + 1, towards):
            named = _named(scene, scene.nodes[position])
            if named is not None:
                return named
        return None

    def _whom(self, scene: Scene, start: int, who: str) -> list[str]:
        """Return the first actors behind a preposition that are not on the side of who threatens."""
        own = self._actors[who].state
        for position in range(start, min(start + _WHOM, len(scene.nodes))):
            node = scene.nodes[position]
            if node.tag in _ENDS or node.tag is Tag.VERB:
                return []
            both = [entity for entity, _ in node.pair]
            named = _named(scene, node)
            found = both or ([named] if named is not None else [])
            foes = [e for e in found if e != who and self._actors[e].kind in ACTORS]
            foes = [e for e in foes if own is None or self._actors[e].state != own]
            if foes:
                return foes
        return []


def _agent_before(scene: Scene, index: int) -> str | None:
    """Return the subject of the clause that stands last before a word."""
    agent = next((c.agent for c in reversed(scene.clauses) if c.index <= index), None)
    return agent.entities[0] if agent is not None and agent.entities else None


def _named(scene: Scene, node: Node) -> str | None:
    """Return whom a name or an adjective of nationality means."""
    if node.tag is Tag.NATIONALITY and node.country is not None:
        return scene.collector.entity_of(node.country)
    return node.chunk.entity if node.tag is Tag.CHUNK and node.chunk is not None else None
