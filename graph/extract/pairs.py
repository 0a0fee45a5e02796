"""Finds whom words for two mean: "the two countries", "both sides", "between them" are the two named together last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ..lang.morphemes import Morphemes
from ..lang.pair_words import EACH_OTHER, PairWords
from ..model import EntityKind
from ..resolve.actors import Actor
from .candidates import Trigger
from .chunks import Reading
from .clauses import Node, Tag
from .relations import ACTORS, SYMMETRIC
from .verb_frames import bears_pronoun

# Two actors, by their ids.
Pair = tuple[str, str]

_KEPT = 4
_TWO = 2


class PairFinder:
    """Marks the words for two in a sentence; `remembered` are the pairs of the sentences before, the last one last."""

    def __init__(
        self, words: PairWords, morphemes: Morphemes, actors: Mapping[str, Actor], country_of: Callable[[str], str]
    ) -> None:
        self._words = words
        self._morphemes = morphemes
        self._actors = actors
        self._country_of = country_of
        self._remembered: list[Pair] = []
        # The last three and more that were named together, the longest list of them.
        self._listed: tuple[str, ...] = ()

    def mark(self, reading: Reading, nodes: list[Node]) -> None:
        """Give each word for two, and each pronoun that may mean two, those whom it stands for."""
        words, forms = reading.words, self._words.forms
        group: list[str] = []
        states: dict[str, None] = {}
        end = -1
        for index, node in enumerate(nodes):
            chunk = node.chunk
            if chunk is None and node.country is not None:
                self._note_states(nodes, index)
            if self._listed and words[index].norm in self._words.many and not (chunk and chunk.entity):
                self._mark_many(reading, nodes, index)
            elif chunk is None or (chunk.entity is None and chunk.end == index + 1 and words[index].norm in forms):
                if node.noun is None and not node.verbs and words[index].norm not in forms:
                    continue
                two = (*states,) if len(states) == 2 else ()
                if self._remembered or two:
                    self._mark_word(reading, nodes, index, two)
            elif chunk.start == index:
                state = next((office.country for office in chunk.offices if office.country), None)
                if chunk.kind is EntityKind.COUNTRY and chunk.entity:
                    state = self._actors[chunk.entity].state
                if state is not None:
                    states[state] = None
                joined = node.conjunction == self._morphemes.and_ and end == index
                group = self._grown(group if joined else [], chunk.entity)
                end = chunk.end
                if len(group) > _TWO:
                    self._listed = (*group,)
                if len(group) == 2:
                    self._note((group[0], group[1]))
                elif len(group) == 3 and self._remembered[-1:] == [(group[0], group[1])]:
                    self._remembered.pop()

    def _note_states(self, nodes: list[Node], index: int) -> None:
        """Remember two states that adjectives name together: "the French-German border"."""
        node, before = nodes[index], nodes[index - 1] if index else None
        if before is None or not node.country or not before.country or node.conjunction:
            return
        if node.tag is Tag.NATIONALITY and before.tag is Tag.NATIONALITY:
            self._note((self._country_of(before.country), self._country_of(node.country)))

    def learn(self, triggers: Sequence[Trigger], nodes: Sequence[Node] = ()) -> None:
        """Remember between whom the deeds of a sentence were: who met are two sides from then on.

        Two people whom a word for two means are known already: the next "two sides" need not be them.
        """
        for trigger in triggers:
            # In the order of the frames: that of a set is another in each process.
            for relation, fillings in trigger.fillings.items():
                for filling in fillings[:1] if relation in SYMMETRIC else ():
                    place, people = filling.subject.position, filling.subject.kind is EntityKind.PERSON
                    if not (people and 0 <= place < len(nodes) and nodes[place].two):
                        self._note((filling.subject.entity, filling.object.entity))

    def _grown(self, group: list[str], entity: str | None) -> list[str]:
        if entity is None or self._actors[entity].kind not in ACTORS:
            return []
        if group and self._actors[group[0]].kind is not self._actors[entity].kind:
            return [entity]
        return [*group, entity]

    def _note(self, pair: Pair) -> None:
        if pair[0] == pair[1]:
            return
        if pair in self._remembered:
            self._remembered.remove(pair)
        self._remembered = [*self._remembered[-_KEPT:], pair]

    def _mark_word(self, reading: Reading, nodes: list[Node], index: int, states: tuple[str, ...]) -> None:
        """Mark a word for two, unless its adjectives tell who they are ("the Russian and the Iranian side").

        `states` are the two of which the sentence has spoken before the word, if they are two.
        """
        node, words = nodes[index], reading.words
        found = self._words.forms.get(words[index].norm)
        if found is None:
            if self._remembered and _means_two(node):
                nodes[index] = replace(node, pair=self._with_kinds(self._remembered[-1]))
            return
        sort, preposition, conjunction = found
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        if sort == EACH_OTHER and (following is None or words[index + 1].norm not in self._words.others):
            return
        if following is not None:
            norm = words[index + 1].norm
            # The same letters are the plural "countries", whose adjectives are feminine.
            plural = norm.startswith(self._morphemes.article) and norm.endswith(self._morphemes.feminine)
            named = following.tag is Tag.NATIONALITY or (following.chunk is not None and following.chunk.kind in ACTORS)
            if plural or named or _names_them(nodes, index + 2):
                return
        two = self._of_states(states) if sort == "states" and states else self._fitting(sort)
        if two is not None:
            nodes[index] = Node(
                Tag.OTHER, preposition=preposition, conjunction=conjunction, pair=self._with_kinds(two), two=True
            )

    def _mark_many(self, reading: Reading, nodes: list[Node], index: int) -> None:
        """Mark "the three states" and the like where as many were listed last, of the kind that the word means."""
        sort, preposition, conjunction = self._words.many[reading.words[index].norm]
        behind = reading.norm_at(index + 1)
        if self._words.counts.get(behind) != len(self._listed) or _names_them(nodes, index + 2):
            return
        group, actors = self._listed, [self._actors[entity] for entity in self._listed]
        if sort == "people" and any(actor.kind is not EntityKind.PERSON for actor in actors):
            return
        if sort == "states":
            group = self._of_states([actor.state for actor in actors if actor.state])
        if len({*group}) == len(self._listed):
            nodes[index] = Node(
                Tag.OTHER, preposition=preposition, conjunction=conjunction, pair=self._with_kinds(group), two=True
            )

    def _of_states(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self._country_of, keys))

    def _with_kinds(self, pair: tuple[str, ...]) -> tuple[tuple[str, EntityKind], ...]:
        return tuple((entity, self._actors[entity].kind) for entity in pair)

    def _fitting(self, sort: str) -> Pair | None:
        """Return the last pair that a word may mean: of people, of states, or of any two."""
        for pair in reversed(self._remembered):
            if sort in ("sides", EACH_OTHER):
                return pair
            one, other = (self._actors[entity] for entity in pair)
            if sort == "people" and one.kind is other.kind is EntityKind.PERSON:
                return pair
            if sort == "states" and one.country and other.country and one.country != other.country:
                return self._country_of(one.country), self._country_of(other.country)
        return None


def _names_them(nodes: list[Node], index: int) -> bool:
    """Tell whether the two are named behind an adjective: "the two neighbours X and Y"."""
    node = nodes[index] if index < len(nodes) else None
    return node is not None and node.tag is Tag.CHUNK and not node.preposition and nodes[index - 1].tag is Tag.OTHER


def _means_two(node: Node) -> bool:
    """Tell whether a pronoun for two is written onto a noun or verb."""
    if node.noun is not None:
        return node.noun.pronoun is not None and node.noun.pronoun.number == "d"
    return bears_pronoun(node.verbs) and any(a.pronoun is not None and a.pronoun.number == "d" for a in node.verbs)
