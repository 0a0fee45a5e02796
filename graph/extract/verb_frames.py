"""Tells what the frames of a verb's readings say of it: what it tells in its tense, whether it takes objects.

A word has the same readings in all texts, so that most of it is found out once a word.
"""

from __future__ import annotations

from functools import lru_cache

from ..lang.predicates import Frame, LightRole, VerbEntry
from ..model import EntityKind
from ..morphology.conjugate import Aspect
from ..morphology.forms import VerbAnalysis
from .relations import takes_object, takes_subject

_CACHED = 20_000


@lru_cache(maxsize=_CACHED)
def entries_of(analyses: tuple[VerbAnalysis, ...]) -> tuple[VerbEntry, ...]:
    """Return the entries with frames that a word may be a form of, each once."""
    return tuple({id(entry): entry for a in analyses for entry in a.entries}.values())


@lru_cache(maxsize=_CACHED)
def pasts_of(analyses: tuple[VerbAnalysis, ...]) -> frozenset[str]:
    """Return the verbs with frames that a word may be a form of, each in the past."""
    return frozenset(entry.past for entry in entries_of(analyses))


@lru_cache(maxsize=_CACHED)
def frames_of(analyses: tuple[VerbAnalysis, ...]) -> tuple[Frame, ...]:
    """Return the frames of all entries that a word may be a form of."""
    return tuple([frame for entry in entries_of(analyses) for frame in entry.frames])


@lru_cache(maxsize=_CACHED)
def relations_of(analyses: tuple[VerbAnalysis, ...]) -> frozenset[str]:
    """Return the relations that a word may tell."""
    return frozenset(frame.relation for frame in frames_of(analyses))


@lru_cache(maxsize=_CACHED)
def subject_slots_of(analyses: tuple[VerbAnalysis, ...]) -> frozenset[str]:
    """Return the slots in which one of a word's frames looks for its subject."""
    return frozenset(slot for frame in frames_of(analyses) for slot in frame.subject)


@lru_cache(maxsize=_CACHED)
def bears_pronoun(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether a pronoun may be written onto a word for its object."""
    return any(analysis.pronoun is not None for analysis in analyses)


@lru_cache(maxsize=_CACHED)
def undergoes(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether whoever is a verb's subject undergoes the deed behind it: "was exposed to"."""
    return any(light.role is LightRole.PATIENT for a in analyses for light in a.lights if not light.nouns)


@lru_cache(maxsize=_CACHED)
def is_past(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether a word can be nothing but a verb in the past."""
    return bool(analyses) and all(analysis.form.aspect is Aspect.PAST for analysis in analyses)


@lru_cache(maxsize=_CACHED)
def is_present(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether no reading of a word is a verb in the past."""
    return all(analysis.form.aspect is Aspect.PRESENT for analysis in analyses)


@lru_cache(maxsize=_CACHED)
def is_planned(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether the future or purpose particle on a word says that what it tells is to come."""
    return any(analysis.future for analysis in analyses) or (
        bool(analyses) and all(analysis.purpose for analysis in analyses)
    )


def told_in(entry: VerbEntry, analyses: tuple[VerbAnalysis, ...]) -> tuple[Frame, ...]:
    """Return the frames of a verb that it tells in its tense: who controls a town need not have taken it."""
    if True not in [frame.past for frame in entry.frames]:
        return entry.frames
    past = any(a.form.aspect is Aspect.PAST for a in analyses if entry in a.entries)
    return entry.frames if past else tuple([frame for frame in entry.frames if not frame.past])


@lru_cache(maxsize=_CACHED)
def takes_objects(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether a verb may have a direct object; of a verb without frames that says nothing it is not known."""
    frames = frames_of(analyses)
    light = any("direct" in light.via for a in analyses for light in a.lights)
    unknown = not frames and not any(analysis.speeches for analysis in analyses)
    return unknown or light or any("direct" in (*frame.object, *frame.item, *frame.subject) for frame in frames)


@lru_cache(maxsize=_CACHED)
def is_done_to_places(analyses: tuple[VerbAnalysis, ...]) -> bool:
    """Tell whether a verb has a place for its object and none for its subject: "had visited the city"."""
    frames = frames_of(analyses)
    direct = any("direct" in frame.object and takes_object(frame.relation, EntityKind.PLACE) for frame in frames)
    return direct and not any(takes_subject(frame.relation, EntityKind.PLACE) for frame in frames)


@lru_cache(maxsize=_CACHED)
def has_direct(analyses: tuple[VerbAnalysis, ...], relation: str) -> bool:
    """Tell whether a verb tells a relation to its direct object."""
    return any(frame.relation == relation and "direct" in frame.object for frame in frames_of(analyses))
