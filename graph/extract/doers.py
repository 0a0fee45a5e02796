"""Finds who stands behind a deed that is the subject: "the Israeli raid that hit", "the sanctions of X took in"."""

from __future__ import annotations

from ..model import EntityKind
from .arguments import Argument
from .clauses import Node, Tag
from .collector import Collector
from .relations import POWERS

_ADJECTIVES = 4
_TELLING = frozenset({"attacked", "sanctioned"})


def doer_of(nodes: list[Node], index: int, collector: Collector) -> Argument | None:
    """Return the state or body whose assault or curb the noun at a word names, from its adjective or its genitive."""
    noun = nodes[index].noun
    if noun is None or not any(frame.relation in _TELLING for frame in noun.entry.frames):
        return None
    for position in range(index + 1, min(index + 1 + _ADJECTIVES, len(nodes))):
        node = nodes[position]
        if node.tag is Tag.NATIONALITY and node.country is not None:
            state = collector.entity_of(node.country)
            return Argument(
                "agent", state, EntityKind.COUNTRY, position, position + 1, 0, through=True, country_only=True
            )
        chunk = node.chunk
        if chunk is not None and chunk.entity and chunk.kind in POWERS and not chunk.preposition and not noun.definite:
            return Argument("agent", chunk.entity, chunk.kind, position, chunk.end, 0, through=True)
        if node.tag not in (Tag.OTHER, Tag.PARTICIPLE) or node.preposition:
            return None
    return None
