"""Reads the facts of a document's sentences: verbs, event nouns and participles, and who does and undergoes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..lang.predicates import Frame, LightRole, LightVerb, Modality, ModalVerb, NounEntry
from ..model import EntityKind, Status
from ..morphology.conjugate import Voice
from ..morphology.forms import NounAnalysis, Pronoun, VerbAnalysis
from ..resolve.linker import Actor
from ..text.fold import loosen, normalize
from .arguments import BARE, Argument, Arguments, Collector
from .candidates import Trigger
from .chunks import Chunk, Reading
from .clauses import Node, Tag, Tagger
from .frames import NATIONAL, Filling, FrameFiller
from .grammar import Grammar, frames_of, light_of, modal_of, speech_of
from .items import item_of
from .status import StatusReader
from .subjects import Discourse, Subject, SubjectFinder, is_passive

_AGENT = "agent"
_GOVERNOR_REACH = 9
_CLAUSE_SUBJECT = 0.6
_ADJECTIVES = 3
_OCCASIONS = frozenset({"met", "spokeWith", "visited", "negotiatesWith", "tookPartIn", "hosted", "signedAgreementWith"})


@dataclass(frozen=True, slots=True)
class Found:
    """A fact as the grammar finds it: entity ids, the relation, where its trigger stands and how sure it is."""

    subject: str
    relation: str
    object: str
    status: Status
    confidence: float
    reading: Reading
    trigger: int
    rule: str
    frame: Frame | None = None
    speaker: str | None = None
    item: str | None = None


@dataclass(slots=True)
class _Clause:
    """A verb that was read: its agent serves the nouns it governs."""

    index: int
    analyses: tuple[VerbAnalysis, ...]
    agent: Subject | None
    arguments: Arguments


class EventReader:
    """Reads the sentences of one document in order; `actors` are those that the linker found."""

    def __init__(self, grammar: Grammar, tagger: Tagger, actors: Mapping[str, Actor], collector: Collector) -> None:
        self._grammar = grammar
        self._morphemes = grammar.language.morphemes
        self._filler = FrameFiller(self._morphemes)
        self._tagger = tagger
        self._actors = actors
        self._collector = collector
        self._subjects = SubjectFinder(actors, grammar, collector)
        self._status = StatusReader(grammar)
        self._by_call = False
        self._nodes: list[Node] = []
        self.triggers: list[Trigger] = []

    def read(self, reading: Reading, discourse: Discourse) -> Iterator[Found]:
        """Yield the facts of a sentence; `discourse` is carried on to the next."""
        nodes = self._tagger.tag(reading)
        self._homelands(reading, nodes, discourse)
        self._nodes = nodes
        self.triggers = []
        clauses: list[_Clause] = []
        self._headline_speaker(reading, nodes, discourse)
        for index, node in enumerate(nodes):
            if node.tag is Tag.VERB:
                yield from self._verb(reading, nodes, index, discourse, clauses)
            elif node.noun is not None and node.tag in (Tag.NOUN, Tag.CHUNK):
                yield from self._noun(reading, nodes, index, discourse, clauses)
            elif node.tag is Tag.PREPOSITION and node.preposition == self._morphemes.on:
                yield from self._obligation(reading, nodes, index, discourse)
            elif node.tag is Tag.PARTICIPLE:
                yield from self._participle(reading, nodes, index, discourse)
            elif node.tag is Tag.CHUNK and node.chunk is not None and node.chunk.entity and index == node.chunk.start:
                discourse.see(node.chunk.entity)

    @property
    def nodes(self) -> list[Node]:
        """Return the tagged words of the sentence read last."""
        return self._nodes

    def _homelands(self, reading: Reading, nodes: list[Node], discourse: Discourse) -> None:
        """Let "his country" stand for the state of the person spoken of last."""
        for index, word in enumerate(reading.words):
            cut = next((cut for cut in word.cuts if cut.stem in self._grammar.language.homeland), None)
            if cut is None or nodes[index].tag is Tag.CHUNK:
                continue
            people = [
                n.chunk.entity for n in nodes[:index] if n.chunk is not None and n.chunk.kind is EntityKind.PERSON
            ]
            for entity in [*reversed(people), discourse.speaker, *reversed(discourse.subjects)]:
                country = self._actors[entity].country if entity else None
                if country:
                    state = self._collector.entity_of(country)
                    chunk = Chunk(
                        index, index + 1, EntityKind.COUNTRY, word.token.text, cut, entity=state, country=country
                    )
                    nodes[index] = Node(
                        Tag.CHUNK, chunk=chunk, preposition=cut.preposition, conjunction=cut.conjunction
                    )
                    break

    def _headline_speaker(self, reading: Reading, nodes: list[Node], discourse: Discourse) -> None:
        """Read "X: I discussed ..." as X speaking."""
        if nodes and nodes[0].tag is Tag.CHUNK and nodes[0].chunk is not None:
            chunk = nodes[0].chunk
            if chunk.end < len(nodes) and reading.words[chunk.end].norm == ":" and chunk.entity:
                discourse.speaker = chunk.entity
                discourse.note([chunk.entity])

    def _verb(
        self, reading: Reading, nodes: list[Node], index: int, discourse: Discourse, clauses: list[_Clause]
    ) -> Iterator[Found]:
        analyses = nodes[index].verbs
        arguments = self._collector.collect(reading, nodes, index + 1)
        before = self._subjects.before(reading, nodes, index)
        passive = is_passive(analyses, bool(arguments.groups(_AGENT)))
        agent, direct = self._agent(analyses, arguments, before, discourse, passive, self._goes_on(nodes, index))
        direct += self._attached(analyses, discourse, agent)
        if passive and agent is None:
            agent = self._by_deed(reading, nodes, index)
        slots = self._slots(arguments, agent, direct)
        clauses.append(_Clause(index, analyses, agent, arguments))
        status = self._status.read(reading, nodes, index)
        self._by_call = self._tells_a_call(nodes)
        if agent is not None and agent.entities:
            discourse.note(list(agent.entities))
        if status is not None:
            seen: set[int] = set()
            for analysis in analyses:
                for entry in frames_of(analysis.senses):
                    if id(entry) in seen:
                        continue
                    seen.add(id(entry))
                    yield from self._facts(
                        reading, index, entry.frames, slots, status, agent, f"verb:{entry.past}", discourse,
                        items=(nodes, arguments),
                    )  # fmt: skip
        yield from self._gathering(reading, nodes, index, arguments, status)
        if agent is not None and agent.entities and any(speech_of(a.senses) for a in analyses):
            discourse.speaker = agent.entities[0]

    def _by_deed(self, reading: Reading, nodes: list[Node], index: int) -> Subject | None:
        """Read "was killed in an American raid": the state of the deed is the agent."""
        for position in range(index + 1, min(index + 14, len(nodes))):
            node = nodes[position]
            if node.tag in (Tag.STOP, Tag.VERB, Tag.SUBORDINATOR, Tag.COMMA):
                return None
            if node.noun is None or not any(frame.relation == "attacked" for frame in node.noun.entry.frames):
                continue
            nationalities, _ = self._nationalities(reading, nodes, position + 1)
            if nationalities:
                return Subject((nationalities[0].entity,), 0.75, "deed", (nationalities[0],))
        return None

    def _tells_a_call(self, nodes: list[Node]) -> bool:
        """Tell whether a sentence speaks of a call and of no meeting: then those who discuss do so by phone."""
        relations = {node.noun.entry.frames[0].relation for node in nodes if node.noun is not None}
        return "spokeWith" in relations and not relations & {"met", "visited"}

    def _gathering(
        self, reading: Reading, nodes: list[Node], index: int, arguments: Arguments, status: Status | None
    ) -> Iterator[Found]:
        """Read "a meeting that brings together X and Y": the verb's objects meet, in the way the noun says."""
        if (
            status is None
            or reading.words[index].norm.lstrip(self._morphemes.joined_conjunctions)
            not in self._grammar.language.gathering_verbs
        ):
            return
        frames = [
            frame
            for node in nodes[max(0, index - 4) : index + 4]
            if node.noun is not None
            for frame in node.noun.entry.frames
            if frame.reciprocal
        ]
        members = next((group for group in arguments.groups(BARE) if len(group) > 1), [])
        if frames and members:
            yield from self._facts(
                reading, index, frames[:1], {self._morphemes.between: [members]}, status, None, "gathering", Discourse()
            )

    def _agent(
        self,
        analyses: tuple[VerbAnalysis, ...],
        arguments: Arguments,
        before: Subject | None,
        discourse: Discourse,
        passive: bool,
        goes_on: bool,
    ) -> tuple[Subject | None, list[list[Argument]]]:
        """Return the agent and the groups that may be the direct object."""
        bare = arguments.groups(BARE)
        if passive:
            by = arguments.groups(_AGENT)
            agent = _as_subject(by[0], 0.9, "by") if by else None
            patients = [list(before.arguments)] if before is not None and before.arguments else bare
            return agent, patients
        attached = any(analysis.pronoun is not None for analysis in analyses)
        if before is not None and before.place == "relative" and attached and self._fits_after(analyses, bare):
            return _as_subject(bare[0], 0.85, "after"), bare[1:]
        if before is not None and (
            not before.entities or any(self._subjects.agrees(analyses, entity) for entity in before.entities)
        ):
            return before, bare
        if goes_on and (not bare or bare[0][0].through):
            carried = self._subjects.dropped(analyses, discourse)
            if carried is not None:
                return carried, bare
        if self._fits_after(analyses, bare):
            first = bare[0][0]
            blocked = first.through and not self._collector.is_transparent(first.head)
            if blocked:
                return Subject((), 0.0, "after"), bare
            return _as_subject(bare[0], 0.92 if not first.through else 0.7, "after"), bare[1:]
        if self._unnamed_subject(analyses, arguments, bare):
            return Subject((), 0.0, "after"), bare
        return self._subjects.dropped(analyses, discourse), bare

    def _goes_on(self, nodes: list[Node], index: int) -> bool:
        """Tell whether a verb goes on with a clause's subject: after "that", "and", "had" or a particle."""
        if nodes[index].conjunction:
            return True
        return index > 0 and nodes[index - 1].tag in (Tag.SUBORDINATOR, Tag.PARTICLE, Tag.VERB)

    def _fits_after(self, analyses: tuple[VerbAnalysis, ...], bare: list[list[Argument]]) -> bool:
        if not bare:
            return False
        third = [analysis for analysis in analyses if analysis.form.person == 3 and analysis.form.number == "s"]
        return bool(third) and self._subjects.agrees(tuple(third), bare[0][0].entity)

    def _unnamed_subject(
        self, analyses: tuple[VerbAnalysis, ...], arguments: Arguments, bare: list[list[Argument]]
    ) -> bool:
        """A bare common noun right after the verb, before any entity, is a subject that the text does not name.

        It is the object instead where it bears the alif of the accusative, or names what a light verb does.
        """
        if not arguments.heads:
            return False
        slot, norm, position = arguments.heads[0]
        first = bare[0][0].position if bare else 10**6
        if slot != BARE or position > first or norm.endswith(self._morphemes.accusative):
            return False
        light = any("direct" in light.via for analysis in analyses for light in light_of(analysis.senses))
        return not (light and self._grammar.forms.nouns(norm))

    def _attached(
        self, analyses: tuple[VerbAnalysis, ...], discourse: Discourse, agent: Subject | None
    ) -> list[list[Argument]]:
        pronoun = next((analysis.pronoun for analysis in analyses if analysis.pronoun is not None), None)
        if pronoun is None or pronoun.person != 3:
            return []
        taken = set(agent.entities) if agent is not None else set()
        entity = self._antecedent(pronoun, discourse, taken) or self._later(pronoun, taken)
        if entity is None:
            return []
        return [[Argument(BARE, entity, self._actors[entity].kind, -1, -1, 99, commas=2)]]

    def _later(self, pronoun: Pronoun, taken: set[str]) -> str | None:
        """Return the first actor of the main clause, for a pronoun in the clause before it."""
        comma = next((i for i, node in enumerate(self._nodes) if node.tag is Tag.COMMA), len(self._nodes))
        for node in self._nodes[comma:]:
            chunk = node.chunk
            if chunk is None or not chunk.entity or chunk.preposition or chunk.entity in taken:
                continue
            gender, _ = self._subjects.gender(chunk.entity)
            if gender is None or pronoun.gender is None or gender == pronoun.gender:
                return chunk.entity
        return None

    def _antecedent(self, pronoun: Pronoun, discourse: Discourse, taken: set[str]) -> str | None:
        for entity in reversed(discourse.seen):
            if entity in taken or self._actors[entity].kind not in (
                EntityKind.PERSON,
                EntityKind.COUNTRY,
                EntityKind.ORGANIZATION,
            ):
                continue
            gender, plural = self._subjects.gender(entity)
            if pronoun.number == "p" and not plural:
                continue
            if pronoun.gender is None or gender is None or gender == pronoun.gender:
                return entity
        return None

    def _slots(
        self, arguments: Arguments, agent: Subject | None, direct: list[list[Argument]]
    ) -> dict[str, list[list[Argument]]]:
        slots: dict[str, list[list[Argument]]] = {}
        for argument in arguments.found:
            if argument.slot == BARE + NATIONAL:
                slots.setdefault("direct" + NATIONAL, []).append([argument])
            elif argument.slot != BARE and argument.slot != _AGENT:
                groups = slots.setdefault(normalize(argument.slot), [])
                if groups and groups[-1][0].group == argument.group:
                    groups[-1].append(argument)
                else:
                    groups.append([argument])
        owned = [group for group in direct if group[0].through]
        if owned:
            slots["of"] = owned[:1]
            national = [[argument] for argument in owned[0] if argument.country_only]
            if national:
                slots["nisba"] = national[:1]
        if direct:
            slots["direct"] = direct[:1]
            slots["direct2"] = direct[1:2]
        if agent is not None and agent.entities:
            slots[_AGENT] = [self._as_arguments(agent)]
        return slots

    def _as_arguments(self, agent: Subject) -> list[Argument]:
        if agent.arguments:
            return list(agent.arguments)
        return [Argument(_AGENT, e, self._actors[e].kind, -2 - i, -2, 98) for i, e in enumerate(agent.entities)]

    def _facts(
        self,
        reading: Reading,
        index: int,
        frames: Iterable[Frame],
        slots: Mapping[str, list[list[Argument]]],
        status: Status,
        agent: Subject | None,
        rule: str,
        discourse: Discourse,
        *,
        factor: float = 1.0,
        items: tuple[list[Node], Arguments] | None = None,
    ) -> Iterator[Found]:
        frames = tuple(frames)
        filled: dict[str, tuple[Filling, ...]] = {}
        first: tuple[Frame, tuple[Filling, ...]] | None = None
        for frame in frames:
            fillings = tuple(self._filler.fill(frame, slots, reading.words, index))
            filled[frame.relation] = filled.get(frame.relation, ()) + fillings
            if fillings and first is None:
                first = frame, fillings
        item = (
            item_of(first[0], reading, *items, self._morphemes.item_ends)
            if first is not None and items is not None
            else None
        )
        self.triggers.append(Trigger(
            index, rule, rule.split(":")[0], frames, slots, filled, status,
            agent.entities if agent is not None else (), tuple(discourse.subjects), discourse.speaker,
            self._by_call and rule.startswith("verb"), reading.sentence.in_title, item,
        ))  # fmt: skip
        if first is None:
            return
        for filling in first[1]:
            by_call = first[0].relation == "met" and rule.startswith("verb") and self._by_call
            yield Found(
                filling.subject.entity,
                "spokeWith" if by_call else first[0].relation,
                filling.object.entity,
                filling.status or status,
                filling.confidence * self._sureness(filling, agent) * factor,
                reading,
                index,
                rule,
                first[0],
                discourse.speaker,
                item,
            )

    def _sureness(self, filling: Filling, agent: Subject | None) -> float:
        if agent is None:
            return 1.0
        sides = {filling.subject.entity, filling.object.entity}
        return agent.sure if sides & set(agent.entities) else 1.0

    def _noun(
        self, reading: Reading, nodes: list[Node], index: int, discourse: Discourse, clauses: list[_Clause]
    ) -> Iterator[Found]:
        node = nodes[index]
        noun = node.noun
        if noun is None:
            return
        status = self._status.read(reading, nodes, index)
        if status is None:
            return
        slots, factor, agent = self._noun_slots(reading, nodes, index, noun, discourse, clauses)
        frames = tuple(frame for frame in noun.entry.frames if self._stands_after(frame, nodes, index))
        arguments = self._collector.collect(reading, nodes, index + 1)
        yield from self._facts(
            reading, index, frames, slots, status, agent, f"noun:{noun.entry.noun}", discourse, factor=factor,
            items=(nodes, arguments),
        )  # fmt: skip

    def _stands_after(self, frame: Frame, nodes: list[Node], index: int) -> bool:
        if not frame.after:
            return True
        wanted = {normalize(preposition) for preposition in frame.after}
        before = nodes[index - 1] if index else None
        return nodes[index].preposition in wanted or (before is not None and before.preposition in wanted)

    def _noun_slots(
        self,
        reading: Reading,
        nodes: list[Node],
        index: int,
        noun: NounAnalysis,
        discourse: Discourse,
        clauses: list[_Clause],
    ) -> tuple[dict[str, list[list[Argument]]], float, Subject | None]:
        start = index + 1
        nationalities, start = self._nationalities(reading, nodes, start)
        carried = self._carried(reading, nodes, start)
        if carried is not None:
            return carried
        arguments = self._collector.collect(reading, nodes, start)
        bare = arguments.groups(BARE)
        adjacent = bool(bare) and bare[0][0].position == start and not noun.definite and not nationalities
        of = bare[:1] if adjacent or (bare and bare[0][0].through and not noun.definite) else []
        if noun.pronoun is not None and noun.pronoun.person == 3:
            owner = self._owner(noun.pronoun, nodes, index, discourse)
            of = [[owner]] if owner is not None else []
            of2 = bare[:1]
        else:
            of2 = bare[1:2] if of else ([] if noun.definite and not nationalities else bare[:1])
        slots = self._slots(arguments, None, [])
        slots["of"], slots["of2"] = of, of2
        head = self._modified(nodes, index)
        if head is not None:
            slots["head"] = [[head]]
        if nationalities:
            slots["nisba"] = [[nationalities[0]]]
            slots["nisba2"] = [[argument] for argument in nationalities[1:2]]
        if arguments.groups(_AGENT):
            slots[_AGENT] = arguments.groups(_AGENT)[:1]
            return slots, 1.0, None
        clause, light = self._governor(nodes, index, noun, clauses)
        if light is None and (nationalities or not self._is_occasion(nodes, index, noun)):
            return slots, 1.0, None
        if clause is None or clause.agent is None or not clause.agent.entities:
            return slots, 1.0, None
        if light is LightRole.NONE:
            return slots, 1.0, None
        if light is LightRole.PATIENT:
            slots.setdefault("of2", [])
            patient = self._as_arguments(clause.agent)
            for slot in self._morphemes.receiver_prepositions:
                slots.setdefault(slot, []).append(patient)
            slots["of"] = slots["of"] or slots.get(self._morphemes.from_, [])[:1]
            return slots, 0.9, clause.agent
        slots[_AGENT] = [self._as_arguments(clause.agent)]
        return slots, 1.0 if light is not None else _CLAUSE_SUBJECT, clause.agent

    def _modified(self, nodes: list[Node], index: int) -> Argument | None:
        """Return the chunk that a noun modifies: "the coalition led by", "Turkey, a member of"."""
        before = index - 1
        if before >= 0 and nodes[before].tag in (Tag.PREPOSITION, Tag.COMMA):
            before -= 1
        chunk = nodes[before].chunk if before >= 0 else None
        if chunk is None or not chunk.entity:
            return None
        return Argument("head", chunk.entity, chunk.kind, chunk.start, chunk.end, 95)

    def _carried(
        self, reading: Reading, nodes: list[Node], start: int
    ) -> tuple[dict[str, list[list[Argument]]], float, Subject | None] | None:
        """Read "raids that X launched on Y": the verb of a relative clause, a pronoun for the noun, has the agent."""
        for index in range(start, min(start + 4, len(nodes))):
            node = nodes[index]
            if node.tag in (Tag.COMMA, Tag.STOP, Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.CHUNK):
                return None
            if node.tag is not Tag.VERB or not any(a.pronoun is not None and light_of(a.senses) for a in node.verbs):
                continue
            arguments = self._collector.collect(reading, nodes, index + 1)
            bare = arguments.groups(BARE)
            if not bare or (bare[0][0].through and not self._collector.is_transparent(bare[0][0].head)):
                return None
            agent = _as_subject(bare[0], 0.9, "after")
            slots = self._slots(arguments, agent, [])
            slots["of"], slots["of2"] = [bare[0]], bare[1:2]
            return slots, 0.95, agent
        return None

    def _owner(self, pronoun: Pronoun, nodes: list[Node], index: int, discourse: Discourse) -> Argument | None:
        for subject in discourse.subjects:
            gender, _ = self._subjects.gender(subject)
            if pronoun.gender is None or gender is None or gender == pronoun.gender:
                return Argument("of", subject, self._actors[subject].kind, -3, -3, 97, commas=1)
        if index <= 4:
            later = next(
                (n.chunk for n in nodes[index:] if n.chunk is not None and n.chunk.kind is EntityKind.PERSON), None
            )
            if later is not None and later.entity and not later.preposition:
                return Argument("of", later.entity, later.kind, -3, -3, 97, commas=1)
        entity = self._antecedent(pronoun, discourse, set())
        return Argument("of", entity, self._actors[entity].kind, -3, -3, 97, commas=2) if entity else None

    def _nationalities(self, reading: Reading, nodes: list[Node], start: int) -> tuple[list[Argument], int]:
        """Return the nationalities among the adjectives right after a noun, and where its complements begin."""
        found: list[Argument] = []
        index = start
        while index < len(nodes) and index - start < _ADJECTIVES + len(found):
            node, word = nodes[index], reading.words[index]
            if node.tag is Tag.NATIONALITY and node.country is not None:
                entity = self._collector.entity_of(node.country)
                found.append(Argument("nisba", entity, EntityKind.COUNTRY, index, index + 1, 90 + len(found)))
                start = index + 1
            elif not (found and word.norm in "-\u2013\u2014") and not self._is_adjective(nodes, index, word.key):
                break
            index += 1
        return found, start

    def _is_adjective(self, nodes: list[Node], index: int, key: str) -> bool:
        return nodes[index].tag in (Tag.OTHER, Tag.PARTICIPLE) and not nodes[index].preposition and len(key) > 3

    def _governor(
        self, nodes: list[Node], index: int, noun: NounAnalysis, clauses: list[_Clause]
    ) -> tuple[_Clause | None, LightRole | None]:
        """Return the clause whose subject serves a noun, and the light verb where that is what governs it."""
        if not clauses:
            return None, None
        clause = clauses[-1]
        if index - clause.index > _GOVERNOR_REACH * 3 or any(n.tag is Tag.STOP for n in nodes[clause.index : index]):
            return None, None
        preposition = nodes[index].preposition or self._preposition_before(nodes, index)
        near = index - clause.index <= _GOVERNOR_REACH
        for analysis in clause.analyses:
            for light in light_of(analysis.senses):
                if near and self._via(light, preposition) and self._names(light, noun.entry):
                    return clause, light.role
            for modal in modal_of(analysis.senses):
                if near and modal.status is not Modality.REQUESTED and self._controls(modal, preposition):
                    return clause, LightRole.AGENT
        return clause, None

    def _controls(self, modal: ModalVerb, preposition: str) -> bool:
        """Tell whether a modal verb lends its subject to a verbal noun: "intends to send", "denied supplying"."""
        slots = {normalize(slot) for slot in modal.complement}
        return preposition in slots if preposition else bool(slots & {"masdar", "direct"})

    def _is_occasion(self, nodes: list[Node], index: int, noun: NounAnalysis) -> bool:
        """Tell whether a noun is an occasion of the clause's subject: "said after talks with", "during a visit to"."""
        occasions = self._grammar.language.occasion_prepositions
        preposition = nodes[index].preposition or self._preposition_before(nodes, index)
        if preposition not in occasions:
            return False
        return all(frame.relation in _OCCASIONS for frame in noun.entry.frames)

    def _preposition_before(self, nodes: list[Node], index: int) -> str:
        for node in reversed(nodes[max(0, index - 2) : index]):
            if node.tag is Tag.PREPOSITION:
                return node.preposition
            if node.tag is not Tag.OTHER:
                break
        return ""

    def _via(self, light: LightVerb, preposition: str) -> bool:
        if not preposition:
            return "direct" in light.via or "subject" in light.via
        return preposition in {normalize(via) for via in light.via}

    def _names(self, light: LightVerb, entry: NounEntry) -> bool:
        names = {loosen(normalize(word)) for word in (entry.noun, *entry.plurals)}
        if light.nouns:
            listed = {loosen(normalize(word)) for word in light.nouns}
            return bool(names & listed) or any(word.rstrip(self._morphemes.accusative) in names for word in listed)
        return not names & {loosen(normalize(word)) for word in light.not_with}

    def _obligation(self, reading: Reading, nodes: list[Node], index: int, discourse: Discourse) -> Iterator[Found]:
        """Read "[said that] it is for X to ..." as the speaker asking X."""
        before = nodes[index - 1].tag if index else Tag.STOP
        if (
            before not in (Tag.SUBORDINATOR, Tag.QUOTE, Tag.STOP)
            or index + 1 >= len(nodes)
            or discourse.speaker is None
        ):
            return
        chunk = nodes[index + 1].chunk
        if chunk is None or not chunk.entity or chunk.end >= len(nodes) or chunk.entity == discourse.speaker:
            return
        after = nodes[chunk.end]
        asked = reading.words[chunk.end].norm == self._morphemes.that or (
            after.tag in (Tag.NOUN, Tag.OTHER) and not after.preposition
        )
        if asked and self._actors[chunk.entity].kind in (
            EntityKind.PERSON,
            EntityKind.COUNTRY,
            EntityKind.ORGANIZATION,
        ):
            yield Found(discourse.speaker, "requested", chunk.entity, Status.ACTUAL, 0.55, reading, index, "obligation")

    def _participle(self, reading: Reading, nodes: list[Node], index: int, discourse: Discourse) -> Iterator[Found]:
        analyses = nodes[index].verbs
        adverbial = [
            a
            for a in analyses
            if a.form.voice is Voice.ACTIVE and not a.definite and self._is_adverbial(reading, nodes, index)
        ]
        if adverbial:
            agent: Subject | None = self._subjects.dropped(tuple(adverbial), discourse)
            if agent is None or not agent.entities:
                return
            arguments = self._collector.collect(reading, nodes, index + 1)
            slots = self._slots(arguments, agent, arguments.groups(BARE))
            status = self._status.read(reading, nodes, index)
            if status is not None:
                for entry in {id(e): e for a in adverbial for e in frames_of(a.senses)}.values():
                    yield from self._facts(
                        reading, index, entry.frames, slots, status, agent, f"participle:{entry.past}", discourse
                    )
            return
        yield from self._attributive(reading, nodes, index, discourse)

    def _is_adverbial(self, reading: Reading, nodes: list[Node], index: int) -> bool:
        norm = reading.words[index].norm
        before = nodes[index - 1].tag if index else Tag.STOP
        return before in (Tag.COMMA, Tag.CHUNK, Tag.ADVERB, Tag.QUOTE, Tag.OTHER) and (
            norm.endswith(self._morphemes.accusative) or before is Tag.COMMA
        )

    def _attributive(self, reading: Reading, nodes: list[Node], index: int, discourse: Discourse) -> Iterator[Found]:
        """Read "X, supported by Y" and "X that supports Y": the participle's noun is the chunk before it."""
        analyses = nodes[index].verbs
        before = nodes[index - 1].chunk if index else None
        if before is None or not before.entity or not any(a.definite for a in analyses):
            return
        arguments = self._collector.collect(reading, nodes, index + 1)
        owner = Argument("head", before.entity, before.kind, before.start, before.end, 96)
        status = self._status.read(reading, nodes, index) or Status.POSSIBLE
        for voice in (Voice.PASSIVE, Voice.ACTIVE):
            entries = {id(e): e for a in analyses if a.form.voice is voice for e in frames_of(a.senses)}
            for entry in entries.values():
                if voice is Voice.PASSIVE:
                    by = arguments.groups(_AGENT) or arguments.groups(self._morphemes.from_)
                    if not by:
                        continue
                    slots = self._slots(arguments, _as_subject(by[0], 0.85, "by"), [[owner]])
                else:
                    slots = self._slots(arguments, _as_subject([owner], 0.8, "head"), arguments.groups(BARE))
                found = list(
                    self._facts(
                        reading,
                        index,
                        entry.frames,
                        slots,
                        status,
                        None,
                        f"adjective:{entry.past}",
                        discourse,
                        factor=0.85,
                    )
                )
                yield from found
                if found:
                    return


