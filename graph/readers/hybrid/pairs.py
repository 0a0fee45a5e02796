"""Lists the pairs of actors of a sentence with all that the grammar knows of them, for the judge.

A pair stands once for each word that is the likeliest to tell some relation of it, and once without such a word where
the grammar sees none. Which relations each of these answers for is told by its `allowed`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from ...extract.candidates import Between, Standing, Trigger, actors_of, slots_by_position, states_of
from ...extract.clauses import Node
from ...extract.conflicts import may_hold
from ...extract.features import PlaceView, view_pair, view_place
from ...extract.relations import SYMMETRIC, takes_object, takes_subject
from ...extract.scoring import Scored
from ...model import EntityKind
from ...resolve.actors import Actor

BUCKETS = 4096
_REACH = 45
_LIMIT = 8.0
_CACHED = 20_000
_HOPELESS = -2.0


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the grammar makes of one relation of a pair: its logit, and the scored pair it comes from."""

    logit: float
    scored: Scored


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors around a word that may tell something of them, or around none.

    `opinions` has what the grammar thinks of a relation, `allowed` the relations that are asked for here, `features`
    the numbers of what is true of the pair.
    """

    subject: Standing
    object: Standing
    trigger: Trigger | None
    opinions: Mapping[str, Opinion]
    allowed: frozenset[str]
    features: tuple[int, ...]


class PairLister:
    """Lists pairs; `relations` are those that are asked for, `outlets` the nouns that begin the name of one."""

    def __init__(self, relations: Sequence[str], outlets: frozenset[str]) -> None:
        self._relations = frozenset(relations)
        self._outlets = outlets

    def list(
        self,
        nodes: Sequence[Node],
        weighed: Iterable[Scored],
        actors: Mapping[str, Actor],
        country_of: Callable[[str], str],
    ) -> list[Pair]:
        """Return the pairs of a sentence of which something may be told; `weighed` are those around its triggers."""
        states = states_of(nodes, country_of)
        kinds = {key: actor.kind for key, actor in actors.items()}
        between = Between(nodes)
        opinions = self._opinions(weighed)
        pairs = [pair for found in opinions.values() for pair in self._told(between, found, actors)]
        for one, other in _close_pairs(actors_of(nodes, states, kinds)):
            if (one.entity, other.entity) not in opinions:
                allowed = self._allowed(self._relations, one, other, actors)
                if allowed:
                    pairs.append(Pair(one, other, None, {}, allowed, _plain_features(between, one, other)))
        return pairs

    def _opinions(self, weighed: Iterable[Scored]) -> dict[tuple[str, str], dict[str, Opinion]]:
        """Return for each pair the likeliest that the grammar thinks of each relation."""
        opinions: dict[tuple[str, str], dict[str, Opinion]] = {}
        for scored in weighed:
            if scored.relation in self._relations:
                found = opinions.setdefault((scored.subject.entity, scored.object.entity), {})
                logit = _logit(scored.probability)
                if scored.relation not in found or logit > found[scored.relation].logit:
                    found[scored.relation] = Opinion(logit, scored)
        return opinions

    def _told(self, between: Between, found: Mapping[str, Opinion], actors: Mapping[str, Actor]) -> Iterator[Pair]:
        """Yield a pair for each trigger that is the likeliest of some relation; the likeliest of all has the rest."""
        groups: dict[int, dict[str, Opinion]] = {}
        for relation, opinion in found.items():
            groups.setdefault(opinion.scored.trigger.index, {})[relation] = opinion
        lead = max(found.values(), key=lambda opinion: opinion.logit).scored
        for group in groups.values():
            top = max(group.values(), key=lambda opinion: opinion.logit).scored
            asked = frozenset(group) | (self._relations - frozenset(found) if top is lead else frozenset())
            allowed = self._allowed(asked, top.subject, top.object, actors)
            if allowed:
                features = _told_features(between, top, group)
                yield Pair(top.subject, top.object, top.trigger, group, allowed, features)

    def _allowed(
        self, relations: frozenset[str], subject: Standing, target: Standing, actors: Mapping[str, Actor]
    ) -> frozenset[str]:
        backwards = 0 <= target.position < subject.position
        return frozenset(
            relation
            for relation in _between(relations, subject.kind, target.kind, backwards)
            if may_hold(relation, subject.entity, target.entity, actors, self._outlets)
        )


@lru_cache(maxsize=_CACHED)
def _between(relations: frozenset[str], subject: EntityKind, target: EntityKind, backwards: bool) -> tuple[str, ...]:
    """Return those of some relations that can hold between two kinds; symmetric ones are told of one direction."""
    return tuple(
        relation
        for relation in sorted(relations)
        if takes_subject(relation, subject)
        and takes_object(relation, target)
        and not (backwards and relation in SYMMETRIC)
    )


def _close_pairs(standings: Sequence[Standing]) -> Iterator[tuple[Standing, Standing]]:
    """Yield for each two actors, in both orders, the places where they stand closest."""
    closest: dict[tuple[str, str], tuple[int, Standing, Standing]] = {}
    for one in standings:
        for other in standings:
            distance = abs(one.position - other.position)
            key = (one.entity, other.entity)
            if one.entity != other.entity and distance <= _REACH and (key not in closest or distance < closest[key][0]):
                closest[key] = distance, one, other
    for _, one, other in closest.values():
        yield one, other


def is_hopeful(probability: float) -> bool:
    """Tell whether the grammar sees anything at all in a pair: of all others the judge has found next to nothing."""
    return _logit(probability) >= _HOPELESS


def _logit(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-_LIMIT, min(_LIMIT, math.log(bounded / (1 - bounded))))


def _told_features(between: Between, scored: Scored, group: Mapping[str, Opinion]) -> tuple[int, ...]:
    trigger, subject, target = scored.trigger, scored.subject, scored.object
    slots = slots_by_position(trigger)
    names = [f"sort {trigger.sort}", f"status {trigger.status}", f"title {trigger.in_title}", f"top {scored.relation}"]
    for role, actor in (("s", subject), ("o", target)):
        view = PlaceView(*view_place(between, trigger, actor, slots))
        named = zip(view._fields, view, strict=True)
        names += [f"{role} {key} {value}" for key, value in named if value not in ("", None)]
        if view.slot:
            names.append(f"{role} {view.sort} {view.slot} {view.rank} {view.preposition} {view.side}")
    names += _both(between, subject, target)
    pair = view_pair(trigger, scored.frame, subject, target, scored.filling)
    names += [f"around {pair.around}", f"filled {pair.confidence}"]
    names += [f"frame {relation}" for relation in group]
    return _number(names)


def _plain_features(between: Between, subject: Standing, target: Standing) -> tuple[int, ...]:
    return _number(["no word", *_both(between, subject, target)])


def _both(between: Between, subject: Standing, target: Standing) -> list[str]:
    names = [f"kinds {subject.kind} {target.kind}", f"nations {subject.national} {target.national}"]
    names += [f"s prep {subject.preposition}", f"o prep {target.preposition}"]
    if subject.position < 0 or target.position < 0:
        return [*names, f"mind {subject.position < 0} {target.position < 0}"]
    first, second = sorted((subject, target), key=lambda actor: actor.position)
    commas, verbs, breaks, chunks = between.of(first.end - 1, second.position)
    order = "so" if first is subject else "os"
    gap = min(int(math.log2(max(1, second.position - first.end + 1))), 5)
    counts = [f"commas {min(commas, 3)}", f"verbs {min(verbs, 3)}", f"breaks {min(breaks, 3)}"]
    return [*names, f"order {order}", f"gap {gap} {order}", *counts, f"chunks {min(chunks, 4)}"]


def _number(names: Sequence[str]) -> tuple[int, ...]:
    """Return a number for each name, the same on every machine; two names may share one."""
    return tuple(map(_number_of, names))


@lru_cache(maxsize=_CACHED)
def _number_of(name: str) -> int:
    return crc32(name.encode()) % BUCKETS
