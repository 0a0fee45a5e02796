"""Reads participles: adverbial ones with the clause's subject, definite ones with the noun that they describe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model import Status
from ..morphology.conjugate import Voice
from ..morphology.forms import VerbAnalysis
from ..resolve.known import kind_of
from .arguments import BARE, Argument, Arguments, Slots
from .clauses import Tag
from .deeds import AGENT, Deed, as_subject
from .found import Found
from .rules import Rules
from .scene import Scene
from .subjects import SPEAKER, Subject
from .verb_frames import entries_of
from .verbs import note_speaker
from .words import DASHES

_ATTRIBUTIVE = 0.85
_WROTE = "spokeWith"


class ParticipleReader:
    """Reads the participles of a document's sentences."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._morphemes = rules.grammar.language.morphemes

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the facts of the participle at a word."""
        rules, analyses = self._rules, scene.nodes[index].verbs if self._is_adverbial(scene, index) else ()
        active = tuple(a for a in analyses if a.form.voice is Voice.ACTIVE and not a.definite)
        if not active:
            yield from self._attributive(scene, index)
            return
        agent = self._speaker(scene, active) or rules.subjects.dropped(active, scene.discourse)
        if agent is None or not agent.entities:
            return
        if any(analysis.speeches for analysis in active):
            note_speaker(scene, index, agent)
        arguments = scene.arguments_from(index + 1)
        if agent.place == SPEAKER:
            scene.discourse.note(list(agent.entities))
        borne = rules.pronouns.borne(scene, index, agent)
        slots = rules.deeds.slots(arguments, agent, borne or arguments.groups(BARE))
        if "direct" not in slots:
            self._add_recipient(scene, agent, slots)
        status = rules.status.read(scene.reading, scene.nodes, index)
        if status is None:
            return
        for entry in entries_of(active):
            deed = Deed(index, f"participle:{entry.past}", entry.frames, slots, status, agent)
            yield from rules.deeds.tell(scene, deed)

    def _add_recipient(self, scene: Scene, agent: Subject, slots: Slots) -> None:
        """Let whom somebody wrote or spoke to be whom he congratulates: "cabled X, offering condolences"."""
        trigger = scene.triggers[-1] if scene.triggers else None
        for filling in trigger.fillings.get(_WROTE, ()) if trigger is not None else ():
            if filling.subject.entity in agent.entities and filling.object.entity not in agent.entities:
                slots["direct"] = [[replace(filling.object, slot=BARE)]]
                return

    def _speaker(self, scene: Scene, active: tuple[VerbAnalysis, ...]) -> Subject | None:
        """Return whoever speaks in the sentence: "said that Y will answer, accusing Z" is the speaker's accusation."""
        speaker = scene.discourse.speaker
        if scene.speech is None or speaker is None or not self._rules.subjects.agrees(active, speaker, strict=True):
            return None
        return Subject((speaker,), 0.7, SPEAKER)

    def _is_adverbial(self, scene: Scene, index: int) -> bool:
        before = scene.tag_before(index)
        if before is Tag.COMMA:
            return True
        accusative = scene.reading.words[index].norm.endswith(self._morphemes.accusative)
        return accusative and before in (Tag.CHUNK, Tag.ADVERB, Tag.QUOTE, Tag.OTHER)

    def _attributive(self, scene: Scene, index: int) -> Iterator[Found]:
        """Read "X, supported by Y" and "X that supports Y": the participle's noun is the chunk before it."""
        analyses = scene.nodes[index].verbs
        owner = self._owner(scene, index)
        if owner is None or not any(a.definite for a in analyses):
            return
        arguments = scene.arguments_from(index + 1)
        for voice in (Voice.PASSIVE, Voice.ACTIVE):
            slots = self._attributed(scene, index, arguments, owner, voice)
            if slots is None:
                continue
            for entry in entries_of(tuple(a for a in analyses if a.form.voice is voice)):
                deed = Deed(index, f"adjective:{entry.past}", entry.frames, slots, Status.ACTUAL, factor=_ATTRIBUTIVE)
                found = list(self._rules.deeds.tell(scene, deed))
                yield from found
                if found:
                    return

    def _owner(self, scene: Scene, index: int) -> Argument | None:
        """Return the chunk that a participle describes; a closing quote or a dash may stand between."""
        before = index - 1
        while before > 0 and self._is_passed(scene, before):
            before -= 1
        chunk = scene.nodes[before].chunk if before >= 0 else None
        if chunk is None or not chunk.entity:
            return None
        return Argument("head", chunk.entity, chunk.kind, chunk.start, chunk.end, 96)

    def _is_passed(self, scene: Scene, index: int) -> bool:
        """Tell whether a quote, bracket or dash stands at a word: "the army -backed by X-"."""
        return scene.nodes[index].tag in (Tag.QUOTE, Tag.BRACKET) or scene.reading.words[index].norm in DASHES

    def _attributed(
        self, scene: Scene, index: int, arguments: Arguments, owner: Argument, voice: Voice
    ) -> Slots | None:
        """Return the slots of a participle with its noun as subject or, where it is passive, as object."""
        if voice is Voice.ACTIVE:
            # "the party supporting [to] X": a participle may take its object with "for".
            objects = arguments.groups(BARE) or arguments.groups(self._morphemes.for_)
            return self._rules.deeds.slots(arguments, as_subject([owner], 0.8, "head"), objects)
        by = arguments.groups(AGENT) or arguments.groups(self._morphemes.from_) or self._states(scene, index + 1)
        if not by:
            return None
        return self._rules.deeds.slots(arguments, as_subject(by[0], 0.85, "by"), [[owner]])

    def _states(self, scene: Scene, index: int) -> list[list[Argument]]:
        """Return the state that an adverb right behind a passive participle names: "backed [by] America[nly]"."""
        node = scene.nodes[index] if index < len(scene.nodes) else None
        if node is None or node.country is None or node.tag not in (Tag.NATIONALITY, Tag.OTHER):
            return []
        if scene.reading.words[index].bears_article:
            return []
        entity = scene.collector.entity_of(node.country)
        return [[Argument(AGENT, entity, kind_of(node.country), index, index + 1, 96)]]
