"""Decides whose doer "by X" names: in "imposed curbs after the threats against Y by X" the threats are X's."""

from __future__ import annotations

from .arguments import BARE, Argument, Arguments
from .candidates import Trigger
from .clauses import PHRASE_ENDS, Tag
from .deeds import AGENT
from .scene import Scene


def doers_of(scene: Scene, index: int, arguments: Arguments) -> list[list[Argument]]:
    """Return who did the deed of a noun, by "by X", unless a nearer deed with the article lies between."""
    groups = arguments.groups(AGENT)
    if not groups:
        return []
    between = range(index + 1, groups[0][0].position)
    return [] if any(_is_led_deed(scene, position) for position in between) else groups


def has_object(scene: Scene, arguments: Arguments, accusative: str) -> bool:
    """Tell whether a verb with "by X" behind it is no passive.

    A noun in the accusative follows the verb and its subject, or a participle has its doer: "shelled Y, backed by X".
    """
    bare, by = arguments.groups(BARE), arguments.groups(AGENT)
    if not bare or not by:
        return False
    first, last = bare[0][-1].end, by[0][0].position
    # A pronoun has no words of its own, behind which a participle could stand.
    behind = bare[-1][-1].end
    if behind > 0 and any(scene.nodes[position].tag is Tag.PARTICIPLE for position in range(behind, last)):
        return True
    return any(slot == BARE and first <= at < last and norm.endswith(accusative) for slot, norm, at in arguments.heads)


def _is_led_deed(scene: Scene, index: int) -> bool:
    """Tell whether a deed with the article stands behind a preposition, or behind a noun that one leads to."""
    noun = scene.nodes[index].noun
    if noun is None or not noun.definite or scene.nodes[index].tag is Tag.CHUNK:
        return False
    return bool(scene.preposition_of(index))


def joined_deed(scene: Scene, index: int) -> Trigger | None:
    """Return the deed that "and" joins this one to: "plans to cut its troops in X and to withdraw from Y"."""
    noun = scene.nodes[index].noun
    if noun is None or scene.nodes[index].conjunction != scene.collector.morphemes.and_:
        return None
    before = [each for each in scene.triggers if each.sort == "noun" and each.slots.get(AGENT)]
    if not before or noun.entry.frames[0].subject[:1] != (AGENT,):
        return None
    return None if any(node.tag in PHRASE_ENDS for node in scene.nodes[before[-1].index + 1 : index]) else before[-1]
