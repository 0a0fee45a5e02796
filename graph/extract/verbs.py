"""Reads verbs: who does it, to whom, and what the frames of the verb make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model import EntityKind, Status
from ..morphology.forms import VerbAnalysis
from .arguments import BARE, PRONOUN, Argument, Arguments, Slots, slot_key
from .arms import forces_before, whose_arms
from .authors import author_of, quoted_behind
from .by_whom import has_object
from .chunks import Reference
from .clauses import Tag
from .deeds import AGENT, STRIKER, Deed, as_subject
from .found import Found
from .going_on import CarriedSubjects, continues
from .handed import NATIONAL
from .postings import is_appointed, leads_from_office
from .relations import ACTORS
from .rules import Rules
from .scene import Clause, Scene
from .stance_targets import StanceTargets
from .strikers import agent_by_deed, striker_after, striker_before
from .subjects import Discourse, Subject, is_passive
from .verb_frames import (
    bears_pronoun,
    entries_of,
    has_direct,
    is_done_to_places,
    is_past,
    relations_of,
    subject_slots_of,
    takes_objects,
    told_in,
    undergoes,
)
from .victims import add_site_owner
from .words import Word

# By whom it was done, behind a verb that has no passive: "was founded at the hands of X".
BY = "by"
_NEAR = 4
_DAMMA = "\u064f"
# How many words before a verb may name the thing that its pronoun stands for.
_ANTECEDENT = 8
_FAR_OFF = 10**6
# How many words a clause may lie before one that speaks of it as a whole.
_BACK = 30
# What is done to an event: where one stands before somebody, it is the object.
_GATHERINGS = frozenset({"tookPartIn", "leads", "hosted"})


class VerbReader:
    """Reads the verbs of a document's sentences."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._morphemes = rules.grammar.language.morphemes
        self._carried = CarriedSubjects(self._morphemes, rules.subjects, rules.grammar.language.stances.contrasts)
        self._people = rules.grammar.keys.people
        self._oblique = self._morphemes.people_endings[1]
        self._targets = StanceTargets(rules)
        self._statements = rules.grammar.keys.statements
        self._gathering_verbs = rules.grammar.language.gathering_verbs

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the facts of the verb at a word; its clause and its subject are kept in mind."""
        rules, discourse = self._rules, scene.discourse
        analyses = scene.nodes[index].verbs
        arguments = scene.arguments_from(index + 1)
        # "was exposed to a raid by X": the agent phrase belongs to the raid.
        by = bool(arguments.groups(AGENT)) and not undergoes(analyses)
        by = by and not has_object(scene, arguments, self._morphemes.accusative)
        by = by or _is_marked(scene.reading.words[index], analyses)
        passive = is_passive(analyses, by or self._is_victim(scene, index, arguments))
        told, direct = self._agent(scene, index, arguments, passive=passive)
        if told and told.arguments and told.place == "deed" and not passive and told.arguments[0].position > index:
            # "raids of X hit Y": Y stands behind the raids.
            arguments = scene.arguments_from(told.arguments[-1].end)
            direct = arguments.groups(BARE)
        agent = whose_arms(scene, told)
        if agent is not told and agent is not None:
            owners = {each.position for each in agent.arguments}
            direct = [group for group in direct if group[0].position not in owners]
        meant = self._targets.meant(scene, index)
        direct = [*direct, *self._attached(scene, index, agent, meant)]
        if passive and agent is None:
            agent = agent_by_deed(scene, index)
        slots = rules.deeds.slots(arguments, agent, direct)
        if not passive and BY in subject_slots_of(analyses):
            slots[BY] = arguments.groups(AGENT)
        if agent is not told and agent is not None:
            _leave_out(slots, "direct" + NATIONAL, {each.position for each in agent.arguments})
        rules.deeds.add_station(scene, slots)
        yield from leads_from_office(self._rules, scene, index, agent, slots)
        if "direct" not in slots:
            self._add_direct(scene, analyses, slots)
        if "direct" not in slots:
            add_site_owner(scene, arguments, slots)
        if STRIKER in subject_slots_of(analyses):
            self._add_striker(scene, index, slots)
        opaque = slots.get("direct" + NATIONAL)
        if opaque and all(a.kind is EntityKind.WEAPON for group in slots.get("direct", ()) for a in group):
            # Who struck "Turkish positions" struck Turkey, whether the noun stands for its state or not.
            slots.setdefault("nisba", opaque[:1])
        governed = rules.pronouns.governed(scene, index, agent)
        if governed is not None and meant is not None and governed.position == PRONOUN:
            governed = replace(meant[0][0], slot=governed.slot) if meant else None
        if governed is not None:
            slots.setdefault(slot_key(governed.slot), []).insert(0, [governed])
        if not opaque and "direct" not in slots:
            self._targets.add_owner(scene, index, agent, arguments, slots)
        scene.clauses.append(Clause(index, analyses, agent))
        status = rules.status.read(scene.reading, scene.nodes, index)
        if agent is not None and agent.entities:
            if rules.subjects.is_aside(scene.reading, scene.nodes, index):
                for entity in agent.entities:
                    discourse.see(entity)
            else:
                discourse.note(list(agent.entities))
        if status is not None:
            before = _ANTECEDENT if self._describes(scene, index) else 0
            for entry in entries_of(self._agreeing(analyses, agent)):
                rule = f"verb:{entry.past}"
                frames = told_in(entry, analyses)
                deed = Deed(index, rule, frames, slots, status, agent, has_item=True, before=before)
                yield from rules.deeds.tell(scene, deed)
            yield from self._gathering(scene, index, arguments, status)
        if agent is not None and any(a.speeches and not a.future for a in analyses):
            note_speaker(scene, index, quoted_behind(scene, index, self._rules.grammar.keys.quoting) or agent)

    def _agreeing(self, analyses: tuple[VerbAnalysis, ...], agent: Subject | None) -> tuple[VerbAnalysis, ...]:
        """Return the readings of a verb that agree with its subject: he "took over", and no she "hands over"."""
        alone = agent is not None and agent.place == "after" and len(agent.arguments) == 1
        if agent is None or not alone or agent.arguments[0].kind is not EntityKind.PERSON:
            return analyses
        fitting = tuple([a for a in analyses if self._rules.subjects.agrees((a,), agent.entities[0])])
        return fitting or analyses

    def _add_direct(self, scene: Scene, analyses: tuple[VerbAnalysis, ...], slots: Slots) -> None:
        """Let a person behind a place without a name be the object: "received in the palace of X the president"."""
        within = [group for group in slots.get(self._morphemes.in_, ()) if group[0].kind is EntityKind.PERSON]
        if not within or not within[0][0].through or not has_direct(analyses, "met"):
            return
        chunk = scene.nodes[within[0][0].position].chunk
        if chunk is not None and chunk.offices and chunk.reference is Reference.NAME:
            slots["direct"] = within[:1]

    def _add_striker(self, scene: Scene, index: int, slots: Slots) -> None:
        """Add whose deed somebody fell to: "X met his end in a raid by Y"."""
        striker = agent_by_deed(scene, index)
        if striker is not None:
            slots[STRIKER] = [list(striker.arguments)]

    def _describes(self, scene: Scene, index: int) -> bool:
        """Tell whether a verb describes a thing: "the arms that X sent to Y", "arms sent to Y" have them before it."""
        if not bears_pronoun(scene.nodes[index].verbs):
            before = scene.nodes[index - 1].chunk if index else None
            return before is not None and before.kind is EntityKind.WEAPON
        described = self._rules.subjects.described(scene.reading, scene.nodes, index)
        if described is None:
            return scene.tag_before(index) is Tag.RELATIVE
        return not any(a.kind in ACTORS for a in described.arguments)

    def _gathering(self, scene: Scene, index: int, arguments: Arguments, status: Status) -> Iterator[Found]:
        """Read "a meeting that brings together X and Y": the verb's objects meet, in the way the noun says."""
        if not self._morphemes.is_among(scene.reading.words[index].norm, self._gathering_verbs):
            return
        frames = tuple(
            frame
            for node in scene.nodes[max(0, index - _NEAR) : index + _NEAR]
            if node.noun is not None
            for frame in node.noun.entry.frames
            if frame.reciprocal
        )
        members = next((group for group in arguments.groups(BARE) if len(group) > 1), [])
        if frames and members:
            deed = Deed(index, "gathering", frames[:1], {self._morphemes.between: [members]}, status)
            yield from self._rules.deeds.tell(replace(scene, discourse=Discourse()), deed)

    def _agent(
        self, scene: Scene, index: int, arguments: Arguments, *, passive: bool
    ) -> tuple[Subject | None, list[list[Argument]]]:
        """Return the agent and the groups that may be the direct object."""
        subjects, analyses = self._rules.subjects, scene.nodes[index].verbs
        before = striker_before(scene, index) or forces_before(scene, index, self._rules)
        before = before or subjects.before(scene.reading, scene.nodes, index)
        bare = arguments.groups(BARE)
        if passive:
            by = arguments.groups(AGENT)
            patients = [list(before.arguments)] if before is not None and before.arguments else bare
            return as_subject(by[0], 0.9, "by") if by else None, patients
        if before is not None:
            if bears_pronoun(analyses) and subjects.described(scene.reading, scene.nodes, index) is not None:
                if self._fits_after(analyses, bare):
                    return as_subject(bare[0], 0.85, "after"), bare[1:]
                if self._is_unnamed(analyses, arguments, bare):
                    return Subject((), 0.0, "after"), bare
                return self._carried.carried(scene, index), bare
            if before.place == "deed" or subjects.fits(analyses, before):
                return before, bare
        if all(analysis.form.person in (1, 2) for analysis in analyses):
            # "we reject the accession of X": nobody behind it is its subject.
            return self._carried.carried(scene, index), bare
        unnamed = self._meets_nobody_named(scene, index, bare) or self._follows_somebody(scene, index, arguments, bare)
        if unnamed and not self._carried.is_pronoun(scene, index):
            return Subject((), 0.0, "after"), bare
        if self._follows_its_object(scene, index, arguments):
            return as_subject(bare[0], 0.8, "after"), bare[1:]
        if is_appointed(scene, index, bare, self._morphemes.accusative):
            return self._carried.carried(scene, index) if continues(scene, index) else None, bare
        later = self._behind_object(scene, index, bare)
        if later:
            return as_subject(later, 0.85, "after"), [group for group in bare if group is not later]
        same = self._carried.has_subject(scene, index, arguments)
        if same or (continues(scene, index) and (not bare or self._is_object_of(bare[0][0]))):
            carried = self._carried.carried(scene, index)
            if carried is not None:
                return carried, bare
        struck = striker_after(scene, index, arguments)
        if struck is not None:
            return struck, bare
        if self._fits_after(analyses, bare):
            first = bare[0][0]
            if first.through and not self._rules.collector.is_transparent(first.head):
                return self._headed(scene, arguments, bare)
            return as_subject(bare[0], 0.92 if not first.through else 0.7, "after"), bare[1:]
        if self._is_unnamed(analyses, arguments, bare):
            return self._headed(scene, arguments, bare)
        return self._carried.carried(scene, index), bare

    def _is_object_of(self, first: Argument) -> bool:
        """Tell whether a noun before somebody says what is done to him; those who are only counted act themselves."""
        return first.through and first.head not in self._morphemes.quantifiers

    def _is_victim(self, scene: Scene, index: int, arguments: Arguments) -> bool:
        """Tell whether the one behind a verb was its victim, since whose deed it was follows: "killed X in a raid"."""
        bare = arguments.groups(BARE)
        counted = index + 1 < len(scene.nodes) and self._is_number(scene.reading.words[index + 1])
        if len(bare) != 1 or (not counted and (bare[0][0].kind is not EntityKind.PERSON or bare[0][0].through)):
            return False
        if not has_direct(scene.nodes[index].verbs, "attacked"):
            return False
        # Right behind a name may stand more of it that is not known.
        if not counted and any(slot == BARE and position != bare[0][-1].end for slot, _, position in arguments.heads):
            return False
        return agent_by_deed(scene, index) is not None

    def _is_number(self, word: Word) -> bool:
        """Tell whether a word counts who is named behind it: "killed seven soldiers of X"."""
        return word.is_number or word.norm in self._morphemes.quantifiers

    def _headed(
        self, scene: Scene, arguments: Arguments, bare: list[list[Argument]]
    ) -> tuple[Subject, list[list[Argument]]]:
        """Return the subject that a common noun after a verb heads: nobody, unless somebody did, said or wrote it."""
        head = arguments.heads[0][2]
        author = author_of(scene, head) if scene.reading.words[head].base in self._statements else None
        if author is None:
            return self._rules.subjects.doer(scene.nodes, head, "after"), bare
        return author, [group for group in bare if group[0].position != author.arguments[0].position]

    def _meets_nobody_named(self, scene: Scene, index: int, bare: list[list[Argument]]) -> bool:
        """Tell whether somebody without a name stands right behind a verb, as its subject: "the leaders welcomed"."""
        if not _names_an_office(scene, index + 1):
            return False
        chunk, norm = scene.nodes[index + 1].chunk, scene.reading.words[index + 1].norm
        return bool(bare) or (chunk is not None and chunk.plural and not norm.endswith(self._oblique))

    def _follows_somebody(self, scene: Scene, index: int, arguments: Arguments, bare: list[list[Argument]]) -> bool:
        """Tell whether right after a verb stands somebody whom the text does not name: "officials", "a spokesman"."""
        if not arguments.heads or (bare and not bare[0][0].through and bare[0][0].position < arguments.heads[0][2]):
            return False
        slot, _, position = arguments.heads[0]
        after = scene.nodes[position + 1] if position + 1 < len(scene.nodes) else None
        if (
            bare
            and after is not None
            and (after.preposition == self._morphemes.from_ or self._sends(scene, position, bare))
        ):
            # "a delegation from X": X sends it.
            return False
        key = self._morphemes.bare(scene.reading.words[position].key)
        return slot == BARE and position == index + 1 and key in self._people

    def _sends(self, scene: Scene, index: int, bare: list[list[Argument]]) -> bool:
        """Tell whether those without a name at a word stand for whom the word behind names: "a delegation of X"."""
        transparent = self._rules.collector.is_transparent(self._morphemes.bare(scene.reading.words[index].key))
        return transparent and scene.nodes[index + 1].chunk is not None and bare[0][0].position == index + 1

    def _attached(
        self, scene: Scene, index: int, agent: Subject | None, meant: list[list[Argument]] | None
    ) -> list[list[Argument]]:
        """Return what a pronoun on a verb stands for: in a relative clause its antecedent."""
        analyses = scene.nodes[index].verbs
        if bears_pronoun(analyses):
            if meant is not None:
                return meant
            described = self._rules.subjects.described(scene.reading, scene.nodes, index)
            if described is not None:
                if described.arguments:
                    return [[replace(each, slot=BARE) for each in described.arguments]]
                return self._whose_deed(scene, index, agent)
        attached = self._rules.pronouns.attached(analyses, scene, index, agent)
        return attached or self._rules.pronouns.borne(scene, index, agent)

    def _whose_deed(self, scene: Scene, index: int, agent: Subject | None) -> list[list[Argument]]:
        """Return who did what "which X refused" and "a step that X condemned" go back to: the clause before."""
        words = scene.reading.words[max(0, index - _NEAR) : index]
        if not any(word.norm in self._morphemes.resumptions for word in words) or not scene.clauses:
            return []
        before = scene.clauses[-1].agent
        if before is None or index - scene.clauses[-1].index > _BACK:
            return []
        taken = set(agent.entities) if agent is not None else set()
        deed = [each for each in self._rules.deeds.as_arguments(before) if each.entity not in taken]
        return [[replace(each, slot=BARE, position=PRONOUN, end=PRONOUN, group=99) for each in deed]] if deed else []

    def _fits_after(self, analyses: tuple[VerbAnalysis, ...], bare: list[list[Argument]]) -> bool:
        """Tell whether the first group after a verb in the third person singular may be its subject."""
        if not bare:
            return False
        third = tuple(a for a in analyses if a.form.person == 3 and a.form.number == "s")
        first = bare[0][0]
        if first.kind is EntityKind.PLACE and not first.through and is_done_to_places(analyses):
            return False
        two = len(bare) > 1 and bare[1][0].kind in ACTORS
        if third and first.kind is EntityKind.PERSON and not first.through and (two or not takes_objects(analyses)):
            # Who is named right behind a verb without object is its subject, and a woman where the verb says so.
            return True
        # "a delegation of X began": the verb agrees with the noun that stands for X.
        stands_for = first.through and self._rules.collector.is_transparent(first.head)
        return bool(third) and (stands_for or self._rules.subjects.agrees(third, first.entity))

    def _is_unnamed(self, analyses: tuple[VerbAnalysis, ...], arguments: Arguments, bare: list[list[Argument]]) -> bool:
        """A bare common noun right after the verb, before any entity, is a subject that the text does not name.

        It is the object instead where it bears the alif of the accusative, or names what a light verb does.
        """
        if not arguments.heads:
            return False
        slot, norm, position = arguments.heads[0]
        first = bare[0][0].position if bare else _FAR_OFF
        if slot != BARE or position >= first or norm.endswith(self._morphemes.accusative):
            return False
        light = any("direct" in each.via for a in analyses if a.pronoun is None for each in a.lights)
        return not (light and self._rules.grammar.forms.nouns(norm))

    def _follows_its_object(self, scene: Scene, index: int, arguments: Arguments) -> bool:
        """Tell whether a deed with the article stands between a verb and its subject: "and X claimed the attack"."""
        bare = arguments.groups(BARE)
        noun = scene.nodes[index + 1].noun if index + 1 < len(scene.nodes) else None
        if noun is None or not noun.definite or noun.preposition or not bare or bare[0][0].position != index + 2:
            return False
        return self._fits_after(scene.nodes[index].verbs, bare)

    def _behind_object(self, scene: Scene, index: int, bare: list[list[Argument]]) -> list[Argument]:
        """Return the subjects behind the object: "attended the summit each of X and Y", "chaired the meeting X"."""
        if not bare:
            return []
        group = bare[1] if len(bare) > 1 else bare[0]
        opener = max(group[0].position - 2, 0)
        norm = scene.reading.words[opener].norm
        # In the accusative the list is the object.
        if opener > index and norm in self._morphemes.each and not norm.endswith(self._morphemes.accusative):
            return group
        if len(bare) < 2:
            return []
        analyses = scene.nodes[index].verbs
        gathers = relations_of(analyses) & _GATHERINGS and bare[0][0].kind is EntityKind.EVENT
        return group if gathers and not group[0].through and self._fits_after(analyses, [group]) else []


def _names_an_office(scene: Scene, index: int) -> bool:
    """Tell whether somebody unnamed, of whom the text says only what he is, stands at a word: "a commander of X"."""
    node = scene.nodes[index] if index < len(scene.nodes) else None
    chunk = node.chunk if node is not None and not node.preposition and not node.conjunction else None
    return chunk is not None and chunk.kind is EntityKind.PERSON and chunk.entity is None


def _is_marked(word: Word, analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether a damma on the first letter of a verb in the past marks it as passive."""
    text = word.token.text
    return _DAMMA in text and is_past(analyses) and text[len(analyses[0].conjunction) + 1 :].startswith(_DAMMA)


def _leave_out(slots: Slots, name: str, positions: set[int]) -> None:
    """Take those at some positions out of a slot."""
    groups = [group for group in slots.pop(name, ()) if group[0].position not in positions]
    if groups:
        slots[name] = groups


def note_speaker(scene: Scene, index: int, agent: Subject) -> None:
    """Remember who says what follows; nobody where the text does not name him."""
    scene.discourse.speaker = agent.entities[0] if agent.entities else None
    scene.speech = index if agent.entities else None
