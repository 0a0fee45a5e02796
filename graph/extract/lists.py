"""Reads what stands right at a word: an actor with nothing written onto it, or a list, "X, Y and Z"."""

from __future__ import annotations

from .chunks import Chunk
from .clauses import Tag
from .relations import ACTORS
from .scene import Scene


def bare_at(scene: Scene, index: int) -> Chunk | None:
    """Return the chunk that begins at a word with neither a preposition nor "and" written onto it."""
    chunk = scene.nodes[index].chunk if index < len(scene.nodes) else None
    if chunk is None or chunk.start != index or chunk.preposition or chunk.conjunction:
        return None
    return chunk


def listed_from(scene: Scene, start: int) -> tuple[list[Chunk], int]:
    """Return the actors that are joined from a word on by commas and "and", and where they end."""
    nodes, found, index = scene.nodes, list[Chunk](), start
    while index < len(nodes):
        chunk = nodes[index].chunk if nodes[index].tag is Tag.CHUNK else None
        if chunk is None or not chunk.entity or chunk.kind not in ACTORS:
            break
        comma = nodes[index - 1].tag is Tag.COMMA
        joined = chunk.conjunction == scene.collector.morphemes.and_ or (comma and not chunk.conjunction)
        if found and (chunk.preposition or not joined):
            break
        found.append(chunk)
        index = chunk.end
        if index + 1 < len(nodes) and nodes[index].tag is Tag.COMMA and nodes[index + 1].tag is Tag.CHUNK:
            index += 1
    return found, index
