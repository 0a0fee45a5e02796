"""Reads the nationalities behind a noun: "the American and British raids"."""

from __future__ import annotations

from ..model import EntityKind
from ..resolve.known import kind_of
from .arguments import Argument
from .clauses import Node, Tag
from .scene import Scene
from .subjects import Subject

_ADJECTIVES = 3
_DEED_REACH = 14
_NATIONAL = (Tag.NATIONALITY, Tag.OTHER)
DASHES = "-\u2013\u2014"


def nationalities_after(scene: Scene, start: int) -> tuple[list[Argument], int]:
    """Return the nationalities among the adjectives right after a noun, and where its complements begin.

    A noun that heads the name of an event has its adjectives inside the name.
    """
    found: list[Argument] = []
    own = scene.nodes[start - 1].chunk
    index, last = start, start
    if own is not None:
        start = own.end
    while index < len(scene.nodes) and index - last < _ADJECTIVES + len(found):
        node, word = scene.nodes[index], scene.reading.words[index]
        inside = own is not None and node.chunk is own
        if node.country is not None and (inside or node.tag in _NATIONAL):
            found.append(_state(scene, index, found))
            start = max(start, index + 1)
        elif inside:
            last = index
        elif not (found and word.norm in DASHES) and not _is_adjective(node, word.key):
            break
        index += 1
    return found, start


def agent_by_deed(scene: Scene, index: int) -> Subject | None:
    """Read "was killed in an American raid": the state of the deed is the agent of the word at `index`."""
    nodes = scene.nodes
    for position in range(index + 1, min(index + _DEED_REACH, len(nodes))):
        node = nodes[position]
        if node.tag in (Tag.STOP, Tag.VERB, Tag.SUBORDINATOR, Tag.COMMA):
            return None
        fire = scene.reading.words[position].norm in scene.collector.holders.fire
        if not fire and (
            node.noun is None or not any(frame.relation == "attacked" for frame in node.noun.entry.frames)
        ):
            continue
        nationalities, end = nationalities_after(scene, position + 1)
        doer = _named_doer(scene, end)
        if doer is None and nationalities:
            doer = nationalities[0]
        if doer is not None:
            return Subject((doer.entity,), 0.75, "deed", (doer,))
    return None


def striker_before(scene: Scene, index: int) -> Subject | None:
    """Return whose an attack is that a verb right behind it goes on to tell of: "X launched raids [that] hit Y"."""
    before = index - 1
    while before > 0 and scene.nodes[before].tag in (Tag.OTHER, Tag.PARTICIPLE) and not scene.nodes[before].preposition:
        before -= 1
    trigger = next((t for t in reversed(scene.triggers) if t.index <= before), None)
    if trigger is None or trigger.index != before or scene.nodes[index].conjunction:
        return None
    if not any(frame.relation == "attacked" for frame in trigger.frames) or scene.reading.words[before].bears_article:
        return None
    doers = next((trigger.slots[slot][0] for slot in ("nisba", "of", "agent") if trigger.slots.get(slot)), [])
    entities = tuple([each.entity for each in doers])
    return Subject(entities, 0.75, "deed", tuple(doers)) if entities else None


def _named_doer(scene: Scene, start: int) -> Argument | None:
    """Return whoever is named right behind an attack as its doer: "a raid of X", "a raid by X", "that X launched"."""
    nodes = scene.nodes
    index = start
    while index < len(nodes) and index - start < _ADJECTIVES and nodes[index].tag in (Tag.OTHER, Tag.PARTICIPLE):
        if nodes[index].preposition:
            return None
        index += 1
    launched = index < len(nodes) and (nodes[index].tag is Tag.VERB or nodes[index].agentive)
    if launched:
        verb = nodes[index].verbs
        if nodes[index].tag is Tag.VERB and not any(a.pronoun is not None and a.lights for a in verb):
            return None
        index += nodes[index].length
    chunk = nodes[index].chunk if index < len(nodes) else None
    if chunk is None or not chunk.entity or chunk.kind not in (EntityKind.COUNTRY, EntityKind.ORGANIZATION):
        return None
    if chunk.preposition not in ("", scene.collector.morphemes.for_) or (launched and chunk.preposition):
        return None
    return Argument("agent", chunk.entity, chunk.kind, index, chunk.end, 0)


def _state(scene: Scene, index: int, before: list[Argument]) -> Argument:
    """Return the state that an adjective names, in one group with the one before where "and" joins them."""
    node = scene.nodes[index]
    if node.tag is Tag.OTHER:
        # The adjective of a body counts as one of nationality from here on.
        node.tag = Tag.NATIONALITY
    country = node.country or ""
    group = before[-1].group if before and node.conjunction else 90 + len(before)
    return Argument("nisba", scene.collector.entity_of(country), kind_of(country), index, index + 1, group)


def _is_adjective(node: Node, key: str) -> bool:
    return node.tag in (Tag.OTHER, Tag.PARTICIPLE) and not node.preposition and len(key) > 3
