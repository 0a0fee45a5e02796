"""Finds who does what a verb says: before it, after it, or left out and carried over from the clause before.

Agreement in gender and number decides where word order does not. The state lives for one segment of a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import EntityKind
from ..morphology.conjugate import Aspect, Voice
from ..morphology.forms import VerbAnalysis
from ..resolve.actors import Actor
from ..text.fold import loosen, normalize
from . import tags
from .arguments import Argument
from .chunks import Reading
from .clauses import Node, Tag
from .collector import Collector
from .doers import doer_of
from .grammar import Grammar
from .topics import TopicFinder, argument_of, members_of
from .verb_frames import bears_pronoun

# The place of a subject of the first person.
SPEAKER = "speaker"
_PARENTHESIS, _RELATIVE_ASIDE = 10, 24
# What may stand between "is" and the words for what somebody is.
_DESCRIBING = frozenset({Tag.OTHER, Tag.ADVERB, Tag.PREPOSITION, Tag.NATIONALITY, Tag.PARTICIPLE})
# What may stand between a subject and its verb.
_PASSED = frozenset({Tag.PARTICLE, Tag.ADVERB, Tag.PRONOUN, Tag.QUOTE})
_THINGS = frozenset({EntityKind.WEAPON, EntityKind.AGREEMENT, EntityKind.EVENT})


@dataclass(slots=True)
class Discourse:
    """What a reader keeps in mind: the last subjects, the last two together, speaker, actors seen, the last request."""

    subjects: list[str] = field(default_factory=list)
    two: tuple[str, ...] = ()
    # Who asked or offered something last, whom, and where the sentence stands.
    asked: tuple[str, str, int] | None = None
    speaker: str | None = None
    # The state that each striker was last told to have struck.
    struck: dict[str, str] = field(default_factory=dict)
    # Who struck a state or what is a state's, by the key of the state.
    strikers: dict[str, str] = field(default_factory=dict)
    # Where each was last told to have forces.
    deployed: dict[str, str] = field(default_factory=dict)
    # Who did what was told last of each relation, and where the sentence stands; the latest relation last.
    done: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    # Whether the sentence before ended with what the speaker said.
    told: bool = False
    # How often each was seen, the latest last: taking an actor out of a list would cost a look at all of it.
    seen: dict[str, int] = field(default_factory=dict)

    def note(self, subjects: list[str]) -> None:
        """Remember the subjects of a clause."""
        self.subjects = list(subjects) or self.subjects
        for subject in subjects:
            self.see(subject)

    def see(self, entity: str) -> None:
        """Remember an actor as the latest seen."""
        self.seen[entity] = self.seen.pop(entity, 0) + 1


@dataclass(slots=True, unsafe_hash=True)
class Subject:
    """Entities that do what a verb says; `sure` falls where none is named there. Like Argument never changed."""

    entities: tuple[str, ...]
    sure: float
    place: str
    arguments: tuple[Argument, ...] = ()


class SubjectFinder:
    """Finds the agent of a verb."""

    def __init__(
        self, actors: Mapping[str, Actor], grammar: Grammar, collector: Collector, resumptives: frozenset[str]
    ) -> None:
        self._actors = actors
        self._masculine_countries = grammar.masculine_countries
        self._morphemes = grammar.language.morphemes
        self._feminine_head = loosen(self._morphemes.feminine)
        self._bodies = grammar.keys.bodies
        self._many = self._morphemes.broken_plurals
        self._people_endings = self._morphemes.people_endings
        self._feminine_endings = (self._morphemes.feminine, self._morphemes.feminine_plural)
        self._collector = collector
        self._resumptives = resumptives
        self._genders: dict[str, tuple[str | None, bool]] = {}
        self._both: dict[str, bool] = {}
        self._topics = TopicFinder(self._morphemes, collector)

    def before(self, reading: Reading, nodes: list[Node], verb: int) -> Subject | None:
        """Return the subject that stands before the verb, or None; an empty one where somebody unnamed stands there."""
        if nodes[verb].conjunction:
            # A verb with a conjunction opens a clause: what stands before it belongs to the one before.
            return None
        index = self._preceding(reading, nodes, verb)
        if index < 0:
            return None
        tag = nodes[index].tag
        if nodes[index].two and not nodes[index].preposition and nodes[index - 1].tag is not tags.PREPOSITION:
            return Subject(tuple([entity for entity, _ in nodes[index].pair]), 0.75, "before", both_of(nodes, index))
        if tag is tags.RELATIVE:
            whom = self._antecedent(nodes, index)
            return None if self._is_resumed(reading, verb) and not self._acts_on_another(nodes, whom, verb) else whom
        if tag in (tags.NATIONALITY, tags.OTHER) and (noun := self._last_noun(nodes, index)) >= 0:
            # "in an Israeli raid that hit X", where Arabic has no "that".
            deed = self.doer(nodes, noun, "topic")
            if deed.entities:
                return deed
        if tag is tags.COMMA:
            index = self._before_parenthesis(nodes, index)
        subject = None
        if index >= 0 and nodes[index].tag is tags.CHUNK:
            subject = self._chunk_subject(reading, nodes, index)
            if subject is not None and (subject.entities or tag is not tags.COMMA):
                return subject
        # Between commas an apposition may stand: "X, a member of the alliance, has".
        topic = self._topic(reading, nodes, verb)
        return topic if topic is not None and (topic.entities or subject is None) else subject

    def _preceding(self, reading: Reading, nodes: list[Node], verb: int) -> int:
        """Return the word before a verb and what may stand between: "X has", "X was", "X, on Sunday"; -1 if none is."""
        index, passed = verb - 1, self._morphemes.auxiliaries
        while index >= 0 and (nodes[index].tag in _PASSED or reading.words[index].norm in passed):
            index -= 1
        return index

    def is_aside(self, reading: Reading, nodes: list[Node], verb: int) -> bool:
        """Tell whether a verb only describes somebody or something, so that the clause around it keeps its subject."""
        index = self._preceding(reading, nodes, verb)
        if index < 0 or nodes[index].tag is not tags.RELATIVE:
            return False
        # "the time in which X does" goes on with X, "the efforts that X makes" does not.
        return not self._is_resumed(reading, verb) or reading.words[verb + 1].norm[0] == self._morphemes.by

    def described(self, reading: Reading, nodes: list[Node], verb: int) -> Subject | None:
        """Return what the relative clause of a verb describes, empty where it is unnamed; None for other clauses."""
        index = self._preceding(reading, nodes, verb)
        if index < 0 or nodes[verb].conjunction:
            return None
        if nodes[index].tag is tags.RELATIVE:
            return self._antecedent(nodes, index)
        if index == verb - 1 - (nodes[verb - 1].tag is tags.QUOTE) and self._is_thing(nodes, index, verb):
            return self._antecedent(nodes, verb)
        if not self._is_bare_antecedent(reading, nodes, verb - 1):
            return None
        copula = self._copula(nodes, verb - 1)
        named = self._named_before(nodes, copula) if copula >= 0 and self._is_body(reading, copula + 1) else None
        return named or Subject((), 0.0, "relative")

    def _is_body(self, reading: Reading, index: int) -> bool:
        """Tell whether a noun says that somebody is a body: "X, which is a group that Y founded"."""
        return reading.words[index].key in self._bodies

    def _is_thing(self, nodes: list[Node], index: int, verb: int) -> bool:
        """Tell whether arms, a deal or an event stand before a verb with a pronoun: "arms [that] X sent"."""
        chunk = nodes[index].chunk
        return chunk is not None and chunk.kind in _THINGS and bears_pronoun(nodes[verb].verbs)

    def _is_bare_antecedent(self, reading: Reading, nodes: list[Node], index: int) -> bool:
        """Tell whether a clause describes a word without "that": "an attack [that] X launched", "what X calls"."""
        word = reading.words[index]
        if word.norm.endswith(self._morphemes.what) and nodes[index].tag not in (tags.CHUNK, tags.SUBORDINATOR):
            return True
        return nodes[index].tag in (tags.NOUN, tags.OTHER, tags.NATIONALITY) and not word.bears_article

    def _acts_on_another(self, nodes: list[Node], antecedent: Subject, verb: int) -> bool:
        """Tell whether a person does what a clause says to whom its pronoun means: "X, who sent him a letter"."""
        person = [argument.kind for argument in antecedent.arguments] == [EntityKind.PERSON]
        noun = nodes[verb + 2].noun if person and verb + 2 < len(nodes) else None
        return noun is not None and not (noun.definite or noun.preposition or noun.conjunction)

    def _is_resumed(self, reading: Reading, verb: int) -> bool:
        """Tell whether a pronoun after the verb of a relative clause stands for its antecedent: "in which X met"."""
        return verb + 1 < len(reading.words) and reading.words[verb + 1].norm in self._resumptives

    def _topic(self, reading: Reading, nodes: list[Node], verb: int) -> Subject | None:
        topic = self._topics.find(reading, nodes, verb)
        if topic is None:
            return None
        if not topic.arguments:
            return self.doer(nodes, topic.start, "topic")
        return Subject(tuple([each.entity for each in topic.arguments]), 0.75, "topic", topic.arguments)

    def doer(self, nodes: list[Node], noun: int, place: str) -> Subject:
        """Return whoever is behind the deed that a noun names, as the subject of its verb; nobody where unnamed."""
        doer = doer_of(nodes, noun, self._collector)
        return Subject((doer.entity,), 0.75, "deed", (doer,)) if doer is not None else Subject((), 0.0, place)

    def _before_parenthesis(self, nodes: list[Node], comma: int) -> int:
        """Return the index of a chunk before ", on Sunday," or before a comma that closes a title."""
        opening = self._relative_aside(nodes, comma)
        if opening:
            return opening - 1
        if comma > 0 and nodes[comma - 1].tag is tags.CHUNK:
            return comma - 1
        for index in range(comma - 1, max(-1, comma - _PARENTHESIS), -1):
            if nodes[index].tag is tags.COMMA and index > 0 and nodes[index - 1].tag is tags.CHUNK:
                return index - 1
            if nodes[index].tag in (tags.VERB, tags.STOP):
                break
        return -1

    def _relative_aside(self, nodes: list[Node], comma: int) -> int:
        """Return where the comma stands that opens a relative clause which another closes: "X, who met Y, said"."""
        for index in range(comma - 1, max(0, comma - _RELATIVE_ASIDE), -1):
            if nodes[index].tag in (tags.COMMA, tags.STOP):
                opened = nodes[index].tag is tags.COMMA and nodes[index + 1].tag is tags.RELATIVE
                return index if opened and not nodes[index + 1].conjunction else 0
        return 0

    def _antecedent(self, nodes: list[Node], relative: int) -> Subject:
        index = relative - 1
        while index >= 0 and nodes[index].tag in (tags.COMMA, tags.NATIONALITY, tags.QUOTE, tags.BRACKET):
            index -= 1
        chunk = nodes[index].chunk if index >= 0 else None
        if chunk is None:
            noun = self._last_noun(nodes, index)
            if noun >= 0:
                return self.doer(nodes, noun, "relative")
            copula = self._copula(nodes, index)
            among = copula >= 0 and nodes[copula + 1].tag is tags.PREPOSITION
            # "X is among the states that".
            return (self._named_before(nodes, copula) if among else None) or Subject((), 0.0, "relative")
        if chunk.entity is None:
            return Subject((), 0.0, "relative")
        several = members_of(nodes, chunk, relative)
        return Subject(tuple([each.entity for each in several]), 0.85, "relative", several)

    def _copula(self, nodes: list[Node], index: int) -> int:
        """Return the pronoun that says of somebody what stands up to a word: "X, and it is a group"; -1 where none."""
        first = max(-1, index - _PARENTHESIS)
        while index > first and nodes[index].tag in _DESCRIBING:
            index -= 1
        return index if index > max(first, 0) and nodes[index].tag is tags.PRONOUN else -1

    def _named_before(self, nodes: list[Node], pronoun: int) -> Subject | None:
        """Return whom a pronoun right behind him speaks of."""
        index = pronoun - 1 - (nodes[pronoun - 1].tag is tags.COMMA)
        chunk = nodes[index].chunk if index >= 0 else None
        while chunk is not None and chunk.preposition and chunk.start:
            chunk = nodes[chunk.start - 1].chunk
        if chunk is None or not chunk.entity:
            return None
        return Subject((chunk.entity,), 0.7, "relative", (argument_of(chunk),))

    def _last_noun(self, nodes: list[Node], index: int) -> int:
        """Return the event noun that the adjectives up to a word belong to, or -1."""
        while index >= 0 and nodes[index].tag in (tags.OTHER, tags.PARTICIPLE, tags.NATIONALITY):
            index -= 1
        return index if index >= 0 and nodes[index].tag is tags.NOUN else -1

    def _chunk_subject(self, reading: Reading, nodes: list[Node], index: int) -> Subject | None:
        entities: list[str] = []
        arguments: list[Argument] = []
        chunk = nodes[index].chunk
        while chunk is not None:
            if chunk.preposition:
                return None
            if chunk.entity:
                entities.insert(0, chunk.entity)
                arguments.insert(0, argument_of(chunk))
            before = chunk.start - 1
            if before < 0:
                break
            node = nodes[before]
            if chunk.conjunction == self._morphemes.and_ and node.tag is tags.CHUNK:
                chunk = node.chunk
                continue
            if node.tag is tags.PREPOSITION:
                return None
            if node.tag in (tags.NOUN, tags.OTHER) and not self._is_complete(reading, before):
                if not self._collector.is_transparent(reading.words[before].key):
                    return None if self._is_led(nodes, index, before) else Subject((), 0.0, "before")
                return Subject(tuple(entities), 0.6, "before", tuple(arguments)) if entities else None
            if node.tag is tags.VERB:
                return Subject(tuple(entities), 0.55, "before", tuple(arguments)) if entities else None
            break
        return Subject(tuple(entities), 0.9, "before", tuple(arguments)) if entities else Subject((), 0.0, "before")

    def _is_led(self, nodes: list[Node], chunk: int, noun: int) -> bool:
        """Tell whether nouns before a comma stand behind a preposition: "in the sessions of the forum of X, Y said"."""
        while noun > 0 and nodes[noun].tag in (tags.NOUN, tags.OTHER) and not nodes[noun].preposition:
            noun -= 1
        led = nodes[noun].preposition or nodes[noun].tag is tags.PREPOSITION
        return bool(led) and chunk + 1 < len(nodes) and nodes[chunk + 1].tag is tags.COMMA

    def _is_complete(self, reading: Reading, index: int) -> bool:
        """A definite noun before a chunk does not govern it."""
        word = reading.words[index]
        return word.bears_article or word.key.endswith(self._morphemes.accusative)

    def dropped(self, analyses: tuple[VerbAnalysis, ...], discourse: Discourse) -> Subject | None:
        """Return who a verb without a subject speaks of, by agreement with those in mind."""
        first_person = any(analysis.form.person == 1 for analysis in analyses) and not any(
            analysis.form.person == 3 for analysis in analyses
        )
        if first_person:
            return Subject((discourse.speaker,), 0.6, SPEAKER) if discourse.speaker else None
        subjects = discourse.subjects
        # A participle has no person; its accusative looks like a dual.
        numbers = {a.form.number for a in analyses if a.form.person in (3, None)}
        if len(subjects) < 2 and discourse.two and numbers == {"d"}:
            # "X met Y, and the two signed".
            return Subject(discourse.two, 0.65, "dropped")
        if "s" not in numbers and len(subjects) > 1:
            return Subject(tuple(subjects), 0.65, "dropped")
        for subject in reversed(subjects):
            if self.agrees(analyses, subject, strict=True):
                return Subject((subject,), 0.65, "dropped")
        return None

    def fits(self, analyses: tuple[VerbAnalysis, ...], subject: Subject) -> bool:
        """Tell whether a verb agrees with a subject; with several it may be dual or plural whatever their gender."""
        several = len(subject.entities) > 1 and any(a.form.number != "s" for a in analyses)
        return not subject.entities or several or any(self.agrees(analyses, entity) for entity in subject.entities)

    def agrees(self, analyses: tuple[VerbAnalysis, ...], entity: str, *, strict: bool = False) -> bool:
        """Tell whether a third-person form fits an actor's gender (and, where strict, its number)."""
        gender, plural = self.gender(entity)
        if not strict and self._goes_by_both(entity):
            gender = None
        for analysis in analyses:
            form = analysis.form
            if form.person not in (3, None):
                continue
            if strict and not plural and form.number in ("d", "p") and form.aspect is not Aspect.PARTICIPLE:
                continue
            if form.gender is None or gender is None or form.gender == gender:
                return True
            if plural and form.gender == "f" and form.number == "s":
                return True
        return False

    def gender(self, entity: str) -> tuple[str | None, bool]:
        """Return an actor's grammatical gender ("m", "f" or None where unknown) and whether it is plural."""
        if entity not in self._genders:
            self._genders[entity] = self._gender_of(self._actors[entity])
        return self._genders[entity]

    def _gender_of(self, actor: Actor) -> tuple[str | None, bool]:
        if actor.kind is EntityKind.PERSON:
            return ("f" if actor.feminine else "m"), actor.plural
        if actor.kind is EntityKind.COUNTRY:
            masculine = actor.known is not None and actor.known.key in self._masculine_countries
            return (None if masculine else "f"), False
        if self._is_feminine(actor.name) or actor.name.partition(" ")[0] in self._many:
            return "f", False
        if actor.name.partition(" ")[0].endswith(self._people_endings):
            return None, False
        own = actor.head is not None and loosen(actor.name.partition(" ")[0]) != actor.head
        if own and actor.head and actor.head.endswith(self._feminine_head):
            # A name of its own follows the noun that it stands for: "[the movement] Hamas".
            return "f", False
        return (None if actor.kind is EntityKind.PLACE else "m" if actor.head else None), False

    def _goes_by_both(self, entity: str) -> bool:
        """Tell whether a body has names of either gender: "the army", "the forces of"."""
        actor = self._actors[entity]
        if actor.kind is not EntityKind.ORGANIZATION:
            return False
        both = self._both.get(entity)
        if both is None:
            both = self._both[entity] = self._has_both(actor)
        return both

    def _has_both(self, actor: Actor) -> bool:
        return len({self._is_feminine(name) for name in (actor.name, *actor.names.values())}) > 1

    def _is_feminine(self, name: str) -> bool:
        first, second = (*normalize(name).split(), "", "")[:2]
        article = self._morphemes.article
        # "the nations, united": a plural of things has an adjective in the feminine.
        united = first.startswith(article) and second.startswith(article) and second.endswith(self._morphemes.feminine)
        return united or first.endswith(self._feminine_endings)


def both_of(nodes: list[Node], index: int, slot: str = "agent", position: int | None = None) -> tuple[Argument, ...]:
    """Return the two whom a word or its pronoun means, as arguments of one group."""
    at = index if position is None else position
    return tuple([Argument(slot, entity, kind, at, at + 1, 99, commas=1) for entity, kind in nodes[index].pair])


def is_passive(analyses: tuple[VerbAnalysis, ...], marker_follows: bool) -> bool:
    """Tell whether a verb is to be read as passive: always so, or ambiguous with an agent phrase after it."""
    voices = {analysis.form.voice for analysis in analyses}
    return voices == {Voice.PASSIVE} or (Voice.PASSIVE in voices and marker_follows)
