"""Finds what stands before an event noun: the chunk that it describes, who comes with it, the state that made it."""

from __future__ import annotations

from dataclasses import replace

from ..lang.predicates import Frame
from ..model import EntityKind
from ..morphology.forms import NounAnalysis
from .arguments import Argument, slot_key
from .chunks import Chunk, Reference
from .clauses import Tag
from .relations import STANCES_SHOWN
from .scene import Scene

_SUCCESSION = 25


def person_before(scene: Scene, index: int) -> Argument | None:
    """Return the person named last before a word in its clause: "X was made minister in succession to Y"."""
    for position in range(index - 1, max(-1, index - _SUCCESSION), -1):
        node = scene.nodes[position]
        if node.tag is Tag.STOP:
            return None
        chunk = node.chunk
        if chunk is not None and chunk.entity and chunk.kind is EntityKind.PERSON and chunk.reference is Reference.NAME:
            return as_head(chunk, chunk.entity)
    return None


def maker_of(scene: Scene, index: int, noun: NounAnalysis) -> Argument | None:
    """Return the state before a definite noun: "of Iranian make"."""
    node = scene.nodes[index - 1] if index else None
    if node is None or not noun.definite or noun.preposition or node.tag is not Tag.NATIONALITY or node.country is None:
        return None
    if scene.reading.words[index - 1].bears_article:
        return None
    return Argument("nisba", scene.collector.entity_of(node.country), EntityKind.COUNTRY, index - 1, index, 90)


def before_adjectives(scene: Scene, index: int) -> int:
    """Return the first of the adjectives that end at a word: a nationality may have two."""
    while index > 1 and scene.nodes[index - 1].tag is Tag.OTHER and not scene.nodes[index - 1].preposition:
        index -= 1
    return index


def with_joined(scene: Scene, last: Argument) -> list[Argument]:
    """Return a chunk with those that "and" joins to it: "X and Y, partners of Z"."""
    found = [last]
    node = scene.nodes[last.position]
    while found[0].position and node.conjunction:
        chunk = scene.nodes[found[0].position - 1].chunk
        if chunk is None or not chunk.entity or chunk.kind is not last.kind:
            break
        found.insert(0, as_head(chunk, chunk.entity))
        node = scene.nodes[chunk.start]
    return found


def modified(scene: Scene, index: int) -> Argument | None:
    """Return the chunk that a noun modifies: "the coalition led by", "Turkey, a member of"."""
    before = index - 1
    if before >= 0 and scene.nodes[before].tag in (Tag.PREPOSITION, Tag.COMMA):
        before -= 1
    if before > 0 and scene.nodes[before].tag is Tag.QUOTE:
        before -= 1
    chunk = scene.nodes[before].chunk if before >= 0 else None
    if chunk is None or not chunk.entity:
        return None
    return as_head(chunk, chunk.entity)


def predicated(scene: Scene, index: int, elatives: frozenset[str]) -> Argument | None:
    """Return of whom a noun is said: "X is the greatest supplier of Y", "X, which is the first donor to Y"."""
    before = index - 1
    while before > 0 and scene.reading.words[before].norm in elatives:
        before -= 1
    if before and before < index - 1 and scene.nodes[before].preposition == scene.collector.morphemes.from_:
        # "is [one] of the foremost suppliers of".
        before -= 1
    node = scene.nodes[before] if before >= 0 else None
    if node is None or (node.tag is Tag.CHUNK and before == index - 1):
        return None
    if node.tag is Tag.PRONOUN and before and not node.preposition:
        # "X is the first supplier of Y", "X, and it is the greatest supplier of Y".
        before -= 1
        before -= scene.nodes[before].tag is Tag.COMMA
        node = scene.nodes[max(before, 0)]
    if node.tag is Tag.CHUNK and node.chunk is not None and node.chunk.entity:
        return as_head(node.chunk, node.chunk.entity)
    clause = scene.clauses[-1] if scene.clauses and node.tag is Tag.VERB else None
    if clause is None or clause.index != before or clause.agent is None or not clause.agent.arguments:
        return None
    return replace(clause.agent.arguments[0], slot="head")


def as_head(chunk: Chunk, entity: str) -> Argument:
    """Return a chunk that means somebody as what a noun describes, or whose deed it is."""
    return Argument("head", entity, chunk.kind, chunk.start, chunk.end, 95)


def stands_after(frame: Frame, scene: Scene, index: int) -> bool:
    """Tell whether one of the prepositions that a frame asks for is on the noun or right before it."""
    wanted = {slot_key(preposition) for preposition in frame.after}
    node = scene.nodes[index]
    if node.tag is Tag.PREPOSITION and node.noun is not None:
        return node.noun.preposition in wanted
    led = scene.tag_before(index) is Tag.PREPOSITION
    return node.preposition in wanted or (led and scene.nodes[index - 1].preposition in wanted)


def is_owned(scene: Scene, index: int) -> bool:
    """Tell whether a noun has the article or a genitive that is named."""
    noun, behind = scene.nodes[index].noun, scene.nodes[index + 1] if index + 1 < len(scene.nodes) else None
    owned = behind is not None and behind.tag is Tag.CHUNK and not behind.preposition
    return owned or (noun is not None and (noun.definite or noun.pronoun is not None))


def is_motive(noun: NounAnalysis) -> bool:
    """Tell whether a noun in the accusative says why the clause's subject acts: "in protest at", "in support of"."""
    return noun.accusative and noun.pronoun is None and all(f.relation in STANCES_SHOWN for f in noun.entry.frames)
