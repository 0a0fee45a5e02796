"""Reads the nationalities behind a noun: "the American and British raids"."""

from __future__ import annotations

from ..model import EntityKind
from .arguments import Argument
from .clauses import Node, Tag
from .scene import Scene

_ADJECTIVES = 3
_DASHES = "-\u2013\u2014"


def nationalities_after(scene: Scene, start: int) -> tuple[list[Argument], int]:
    """Return the nationalities among the adjectives right after a noun, and where its complements begin."""
    found: list[Argument] = []
    index = start
    while index < len(scene.nodes) and index - start < _ADJECTIVES + len(found):
        node, word = scene.nodes[index], scene.reading.words[index]
        if node.tag is Tag.NATIONALITY and node.country is not None:
            entity = scene.collector.entity_of(node.country)
            found.append(Argument("nisba", entity, EntityKind.COUNTRY, index, index + 1, 90 + len(found)))
            start = index + 1
        elif not (found and word.norm in _DASHES) and not _is_adjective(node, word.key):
            break
        index += 1
    return found, start


def _is_adjective(node: Node, key: str) -> bool:
    return node.tag in (Tag.OTHER, Tag.PARTICIPLE) and not node.preposition and len(key) > 3
