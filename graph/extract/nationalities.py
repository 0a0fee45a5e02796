"""Reads the nationalities behind a noun: "the American and British raids"."""

from __future__ import annotations

from ..resolve.known import kind_of
from .arguments import Argument
from .clauses import Node, Tag
from .scene import Scene

_ADJECTIVES = 3
_NATIONAL = (Tag.NATIONALITY, Tag.OTHER)
_DASHES = "-\u2013\u2014"


def nationalities_after(scene: Scene, start: int) -> tuple[list[Argument], int]:
    """Return the nationalities among the adjectives right after a noun, and where its complements begin."""
    found: list[Argument] = []
    index = start
    while index < len(scene.nodes) and index - start < _ADJECTIVES + len(found):
        node, word = scene.nodes[index], scene.reading.words[index]
        if node.tag in _NATIONAL and node.country is not None:
            # The adjective of a body counts as one of nationality from here on.
            node.tag = Tag.NATIONALITY
            entity = scene.collector.entity_of(node.country)
            group = found[-1].group if found and node.conjunction else 90 + len(found)
            found.append(Argument("nisba", entity, kind_of(node.country), index, index + 1, group))
            start = index + 1
        elif not (found and word.norm in _DASHES) and not _is_adjective(node, word.key):
            break
        index += 1
    return found, start


def _is_adjective(node: Node, key: str) -> bool:
    return node.tag in (Tag.OTHER, Tag.PARTICIPLE) and not node.preposition and len(key) > 3
