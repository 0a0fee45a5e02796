"""Tells of verbs of office who is appointed where a subject would stand, and who leads a body by taking it over."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind
from .arguments import Argument, Slots
from .chunks import Chunk
from .found import Found
from .rules import Rules
from .scene import Scene
from .subjects import Subject
from .verb_frames import frames_of, has_direct, relations_of

_LEADS, _LED = "leads", 0.75
# How many words a name in full has.
_FULL = 2


def is_appointed(scene: Scene, index: int, bare: list[list[Argument]], accusative: str) -> bool:
    """Tell whether who is named in full behind a verb is made what follows: "and X was named head of Y"."""
    if len(bare) != 1 or len(bare[0]) != 1 or bare[0][0].through or bare[0][0].kind is not EntityKind.PERSON:
        return False
    chunk = scene.nodes[bare[0][0].position].chunk
    titled = chunk is None or chunk.name_start != chunk.start
    if chunk is None or titled or chunk.end - chunk.start < _FULL or chunk.end >= len(scene.nodes):
        return False
    appoints = has_direct(scene.nodes[index].verbs, "appointed")
    new = chunk.entity not in scene.discourse.seen
    return appoints and new and scene.reading.words[chunk.end].norm.endswith(accusative)


def leads_from_office(rules: Rules, scene: Scene, index: int, agent: Subject | None, slots: Slots) -> Iterator[Found]:
    """Yield who leads a body by taking over what heads it: "X took over the presidency of the group Y".

    What heads it is then no object any more.
    """
    analyses = scene.nodes[index].verbs
    if _LEADS not in relations_of(analyses):
        return
    taken = next(iter(slots.get("direct", ())), [])
    chunk = scene.nodes[taken[0].position].chunk if agent is not None and taken and taken[0].position >= 0 else None
    head = chunk.cut.stem if chunk is not None and chunk.cut is not None else ""
    if chunk is None or not any(frame.relation == _LEADS and head in frame.requires for frame in frames_of(analyses)):
        return
    body = next((each for each in chunk.parents if isinstance(each, Chunk) and each.entity), None)
    status = rules.status.read(scene.reading, scene.nodes, index)
    if body is None or body.entity is None or status is None or agent is None:
        return
    del slots["direct"]
    for entity in agent.entities:
        yield Found(entity, _LEADS, body.entity, status, _LED, scene.reading, chunk.start, "presidency")
