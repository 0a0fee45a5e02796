"""Reads what somebody is called: "described X as a liar", "X regards the decision of Y as a provocation".

Read once the deeds of a sentence are known; "described X as being" has a clause, which stances.py reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import EntityKind, Status
from ..resolve.actors import Actor
from . import tags
from .arguments import BARE, Argument
from .clauses import Node, Tag
from .found import Found
from .relations import ACTORS
from .rules import Rules
from .scene import Scene
from .verb_frames import pasts_of
from .words import Word

_SURE, _OWNED = 0.6, 0.52
_REACH = 8
_ENDS = frozenset({Tag.STOP, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.VERB, Tag.COMMA, Tag.PREPOSITION})
_MARKS = frozenset({Tag.QUOTE, Tag.BRACKET})


class PortrayalReader:
    """Reads the predicates of verbs of describing and regarding."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._actors: Mapping[str, Actor] = rules.actors
        self._words = rules.grammar.stances
        self._official = rules.grammar.official
        self._by, self._in = language.morphemes.by, language.morphemes.in_
        self._and = language.morphemes.and_
        self._negators = language.function.negators
        joiners = ("", *language.morphemes.joined_conjunctions)
        self._surfaces = frozenset(joiner + form for form in self._words.portraying for joiner in joiners)
        self._verbs = {verb.past: verb.words for verb in language.stances.portraying}

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield the stances that the predicates of a sentence tell."""
        told = any(trigger.rule.partition(":")[2] in self._verbs for trigger in scene.triggers)
        if not told and self._surfaces.isdisjoint(scene.reading.norms):
            return
        for index, agents, modes in self._verbs_of(scene):
            for mode in sorted(modes):
                yield from self._portray(scene, index, agents, mode)

    def _portray(self, scene: Scene, index: int, agents: tuple[str, ...], mode: str) -> Iterator[Found]:
        """Yield what the subjects of the verb at a word call whom it describes, its predicate being attached so."""
        target = self._target(scene, index, agents, mode)
        predicate = self._predicate(scene, max(target.end, index + 1), mode) if target is not None else None
        if target is None or predicate is None:
            return
        relation, position = predicate
        at = scene.untold(range(position, index, -1))
        if at is None:
            return
        described, sure = self._actors[target.entity], _OWNED if target.through else _SURE
        for agent in agents:
            if not self._actors[agent].stands_for(described, self._official):
                yield Found(agent, relation, target.entity, Status.ACTUAL, sure, scene.reading, at, "portrayal")

    def _verbs_of(self, scene: Scene) -> Iterator[tuple[int, tuple[str, ...], frozenset[str]]]:
        """Yield each verb or participle of describing with its subjects and how its predicate is attached."""
        words = scene.reading.words
        for clause in scene.clauses:
            norm = words[clause.index].norm
            bare = norm[1:] if scene.nodes[clause.index].conjunction or norm[0] == self._and else norm
            modes = (
                self._words.portraying.get(norm)
                or self._words.portraying.get(bare)
                or frozenset(mode for past in pasts_of(clause.analyses) for mode in self._verbs.get(past, ()))
            )
            if (
                modes
                and clause.agent is not None
                and clause.agent.entities
                and not self._is_denied(scene, clause.index)
            ):
                yield clause.index, clause.agent.entities, modes
        for trigger in scene.triggers:
            sort, _, past = trigger.rule.partition(":")
            if sort == "participle" and past in self._verbs and trigger.agents:
                yield trigger.index, trigger.agents, self._verbs[past]

    def _is_denied(self, scene: Scene, index: int) -> bool:
        return index > 0 and scene.reading.words[index - 1].norm in self._negators

    def _target(self, scene: Scene, index: int, agents: tuple[str, ...], mode: str) -> Argument | None:
        """Return who is described or whose deed it is: the first named behind a verb who is none of its subjects."""
        # A pronoun means the deed itself more often than whoever did it.
        slot = self._in if mode == self._in else BARE
        for argument in scene.arguments_from(index + 1).found:
            fits = argument.slot.partition("/")[0] == slot and argument.entity not in agents
            if fits and argument.kind is not EntityKind.EVENT:
                return argument if self._actors[argument.entity].kind in ACTORS else None
        return None

    def _predicate(self, scene: Scene, start: int, mode: str) -> tuple[str, int] | None:
        """Return the first relation that the words behind whoever is described tell, and where it stands."""
        reading, nodes = scene.reading, scene.nodes
        begun = mode != self._by
        for index in range(start, min(start + _REACH, len(nodes))):
            node, word = nodes[index], reading.words[index]
            if not begun and self._is_by(node, word):
                begun = True
                continue
            if node.tag in _ENDS:
                return None
            if node.tag in _MARKS:
                continue
            stem = word.norm
            if not begun:
                cut = next((cut for cut in word.cuts if cut.preposition == self._by and not cut.conjunction), None)
                if cut is None:
                    continue
                begun, stem = True, cut.stem
            elif mode != self._by and word.bears_article:
                continue
            if node.conjunction:
                stem = stem[1:]
            bare = stem.removeprefix(self._words.article)
            relation = self._words.word(bare, reading.norm_at(index + 1), reading.norm_at(index + 2))
            if relation is not None:
                return relation, index
        return None

    def _is_by(self, node: Node, word: Word) -> bool:
        """Tell whether a word is "by" alone, not written onto the one behind it."""
        return word.norm == self._by or (node.tag is tags.PREPOSITION and node.preposition == self._by)
