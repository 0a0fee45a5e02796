"""Reads the nationalities behind a noun: "the American and British raids"."""

from __future__ import annotations

from ..resolve.known import kind_of
from .arguments import Argument
from .clauses import Node, Tag
from .scene import Scene
from .words import DASHES

_ADJECTIVES = 3
# Of two letters are particles alone: "air" has three.
_SHORT = 2
_NATIONAL = (Tag.NATIONALITY, Tag.OTHER)


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
    return node.tag in (Tag.OTHER, Tag.PARTICIPLE) and not node.preposition and len(key) > _SHORT
