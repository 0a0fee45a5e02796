"""Finds who acts where arms or forces do: "Syrian warplanes shelled", "the drones of X hit", "its forces struck"."""

from __future__ import annotations

from ..model import EntityKind
from ..morphology.forms import Pronoun
from .arguments import Argument
from .armies import forces_of
from .asides import is_made
from .clauses import Tag
from .deeds import AGENT, as_subject
from .nationalities import nationalities_after
from .relations import POWERS
from .rules import Rules
from .scene import Scene
from .subjects import Subject

_SURE = 0.85
_OF_HIS = 2
_PASSED = frozenset({Tag.PARTICLE, Tag.ADVERB, Tag.NATIONALITY})


def whose_arms(scene: Scene, agent: Subject | None) -> Subject | None:
    """Return the states or the body whose the arms are that act; the subject itself where it is no arms."""
    if agent is None or not agent.arguments or any(each.kind is not EntityKind.WEAPON for each in agent.arguments):
        return agent
    arms = agent.arguments[-1]
    if arms.position < 0:
        return agent
    owners = _owners(scene, arms.end, definite=scene.reading.words[arms.position].bears_article)
    return as_subject(owners, _SURE, "arms") if owners else agent


def _owners(scene: Scene, start: int, *, definite: bool) -> list[Argument]:
    """Return the nationalities behind arms, else the body or state behind them as their genitive or by "of"."""
    nationalities, end = nationalities_after(scene, start)
    if nationalities:
        return [] if is_made(scene.reading, end - 1, scene.collector.morphemes) else nationalities
    chunk = scene.nodes[end].chunk if end < len(scene.nodes) else None
    if chunk is None or not chunk.entity or chunk.kind not in POWERS or chunk.conjunction:
        return []
    if chunk.preposition != scene.collector.morphemes.for_ and (chunk.preposition or definite):
        return []
    return [Argument(AGENT, chunk.entity, chunk.kind, chunk.start, chunk.end, 0)]


def forces_before(scene: Scene, index: int, rules: Rules) -> Subject | None:
    """Return whose the arms or forces are right before a verb: "the Israeli planes shelled", "its forces struck"."""
    at = index - 1
    while at >= 0 and scene.nodes[at].tag in _PASSED:
        at -= 1
    node = scene.nodes[at] if at >= 0 else None
    named = _named_forces(scene, at, rules) if node is not None and node.tag is Tag.CHUNK else None
    if named is not None:
        return as_subject([named], _SURE, "deed")
    if node is None or node.preposition or node.tag not in (Tag.NOUN, Tag.OTHER):
        return None
    if scene.nodes[at + 1].tag is Tag.NATIONALITY:
        if scene.reading.words[at].base not in scene.collector.holders.armed or scene.preposition_of(at):
            return None
        owners = _owners(scene, at + 1, definite=True)
        return as_subject(owners, _SURE, "arms") if owners else None
    noun = node.noun
    if noun is None or noun.pronoun is None or noun.pronoun.person != 3:
        return None
    if not any(frame.base for frame in noun.entry.frames):
        return None
    owner = _speaker(scene, at, noun.pronoun, rules) or rules.pronouns.owner(noun.pronoun, scene, at)
    if owner is None:
        return None
    forces = forces_of(rules.actors, rules.actors[owner.entity].state, rules.grammar.keys.armies)
    if forces is None:
        return as_subject([owner], _SURE, "deed")
    return as_subject([Argument(AGENT, forces.id, forces.kind, at, at + 1, 0)], _SURE, "deed")


def _named_forces(scene: Scene, index: int, rules: Rules) -> Argument | None:
    """Return the army that "the forces of his country" mean before a verb, whatever gender its name has."""
    chunk, armies = scene.nodes[index].chunk, rules.grammar.keys.armies
    if chunk is None or not chunk.entity or chunk.preposition or chunk.end - chunk.start != _OF_HIS:
        return None
    words, homeland = scene.reading.words, rules.grammar.language.homeland
    if words[chunk.start].base not in armies or words[chunk.end - 1].norm not in homeland:
        return None
    return Argument(AGENT, chunk.entity, chunk.kind, chunk.start, chunk.end, 0)


def _speaker(scene: Scene, index: int, pronoun: Pronoun, rules: Rules) -> Argument | None:
    """Return who speaks where "its forces" are the first that a statement names: "it added that its forces"."""
    speaker = scene.discourse.speaker
    if speaker is None or scene.tag_before(index) is not Tag.SUBORDINATOR:
        return None
    return rules.pronouns.speaker(scene) if rules.pronouns.agrees(pronoun, speaker) else None
