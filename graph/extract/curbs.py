"""Reads whom sanctions are told to reach: "sanctions that hit X", "banned 900 officials, among them X and Y"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import EntityKind
from ..resolve.actors import Actor
from . import tags
from .arguments import BARE
from .candidates import Trigger
from .clauses import Tag
from .counting import length_of_including, names_examples
from .deeds import AGENT
from .found import Found
from .noun_frames import relations_of_noun
from .relations import takes_object
from .rules import Rules
from .scene import Scene

_CURBED, _SURE = "sanctioned", 0.7
_IMPOSERS = (AGENT, "of", "nisba")
_VERB_WITHIN, _LIST_WITHIN = 9, 30
_ENDS = frozenset({Tag.STOP, Tag.SUBORDINATOR})
_MARKS = frozenset({Tag.COMMA, Tag.QUOTE, Tag.BRACKET})
_LISTED = (EntityKind.PERSON, EntityKind.ORGANIZATION)


class CurbReader:
    """Reads the sanctions of a document's sentences, once their deeds are read."""

    def __init__(self, rules: Rules) -> None:
        self._actors: Mapping[str, Actor] = rules.actors
        self._morphemes = rules.grammar.language.morphemes
        self._reaching = rules.grammar.stances.curbing

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield whom the sanctions of a sentence reach beside those whom a preposition names."""
        for trigger in scene.triggers:
            imposers = self._imposers(trigger) if trigger.sort == "noun" and trigger.tells(_CURBED) else ()
            if not imposers:
                continue
            for entity, position in (*self._reached(scene, trigger), *self._listed(scene, trigger.index)):
                at = scene.untold(range(position, -1, -1))
                for imposer in imposers:
                    if at is not None and imposer != entity and takes_object(_CURBED, self._actors[entity].kind):
                        yield Found(
                            imposer, _CURBED, entity, trigger.status, _SURE, scene.reading, at, "curb",
                            speaker=trigger.source,
                        )  # fmt: skip

    def reaches(self, scene: Scene, index: int) -> bool:
        """Tell whether the subject of a verb is a sanction beside it, so that whom it hits is sanctioned."""
        if not self._is_reaching(scene, index):
            return False
        following = scene.nodes[index + 1].noun if index + 1 < len(scene.nodes) else None
        if following is not None and _CURBED in relations_of_noun(following):
            return True
        noun = next((t for t in reversed(scene.triggers) if t.sort == "noun" and t.tells(_CURBED)), None)
        return noun is not None and self._verb_behind(scene, noun.index) == index

    def _imposers(self, trigger: Trigger) -> tuple[str, ...]:
        told = trigger.fillings.get(_CURBED, ())
        if told:
            return tuple(dict.fromkeys(filling.subject.entity for filling in told))
        return tuple(argument.entity for argument in trigger.first_of(_IMPOSERS))

    def _is_reaching(self, scene: Scene, index: int) -> bool:
        norm = scene.reading.words[index].norm
        return scene.nodes[index].tag is tags.VERB and self._morphemes.is_among(norm, self._reaching)

    def _verb_behind(self, scene: Scene, noun: int) -> int:
        """Return where the verb stands that says whom the sanctions named at a word reach; -1 where none does."""
        for index in range(noun + 1, min(noun + _VERB_WITHIN, len(scene.nodes))):
            tag = scene.nodes[index].tag
            if tag is tags.VERB:
                return index if self._is_reaching(scene, index) else -1
            if tag in _ENDS or tag is tags.COMMA:
                return -1
        return -1

    def _reached(self, scene: Scene, trigger: Trigger) -> Iterator[tuple[str, int]]:
        """Yield the objects of a verb before or behind the sanctions: "sanctions took in X", "sanctions hitting X"."""
        verb = trigger.index - 1
        if verb < 0 or not self._is_reaching(scene, verb):
            verb = self._verb_behind(scene, trigger.index)
        if verb < 0:
            return
        behind = max(verb, trigger.index)
        for argument in scene.arguments_from(verb + 1).found:
            if argument.slot.partition("/")[0] == BARE and argument.position > behind:
                yield argument.entity, argument.position

    def _listed(self, scene: Scene, noun: int) -> Iterator[tuple[str, int]]:
        """Yield those whom "among them" names of the crowd that the sanctions hit."""
        nodes, words = scene.nodes, scene.reading.words
        for index in range(noun + 1, min(noun + _LIST_WITHIN, len(nodes))):
            if nodes[index].tag in _ENDS or nodes[index].tag is tags.VERB:
                return
            length = length_of_including(words, index, self._morphemes)
            if not length and not names_examples(words, index, self._morphemes):
                continue
            yield from self._names(scene, index + max(length, 1))
            return

    def _names(self, scene: Scene, index: int) -> Iterator[tuple[str, int]]:
        nodes, start = scene.nodes, index
        while index < len(nodes):
            node, chunk = nodes[index], nodes[index].chunk
            joined = index == start or bool(node.conjunction) or nodes[index - 1].tag is tags.COMMA
            if chunk is not None and joined and not node.preposition and chunk.entity and chunk.kind in _LISTED:
                yield chunk.entity, index
                index = chunk.end
            elif node.tag in _MARKS:
                index += 1
            else:
                return