def _as_subject(group: list[Argument], sure: float, place: str) -> Subject:
    return Subject(tuple(argument.entity for argument in group), sure, place, tuple(group))


def without_weak(found: list[Found], floor: float) -> list[Found]:
    """Return the facts above a confidence; ties that are only named to be cut are left out."""
    best: dict[tuple[str, str, str], Found] = {}
    kept = [fact for fact in found if fact.confidence >= floor and fact.subject != fact.object]
    for fact in kept:
        key = (fact.subject, fact.relation, fact.object)
        if key not in best or fact.confidence > best[key].confidence:
            best[key] = fact
    return [fact for fact in kept if not _contradicted(fact, best)]


_TIES = frozenset({"cooperatesWith", "supports", "signedAgreementWith", "negotiatesWith"})
_BREAKS = ("sanctioned", "withdrewFrom", "rejected", "attacked")


def _contradicted(fact: Found, best: Mapping[tuple[str, str, str], Found]) -> bool:
    """A tie named only to be cut is none: "cut its relations with X"."""
    if fact.relation not in _TIES or not fact.rule.startswith("noun"):
        return False
    breaks_here = (*_BREAKS, "negotiatesWith") if fact.relation == "signedAgreementWith" else _BREAKS
    sides = ((fact.subject, fact.object), (fact.object, fact.subject))
    breaks = (best.get((one, relation, other)) for one, other in sides for relation in breaks_here)
    return any(o is not None and o.reading is fact.reading and o.rule.startswith("verb") for o in breaks)
