"""Fills the frames of a verb or noun with the arguments around it, and says how far each filling is to be believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from ..lang.predicates import Frame
from ..model import EntityKind, Status
from ..text.fold import loosen, normalize
from .arguments import Argument
from .relations import SYMMETRIC, takes_object, takes_subject
from .words import Word, base_of

Slots = Mapping[str, list[list[Argument]]]
_REQUIRED_WITHIN, _FORBIDDEN_WITHIN = 16, 5
NATIONAL = "/national"
_IN = "\u0641\u064a"
# What is condemned, backed or refused is often a deed named with its state: "condemned the Israeli raids".
_OF_STATES = frozenset({"criticized", "supports", "rejected"})
_NESTED, _THROUGH, _COMMA, _COUNTRY_ONLY = 0.5, 0.8, 0.93, 0.75


@dataclass(frozen=True, slots=True)
class Filling:
    """A frame with its two sides filled by one entity each."""

    frame: Frame
    subject: Argument
    object: Argument
    confidence: float
    status: Status | None


def fill(frame: Frame, slots: Slots, words: tuple[Word, ...], trigger: int) -> Iterator[Filling]:
    """Yield the fillings of a frame: every coordinated subject with every coordinated object."""
    if not _words_fit(frame, words, trigger):
        return
    subjects, subject_slot = _side(frame, frame.subject, slots, takes_subject, frame.subject_kinds, ())
    if frame.reciprocal or frame.relation in SYMMETRIC:
        paired = list(_pairs(frame, slots, subjects))
        if paired:
            yield from paired
            return
    if not subjects:
        return
    objects, _ = _side(frame, frame.object, slots, takes_object, frame.object_kinds, tuple(subjects))
    if not objects and frame.relation == "attacked":
        # What was struck is often unnamed and only its place told: "struck a refinery in Ryazan".
        places = [a for group in slots.get(_IN, ()) for a in group if a.kind in (EntityKind.PLACE, EntityKind.COUNTRY)]
        objects = [replace(argument, nested=True) for argument in places]
    if not objects and subject_slot == "of" and "agent" in frame.subject and slots.get("agent"):
        # "announces the delivery [to] Iran of ...": the verb's subject gives, the first noun receives.
        objects = [argument for argument in subjects if takes_object(frame.relation, argument.kind)]
        subjects = [argument for argument in slots["agent"][0] if takes_subject(frame.relation, argument.kind)]
    for subject in subjects:
        for target in objects:
            if subject.entity != target.entity:
                yield Filling(frame, subject, target, _confidence(frame, subject, target), frame.status)


def _pairs(frame: Frame, slots: Slots, subjects: list[Argument]) -> Iterator[Filling]:
    """Pair the members of a group that acts on itself: "the two presidents met", "talks between X and Y"."""
    for slot in ("\u0628\u064a\u0646", *frame.subject):
        for group in slots.get(slot, ())[:1]:
            members = [a for a in group if takes_subject(frame.relation, a.kind) and _kind_fits(a, frame.object_kinds)]
            if 2 <= len({member.entity for member in members}) <= 4:
                if slot in frame.subject and _has_object(frame, slots, members):
                    return
                if slot in frame.subject and not frame.reciprocal and slot != "agent":
                    return
                for one, other in combinations(members, 2):
                    if one.entity != other.entity:
                        yield Filling(frame, one, other, _confidence(frame, one, other), frame.status)
                return


def _has_object(frame: Frame, slots: Slots, members: list[Argument]) -> bool:
    objects, _ = _side(frame, frame.object, slots, takes_object, frame.object_kinds, tuple(members))
    return bool(objects)


def _side(
    frame: Frame,
    names: tuple[str, ...],
    slots: Slots,
    takes: Callable[[str, EntityKind], bool],
    kinds: tuple[EntityKind, ...],
    taken: tuple[Argument, ...],
) -> tuple[list[Argument], str]:
    taken_at = {argument.position for argument in taken}
    national = tuple(f"{name}{NATIONAL}" for name in names) if frame.relation in _OF_STATES else ()
    for name in (*names, *national):
        for group in slots.get(normalize(name), ()):
            accepted = [
                argument
                for argument in group
                if takes(frame.relation, argument.kind)
                and _kind_fits(argument, kinds)
                and argument.position not in taken_at
            ]
            if accepted:
                return accepted, name
    return [], ""


def _kind_fits(argument: Argument, kinds: tuple[EntityKind, ...]) -> bool:
    return not kinds or argument.kind in kinds


def _words_fit(frame: Frame, words: tuple[Word, ...], trigger: int) -> bool:
    if not frame.requires and not frame.not_with:
        return True
    if frame.requires and not _bases(words, trigger + 1, trigger + 1 + _REQUIRED_WITHIN) & _loosened(frame.requires):
        return False
    near = _bases(words, trigger + 1, trigger + 1 + _FORBIDDEN_WITHIN) if frame.not_with else set()
    return not near & _loosened(frame.not_with)


@lru_cache(maxsize=4096)
def _loosened(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(loosen(normalize(word)) for word in words)


def _bases(words: tuple[Word, ...], start: int, end: int) -> set[str]:
    """Return the words of a stretch in every form a list may hold: cut, without article, without accusative alif."""
    bases: set[str] = set()
    for word in words[start:end]:
        for cut in word.cuts:
            key = cut.key
            bases.add(key)
            bases.add(base_of(key))
            if key.endswith("\u0627") and len(key) > 3:
                bases.add(key[:-1])
    return bases


def _confidence(frame: Frame, subject: Argument, target: Argument) -> float:
    confidence = frame.confidence
    for argument in (subject, target):
        if argument.nested:
            confidence *= _NESTED
        if argument.through:
            confidence *= _THROUGH
        if argument.country_only:
            confidence *= _COUNTRY_ONLY
        confidence *= _COMMA**argument.commas
    return confidence
