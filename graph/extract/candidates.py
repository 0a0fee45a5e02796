"""Scores who may do what to whom: every pair of actors around a trigger, by a linear model over the grammar's own view.

The frames propose; this module weighs. A feature says where an actor stands to the trigger (slot, distance, what lies
between), whether the frame expects that slot, and how the two sides agree; none holds a word of a text. Weights are
learned from annotated articles (logistic regression, L2) and lie in weights.json beside the language data.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..lang.predicates import Frame
from ..model import EntityKind, Status
from .arguments import Argument, Slots, slot_key
from .clauses import Node, Tag
from .frames import Filling
from .relations import SYMMETRIC, takes_object, takes_subject

_REACH = 45
_MOST_ACTORS = 14
# What two sides can add together is small: below this sum a pair is not worth looking at.
_HOPELESS = -2.5
_DISTANCES = ((7, "4-6"), (12, "7-11"), (21, "12-20"))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb, noun or participle that was read: its frames, the slots around it, and what filled the frames."""

    index: int
    rule: str
    sort: str
    frames: tuple[Frame, ...]
    slots: Slots
    fillings: Mapping[str, tuple[Filling, ...]]
    status: Status
    agents: tuple[str, ...]
    subjects: tuple[str, ...]
    speaker: str | None
    by_call: bool
    in_title: bool
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor around a trigger: its words (or -1 where it is only in mind), the preposition before it and its kind."""

    entity: str
    kind: EntityKind
    position: int
    end: int
    preposition: str
    national: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair with the relation it may stand in and the probability that it does."""

    trigger: Trigger
    frame: Frame
    subject: Standing
    object: Standing
    probability: float
    filling: Filling | None = None

    @property
    def relation(self) -> str:
        """Return the relation; those who discuss by phone speak rather than meet."""
        return "spokeWith" if self.trigger.by_call and self.frame.relation == "met" else self.frame.relation


def actors_of(nodes: Sequence[Node], country_of: Mapping[int, str], kinds: Mapping[str, EntityKind]) -> list[Standing]:
    """Return the actors of a sentence in reading order, nationalities among them."""
    found: list[Standing] = []
    preposition, fresh = "", -9
    for index, node in enumerate(nodes):
        if node.tag is Tag.PREPOSITION:
            preposition, fresh = node.preposition, index
        elif node.tag is Tag.CHUNK and node.chunk is not None and node.chunk.start == index and node.chunk.entity:
            own = node.preposition or (preposition if index - fresh <= 2 else "")
            found.append(Standing(node.chunk.entity, kinds[node.chunk.entity], index, node.chunk.end, own, False))
        elif node.tag is Tag.NATIONALITY and index in country_of:
            found.append(Standing(country_of[index], EntityKind.COUNTRY, index, index + 1, "", True))
    return found


class PairScorer:
    """Weighs pairs of actors; `weights` maps features to numbers, and `bias` is their constant."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def weight(self, feature: str) -> float:
        """Return what a feature adds to the sum."""
        return self._weights.get(feature, 0.0)

    def score(
        self,
        nodes: Sequence[Node],
        triggers: Iterable[Trigger],
        actors: list[Standing],
        kinds: Mapping[str, EntityKind],
    ) -> Iterator[Scored]:
        """Yield every pair with its probability, unsorted."""
        get = self._weights.get
        between = Between(nodes)
        for trigger, frame, sides, pairs in candidates(between, triggers, actors, kinds):
            base = sum([get(feature, 0.0) for feature in trigger_features(trigger, frame)])
            scores = [{id(actor): sum([get(f, 0.0) for f in features]) for actor, features in side} for side in sides]
            for subject, target in pairs:
                total = base + scores[0][id(subject)] + scores[1][id(target)]
                filling = filling_of(trigger, frame, subject, target)
                if filling is None and total < _HOPELESS:
                    continue
                total += sum([get(f, 0.0) for f in pair_features(trigger, frame, subject, target, filling)])
                probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
                yield Scored(trigger, frame, subject, target, probability, filling)


class Between:
    """Counts of what divides clauses, so that what lies between two words is a subtraction."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.commas, self.verbs, self.breaks, self.chunks = [0], [0], [0], [0]
        last = None
        for node in nodes:
            self.commas.append(self.commas[-1] + (node.tag is Tag.COMMA))
            self.verbs.append(self.verbs[-1] + (node.tag is Tag.VERB))
            self.breaks.append(self.breaks[-1] + (node.tag in (Tag.SUBORDINATOR, Tag.RELATIVE, Tag.STOP, Tag.QUOTE)))
            self.chunks.append(self.chunks[-1] + (node.tag is Tag.CHUNK and node.chunk is not last))
            last = node.chunk

    def of(self, one: int, other: int) -> tuple[int, int, int, int]:
        """Return commas, verbs, breaks and actors strictly between two words."""
        low, high = (one + 1, other) if one < other else (other + 1, one)
        high = max(low, high)
        return (
            self.commas[high] - self.commas[low],
            self.verbs[high] - self.verbs[low],
            self.breaks[high] - self.breaks[low],
            self.chunks[high] - self.chunks[low],
        )


