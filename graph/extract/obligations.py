"""Reads what a speaker says that others must do as asking them for it: "it is for X to", "the need that X should"."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Status
from ..morphology.conjugate import Aspect
from .clauses import CLAUSE_ENDS, PHRASE_ENDS, Node, Tag
from .found import Found
from .relations import ACTORS
from .rules import Rules
from .scene import Scene
from .verb_frames import pasts_of

_REQUESTED = "requested"
_SURE = 0.55
_JOINED = 4
_NEAR = 12


class ObligationReader:
    """Reads what a speaker says that others have to do."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._actors = rules.actors
        self._subjects = rules.subjects
        self._that = language.morphemes.that
        self._thats = frozenset({self._that, language.morphemes.by + self._that})
        self._morphemes = language.morphemes
        self._modals = language.stances.modals
        self._needs = language.stances.modals | language.stances.needs
        self._deeds, self._acts = language.stances.deeds, language.stances.acts
        self._asking = language.morphemes.asking_verbs
        self._to = frozenset({language.morphemes.to, language.morphemes.by})
        self._for, self._owners = language.morphemes.for_, language.morphemes.owner_pronouns

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the request that "on" at a word tells, where a clause begins with it or a modal verb leads to it."""
        nodes, speaker = scene.nodes, scene.source_of(index) or scene.discourse.speaker
        opens = scene.tag_before(index) in (Tag.SUBORDINATOR, Tag.QUOTE, Tag.STOP)
        opens = opens or (index > 0 and self._is(scene, index - 1, self._modals))
        if not opens or index + 1 >= len(nodes) or speaker is None:
            return
        asked, end = self._asked(nodes, index + 1)
        if not asked or end >= len(nodes):
            return
        after = nodes[end]
        does = scene.reading.words[end].norm == self._that or (
            after.tag in (Tag.NOUN, Tag.OTHER, Tag.VERB) and not after.preposition and not after.conjunction
        )
        if does:
            yield from self._tell(scene, index, speaker, asked)

    def read_clause(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the request of a clause behind "that" at a word: "the need that X allow it", "asks that X stop"."""
        nodes = scene.nodes
        if index + 2 >= len(nodes) or scene.reading.words[index].norm not in self._thats:
            return
        askers: tuple[str, ...] = ()
        if not self._is(scene, index - 1, self._needs):
            askers = self._askers(scene, index)
        elif scene.discourse.speaker is not None and scene.speech is not None:
            askers = (scene.discourse.speaker,)
        verb, chunk = nodes[index + 1], nodes[index + 2].chunk
        present = verb.tag is Tag.VERB and all(a.form.aspect is Aspect.PRESENT for a in verb.verbs)
        if not askers or not present or chunk is None or not chunk.entity or nodes[index + 2].preposition:
            return
        if not verb.verbs or self._subjects.agrees(verb.verbs, chunk.entity):
            for asker in askers:
                yield from self._tell(scene, index, asker, self._asked(nodes, index + 2)[0])

    def _askers(self, scene: Scene, index: int) -> tuple[str, ...]:
        """Return whose verb of asking leads to "that" at a word, nobody else named between: "X demands that"."""
        asking = (t for t in reversed(scene.triggers) if t.tells(_REQUESTED))
        trigger = next(asking, None)
        if trigger is None or index - trigger.index > _NEAR or trigger.fillings.get(_REQUESTED):
            return ()
        between = scene.nodes[trigger.index + 1 : index]
        named = {node.chunk.entity for node in between if node.chunk is not None}
        ends = any(node.tag in PHRASE_ENDS for node in between)
        return () if ends or not named <= set(trigger.agents) else trigger.agents

    def read_deed(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the request for a deed of the actor at a word: "called for the withdrawal of X"."""
        node, speaker = scene.nodes[index], scene.discourse.speaker
        if node.preposition or node.conjunction or speaker is None or scene.speech is None or index < 2:
            return
        word = scene.reading.words[index - 1]
        cut = next((cut for cut in word.cuts if cut.stem in self._deeds or cut.stem in self._acts), None)
        if cut is None or not self._is_asked(scene, index - 1, cut.preposition):
            return
        asked, end = self._asked(scene.nodes, index)
        if cut.stem in self._deeds or self._is_to_do(scene, end):
            yield from self._tell(scene, index - 1, speaker, asked)

    def _is_asked(self, scene: Scene, deed: int, preposition: str) -> bool:
        """Tell whether a deed is what the speaker calls for, or what there is need of."""
        if self._is(scene, deed - 1, self._needs):
            return True
        before, verb = scene.nodes[deed - 1], scene.speech
        if verb is None or deed - verb > _NEAR or any(n.tag in CLAUSE_ENDS for n in scene.nodes[verb + 1 : deed]):
            return False
        asks = not self._asking.isdisjoint(pasts_of(scene.nodes[verb].verbs))
        return asks and (preposition in self._to or before.preposition in self._to)

    def _is_to_do(self, scene: Scene, index: int) -> bool:
        """Tell whether what somebody is to do follows him: "its raids", "to the law", "the building of"."""
        if index >= len(scene.nodes):
            return False
        node, word = scene.nodes[index], scene.reading.words[index]
        if node.preposition == self._for or word.norm.endswith(self._owners):
            return True
        bare = node.tag in (Tag.NOUN, Tag.OTHER) and not node.preposition and not node.conjunction
        return bare and (node.tag is Tag.NOUN or not word.bears_article)

    def _is(self, scene: Scene, index: int, words: frozenset[str]) -> bool:
        return self._morphemes.is_among(scene.reading.norm_at(index), words)

    def _asked(self, nodes: list[Node], index: int) -> tuple[list[str], int]:
        """Return the actors joined from a word on, and the word behind them and whoever else is joined."""
        found: list[str] = []
        last = index + _JOINED
        while index < len(nodes):
            node = nodes[index]
            if node.chunk is not None and node.chunk.entity and (not found or node.conjunction):
                found.append(node.chunk.entity)
                index = node.chunk.end
            elif found and node.conjunction and node.tag is Tag.OTHER and index < last:
                index += 1
            else:
                break
        return found, index

    def _tell(self, scene: Scene, index: int, speaker: str, asked: list[str]) -> Iterator[Found]:
        for entity in asked:
            if entity != speaker and self._actors[entity].kind in ACTORS:
                yield Found(speaker, _REQUESTED, entity, Status.ACTUAL, _SURE, scene.reading, index, "obligation")
