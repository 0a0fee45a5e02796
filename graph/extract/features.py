"""Says what the weights look at: where actors stand to a trigger, whether the frames expect them, how they agree.

A view is a small tuple of what counts, a feature its name in weights.json; none holds a word of a text. Views are few,
so whoever weighs them need not spell their features again: what is made for every actor is a plain tuple, which is
quicker to make and to look up, and gets the names of its fields only where its features are spelt. Weights are learned
from annotated articles (training.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..lang.predicates import Frame
from ..model import EntityKind, Status
from .arguments import PRONOUN, slot_key
from .candidates import Between, Option, SlotView, Standing, Trigger
from .frames import Filling

_CACHED = 512
_DISTANCES = ((4, ""), (7, "4-6"), (12, "7-11"), (21, "12-20"))


class PlaceView(NamedTuple):
    """What holds of an actor's place whatever the relation; `mind` says why it is in mind, "" where it has words."""

    sort: str
    mind: str
    side: str = ""
    distance: str = ""
    commas: str = ""
    verbs: str = ""
    breaks: str = ""
    chunks: str = ""
    preposition: str = ""
    national: bool = False
    slot: str = ""
    rank: int = 0
    argument: tuple[bool, bool, int] | None = None
    agent: bool = False
    speaks: bool = False


class SideView(NamedTuple):
    """An actor on one side ("s" or "o") of a relation; `expected` tells which slot of the frame it stands in."""

    role: str
    sort: str
    relation: str
    kind: EntityKind
    expected: str
    filled: bool
    national: bool
    side: str


# The fields of a PlaceView and of a SideView.
PlaceKey = tuple[str, str, str, str, str, str, str, str, str, bool, str, int, tuple[bool, bool, int] | None, bool, bool]
SideKey = tuple[str, str, str, EntityKind, str, bool, bool, str]


class TriggerView(NamedTuple):
    """A trigger and a relation alone."""

    sort: str
    relation: str
    certain: int
    filled: int
    others: int
    status: Status
    in_title: bool
    frames: str


class PairView(NamedTuple):
    """Two sides together; `confidence` is the filling's in tenths, `around` whether the trigger stands between them."""

    sort: str
    relation: str
    confidence: int
    proposed: bool
    order: str
    gap: str
    kinds: tuple[EntityKind, EntityKind]
    national: tuple[bool, bool]
    around: bool | None


def view_place(between: Between, trigger: Trigger, actor: Standing, slots: SlotView) -> PlaceKey:
    """Return how an actor stands to a trigger."""
    position, index = actor.position, trigger.index
    if position < 0:
        agent, subject = actor.entity in trigger.agents, actor.entity in trigger.subjects
        mind = "pronoun" if position == PRONOUN else "agent" if agent else "subject" if subject else "speaker"
        return PlaceView(trigger.sort, mind)
    after = position > index
    start = position if after else actor.end - 1
    commas, verbs, breaks, chunks = between.of(index, start)
    slot, rank, argument = slots.get(position, ("none", 0, None))
    return (
        trigger.sort,
        "",
        "after" if after else "before",
        _distance(abs(start - index)),
        _bucket(commas),
        _bucket(verbs),
        _bucket(breaks),
        _bucket(chunks),
        actor.preposition,
        actor.national,
        slot,
        min(rank, 2),
        None if argument is None else (argument.through, argument.nested, min(argument.commas, 2)),
        actor.entity in trigger.agents,
        actor.entity == trigger.speaker,
    )


def place_features(key: PlaceKey) -> list[str]:
    """Return the features of an actor's place."""
    view = PlaceView(*key)
    sort, side = view.sort, view.side
    if view.mind:
        return [f"mind={view.mind}", f"mind={view.mind}|{sort}"]
    features = [
        f"d={side}{view.distance}",
        f"commas={side}{view.commas}",
        f"verbs={side}{view.verbs}",
        f"breaks={side}{view.breaks}",
        f"chunks={side}{view.chunks}|{sort}",
        f"prep={side}{view.preposition}|{sort}",
        f"nat={view.national}{side}|{sort}",
        f"slot={view.slot}{view.rank}|{sort}",
    ]
    if view.argument is not None:
        through, nested, commas = view.argument
        features.append(f"arg={through:d}{nested:d}{commas}")
    if view.agent:
        features.append(f"agent|{sort}")
    if view.speaks:
        features.append(f"speaks{side}")
    return features


def view_sides(option: Option, role: str) -> list[tuple[Standing, SideKey]]:
    """Return each actor on one side ("s" or "o") of a relation with how it stands there."""
    trigger, frame, slots = option.trigger, option.frame, option.slots
    subject = role == "s"
    names = _slot_keys(frame.subject if subject else frame.object)
    sort, relation, index = trigger.sort, frame.relation, trigger.index
    fillings = trigger.fillings.get(relation, ())
    filled = {(filling.subject if subject else filling.object).entity for filling in fillings} if fillings else ()
    found: list[tuple[Standing, SideKey]] = []
    for actor in option.subjects if subject else option.objects:
        position, entity = actor.position, actor.entity
        stands = slots.get(position)
        slot = stands[0] if stands is not None else "mind" if position < 0 else "none"
        expected = names.get(slot, "no")
        if expected == "no" and actor.preposition in names:
            expected = "prep"
        if expected == "no" and position < 0 and "agent" in names and entity in trigger.agents:
            expected = "agent"
        side = "mind" if position < 0 else "True" if position > index else "False"
        found.append((actor, (role, sort, relation, actor.kind, expected, entity in filled, actor.national, side)))
    return found