Side = list[tuple[Standing, list[str]]]


def candidates(
    between: Between, triggers: Iterable[Trigger], actors: list[Standing], kinds: Mapping[str, EntityKind]
) -> Iterator[tuple[Trigger, Frame, tuple[Side, Side], list[tuple[Standing, Standing]]]]:
    """Yield for each trigger and relation both sides with their features, and the pairs worth weighing."""
    for trigger in triggers:
        near = [a for a in actors if abs(a.position - trigger.index) <= _REACH]
        near = sorted(near, key=lambda a: abs(a.position - trigger.index))[:_MOST_ACTORS]
        near += [Standing(e, kinds[e], -1, -1, "", False) for e in _in_mind(trigger) if e in kinds]
        slots = _slots_by_position(trigger)
        places = [(actor, _place_features(between, trigger, actor, slots)) for actor in near]
        seen: set[str] = set()
        for frame in trigger.frames:
            if frame.relation in seen:
                continue
            seen.add(frame.relation)
            subjects = [
                (a, side_features("s", trigger, frame, a, place, slots, frame.subject))
                for a, place in places
                if takes_subject(frame.relation, a.kind)
            ]
            objects = [
                (a, side_features("o", trigger, frame, a, place, slots, frame.object))
                for a, place in places
                if takes_object(frame.relation, a.kind) and a.position >= 0
            ]
            pairs = [
                (s, o)
                for s, _ in subjects
                for o, _ in objects
                if s.entity != o.entity and not (frame.relation in SYMMETRIC and 0 <= o.position < s.position)
            ]
            if pairs:
                yield trigger, frame, (subjects, objects), pairs


def _in_mind(trigger: Trigger) -> list[str]:
    kept = list(dict.fromkeys([*trigger.agents, *trigger.subjects, *filter(None, [trigger.speaker])]))
    return kept[:4]


SlotView = dict[int, tuple[str, int, Argument]]


def _slots_by_position(trigger: Trigger) -> SlotView:
    view: SlotView = {}
    for slot, groups in trigger.slots.items():
        for rank, group in enumerate(groups):
            for argument in group:
                view.setdefault(argument.position, (slot, rank, argument))
    return view


def _bucket(number: int) -> str:
    return str(number) if number < 3 else "3+" if number < 6 else "6+"


def _distance(number: int) -> str:
    if number < 4:
        return str(number)
    return next((name for limit, name in _DISTANCES if number < limit), "21+")


def _place_features(between: Between, trigger: Trigger, actor: Standing, slots: SlotView) -> list[str]:
    """Return what holds of an actor's place whatever the relation."""
    if actor.position < 0:
        why = (
            "agent" if actor.entity in trigger.agents else "subject" if actor.entity in trigger.subjects else "speaker"
        )
        return [f"mind={why}", f"mind={why}|{trigger.sort}"]
    side = "after" if actor.position > trigger.index else "before"
    start = actor.end - 1 if side == "before" else actor.position
    commas, verbs, breaks, chunks = between.of(trigger.index, start)
    slot, rank, argument = slots.get(actor.position, ("none", 0, None))
    features = [
        f"d={side}{_distance(abs(start - trigger.index))}",
        f"commas={side}{_bucket(commas)}",
        f"verbs={side}{_bucket(verbs)}",
        f"breaks={side}{_bucket(breaks)}",
        f"chunks={side}{_bucket(chunks)}|{trigger.sort}",
        f"prep={side}{actor.preposition}|{trigger.sort}",
        f"nat={actor.national}{side}|{trigger.sort}",
        f"slot={slot}{min(rank, 2)}|{trigger.sort}",
    ]
    if argument is not None:
        features.append(f"arg={argument.through:d}{argument.nested:d}{min(argument.commas, 2)}")
    if actor.entity in trigger.agents:
        features.append(f"agent|{trigger.sort}")
    if actor.entity == trigger.speaker:
        features.append(f"speaks{side}")
    return features


