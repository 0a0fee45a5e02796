"""Finds whom pronouns mean about a verb of stances: "X condemned the raids, and Y welcomed them", "his policies"."""

from __future__ import annotations

from dataclasses import replace

from .arguments import BARE, PRONOUN, Argument, Arguments, Slots, slot_key
from .clauses import Tag
from .handed import NATIONAL
from .relations import STANCES, STANCES_SHOWN
from .rules import Rules
from .scene import Scene
from .subjects import Subject
from .verb_frames import frames_of, pasts_of


class StanceTargets:
    """Looks at the stance told right before, which is to the same thing, and at whose the thing may be."""

    def __init__(self, rules: Rules) -> None:
        self._whom_verbs = rules.grammar.language.morphemes.whom_verbs
        self._conduct = rules.grammar.keys.owned_conduct
        self._subjects, self._pronouns = rules.subjects, rules.pronouns

    def add_owner(self, scene: Scene, index: int, agent: Subject | None, arguments: Arguments, slots: Slots) -> None:
        """Add whose the conduct is that somebody takes a stance to, where a pronoun tells: "refused her proposal"."""
        if agent is None or not agent.entities:
            return
        for slot, norm, position in arguments.heads[:2]:
            pronoun = self._conduct.get(norm)
            owner = self._pronouns.other(scene, pronoun, agent) if pronoun is not None else None
            if owner is None or any(node.tag is Tag.VERB for node in scene.nodes[index + 1 : position]):
                continue
            name = "direct" if slot == BARE else slot_key(slot)
            slots.setdefault(name + NATIONAL, []).append([replace(owner, slot=name + NATIONAL, head=norm)])
            slots.setdefault("nisba", [[owner]])

    def meant(self, scene: Scene, index: int) -> list[list[Argument]] | None:
        """Return whom a pronoun on or behind a verb means, nobody where a thing; None where it may be anybody."""
        analyses = scene.nodes[index].verbs
        frames = frames_of(analyses)
        if not frames or frames[0].relation not in STANCES:
            return None
        if not self._whom_verbs.isdisjoint(pasts_of(analyses)):
            return None
        before = scene.clauses[-1] if scene.clauses else None
        trigger = next((t for t in reversed(scene.triggers) if t.sort != "noun" and t.index < index), None)
        if before is None or trigger is None or trigger.index < before.index or not trigger.frames:
            return None
        shown = trigger.frames[0].relation in STANCES_SHOWN
        if not shown or self._subjects.described(scene.reading, scene.nodes, index):
            return None
        own = before.agent.entities if before.agent is not None else ()
        # In the order of the frames: that of a set is another in each process.
        fillings = [each for name, told in trigger.fillings.items() if name in STANCES_SHOWN for each in told]
        target = next((each.object for each in fillings if each.object.entity not in own), None)
        return [[replace(target, slot=BARE, position=PRONOUN, end=PRONOUN, group=99)]] if target is not None else []