def side_features(key: SideKey) -> list[str]:
    """Return the features of an actor on one side of a relation, those of its place left out."""
    view = SideView(*key)
    role, relation, expected = view.role, view.relation, view.expected
    return [
        f"{role}:want={expected}|{view.sort}",
        f"{role}:want={expected}|{relation}",
        f"{role}:kind={view.kind}|{relation}",
        f"{role}:filled={view.filled:d}|{expected}",
        f"{role}:filled={view.filled:d}|{relation}",
        f"{role}:nat={view.national:d}|{relation}",
        f"{role}:side={view.side}|{relation}|{view.sort}",
    ]


def view_trigger(trigger: Trigger, frame: Frame) -> TriggerView:
    """Return what holds of a trigger and a relation whoever its sides are."""
    filled = trigger.fillings.get(frame.relation, ())
    others = sum([1 for fillings in trigger.fillings.values() if fillings])
    return TriggerView(
        trigger.sort,
        frame.relation,
        int(frame.confidence * 10),
        min(len(filled), 2),
        min(others, 2),
        trigger.status,
        trigger.in_title,
        _bucket(len(trigger.frames)),
    )


def trigger_features(view: TriggerView) -> list[str]:
    """Return the features of a trigger and a relation alone."""
    return [
        "bias",
        f"rel={view.relation}",
        f"rel={view.relation}|{view.sort}",
        f"certain={view.certain}",
        f"certain={view.certain}|{view.relation}",
        f"filled={view.filled}|{view.others}",
        f"status={view.status}",
        f"title={view.in_title:d}",
        f"frames={view.frames}",
    ]


def view_pair(trigger: Trigger, frame: Frame, subject: Standing, target: Standing, filling: Filling | None) -> PairView:
    """Return how two sides stand to each other; `filling` is what the frames made of them, if anything."""
    confidence = filling.confidence if filling is not None else 0.0
    first, second = subject.position, target.position
    in_mind = first < 0 or second < 0
    return PairView(
        trigger.sort,
        frame.relation,
        int(confidence * 10),
        confidence > 0,
        "mind" if first < 0 else "pronoun" if second < 0 else "so" if first < second else "os",
        _distance(0 if in_mind else abs(second - first)),
        (subject.kind, target.kind),
        (subject.national, target.national),
        None if in_mind else (first < trigger.index) != (second < trigger.index),
    )


def pair_features(view: PairView) -> list[str]:
    """Return the features of the two sides together."""
    sort, relation = view.sort, view.relation
    features = [
        f"pair={view.confidence}",
        f"pair={view.proposed:d}|{relation}",
        f"order={view.order}|{sort}",
        f"order={view.order}|{relation}",
        f"gap={view.gap}",
        f"kinds={view.kinds[0]}{view.kinds[1]}|{relation}",
        f"nats={view.national[0]:d}{view.national[1]:d}|{sort}",
    ]
    if view.around is not None:
        features.append(f"around={view.around:d}|{sort}")
    return features


def most_unproposed(weights: Mapping[str, float], relation: str) -> float:
    """Return the most that the features of a pair can add to a relation where the frames did not propose it."""

    def most(start: str, end: str = "") -> float:
        return max(
            [0.0, *(weight for name, weight in weights.items() if name.startswith(start) and name.endswith(end))]
        )

    told = f"|{relation}"
    known = weights.get("pair=0", 0.0) + weights.get(f"pair=0{told}", 0.0)
    return (
        known
        + most("order=")
        + most("order=", told)
        + most("gap=")
        + most("kinds=", told)
        + most("nats=")
        + most("around=")
    )


def spell_sides(between: Between, option: Option, role: str) -> dict[Standing, list[str]]:
    """Return all features of each actor on one side ("s" or "o") of a relation."""
    return {
        actor: [
            *(f"{role}:{name}" for name in place_features(view_place(between, option.trigger, actor, option.slots))),
            *side_features(view),
        ]
        for actor, view in view_sides(option, role)
    }


@lru_cache(maxsize=4096)
def _slot_keys(names: tuple[str, ...]) -> Mapping[str, str]:
    """Return the rank of each slot that a frame names, as text; the first counts where one is named twice."""
    ranks: dict[str, str] = {}
    for rank, name in enumerate(names):
        ranks.setdefault(slot_key(name), str(rank))
    return ranks


@lru_cache(maxsize=_CACHED)
def _bucket(number: int) -> str:
    return str(number) if number < 3 else "3+" if number < 6 else "6+"


@lru_cache(maxsize=_CACHED)
def _distance(number: int) -> str:
    return next((name or str(number) for limit, name in _DISTANCES if number < limit), "21+")