def filling_of(trigger: Trigger, frame: Frame, subject: Standing, target: Standing) -> Filling | None:
    """Return the surest filling of a relation with these two, which the frames proposed; None where they did not."""
    fillings = trigger.fillings.get(frame.relation)
    if not fillings:
        return None
    found = [
        filling
        for filling in fillings
        if filling.subject.entity == subject.entity and filling.object.entity == target.entity
    ]
    return max(found, key=lambda filling: filling.confidence) if found else None


def side_features(
    role: str,
    trigger: Trigger,
    frame: Frame,
    actor: Standing,
    place: list[str],
    slots: SlotView,
    wanted: tuple[str, ...],
) -> list[str]:
    """Return the features of an actor on one side ("s" or "o") of a relation."""
    slot = slots[actor.position][0] if actor.position in slots else "mind" if actor.position < 0 else "none"
    names = [slot_key(name) for name in wanted]
    expected = str(names.index(slot)) if slot in names else "no"
    if expected == "no" and actor.preposition in names:
        expected = "prep"
    if expected == "no" and actor.position < 0 and "agent" in names and actor.entity in trigger.agents:
        expected = "agent"
    filled = any(
        actor.entity == (filling.subject if role == "s" else filling.object).entity
        for filling in trigger.fillings.get(frame.relation, ())
    )
    side = (actor.position > trigger.index) if actor.position >= 0 else "mind"
    return [
        *(f"{role}:{feature}" for feature in place),
        f"{role}:want={expected}|{trigger.sort}",
        f"{role}:want={expected}|{frame.relation}",
        f"{role}:kind={actor.kind}|{frame.relation}",
        f"{role}:filled={filled:d}|{expected}",
        f"{role}:filled={filled:d}|{frame.relation}",
        f"{role}:nat={actor.national:d}|{frame.relation}",
        f"{role}:side={side}|{frame.relation}|{trigger.sort}",
    ]


def trigger_features(trigger: Trigger, frame: Frame) -> list[str]:
    """Return the features of a trigger and a relation alone."""
    certain = int(frame.confidence * 10)
    filled = trigger.fillings.get(frame.relation, ())
    others = sum(1 for fillings in trigger.fillings.values() if fillings)
    return [
        "bias",
        f"rel={frame.relation}",
        f"rel={frame.relation}|{trigger.sort}",
        f"certain={certain}",
        f"certain={certain}|{frame.relation}",
        f"filled={min(len(filled), 2)}|{min(others, 2)}",
        f"status={trigger.status}",
        f"title={trigger.in_title:d}",
        f"frames={_bucket(len(trigger.frames))}",
    ]


def pair_features(
    trigger: Trigger, frame: Frame, subject: Standing, target: Standing, filling: Filling | None
) -> list[str]:
    """Return the features of the two sides together; `filling` is what the frames made of them, if anything."""
    confidence = filling.confidence if filling is not None else 0.0
    order = "mind" if subject.position < 0 else "so" if subject.position < target.position else "os"
    gap = abs(target.position - subject.position) if subject.position >= 0 else 0
    features = [
        f"pair={int(confidence * 10)}",
        f"pair={confidence > 0:d}|{frame.relation}",
        f"order={order}|{trigger.sort}",
        f"order={order}|{frame.relation}",
        f"gap={_distance(gap)}",
        f"kinds={subject.kind}{target.kind}|{frame.relation}",
        f"nats={subject.national:d}{target.national:d}|{trigger.sort}",
    ]
    if subject.position >= 0:
        around = (subject.position < trigger.index) != (target.position < trigger.index)
        features.append(f"around={around:d}|{trigger.sort}")
    return features
