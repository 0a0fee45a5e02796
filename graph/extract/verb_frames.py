"""Tells what the frames of a verb's readings say of it: what it tells in its tense, whether it takes objects."""

from __future__ import annotations

from ..lang.predicates import Frame, VerbEntry
from ..model import EntityKind
from ..morphology.conjugate import Aspect
from ..morphology.forms import VerbAnalysis
from .going_on import entries_of
from .relations import takes_object, takes_subject


def told_in(entry: VerbEntry, analyses: tuple[VerbAnalysis, ...]) -> tuple[Frame, ...]:
    """Return the frames of a verb that it tells in its tense: who controls a town need not have taken it."""
    past = any(a.form.aspect is Aspect.PAST for a in analyses if entry in a.entries)
    return entry.frames if past else tuple([frame for frame in entry.frames if not frame.past])


def takes_objects(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether a verb may have a direct object; of a verb without frames that says nothing it is not known."""
    frames = [frame for entry in entries_of(analyses) for frame in entry.frames]
    light = any("direct" in light.via for a in analyses for light in a.lights)
    unknown = not frames and not any(analysis.speeches for analysis in analyses)
    return unknown or light or any("direct" in (*frame.object, *frame.item, *frame.subject) for frame in frames)


def is_done_to_places(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether a verb has a place for its object and none for its subject: "had visited the city"."""
    frames = [frame for entry in entries_of(analyses) for frame in entry.frames]
    direct = any("direct" in frame.object and takes_object(frame.relation, EntityKind.PLACE) for frame in frames)
    return direct and not any(takes_subject(frame.relation, EntityKind.PLACE) for frame in frames)
