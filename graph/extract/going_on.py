"""Decides whether a verb goes on with the subject of the clause before, and who that is: "X refused, and accused Y of".

What stands behind such a verb is then its object, though it agrees with it as a subject would.
"""

from __future__ import annotations

from ..lang.morphemes import Morphemes
from ..model import EntityKind
from ..morphology.conjugate import Aspect
from .arguments import ASKER, BARE, Arguments, slot_key
from .chunks import Reference
from .clauses import Tag
from .scene import Scene
from .subjects import Subject, SubjectFinder
from .verb_frames import bears_pronoun, frames_of, pasts_of

_SAID = (Tag.SUBORDINATOR, Tag.QUOTE, Tag.STOP)


class CarriedSubjects:
    """Tells whose deed a verb is that may have no subject of its own."""

    def __init__(self, morphemes: Morphemes, subjects: SubjectFinder, contrasts: frozenset[str]) -> None:
        self._morphemes = morphemes
        self._subjects = subjects
        self._contrasts = contrasts
        self._whom = morphemes.whom_verbs | morphemes.asking_verbs

    def carried(self, scene: Scene, index: int) -> Subject | None:
        """Return whom a verb without a subject goes on with: one of saying with who spoke, others with who acted."""
        nodes, speaker = scene.nodes, scene.discourse.speaker
        asked = self._asked(scene, index)
        if asked is not None:
            return asked
        analyses, last = nodes[index].verbs, self._subjects.dropped(nodes[index].verbs, scene.discourse)
        if speaker is None or (scene.speech is None and (scene.clauses or not scene.discourse.told)):
            return last
        told = tuple(a for a in analyses if a.speeches and a.form.aspect is Aspect.PAST and a.form.person == 3)
        speaks = index + 1 < len(nodes) and nodes[index + 1].tag in _SAID
        speaks = speaks or (last is None and not self._whom.isdisjoint(pasts_of(analyses)))
        if told and speaks and self._subjects.agrees(told, speaker, strict=True):
            return Subject((speaker,), 0.65, "dropped")
        return last

    def _asked(self, scene: Scene, index: int) -> Subject | None:
        """Return whom somebody asked who, behind "but", refuses: "X asked Y to leave, but it refused"."""
        words, asked = scene.reading.words, scene.discourse.asked
        if asked is None or not index or words[index - 1].norm not in self._contrasts:
            return None
        analyses = scene.nodes[index].verbs
        refuses = any(ASKER in frame.object for frame in frames_of(analyses))
        return Subject((asked[1],), 0.65, "dropped") if refuses and self._subjects.agrees(analyses, asked[1]) else None

    def has_subject(self, scene: Scene, index: int, arguments: Arguments) -> bool:
        """Tell whether a verb goes on with the subject of the clause before, though an actor stands behind it."""
        return (
            self._same_subject(scene, index, arguments)
            or self._only_meets(scene, index, arguments)
            or self._goes_on_with(scene, index, arguments)
            or self._goes_on_asking(scene, index, arguments)
            or self._has_object_within(scene, index, arguments)
        )

    def _has_object_within(self, scene: Scene, index: int, arguments: Arguments) -> bool:
        """Tell whether the one person behind "during it" is the object: "a visit during which he briefed X"."""
        bare = arguments.groups(BARE)
        if len(bare) != 1 or bare[0][0].kind is not EntityKind.PERSON or not _is_within(scene, index):
            return False
        if any(slot == BARE and position != bare[0][0].position for slot, _, position in arguments.heads):
            return False
        return not bears_pronoun(scene.nodes[index].verbs)

    def is_pronoun(self, scene: Scene, index: int) -> bool:
        """Tell whether the pronoun of "that" is a verb's subject: "said that it will not send troops"."""
        before = index - 1
        while before > 0 and scene.nodes[before].tag is Tag.PARTICLE:
            before -= 1
        norm = scene.reading.norm_at(before)
        that = before >= 0 and scene.nodes[before].tag is Tag.SUBORDINATOR
        return that and len(norm) > 2 and norm.endswith(self._morphemes.clause_pronouns)

    def _only_meets(self, scene: Scene, index: int, arguments: Arguments) -> bool:
        """Tell whether the one person after a verb is whom its carried subject met: "and met X", "where he meets X".

        A counterpart is never the subject, since he is the subject's own.
        """
        bare, analyses = arguments.groups(BARE), scene.nodes[index].verbs
        if len(bare) != 1 or not continues(scene, index) or bears_pronoun(analyses):
            return False
        chunk = scene.nodes[bare[0][0].position].chunk
        frames = [frame for frame in frames_of(analyses) if "direct" in frame.object]
        if chunk is None or chunk.kind is not EntityKind.PERSON or not frames:
            return False
        if chunk.counterpart or chunk.reference is Reference.COUNTERPART:
            return True
        end = bare[0][-1].end
        other = any(slot == BARE and position >= end for slot, _, position in arguments.heads)
        slots = {slot_key(slot) for frame in frames for slot in frame.object}
        met = any(frame.relation == "met" for frame in frames)
        return met and not other and not any(arguments.groups(slot) for slot in slots)

    def _goes_on_with(self, scene: Scene, index: int, arguments: Arguments) -> bool:
        """Tell whether the one actor after "and" and a verb is its object, where the subject in mind agrees better."""
        bare, analyses = arguments.groups(BARE), scene.nodes[index].verbs
        if len(bare) != 1 or not scene.nodes[index].conjunction or bears_pronoun(analyses):
            return False
        frames = frames_of(analyses)
        if not frames or any(a.speeches for a in analyses):
            return False
        direct = all("direct" in frame.object for frame in frames)
        carried = self._subjects.dropped(analyses, scene.discourse)
        first = bare[0][0]
        if not direct or carried is None or first.through or first.entity in carried.entities:
            return False
        if any(slot == BARE for slot, _, position in arguments.heads if position > bare[0][-1].end):
            return False
        subjects = self._subjects
        unknown = subjects.gender(first.entity)[0] is None
        if not unknown and subjects.agrees(analyses, first.entity, strict=True):
            return False
        return subjects.agrees(analyses, carried.entities[0], strict=True)

    def _goes_on_asking(self, scene: Scene, index: int, arguments: Arguments) -> bool:
        """Tell whether the one actor after ", and" and a verb is whom the subject in mind asks or accuses."""
        bare, node, morphemes = arguments.groups(BARE), scene.nodes[index], self._morphemes
        if len(bare) != 1:
            return False
        joined = scene.reading.words[index].norm[0] in morphemes.joined_conjunctions
        joined = joined and scene.tag_before(index) is Tag.COMMA and scene.clauses_of(index)
        if not joined or bears_pronoun(node.verbs):
            return False
        first, end = bare[0][0], bare[0][-1].end
        pasts = pasts_of(node.verbs)
        asks = bool(pasts & morphemes.asking_verbs) and first.kind is not EntityKind.PERSON
        if first.through or not (asks or pasts & morphemes.whom_verbs) or end >= len(scene.nodes):
            return False
        if any(slot == BARE and position < first.position for slot, _, position in arguments.heads):
            return False
        following = scene.nodes[end]
        if not following.preposition and following.tag not in (Tag.SUBORDINATOR, Tag.STOP):
            # Another word there may be the object of a name that is the subject.
            return False
        carried = self.carried(scene, index)
        return carried is not None and len(carried.entities) == 1 and first.entity not in carried.entities

    def _same_subject(self, scene: Scene, index: int, arguments: Arguments) -> bool:
        """Tell whether a verb after "that" has the subject of the clause before: "said that it", "decided to"."""
        if self.is_pronoun(scene, index):
            return True
        if scene.tag_before(index) is not Tag.SUBORDINATOR:
            return False
        norm = scene.reading.words[index - 1].norm
        slots = {slot for frame in frames_of(scene.nodes[index].verbs) for slot in frame.object}
        if "direct" not in slots or norm != self._morphemes.that or len(arguments.groups(BARE)) != 1:
            return False
        if len(arguments.groups(BARE)[0]) > 1 and not scene.clauses_of(index):
            # "X and Y are to meet": nobody has acted before.
            return False
        # "that X meet with Y" has its object behind the preposition.
        return not any(arguments.groups(slot_key(slot)) for slot in slots)


def continues(scene: Scene, index: int) -> bool:
    """Tell whether a verb goes on with a clause's subject: after "that", "and", "had" or a particle."""
    if scene.nodes[index].conjunction or _is_within(scene, index):
        return True
    return scene.tag_before(index) in (Tag.SUBORDINATOR, Tag.PARTICLE, Tag.VERB)


def _is_within(scene: Scene, index: int) -> bool:
    """Tell whether a verb tells what was done during a deed that was told before: "a visit during which he met X"."""
    following = scene.reading.norm_at(index + 1)
    return scene.tag_before(index) in (Tag.CHUNK, Tag.COMMA) and following in scene.collector.morphemes.during
