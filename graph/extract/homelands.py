"""Finds which state "his country" means: that of whoever is spoken of, with or without a name."""

from __future__ import annotations

from ..model import EntityKind
from .armies import forces_of
from .chunks import Chunk, Reading
from .clauses import Node, Tag, node_of
from .rules import Rules
from .subjects import Discourse
from .words import Word

# How far behind an unnamed person the adjective of his state stands: "a high American official".
_REACH = 3


class HomelandFinder:
    """Lets "his country" stand for a state; `forms` are all words that may be one of the language's words for it."""

    def __init__(self, rules: Rules, forms: frozenset[str]) -> None:
        self._homeland = rules.grammar.language.homeland
        self._people = rules.grammar.keys.people
        self._armies = rules.grammar.keys.armies
        self._actors = rules.actors
        self._collector = rules.collector
        self._forms = forms
        pronouns = rules.grammar.language.morphemes.attached_pronouns
        self._hers = tuple(ending for ending, told in pronouns.items() if told[1] == "f" and told[2] == "s")

    def mark(self, reading: Reading, nodes: list[Node], discourse: Discourse) -> None:
        """Turn each "his country" of a sentence into a chunk that names the state, where it can be told."""
        if self._forms.isdisjoint(reading.norms):
            return
        for index, word in enumerate(reading.words):
            if word.norm not in self._forms or nodes[index].tag is Tag.CHUNK:
                continue
            cut = next((cut for cut in word.cuts if cut.stem in self._homeland), None)
            if cut is None:
                continue
            # "the forces of his country": the forces are no unnamed people whose country it may be.
            start = index - (index > 0 and reading.words[index - 1].base in self._armies)
            told, country = self._of_teller(reading.words, nodes, start)
            if not told:
                country = self._in_mind(reading.words, nodes[:start], discourse, hers=cut.stem.endswith(self._hers))
            if country is not None and not self._name_forces(reading.words, nodes, index, country):
                state = self._collector.entity_of(country)
                chunk = Chunk(index, index + 1, EntityKind.COUNTRY, word.token.text, cut, entity=state, country=country)
                nodes[index] = node_of(chunk)

    def _name_forces(self, words: tuple[Word, ...], nodes: list[Node], index: int, country: str) -> bool:
        """Let "the forces of his country" be the army of it that the article speaks of elsewhere."""
        if not index or nodes[index - 1].tag not in (Tag.NOUN, Tag.OTHER):
            return False
        word = words[index - 1]
        cut = next((cut for cut in word.cuts if cut.base in self._armies and not cut.definite), None)
        forces = forces_of(self._actors, country, self._armies) if cut is not None else None
        if cut is None or forces is None:
            return False
        chunk = Chunk(index - 1, index + 1, forces.kind, word.token.text, cut, entity=forces.id, country=country)
        nodes[index - 1], nodes[index] = node_of(chunk), node_of(chunk)
        return True

    def _of_teller(self, words: tuple[Word, ...], nodes: list[Node], index: int) -> tuple[bool, str | None]:
        """Tell whether somebody named says what begins with a word ("X told Y that his country"), and his country."""
        end = index
        for verb in range(index - 1, -1, -1) if nodes[index - 1].tag is Tag.SUBORDINATOR else ():
            if nodes[verb].tag is Tag.STOP or (nodes[verb].tag is Tag.VERB and nodes[verb - 1].tag is Tag.RELATIVE):
                break
            if nodes[verb].tag is not Tag.VERB:
                continue
            for position in range(verb + 1, end):
                chunk = nodes[position].chunk
                if chunk is None and self._is_unnamed(words[position]):
                    return False, None
                if chunk is not None and chunk.kind is EntityKind.PERSON and not chunk.preposition:
                    return True, self._of_person(chunk)
            if not nodes[verb].conjunction:
                break
            end = verb
        return False, None

    def _in_mind(self, words: tuple[Word, ...], before: list[Node], discourse: Discourse, *, hers: bool) -> str | None:
        """Return the country of the last person before a word who has one, else of whoever spoke or acted last.

        "Her country" is that of a woman where one is spoken of.
        """
        women = hers and any(node.chunk is not None and self._is_woman(node.chunk) for node in before)
        for index in range(len(before) - 1, -1, -1):
            chunk = before[index].chunk
            if chunk is not None and chunk.start == index and chunk.kind is EntityKind.PERSON:
                if women and not self._is_woman(chunk):
                    continue
                # "his country" is nobody's of whom he meets: "in his meeting with representatives of the embassy of X".
                met = not chunk.entity and (chunk.crowd or chunk.plural)
                country = None if met else self._of_person(chunk)
                if country is not None:
                    return country
            elif chunk is None and self._is_unnamed(words[index]):
                # Of an unnamed person nothing else is known.
                return next((node.country for node in before[index + 1 : index + 1 + _REACH] if node.country), None)
        for entity in (discourse.speaker, *reversed(discourse.subjects)):
            if entity and self._actors[entity].country:
                return self._actors[entity].country
        return None

    def _is_unnamed(self, word: Word) -> bool:
        """Tell whether a word means a person without a name."""
        return any(cut.key in self._people for cut in word.cuts)

    def _is_woman(self, person: Chunk) -> bool:
        return person.kind is EntityKind.PERSON and bool(person.entity) and self._actors[person.entity or ""].feminine

    def _of_person(self, person: Chunk) -> str | None:
        """Return the state of a person, else the one that he holds an office in or at a body of."""
        if person.entity:
            actor = self._actors[person.entity]
            held = (self._actors[place].state for _, place, _ in actor.offices if place)
            return actor.country or next((state for state in held if state), None)
        for office in person.offices:
            body = office.target.entity if office.target is not None else None
            state = office.country or (self._actors[body].state if body else None)
            if state is not None:
                return state
        return person.country
