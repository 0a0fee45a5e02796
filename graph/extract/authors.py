"""Finds who speaks behind a statement or an outlet: "a report by X says", "the agency quoted X as saying"."""

from __future__ import annotations

from ..model import EntityKind
from .arguments import Argument
from .clauses import Tag
from .relations import ACTORS
from .scene import Scene
from .subjects import Subject

_NEAR, _FAR = 4, 24
_SURE = 0.8
_BETWEEN = frozenset({Tag.OTHER, Tag.PARTICIPLE, Tag.PREPOSITION})
_ENDS = frozenset({Tag.STOP, Tag.SUBORDINATOR, Tag.VERB})
_NOBODY = Subject((), 0.0, "quoted")


def author_of(scene: Scene, head: int) -> Subject | None:
    """Return whose a statement is: "a report of X", "a statement by the ministry", "a statement issued by X"."""
    morphemes = scene.collector.morphemes
    leading = ("", morphemes.for_, morphemes.on_behalf, morphemes.from_)
    for index in range(head + 1, min(head + _NEAR, len(scene.nodes))):
        node = scene.nodes[index]
        chunk = node.chunk
        if chunk is not None:
            led = scene.nodes[index - 1].preposition if scene.nodes[index - 1].tag is Tag.PREPOSITION else ""
            fits = chunk.entity and chunk.kind in ACTORS and (node.preposition or led) in leading
            return _subject(chunk.entity or "", chunk.kind, index, chunk.end) if fits else None
        about = node.preposition == morphemes.on_behalf and index == head + 1
        if about or node.tag not in _BETWEEN or node.preposition not in leading:
            # "a report about X" is not by X, "issued by" is.
            return None
    return None


def quoted_behind(scene: Scene, verb: int, quoting: frozenset[str]) -> Subject | None:
    """Return whom an outlet quotes, an empty subject where he has no name; None where it quotes nobody."""
    nodes, words = scene.nodes, scene.reading.words
    about = scene.collector.morphemes.on_behalf
    source: Subject | None = None
    led = False
    for index in range(verb + 1, min(verb + _FAR, len(nodes))):
        node = nodes[index]
        if words[index].norm in quoting:
            return (source or _NOBODY) if led else None
        if node.tag in _ENDS:
            return None
        if node.tag is Tag.PREPOSITION and node.preposition == about:
            led, source = True, None
        chunk = node.chunk
        begins = chunk is not None and chunk.start == index and nodes[index - 1].preposition == about
        if led and source is None and chunk is not None and begins:
            source = _subject(chunk.entity, chunk.kind, index, chunk.end) if chunk.entity else _NOBODY
    return None


def _subject(entity: str, kind: EntityKind, start: int, end: int) -> Subject:
    return Subject((entity,), _SURE, "author", (Argument("agent", entity, kind, start, end, 0),))
