"""Weighs who may do what to whom by a linear model: weights of features in, the probability of each pair out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from ..lang.predicates import Frame
from ..model import EntityKind
from .candidates import Between, Option, Standing, Trigger, filling_of, options
from .clauses import Node
from .features import (
    PairView,
    PlaceKey,
    SideKey,
    TriggerView,
    most_unproposed,
    pair_features,
    place_features,
    side_features,
    trigger_features,
    view_pair,
    view_place,
    view_sides,
    view_trigger,
)
from .frames import Filling

# What two sides can add together is small: below this sum a pair is not worth looking at.
_HOPELESS = -2.5
_CACHED = 20_000
_ROUNDING = 1e-6


# Never changed; like Argument not frozen, since many are made.
@dataclass(slots=True, unsafe_hash=True)
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


class PairScorer:
    """Weighs pairs of actors; `weights` maps features to numbers. It remembers what each view adds."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._of_place = lru_cache(maxsize=_CACHED)(self._weigh_place)
        self._of_side = lru_cache(maxsize=_CACHED)(self._weigh_side)
        self._of_trigger = lru_cache(maxsize=_CACHED)(self._weigh_trigger)
        self._most_unproposed = lru_cache(maxsize=_CACHED)(partial(most_unproposed, weights))
        self._of_pair = lru_cache(maxsize=_CACHED)(self._weigh_pair)

    def weight(self, feature: str) -> float:
        """Return what a feature adds to the sum."""
        return self._weights.get(feature, 0.0)

    def score(
        self,
        nodes: Sequence[Node],
        triggers: Iterable[Trigger],
        actors: Sequence[Standing],
        kinds: Mapping[str, EntityKind],
        floor: float = 0.0,
    ) -> Iterator[Scored]:
        """Yield every pair that is not hopeless with its probability, unsorted.

        Of those that the frames did not propose, some that cannot reach the probability `floor` are left out.
        """
        least = math.log(floor / (1.0 - floor)) - _ROUNDING if floor else -math.inf
        between = Between(nodes)
        places: dict[int, tuple[float, float]] = {}
        placed: Trigger | None = None
        for option in options(triggers, actors, kinds):
            trigger, frame = option.trigger, option.frame
            if trigger is not placed:
                places, placed = {}, trigger
            base = self._of_trigger(view_trigger(trigger, frame))
            subjects = self._sides(between, option, "s", places)
            objects = self._sides(between, option, "o", places)
            hopeless = max(_HOPELESS, least - self._most_unproposed(frame.relation))
            proposed = bool(trigger.fillings.get(frame.relation))
            if not proposed and base + max(subjects.values()) + max(objects.values()) < hopeless:
                continue
            for subject, target in option.pairs():
                total = base + subjects[id(subject)] + objects[id(target)]
                filling = filling_of(trigger, frame, subject, target) if proposed else None
                if filling is None and total < hopeless:
                    continue
                total += self._of_pair(view_pair(trigger, frame, subject, target, filling))
                probability = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
                yield Scored(trigger, frame, subject, target, probability, filling)

    def _sides(
        self, between: Between, option: Option, role: str, places: dict[int, tuple[float, float]]
    ) -> dict[int, float]:
        """Return what each actor, by its id, adds on one side; `places` keeps what each place adds anyhow."""
        trigger, of_side = option.trigger, self._of_side
        which = role == "o"
        sums: dict[int, float] = {}
        for actor, view in view_sides(option, role):
            key = id(actor)
            place = places.get(key)
            if place is None:
                place = places[key] = self._of_place(view_place(between, trigger, actor, option.slots))
            sums[key] = place[which] + of_side(view)
        return sums

    def _weigh_place(self, view: PlaceKey) -> tuple[float, float]:
        """Return what a place adds to a subject and to an object."""
        features = place_features(view)
        return (
            sum([self.weight(f"s:{feature}") for feature in features]),
            sum([self.weight(f"o:{feature}") for feature in features]),
        )

    def _weigh_side(self, view: SideKey) -> float:
        return sum([self.weight(feature) for feature in side_features(view)])

    def _weigh_trigger(self, view: TriggerView) -> float:
        return sum([self.weight(feature) for feature in trigger_features(view)])

    def _weigh_pair(self, view: PairView) -> float:
        return sum([self.weight(feature) for feature in pair_features(view)])
