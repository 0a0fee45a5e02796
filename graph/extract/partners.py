"""Finds the other side of a deed of two that its noun does not name: "thanked X in a call", "the partner of X"."""

from __future__ import annotations

from ..lang.morphemes import Morphemes
from ..model import EntityKind
from ..morphology.forms import NounAnalysis
from .arguments import Argument, Slots, slot_key
from .clauses import Tag
from .scene import Scene

_CALL = "spokeWith"


def partner_of(scene: Scene, index: int, noun: NounAnalysis, slots: Slots, morphemes: Morphemes) -> Argument | None:
    """Return the other side of what a noun tells, in the slot in which it would be named."""
    chunk = scene.nodes[index].chunk
    if chunk is None:
        return _called(scene, index, noun, slots, morphemes)
    if chunk.kind is not EntityKind.PERSON or chunk.entity or not chunk.offices:
        return None
    # What looks like the office of somebody without a name tells whose partner he is.
    target = chunk.offices[0].target
    if target is None or not target.entity:
        return None
    return Argument(morphemes.for_, target.entity, target.kind, target.start, target.end, 93)


def _called(scene: Scene, index: int, noun: NounAnalysis, slots: Slots, morphemes: Morphemes) -> Argument | None:
    """Return to whom something was done in a call that names nobody: "X congratulated Y in a telephone call"."""
    if noun.entry.frames[0].relation != _CALL or noun.definite or noun.pronoun is not None or index < 2:
        return None
    named = {slot_key(name) for frame in noun.entry.frames for name in frame.object}
    before = scene.nodes[index - 1]
    led = before.tag is Tag.PREPOSITION and scene.reading.words[index - 1].norm in morphemes.calling
    if not led or any(slots.get(slot) for slot in named):
        return None
    chunk = scene.nodes[index - 2].chunk
    if chunk is None or not chunk.entity or chunk.kind is not EntityKind.PERSON or chunk.preposition:
        return None
    done = scene.clauses[-1] if scene.clauses else None
    if done is None or done.agent is None or chunk.entity in done.agent.entities or done.index > chunk.start:
        return None
    return Argument(morphemes.with_, chunk.entity, chunk.kind, chunk.start, chunk.end, 93)
