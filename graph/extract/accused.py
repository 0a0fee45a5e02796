"""Finds who did what somebody is accused of: "X accused Y of shelling Z" tells that Y shelled Z, as X says."""

from __future__ import annotations

from .arguments import Argument
from .candidates import Trigger
from .chunks import Chunk
from .clauses import CLAUSE_ENDS, Tag
from .deeds import as_subject
from .scene import Scene
from .subjects import Subject

_ACCUSES = "criticized"
_REACH, _SURE = 16, 0.85
# Between a word of forcing and who is forced may stand who forces.
_FORCED_REACH = 7
_LEADING = frozenset({Tag.OTHER, Tag.NOUN})


def accused_of(scene: Scene, index: int, by: str, blame: frozenset[str]) -> Subject | None:
    """Return those who are accused of the deed whose noun stands at a word.

    `by` is the preposition "of", `blame` the words for "responsibility", which somebody is charged with instead.
    """
    nodes = scene.nodes
    lead = _blame_before(scene, index, blame)
    if lead < 0 and nodes[index].preposition == by:
        lead = index
    elif lead < 0:
        # "of carrying out a raid": the preposition is on the noun before.
        lead = index - 1
        if lead < 1 or nodes[lead].preposition != by or nodes[lead].tag not in _LEADING:
            return None
    charged = nodes[lead].preposition != by
    accusation = next(
        (t for t in reversed(scene.triggers) if t.index < lead and _accuses(t, by, charged=charged)), None
    )
    if accusation is None or lead - accusation.index > _REACH:
        return None
    if any(node.tag in CLAUSE_ENDS for node in nodes[accusation.index + 1 : lead]):
        return None
    accused: dict[str, Argument] = {}
    for filling in accusation.fillings[_ACCUSES]:
        accused.setdefault(filling.object.entity, filling.object)
    return Subject(tuple(accused), _SURE, "accused", tuple(accused.values()))


def _blame_before(scene: Scene, index: int, blame: frozenset[str]) -> int:
    """Return where "responsibility" stands right before a deed, or before its "for"; -1 where it does not."""
    before = index - 1
    if before > 0 and scene.nodes[before].tag is Tag.PREPOSITION:
        before -= 1
    return before if before >= 0 and scene.reading.words[before].norm in blame else -1


def _accuses(trigger: Trigger, by: str, *, charged: bool) -> bool:
    """Tell whether a trigger blames somebody whom its frames name for something behind "of"."""
    blames = any(frame.relation == _ACCUSES and (charged or by in frame.item) for frame in trigger.frames)
    return blames and bool(trigger.fillings.get(_ACCUSES))


def performer_of(scene: Scene, index: int, performing: frozenset[str]) -> Subject | None:
    """Return who did a deed that he is said to perform: "X's carrying out of a raid", "X's resort to shelling"."""
    nodes, last = scene.nodes, index - 1
    if not nodes[index].preposition and last > 0 and nodes[last].tag is Tag.PREPOSITION:
        last -= 1
    elif not nodes[index].preposition and (noun := nodes[index].noun) is not None and noun.definite:
        return None
    chunk = nodes[last].chunk if last > 0 else None
    if chunk is None or not chunk.entity or chunk.preposition or not chunk.start:
        return None
    if scene.reading.words[chunk.start - 1].norm not in performing:
        return None
    return _doing(chunk, chunk.entity, "performer")


def forced_of(scene: Scene, index: int, on: str, forcing: frozenset[str]) -> Subject | None:
    """Return who is forced to a deed: "X forced Y to withdraw", "the forcing of Y to withdraw"."""
    nodes, words = scene.nodes, scene.reading.words
    if scene.preposition_of(index) != on:
        return None
    last = index - 1 if nodes[index].preposition else index - 2
    while last > 0 and nodes[last].tag is Tag.QUOTE:
        last -= 1
    chunk = nodes[last].chunk if last > 0 else None
    if chunk is None or not chunk.entity or chunk.preposition:
        return None
    before = range(max(0, chunk.start - _FORCED_REACH), chunk.start)
    if not any(words[position].norm in forcing for position in before):
        return None
    return _doing(chunk, chunk.entity, "forced")


def _doing(chunk: Chunk, entity: str, place: str) -> Subject:
    """Return a chunk as who does a deed; `place` says how the text tells it."""
    return as_subject([Argument("agent", entity, chunk.kind, chunk.start, chunk.end, 95)], _SURE, place)
