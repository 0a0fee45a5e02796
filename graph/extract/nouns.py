"""Reads event nouns ("the American raids on X", "talks between X and Y"); a verb that governs one lends its subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..lang.predicates import LightRole
from ..model import EntityKind, Status
from ..morphology.forms import NounAnalysis
from ..text.fold import loosen
from .accused import accused_of, forced_of, performer_of
from .arguments import BARE, Argument, Arguments, Slots
from .by_whom import doers_of, joined_deed
from .carried import CarriedReader
from .clauses import Tag
from .deeds import AGENT, Deed, as_subject
from .described import (
    before_adjectives,
    is_motive,
    maker_of,
    modified,
    person_before,
    predicated,
    with_joined,
)
from .found import Found
from .governors import Governor
from .nationalities import nationalities_after
from .noun_frames import frames_before, joins_in, relations_of_noun, slots_of_noun, undergoes_noun
from .partners import partner_of
from .relations import ACTORS, SYMMETRIC
from .repulses import repulse_of
from .rules import Rules
from .scene import Scene
from .strikers import agent_by_deed, is_assault, is_ended, is_undergone, striker_of
from .subjects import SPEAKER, Subject
from .ties import TieFinder, is_tie
from .verb_frames import bears_pronoun, frames_of, relations_of
from .victims import VICTIM, VictimFinder
from .wishes import WishFinder

_CARRIED_REACH, _STATIONS_REACH = 4, 8
_BEFORE_VERB = frozenset({Tag.OTHER, Tag.NATIONALITY, Tag.PARTICIPLE, Tag.RELATIVE, Tag.PARTICLE, Tag.ADVERB})
_BY_FORCES = frozenset({"attacked", "deployedTo", "fights"})
_DEAL, _MEETING = "signedAgreementWith", "met"
_THINGS = frozenset({"aids", "supplies"})
_TOURS = (EntityKind.EVENT,)
_BEFORE_PURPOSE = frozenset({Tag.CHUNK, Tag.ADVERB, Tag.OTHER, Tag.COMMA})
# How sure a subject is that a clause lends: to an occasion, to what it undergoes, to what it launched.
_CLAUSE_SUBJECT, _PATIENT, _CARRIED = 0.6, 0.9, 0.95


# Never changed; like Argument not frozen, since many are made.
@dataclass(slots=True, unsafe_hash=True)
class _Slotted:
    """The slots around a noun, how sure they are, the subject that a verb lends, whether it is only aimed at.

    `status` is what a relative clause says of the deed.
    """

    slots: Slots
    factor: float = 1.0
    agent: Subject | None = None
    aim: bool = False
    status: Status | None = None


class NounReader:
    """Reads the event nouns of a document's sentences."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._morphemes = rules.grammar.language.morphemes
        self._governors = rules.governors
        self._lasting = rules.grammar.keys.lasting
        self._topical = frozenset(map(loosen, rules.grammar.language.organisations.topical))
        self._victims = VictimFinder(rules)
        self._wishes = WishFinder(rules.status, self._morphemes.owner_pronouns)
        self._ties = TieFinder(rules.actors, rules.collector, rules.grammar.language)
        self._carrier = CarriedReader(rules, rules.grammar.keys.pronominals)
        self._performing = rules.grammar.keys.performing
        self._mutual = frozenset({self._morphemes.between, self._morphemes.with_})

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the facts of the event noun at a word."""
        noun = scene.nodes[index].noun
        frames = frames_before(scene, index, noun) if noun is not None else ()
        if noun is None or not frames or self._is_quality(scene, index, noun):
            return
        governor = self._governors.find(scene, index, noun)
        slotted = self._slots(scene, index, noun, governor)
        status = slotted.status or self._status(scene, index, governor, slotted.slots)
        if status is None and (self._ties.is_strengthened(scene, index) or is_ended(scene, index)):
            status = Status.ACTUAL
        if status is None and governor[0] is not None and self._governors.is_occasion(scene, index, noun):
            # "asked in a letter to X": the letter was sent, whatever is asked for.
            status = self._rules.status.read(scene.reading, scene.nodes, governor[0].index)
        if status is None:
            return
        if slotted.aim and status is Status.ACTUAL:
            status = Status.PLANNED
        if self._ties.is_unsigned(scene, index, frames, status, aim=slotted.aim):
            return
        rule = f"noun:{noun.entry.noun}"
        deed = Deed(index, rule, frames, slotted.slots, status, slotted.agent, slotted.factor, has_item=True)
        yield from self._rules.deeds.tell(scene, deed)

    def _is_quality(self, scene: Scene, index: int, noun: NounAnalysis) -> bool:
        """Tell whether a noun completes an adjective, "[of] permanent membership", or the name of a committee."""
        before = scene.reading.words[index - 1] if index and not noun.preposition else None
        if before is None:
            return False
        committee = any(cut.base in self._topical and not cut.definite for cut in before.cuts)
        return committee or (before.base in self._lasting and noun.definite)

    def _status(self, scene: Scene, index: int, governor: Governor, slots: Slots) -> Status | None:
        """Return what a noun's words say of it, and the verb that governs it where that verb's subject is its own."""
        clause, light = governor
        noun = scene.nodes[index].noun
        if clause is not None and light is None and noun is not None and joins_in(scene, index, noun):
            # "foiled, together with X, a plot": what the verb makes of its object it does not make of its doers.
            return self._rules.status.read(scene.reading, scene.nodes, clause.index)
        if clause is not None and light is LightRole.PATIENT:
            # "refused a request by X": the request was made, whatever became of it.
            return self._rules.status.read(scene.reading, scene.nodes, clause.index)
        if clause is None or light is None or slots.get("nisba") or slots.get("of"):
            return self._rules.status.read(scene.reading, scene.nodes, index)
        return self._rules.status.read_governed(scene.reading, scene.nodes, index, clause.index)

    def _slots(self, scene: Scene, index: int, noun: NounAnalysis, governor: Governor) -> _Slotted:
        nationalities, start = nationalities_after(scene, index + 1)
        carried = self._carried(scene, index, start, governor)
        if carried is not None:
            return carried
        arguments = scene.arguments_from(start)
        slots = self._rules.deeds.slots(arguments, None, [])
        self._add_from_verb(scene, start, slots)
        slots["of"], slots["of2"] = self._owners(scene, index, arguments, start, nationalities)
        if is_assault(noun) and self._victims.is_site(slots):
            # "the attack on the embassy", as a genitive: an embassy attacks nobody.
            slots["of"], slots["of2"] = [], slots["of"]
        slots["parties"] = self._parties(scene, noun)
        self._add_stations(scene, index, start, noun, slots)
        self._rules.deeds.add_station(scene, slots)
        partner = partner_of(scene, index, noun, slots, self._morphemes)
        if partner is not None:
            slots.setdefault(partner.slot, []).append([partner])
        maker = None if nationalities else maker_of(scene, index, noun)
        head = modified(scene, index if maker is None else before_adjectives(scene, index - 1))
        if head is not None:
            slots["head"] = [with_joined(scene, head) if noun.entry.frames[0].relation in SYMMETRIC else [head]]
        elif "head" in slots_of_noun(noun)[0]:
            whose = predicated(scene, index, self._morphemes.elatives)
            slots["head"] = [[whose]] if whose is not None else []
        if maker is not None:
            slots["nisba"] = [[maker]]
        if noun.accusative and "succeeded" in relations_of_noun(noun):
            # Before "in succession to" stands his office: whoever was named last before it comes after somebody.
            successor = person_before(scene, index)
            slots["head"] = [[successor]] if successor is not None else []
        if nationalities:
            mutual = "nisba2" in slots_of_noun(noun)[1]
            slots["nisba"] = [[a for a in nationalities if not mutual or a.group == nationalities[0].group]]
            slots["nisba2"] = [[argument] for argument in nationalities[1:2]]
            victim = self._victims.of(scene, index, noun, slots, nationalities[0])
            if victim is not None:
                slots[VICTIM] = [[victim]]
        by = doers_of(scene, index, arguments)
        if by:
            slots[AGENT] = by[:1]
            victim = self._victims.of(scene, index, noun, slots, by[0][0]) if not noun.definite else None
            if victim is not None and VICTIM not in slots:
                slots[VICTIM] = [[victim]]
            clause, light = governor
            if light is LightRole.PATIENT and clause is not None and clause.agent is not None and clause.agent.entities:
                self._receive(slots, self._rules.deeds.as_arguments(clause.agent))
            return _Slotted(slots)
        performer = None if nationalities else performer_of(scene, index, self._performing)
        performer = performer or forced_of(scene, index, self._morphemes.on, self._morphemes.forcing)
        if performer is not None:
            slots[AGENT] = [list(performer.arguments)]
            return _Slotted(slots, performer.sure, performer)
        accused = None if nationalities else accused_of(scene, index, self._morphemes.by, self._morphemes.blame)
        if accused is not None:
            slots[AGENT] = [list(accused.arguments)]
            if scene.nodes[index].preposition == self._morphemes.by and is_assault(noun):
                # "accused X of shelling Y": Y is what X shelled.
                slots["of"], slots["of2"] = [], [*slots["of"], *slots["of2"]]
            return _Slotted(slots, accused.sure, accused)
        undergone = bool(slots["of"]) and noun.entry.frames[0].subject[:1] != (AGENT,)
        asked = None if undergone or nationalities else self._wishes.asking(scene, index)
        if asked is not None:
            slots[AGENT] = [[asked]]
            return _Slotted(slots, _CLAUSE_SUBJECT, as_subject([asked], _CLAUSE_SUBJECT, "deed"))
        doer = agent_by_deed(scene, index) if slots["of"] and is_undergone(noun) and not nationalities else None
        if doer is not None:
            slots[AGENT] = [list(doer.arguments)]
            return _Slotted(slots, doer.sure, doer)
        return self._with_subject(scene, index, noun, slots, governor)

    def _add_from_verb(self, scene: Scene, start: int, slots: Slots) -> None:
        """Add between whom a verb behind its noun says that it took place: "talks were held between X and Y"."""
        for index in range(start, min(start + _CARRIED_REACH, len(scene.nodes))):
            node = scene.nodes[index]
            if node.tag is Tag.VERB:
                if self._takes_place(scene, index):
                    behind = self._rules.deeds.slots(scene.arguments_from(index + 1), None, [])
                    for slot in sorted(self._mutual & behind.keys()):
                        slots.setdefault(slot, behind[slot])
                return
            if node.tag not in _BEFORE_VERB or node.preposition:
                return

    def _takes_place(self, scene: Scene, index: int) -> bool:
        """Tell whether a verb says of the noun before it that it takes place, is signed, or how long it takes."""
        node = scene.nodes[index]
        if not node.verbs:
            return True
        if bears_pronoun(node.verbs):
            return False
        via = {slot for a in node.verbs for light in a.lights for slot in light.via}
        bare = scene.arguments_from(index + 1).groups(BARE)
        return "subject" in via or ("direct" in via and not bare)

    def _takes_in(self, scene: Scene, index: int) -> bool:
        """Tell whether a verb says of a tour where it leads."""
        node = scene.nodes[index]
        if node.tag is not Tag.VERB or "visited" not in relations_of(node.verbs):
            return False
        return any(f.relation == "visited" and f.subject_kinds == _TOURS for f in frames_of(node.verbs))

    def _add_stations(self, scene: Scene, trigger: int, start: int, noun: NounAnalysis, slots: Slots) -> None:
        """Add where a tour leads when a verb behind it says so: "on a tour that takes in X and Y"."""
        to = self._morphemes.to
        if slots.get(to) or "visited" not in relations_of_noun(noun):
            return
        if trigger and self._takes_in(scene, trigger - 1) and slots.get("of2"):
            # "the tour of X took in Y and Z".
            slots[to] = slots["of2"]
            return
        for index in range(start, min(start + _STATIONS_REACH, len(scene.nodes))):
            node = scene.nodes[index]
            begins = node.chunk is not None and node.chunk.start == index
            if node.tag in (Tag.COMMA, Tag.STOP) or (begins and not scene.preposition_of(index)):
                return
            if self._takes_in(scene, index):
                stations = scene.arguments_from(index + 1)
                slots[to] = (stations.groups(to) or stations.groups(BARE))[:1]
                return

    def _parties(self, scene: Scene, noun: NounAnalysis) -> list[list[Argument]]:
        """Return those between whom the last deed was: "a truce between X and Y, brokered by Z"."""
        if "parties" not in slots_of_noun(noun)[1]:
            return []
        for trigger in reversed(scene.triggers):
            between = [group for group in trigger.slots.get(self._morphemes.between, ()) if len(group) > 1]
            if between:
                return between[:1]
            mutual = [f for relation, told in trigger.fillings.items() if relation in SYMMETRIC for f in told]
            if mutual:
                return [[mutual[0].subject, mutual[0].object]]
        clause = scene.clauses[-1] if scene.clauses else None
        if clause is None or clause.agent is None or any(a.speeches for a in clause.analyses):
            return []
        # "X freed Y's people after mediation by Z": he mediated for X.
        agents = self._rules.deeds.as_arguments(clause.agent)
        return [agents] if agents else []

    def _owners(
        self, scene: Scene, index: int, arguments: Arguments, start: int, nationalities: list[Argument]
    ) -> tuple[list[list[Argument]], list[list[Argument]]]:
        """Return the genitive of a noun, which may be a pronoun, and what stands bare after it."""
        noun, bare = scene.nodes[index].noun, arguments.groups(BARE)
        definite = noun is not None and noun.definite
        if noun is not None and noun.pronoun is not None and noun.pronoun.person == 3:
            owners = self._rules.pronouns.owners(noun.pronoun, scene, index)
            return ([owners] if owners else []), bare[:1]
        if noun is not None and noun.pronoun is not None and noun.pronoun.person == 1:
            owner = self._rules.pronouns.speaker(scene)
            return ([[owner]] if owner is not None else []), bare[:1]
        adjacent = bool(bare) and bare[0][0].position == start and not nationalities
        told = nationalities and noun is not None and not _BY_FORCES.isdisjoint(relations_of_noun(noun))
        if bare and not definite and (adjacent or (bare[0][0].through and not told)):
            return bare[:1], bare[1:2]
        return [], [] if definite and not nationalities else bare[:1]

    def _with_subject(self, scene: Scene, index: int, noun: NounAnalysis, slots: Slots, governor: Governor) -> _Slotted:
        """Lend a noun the subject of the clause where its verb governs the noun, or the noun is its occasion."""
        has_owner = _has_owner(slots)
        struck = None if has_owner and not is_undergone(noun) else striker_of(scene, index, governor)
        if struck is not None and "nisba" not in slots:
            slots[AGENT] = [list(struck.arguments)]
            return _Slotted(slots, struck.sure, struck)
        clause, light = governor
        occasion = "nisba" not in slots and self._governors.is_occasion(scene, index, noun)
        owned = has_owner and (noun.entry.frames[0].relation != _MEETING or self._morphemes.with_ in slots)
        aim = light is None and not owned and self._is_purpose(scene, index)
        joined = joins_in(scene, index, noun) or self._wishes.is_wished(scene, index)
        if is_assault(noun) and repulse_of(scene, index) is not None:
            # Whoever beats an attack off has not made it.
            return _Slotted(slots)
        known = occasion or aim or joined or undergoes_noun(scene, index, noun) or is_motive(noun)
        told_of = light is None and not known and self._ties.is_one_sided(scene, index, slots)
        if light is None and not (known or told_of):
            joined_to = joined_deed(scene, index) if not has_owner and "nisba" not in slots else None
            if joined_to is None:
                return _Slotted(slots)
            slots[AGENT] = joined_to.slots[AGENT][:1]
            agent = as_subject(slots[AGENT][0], _CLAUSE_SUBJECT, "deed")
            return _Slotted(slots, 1.0, agent, status=joined_to.status)
        if noun.definite and "nisba" in slots:
            # "affirmed the American support": whose deed it is stands behind it.
            return _Slotted(slots)
        openings = self._rules.openings
        leads_in = clause is None and (occasion or joined or undergoes_noun(scene, index, noun))
        opening = openings.subject(scene, index) if leads_in else None
        if opening is None and clause is None and occasion and not has_owner:
            said = openings.statement(scene, index)
            if said is not None:
                slots[AGENT] = [self._rules.deeds.as_arguments(said)]
                return _Slotted(slots, 1.0, said)
        if opening is not None and not has_owner:
            slots[AGENT] = [list(opening.arguments)]
            return _Slotted(slots, 1.0, opening)
        if clause is None or clause.agent is None or not clause.agent.entities or light is LightRole.NONE:
            return _Slotted(slots)
        if light is LightRole.PATIENT:
            self._receive(slots, self._rules.deeds.as_arguments(clause.agent))
            slots["of"] = slots["of"] or slots.get(self._morphemes.from_, [])[:1]
            return _Slotted(slots, _PATIENT, clause.agent)
        spoken = told_of or (clause.agent.place == SPEAKER and is_tie(noun))
        agent = self._ties.side(slots, clause.agent) if spoken else clause.agent
        slots[AGENT] = [self._rules.deeds.as_arguments(agent)]
        return _Slotted(slots, 1.0 if light is not None else _CLAUSE_SUBJECT, agent, aim)

    def _is_purpose(self, scene: Scene, index: int) -> bool:
        """Tell whether a noun says what the clause's subject did it for: "went to X to take part in Y"."""
        node = scene.nodes[index]
        before = scene.nodes[index - 1] if index else None
        if before is not None and scene.reading.words[index - 1].norm in self._morphemes.aims:
            return not node.preposition
        if node.preposition != self._morphemes.for_ or node.noun is None or before is None:
            return False
        if node.noun.definite and node.noun.entry.frames[0].relation in _THINGS:
            # "let the aid through [for the aid]" is no purpose.
            return False
        if is_assault(node.noun) and scene.reading.words[index - 1].norm.endswith(self._morphemes.accusative):
            return False  # "in expectation of an attack": whoever expects it will not make it.
        deal = before.noun is not None and _DEAL in relations_of_noun(before.noun)
        return deal or (before.tag in _BEFORE_PURPOSE and not before.preposition)

    def _receive(self, slots: Slots, patient: list[Argument]) -> None:
        """Let whom a light verb says to undergo a deed stand where its object may: "was exposed to a raid"."""
        for slot in self._morphemes.receiver_prepositions:
            slots.setdefault(slot, []).append(patient)

    def _carried(self, scene: Scene, index: int, start: int, governor: Governor) -> _Slotted | None:
        """Read "raids that X launched on Y": the verb of a relative clause, a pronoun for the noun, has the agent."""
        noun = scene.nodes[index].noun
        told = self._carrier.find(scene, start, far=noun is not None and noun.definite and is_assault(noun))
        if told is None:
            return None
        arguments, agent = scene.arguments_from(told.behind), told.agent
        group = self._rules.deeds.as_arguments(agent)
        # "wants an end to the raids that X launched": these were launched, whatever is wanted of them.
        status = self._rules.status.read(scene.reading, scene.nodes, told.verb)
        bare = [each for each in arguments.groups(BARE) if each[0].position != group[0].position]
        slots = self._rules.deeds.slots(arguments, agent, [])
        for slot, groups in self._rules.deeds.slots(scene.arguments_from(start), None, []).items():
            before = [each for each in groups if 0 <= each[0].position < told.verb]
            if before:
                slots.setdefault(slot, before)
        slots["of"], slots["of2"] = [group], bare[:1]
        clause, light = governor
        if light is LightRole.PATIENT and clause is not None and clause.agent is not None and clause.agent.entities:
            self._receive(slots, self._rules.deeds.as_arguments(clause.agent))
        return _Slotted(slots, _CARRIED, agent, status=status)


def _has_owner(slots: Slots) -> bool:
    """Tell whether the genitive of a noun may be whose deed it is: arms are nobody's."""
    owners = slots["of"]
    return bool(owners) and any(argument.kind in ACTORS for group in owners for argument in group)
