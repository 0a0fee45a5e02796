"""Reads what a speaker says of somebody as a stance to him: "said that X breaks the law", "that X must stop".

Such content has no verb between the speaker and the one who is spoken of: who is meant is the subject of the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..lang.stances import ASKS, BLAMES, PROMISES
from ..model import Status
from ..resolve.actors import Actor
from .arguments import BARE
from .clauses import Node, Tag
from .deeds import AGENT
from .found import Found
from .relations import ACTORS
from .rules import Rules
from .scene import Scene

_SURE, _OWNED = 0.62, 0.52
_BEFORE_TOPIC, _AFTER_TOPIC, _SOON, _NEAR = 7, 18, 5, 2
_SKIPPED = frozenset({Tag.QUOTE, Tag.PRONOUN, Tag.BRACKET})
_OPENING = frozenset({Tag.SUBORDINATOR, Tag.STOP, Tag.QUOTE})
_SPEAKING = frozenset({Tag.CHUNK, Tag.ADVERB})
_ENDS = frozenset({Tag.STOP, Tag.SUBORDINATOR, Tag.RELATIVE})


@dataclass(frozen=True, slots=True)
class _Topic:
    """Those whom the content of a verb of saying speaks of; `end` is the word behind them."""

    entities: tuple[str, ...]
    end: int
    owner: bool


class StanceReader:
    """Reads the content of verbs of saying for stances to those whom it speaks of."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._actors: Mapping[str, Actor] = rules.actors
        self._morphemes = language.morphemes
        self._negators = language.function.negators
        self._openers = language.stances.openers
        self._modals = language.stances.modals
        self._words = rules.grammar.stances
        self._collector = rules.collector
        self._inside = frozenset({self._morphemes.between, self._morphemes.from_, AGENT})
        self._proving = rules.grammar.keys.proving
        self._burdens = language.stances.burdens
        self._what = self._morphemes.what
        self._circumstances = language.stances.circumstances
        self._official = rules.grammar.official
        self._watchdogs = language.stances.watchdogs

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the stances that the content beginning behind a word takes to its subject."""
        speaker = scene.discourse.speaker
        if speaker is None or scene.speech is None or index < scene.speech or not self._opens(scene, index):
            return
        yield from self._pledge(scene, index, speaker)
        yield from self._burden(scene, index, speaker)
        topic = self._described(scene, index) or self._topic(scene, index + 1)
        if topic is None:
            return
        sure = _OWNED if topic.owner else _SURE
        for told in dict.fromkeys(self._stances(scene, topic, watches=self._watches(speaker))):
            for entity in topic.entities:
                if self._may(speaker, entity):
                    yield Found(speaker, told, entity, Status.ACTUAL, sure, scene.reading, index, "stance")

    def _watches(self, speaker: str) -> bool:
        """Tell whether somebody is, or speaks for, a body that watches over rights; bodies of a state do not."""
        actor = self._actors[speaker]
        bodies = [actor, *(self._actors[body] for _, body, _ in actor.offices if body is not None)]
        names = (name for body in bodies if body.head not in self._official for name in (body.name, *body.names))
        return any(not self._watchdogs.isdisjoint(name.split()) for name in names)

    def _opens(self, scene: Scene, index: int) -> bool:
        norm = scene.reading.words[index].norm
        if scene.nodes[index].tag is Tag.STOP:
            return norm == ":"
        if scene.nodes[index].tag is Tag.QUOTE:
            # "X said today '...'": the first quotation behind the verb and whoever speaks.
            speech = scene.speech if scene.speech is not None else index
            return all(node.tag in _SPEAKING for node in scene.nodes[speech + 1 : index])
        if index and self._morphemes.is_among(scene.reading.words[index - 1].norm, self._circumstances):
            # "although", "after": a clause of circumstance, which nobody says.
            return False
        return self._morphemes.is_among(norm, self._openers)

    def _may(self, speaker: str, entity: str) -> bool:
        """Nobody takes a stance to himself or, as a rule, to his own state."""
        return speaker != entity and self._actors[entity].kind in ACTORS and not self._stands_for(speaker, entity)

    def _stands_for(self, speaker: str, entity: str) -> bool:
        return self._actors[speaker].stands_for(self._actors[entity], self._official)

    def _pledge(self, scene: Scene, index: int, speaker: str) -> Iterator[Found]:
        """Yield what a speaker promises: "said that his country will help X", "that it will go on arming X"."""
        nodes, words = scene.nodes, scene.reading.words
        start = index + 1
        chunk = nodes[start].chunk if start < len(nodes) else None
        if chunk is not None and chunk.entity and not nodes[start].preposition:
            start = chunk.end if self._stands_for(speaker, chunk.entity) else len(nodes)
        elif not words[index].norm.endswith(self._morphemes.clause_pronouns):
            return
        needed = self._words.help(words[start].norm) if start < len(nodes) else None
        if needed is None or not self._followed(scene, start, needed):
            return
        for node in nodes[start + 1 : start + _AFTER_TOPIC]:
            if node.tag in _ENDS or node.tag is Tag.VERB:
                return
            entity = node.chunk.entity if node.tag is Tag.CHUNK and node.chunk is not None else None
            if entity and self._may(speaker, entity):
                yield Found(speaker, PROMISES, entity, Status.ACTUAL, _OWNED, scene.reading, index, "pledge")
                return

    def _burden(self, scene: Scene, index: int, speaker: str) -> Iterator[Found]:
        """Yield whom a speaker holds responsible: "said that the responsibility falls on X"."""
        nodes, words = scene.nodes, scene.reading.words
        if index + 1 >= len(words) or words[index + 1].norm not in self._burdens:
            return
        laid = False
        for position in range(index + 2, min(index + 2 + _AFTER_TOPIC, len(nodes))):
            node = nodes[position]
            if node.tag in _ENDS or words[position].norm in self._negators:
                return
            laid = laid or node.preposition == self._morphemes.on
            if laid and node.chunk is not None and node.chunk.entity:
                for entity in self._actors_at(nodes, position, owner=False).entities:
                    if self._may(speaker, entity):
                        yield Found(speaker, BLAMES, entity, Status.ACTUAL, _SURE, scene.reading, index, "stance")
                return

    def _described(self, scene: Scene, index: int) -> _Topic | None:
        """Return what "described X's move as" describes: the pronoun on "that" stands for it."""
        norm = scene.reading.words[index].norm
        if scene.nodes[index].tag is Tag.STOP or not norm.endswith(self._morphemes.clause_pronouns):
            return None
        if not scene.clauses or not _describes(scene, scene.clauses[-1].index):
            return None
        clause = scene.clauses[-1]
        own = clause.agent.entities if clause.agent is not None else ()
        arguments = [a for a in scene.arguments_from(clause.index + 1).found if a.entity not in own]
        bare = [a for a in arguments if a.slot.startswith(BARE) and a.position < index]
        return _Topic(tuple(a.entity for a in bare[:1]), index + 1, True) if bare else None

    def _topic(self, scene: Scene, start: int) -> _Topic | None:
        """Return the subject of a content: its first actor, or the owner of its first noun."""
        nodes = scene.nodes
        owner = False
        index = start
        while index < min(start + _BEFORE_TOPIC, len(nodes)):
            node = nodes[index]
            if node.tag is Tag.CHUNK and node.chunk is not None:
                if node.preposition and not (owner and node.preposition in self._inside):
                    return None
                return self._actors_at(nodes, index, owner=owner) if node.chunk.entity else None
            if node.tag is Tag.NATIONALITY and owner and node.country is not None:
                return _Topic((self._collector.entity_of(node.country),), index + 1, True)
            if self._heads(nodes, index):
                owner = True
            elif not self._leads_on(scene, index, owner=owner):
                return None
            index += 1
        return None

    def _heads(self, nodes: list[Node], index: int) -> bool:
        """Tell whether a word heads a phrase of whose owner is spoken: "X's deeds are", "what X does is"."""
        node = nodes[index]
        if node.tag is Tag.VERB:
            return nodes[index - 1].tag is Tag.PARTICLE
        return node.tag in (Tag.NOUN, Tag.OTHER, Tag.PARTICIPLE) and not node.preposition

    def _leads_on(self, scene: Scene, index: int, *, owner: bool) -> bool:
        """Tell whether a word may stand before those who are spoken of."""
        node = scene.nodes[index]
        if node.tag is Tag.PREPOSITION:
            return owner and node.preposition in self._inside
        return node.tag in _SKIPPED or scene.reading.words[index].norm == self._what

    def _actors_at(self, nodes: list[Node], index: int, *, owner: bool) -> _Topic:
        """Return the actors that are joined from a chunk on."""
        entities: list[str] = []
        while index < len(nodes):
            chunk = nodes[index].chunk
            if chunk is None or not chunk.entity or (entities and nodes[index].conjunction != self._morphemes.and_):
                break
            entities.append(chunk.entity)
            index = chunk.end
        return _Topic(tuple(entities), index, owner)

    def _stances(self, scene: Scene, topic: _Topic, *, watches: bool) -> Iterator[str]:
        """Yield the relations that the words behind a topic tell of it; who `watches` blames for violence, too."""
        nodes, words = scene.nodes, scene.reading.words
        predicate, committed = True, False
        for index in range(topic.end, min(topic.end + _AFTER_TOPIC, len(words))):
            node, norm = nodes[index], words[index].norm
            near = topic.end < index <= topic.end + _NEAR
            if near and node.tag is Tag.RELATIVE and nodes[topic.end].tag is Tag.PRONOUN:
                # "that it is X who hinders", "that X is the state that": what follows is still said of him.
                continue
            if self._goes_on(scene, index):
                predicate = True
                continue
            if node.tag in _ENDS and norm not in self._modals:
                return
            second = scene.reading.norm_at(index + 1)
            if norm in self._modals:
                if not topic.owner and not self._negated(scene, index):
                    yield ASKS
                return
            bare = norm[1:] if node.tag is Tag.VERB and node.conjunction else norm
            verb = self._words.verb(bare) or (self._words.violation(bare) if watches else None)
            said = verb is not None and (predicate or bool(node.conjunction)) and not self._negated(scene, index)
            if verb is not None and said and self._followed(scene, index, verb[1]):
                yield verb[0]
            lacks = self._words.denied(bare) if node.tag in (Tag.VERB, Tag.OTHER) else None
            if lacks is not None and predicate and self._negated(scene, index):
                if self._followed(scene, index, lacks):
                    yield BLAMES
                return
            cut = norm[1:] if node.preposition and len(norm) > 3 else norm
            if committed:
                cut = cut.removeprefix(self._morphemes.article)
            relation = self._words.word(cut, second, scene.reading.norm_at(index + 2))
            if relation is not None and predicate and not self._negated(scene, index):
                yield relation
            if node.tag is Tag.VERB:
                committed = bare in self._words.committing
                predicate = committed and not self._negated(scene, index)

    def _goes_on(self, scene: Scene, index: int) -> bool:
        """Tell whether what follows is still said of whoever is spoken of: "X has proved that it keeps nothing"."""
        if scene.nodes[index].tag is not Tag.SUBORDINATOR or scene.nodes[index - 1].tag is not Tag.VERB:
            return False
        words = scene.reading.words
        return words[index].norm.endswith(self._morphemes.clause_pronouns) and words[index - 1].norm in self._proving

    def read_loaded(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield whom a speaker blames by the word for his deeds: "said that the crimes of X will not go unpunished"."""
        speaker, nodes = scene.discourse.speaker, scene.nodes
        if speaker is None or scene.speech is None or index < scene.speech or index + 1 >= len(nodes):
            return
        following = nodes[index + 1]
        chunk = following.chunk
        if following.tag is Tag.NATIONALITY and following.country is not None:
            entity = self._collector.entity_of(following.country)
        elif chunk is not None and chunk.entity and not following.preposition and not following.conjunction:
            entity = chunk.entity
        else:
            return
        if self._may(speaker, entity) and not self._negated(scene, index):
            # A deed is a trigger of its own, whose facts are weighed: this one belongs to what opens the speech.
            opened = next((i for i in range(index, scene.speech, -1) if nodes[i].tag in _OPENING), index)
            yield Found(speaker, BLAMES, entity, Status.ACTUAL, _OWNED, scene.reading, opened, "stance")

    def _negated(self, scene: Scene, index: int) -> bool:
        before = scene.reading.words[max(0, index - 2) : index]
        return any(word.norm in self._negators or word.norm[1:] in self._negators for word in before)

    def _followed(self, scene: Scene, index: int, wanted: frozenset[str]) -> bool:
        if not wanted:
            return True
        return any(word.norm in wanted for word in scene.reading.words[index + 1 : index + 1 + _SOON])


def _describes(scene: Scene, index: int) -> bool:
    """Tell whether a verb of saying has what it describes as its object."""
    senses = [sense for analysis in scene.nodes[index].verbs for sense in analysis.speeches]
    return any("direct" in sense.complement for sense in senses)
