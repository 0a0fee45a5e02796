"""Finds whom a pronoun written onto a verb or noun stands for: by gender and number, the last spoken of first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..model import EntityKind
from ..morphology.forms import Pronoun, VerbAnalysis
from ..resolve.actors import Actor
from .arguments import BARE, OWNER, PRONOUN, Argument
from .chunks import Chunk
from .clauses import CLAUSE_ENDS, PHRASE_ENDS, Node, Tag
from .noun_frames import relations_of_noun
from .openings import OpeningFinder
from .relations import ACTORS, SYMMETRIC
from .scene import Scene
from .subjects import Discourse, Subject, SubjectFinder, both_of
from .word_keys import WordKeys

_POSSESSED = 10
_FIGHTING = frozenset({"attacked", "fights"})
# The most words of an object between a verb and a preposition with a pronoun.
_OBJECT = 3
_NOMINAL = frozenset({Tag.NOUN, Tag.OTHER, Tag.NATIONALITY})
_FIRST_WORDS, _NEAR, _TWO = 4, 16, 2


class PronounFinder:
    """Resolves pronouns against the actors of a document."""

    def __init__(
        self,
        actors: Mapping[str, Actor],
        subjects: SubjectFinder,
        openings: OpeningFinder,
        keys: WordKeys,
        whom_verbs: frozenset[str],
    ) -> None:
        self._prepositions, self._borne = keys.pronominals, keys.borne
        self._actors = actors
        self._subjects = subjects
        self._openings = openings
        self._whom_verbs = whom_verbs

    def attached(
        self, analyses: tuple[VerbAnalysis, ...], scene: Scene, index: int, agent: Subject | None
    ) -> list[list[Argument]]:
        """Return the object that a pronoun on a verb stands for, as the only group, or nothing."""
        pronoun = next((analysis.pronoun for analysis in analyses if analysis.pronoun is not None), None)
        if pronoun is None or pronoun.person != 3:
            own = self._side_of_speaker(scene) if pronoun is not None and pronoun.person == 1 else None
            return [[replace(own, slot=BARE)]] if own is not None else []
        if scene.nodes[index].pair:
            return [list(both_of(scene.nodes, index, BARE, PRONOUN))]
        taken = set(agent.entities) if agent is not None else set()
        entity = self._antecedent(pronoun, scene.discourse, taken) or self._later(pronoun, scene.nodes, taken)
        if entity is None:
            return []
        return [[self._meant(BARE, entity)]]

    def borne(self, scene: Scene, index: int, agent: Subject | None) -> list[list[Argument]]:
        """Return whom a pronoun right behind a word means that stands alone: "congratulating him"."""
        pronoun = self._borne.get(scene.reading.norm_at(index + 1))
        taken = set(agent.entities) if agent is not None else set()
        entity = self._antecedent(pronoun, scene.discourse, taken) if pronoun is not None else None
        if entity is None:
            return []
        return [[self._meant(BARE, entity)]]

    def governed(self, scene: Scene, index: int, agent: Subject | None) -> Argument | None:
        """Return whom a pronoun after a preposition stands for: "discussed with him"; the verb is at `index`."""
        places = [index + 1]
        if agent is not None and agent.place == "after" and agent.arguments:
            places.append(agent.arguments[-1].end)
        places.append(self._behind_object(scene, places[-1]))
        for place in places:
            word = scene.reading.norm_at(place)
            if word not in self._prepositions or scene.nodes[place].tag is Tag.CHUNK:
                continue
            preposition, pronoun = self._prepositions[word]
            described = self._subjects.described(scene.reading, scene.nodes, index)
            own = described is not None and agent is not None and not set(agent.entities).isdisjoint(described.entities)
            if described is not None and not own:
                return replace(described.arguments[0], slot=preposition) if described.arguments else None
            entity = self._antecedent(pronoun, scene.discourse, set(agent.entities) if agent is not None else set())
            if entity is not None:
                return self._meant(preposition, entity)
        return None

    def _behind_object(self, scene: Scene, index: int) -> int:
        """Return where the words of an object end that begin at an index: "cut its diplomatic ties [with it]"."""
        end = index
        while end < min(len(scene.nodes), index + _OBJECT) and scene.nodes[end].tag in _NOMINAL:
            if scene.nodes[end].preposition or scene.nodes[end].conjunction:
                break
            end += 1
        return end

    def owners(self, pronoun: Pronoun, scene: Scene, index: int) -> list[Argument]:
        """Return whose a noun with a pronoun is: "his visit", "the visit of them both"."""
        if scene.nodes[index].pair:
            return list(both_of(scene.nodes, index, "of", OWNER))
        owner = self.owner(pronoun, scene, index)
        if owner is None:
            return []
        listed = _listed(scene, index) if owner.position < 0 and pronoun.gender == "f" and pronoun.number == "s" else []
        noun = scene.nodes[index].noun
        mutual = noun is not None and not SYMMETRIC.isdisjoint(relations_of_noun(noun))
        if listed and owner.entity in [chunk.entity for chunk in listed[-1 if mutual else 0 :]]:
            # What stands for many states is a feminine singular: "the regimes in X, Y and Z announced its withdrawal".
            return [replace(owner, entity=chunk.entity or "", kind=chunk.kind) for chunk in listed]
        return [owner]

    def owner(self, pronoun: Pronoun, scene: Scene, index: int) -> Argument | None:
        """Return the one whose a noun with a pronoun is."""
        opening = self._openings.subject(scene, index) if index <= _FIRST_WORDS else None
        if opening is not None and len(opening.entities) == 1 and self.agrees(pronoun, opening.entities[0]):
            # "In his speech, X said": whom the pronoun means is named behind it.
            return self._owning(opening.entities[0])
        addressed = self._addressed(pronoun, scene, index)
        if addressed is not None:
            return addressed
        doer = _doer(scene, index)
        if doer is not None and doer.entity and self.agrees(pronoun, doer.entity):
            return Argument("of", doer.entity, doer.kind, doer.start, doer.end, 97)
        topic = _topic(scene, index) or _possessor(scene, index)
        if topic is not None and topic.entity and self.agrees(pronoun, topic.entity):
            return Argument("of", topic.entity, topic.kind, topic.start, topic.end, 97)
        here = self._in_sentence(pronoun, scene, index)
        if here is not None:
            return self._owning(here)
        for subject in scene.discourse.subjects:
            if self.agrees(pronoun, subject):
                return self._owning(subject)
        if index <= _FIRST_WORDS:
            chunks = (node.chunk for node in scene.nodes[index:] if node.chunk is not None)
            later = next(
                (chunk for chunk in chunks if chunk.kind is EntityKind.PERSON or _follows_verb(scene, chunk)), None
            )
            if later is not None and later.entity and not later.preposition and self.agrees(pronoun, later.entity):
                return Argument("of", later.entity, later.kind, OWNER, OWNER, 97, commas=1)
        entity = self._antecedent(pronoun, scene.discourse, set())
        return self._owning(entity, commas=2) if entity else None

    def _addressed(self, pronoun: Pronoun, scene: Scene, index: int) -> Argument | None:
        """Return whom a verb blames or congratulates for what is his: "congratulated X on his victory"."""
        if not scene.nodes[index].preposition and (index == 0 or scene.nodes[index - 1].tag is not Tag.PREPOSITION):
            return None
        trigger = next((t for t in reversed(scene.triggers) if t.sort != "noun"), None)
        if trigger is None or index - trigger.index > _NEAR or trigger.rule.partition(":")[2] not in self._whom_verbs:
            return None
        if any(node.tag in PHRASE_ENDS for node in scene.nodes[trigger.index + 1 : index]):
            return None
        for fillings in trigger.fillings.values():
            for filling in fillings[:1]:
                if trigger.index < filling.object.position < index and self.agrees(pronoun, filling.object.entity):
                    return replace(filling.object, slot="of", position=OWNER, end=OWNER, group=97)
        return None

    def _in_sentence(self, pronoun: Pronoun, scene: Scene, index: int) -> str | None:
        """Return the person named last before "his" where the one in mind is not of this sentence."""
        named = [n.chunk for n in scene.nodes[:index] if n.tag is Tag.CHUNK and n.chunk is not None and n.chunk.entity]
        entities = {chunk.entity for chunk in named}
        if pronoun.number != "s" or not entities.isdisjoint(scene.discourse.subjects) or scene.clauses_of(index):
            return None
        people = (chunk.entity for chunk in reversed(named) if chunk.kind is EntityKind.PERSON)
        return next((entity for entity in people if entity and self.agrees(pronoun, entity)), None)

    def speaker(self, scene: Scene) -> Argument | None:
        """Return whose a noun with a pronoun of the first person is: "our support"."""
        speaker = scene.discourse.speaker
        return self._owning(speaker) if speaker else None

    def other(self, scene: Scene, pronoun: Pronoun, agent: Subject) -> Argument | None:
        """Return whom a pronoun means that the subject of its clause cannot be: "he refused her proposal"."""
        if any(self.agrees(pronoun, entity) for entity in agent.entities):
            return None
        entity = self._antecedent(pronoun, scene.discourse, set(agent.entities))
        return self._meant(BARE, entity, through=True) if entity is not None else None

    def _side_of_speaker(self, scene: Scene) -> Argument | None:
        """Return whom "us" means: the state for which somebody speaks, else the body that speaks."""
        speaker = self._actors[scene.discourse.speaker] if scene.discourse.speaker else None
        if speaker is None or (speaker.kind is EntityKind.PERSON and not speaker.country):
            return None
        person = speaker.kind is EntityKind.PERSON and speaker.country
        side = self._actors[scene.collector.entity_of(speaker.country)] if person and speaker.country else speaker
        return Argument(BARE, side.id, side.kind, PRONOUN, PRONOUN, 99, commas=1)

    def _meant(self, slot: str, entity: str, *, through: bool = False) -> Argument:
        """Return whom a pronoun stands for as what is done to him."""
        return Argument(slot, entity, self._actors[entity].kind, PRONOUN, PRONOUN, 99, through=through, commas=2)

    def _owning(self, entity: str, *, commas: int = 1) -> Argument:
        """Return whom a pronoun stands for as whose a noun is."""
        return Argument("of", entity, self._actors[entity].kind, OWNER, OWNER, 97, commas=commas)

    def _later(self, pronoun: Pronoun, nodes: list[Node], taken: set[str]) -> str | None:
        """Return the first actor of the main clause, for a pronoun in the clause before it."""
        comma = next((i for i, node in enumerate(nodes) if node.tag is Tag.COMMA), len(nodes))
        for node in nodes[comma:]:
            chunk = node.chunk
            if chunk is None or not chunk.entity or chunk.preposition or chunk.entity in taken:
                continue
            if self.agrees(pronoun, chunk.entity):
                return chunk.entity
        return None

    def _antecedent(self, pronoun: Pronoun, discourse: Discourse, taken: set[str]) -> str | None:
        if pronoun.number == "d":
            return None
        fitting = (e for e in reversed(discourse.seen) if e not in taken and self._may_be(pronoun, e))
        first = next(fitting, None)
        if first is None or pronoun.gender != "m" or self._actors[first].kind is EntityKind.PERSON:
            return first
        # "He" is a man rather than the body or state that was named last.
        return next((e for e in fitting if self._actors[e].kind is EntityKind.PERSON), first)

    def _may_be(self, pronoun: Pronoun, entity: str) -> bool:
        actor = self._actors[entity]
        if actor.kind not in ACTORS or (actor.known is not None and actor.known.domains):
            # Outlets are told things, and nothing is told of them.
            return False
        _, plural = self._subjects.gender(entity)
        return (plural or pronoun.number != "p") and self.agrees(pronoun, entity)

    def agrees(self, pronoun: Pronoun, entity: str) -> bool:
        """Tell whether a pronoun may stand for somebody by his gender."""
        gender, _ = self._subjects.gender(entity)
        return pronoun.gender is None or gender is None or gender == pronoun.gender


def _topic(scene: Scene, index: int) -> Chunk | None:
    """Return whom a clause is about whose deed stands right behind him: "that X by his killing of Y has"."""
    chunk = scene.nodes[index - 1].chunk if index and scene.nodes[index].preposition else None
    if chunk is None or chunk.preposition or chunk.start == 0:
        return None
    return chunk if scene.nodes[chunk.start - 1].tag is Tag.SUBORDINATOR else None


def _possessor(scene: Scene, index: int) -> Chunk | None:
    """Return whose deed goes on with a fight or attack of his: "the right of X to defend itself in its war on Y"."""
    noun = scene.nodes[index].noun
    if noun is None or _FIGHTING.isdisjoint(relations_of_noun(noun)):
        return None
    for position in range(index - 1, max(-1, index - _POSSESSED), -1):
        node = scene.nodes[position]
        if node.tag in CLAUSE_ENDS:
            return None
        chunk = node.chunk
        if chunk is not None and chunk.start == position and chunk.entity and chunk.kind in ACTORS:
            if chunk.preposition or scene.nodes[position - 1].tag not in (Tag.NOUN, Tag.OTHER) or position == 0:
                return None
            return None if scene.reading.words[position - 1].bears_article else chunk
    return None


def _follows_verb(scene: Scene, chunk: Chunk) -> bool:
    """Tell whether a state or body stands right behind a verb: "in its war with Y, X recognised"."""
    return chunk.kind in ACTORS and chunk.start > 0 and scene.nodes[chunk.start - 1].tag is Tag.VERB


def _doer(scene: Scene, index: int) -> Chunk | None:
    """Return who does what an unlisted verb before him tells: "and X completed its withdrawal"."""
    chunk = scene.nodes[index - 1].chunk if index else None
    if chunk is None or chunk.preposition or chunk.conjunction or not chunk.start or scene.nodes[index].preposition:
        return None
    verb = chunk.start - 1
    opens = verb == 0 or scene.nodes[verb - 1].tag in (Tag.COMMA, Tag.STOP, Tag.SUBORDINATOR)
    return chunk if opens and scene.nodes[verb].tag is Tag.OTHER else None


def _listed(scene: Scene, index: int) -> list[Chunk]:
    """Return the three and more states that were listed last before a word."""
    found: list[Chunk] = []
    for node in reversed(scene.nodes[:index]):
        chunk = node.chunk
        if chunk is None:
            if found:
                break
            continue
        if found and chunk is found[-1]:
            continue
        if chunk.kind is not EntityKind.COUNTRY or not chunk.entity or (found and not found[-1].conjunction):
            break
        found.append(chunk)
    return found[::-1] if len(found) > _TWO else []
