"""Tells what the frames of an event noun say of it, alone and behind what stands before it."""

from __future__ import annotations

from functools import lru_cache

from ..lang.predicates import Frame
from ..morphology.forms import NounAnalysis
from .described import is_owned, stands_after
from .scene import Scene

_CACHED = 20_000
_AGENT = "agent"


@lru_cache(maxsize=_CACHED)
def relations_of_noun(noun: NounAnalysis) -> frozenset[str]:
    """Return the relations that a noun may tell."""
    return frozenset(frame.relation for frame in noun.entry.frames)


@lru_cache(maxsize=_CACHED)
def slots_of_noun(noun: NounAnalysis) -> tuple[frozenset[str], frozenset[str]]:
    """Return the slots in which one of a noun's frames looks for its subject, and for its object."""
    frames = noun.entry.frames
    return (
        frozenset(slot for frame in frames for slot in frame.subject),
        frozenset(slot for frame in frames for slot in frame.object),
    )


@lru_cache(maxsize=_CACHED)
def _is_plain(noun: NounAnalysis) -> bool:
    """Tell whether all frames of a noun are a deed's, whatever stands before it."""
    return not any(frame.base or frame.after for frame in noun.entry.frames)


@lru_cache(maxsize=_CACHED)
def _frames_joining(noun: NounAnalysis) -> tuple[Frame, ...]:
    """Return the frames by which a noun says with whom a clause's subject acts: "in cooperation with"."""
    return tuple(frame for frame in noun.entry.frames if frame.after and _AGENT in frame.subject)


@lru_cache(maxsize=_CACHED)
def _frames_asking(noun: NounAnalysis) -> tuple[Frame, ...]:
    """Return the frames by which a clause's subject undergoes a noun: "at the invitation of"."""
    return tuple(frame for frame in noun.entry.frames if frame.after and _AGENT in frame.object)


def frames_before(scene: Scene, index: int, noun: NounAnalysis) -> tuple[Frame, ...]:
    """Return the frames of a noun that what stands before it lets it tell; one that asks for it goes before others."""
    if _is_plain(noun):
        return noun.entry.frames
    frames = tuple([frame for frame in noun.entry.frames if _fits(frame, scene, index)])
    return tuple([frame for frame in frames if frame.after and _AGENT in frame.object]) or frames


def joins_in(scene: Scene, index: int, noun: NounAnalysis) -> bool:
    """Tell whether a noun says with whom the clause's subject did it: "in cooperation with"."""
    joining = _frames_joining(noun)
    return bool(joining) and any(_fits(frame, scene, index) for frame in joining)


def undergoes_noun(scene: Scene, index: int, noun: NounAnalysis) -> bool:
    """Tell whether the clause's subject undergoes a noun after its preposition: "visited at the invitation of"."""
    asking = _frames_asking(noun)
    return bool(asking) and any(_fits(frame, scene, index) for frame in asking)


def _fits(frame: Frame, scene: Scene, index: int) -> bool:
    """Tell whether a frame is a deed's, and one of the prepositions that it asks for stands before the noun."""
    if frame.base or (frame.after and not stands_after(frame, scene, index)):
        return False
    # "attacked with support from X" tells whom X backs, "lauded X's support" does not.
    return not frame.after or _AGENT not in frame.object or "of" in frame.subject or not is_owned(scene, index)
