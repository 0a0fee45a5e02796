"""The parameters that choose a network and how it looks, for /export and /network."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Query

from graph.model import EntityKind, Status
from graph.network.appearance import ColourBy, SizeBy
from graph.network.options import MAX_DEPTH, RollUp, StaticTies

from .parameters import Since, Until


class Language(StrEnum):
    """The language of names and captions."""

    ARABIC = "ar"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which facts enter the network: the part of the options that chooses facts."""

    relations: list[str]
    since: str | None
    until: str | None
    statuses: list[Status]
    min_confidence: float


def _choose_facts(
    relation: Annotated[
        list[str] | None, Query(max_length=60, description="Only these relations; repeatable.", examples=[["supplies"]])
    ] = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[
        list[Status] | None,
        Query(description="Only these statuses; repeatable; actual if none.", examples=[["actual"]]),
    ] = None,
    min_confidence: Annotated[
        float, Query(ge=0, le=1, allow_inf_nan=False, description="The least confidence.", examples=[0.5])
    ] = 0.0,
) -> _Choice:
    return _Choice(relation or [], since, until, status or [Status.ACTUAL], min_confidence)


@dataclass(frozen=True, slots=True)
class _Part:
    """Which part of the network is kept."""

    actor: str | None
    depth: int
    kinds: list[EntityKind]
    top: int | None
    min_weight: int
    largest_component: bool


def _choose_part(
    actor: Annotated[
        str | None, Query(max_length=600, description="Only what lies around this actor.", examples=["Q212"])
    ] = None,
    depth: Annotated[int, Query(ge=1, le=MAX_DEPTH, description="How many steps around the actor.", examples=[2])] = 1,
    kind: Annotated[
        list[EntityKind] | None, Query(description="Only these kinds of node; repeatable.", examples=[["Country"]])
    ] = None,
    top: Annotated[
        int | None, Query(ge=1, le=1_000_000, description="Only the nodes with most edges.", examples=[100])
    ] = None,
    min_weight: Annotated[
        int, Query(ge=1, le=1_000_000, description="Only edges that so many documents tell.", examples=[2])
    ] = 1,
    largest_component: Annotated[bool, Query(description="Only the largest connected part.", examples=[True])] = False,
) -> _Part:
    return _Part(actor, depth, kind or [], top, min_weight, largest_component)


@dataclass(frozen=True, slots=True)
class NetworkFilter:
    """What a network is made of."""

    choice: _Choice
    part: _Part
    roll_up: RollUp
    static_ties: StaticTies

    def arguments(self) -> dict[str, Any]:  # Any: what json takes
        """Return what a worker is told."""
        ways = {"roll_up": self.roll_up, "static_ties": self.static_ties, "sentences": 0}
        return {**asdict(self.choice), **asdict(self.part), **ways}


def _choose_network(
    choice: Annotated[_Choice, Depends(_choose_facts)],
    part: Annotated[_Part, Depends(_choose_part)],
    roll_up: Annotated[
        RollUp, Query(description="Count people's deeds for their body or state.", examples=["state"])
    ] = RollUp.NONE,
    static_ties: Annotated[
        StaticTies, Query(description="What becomes of offices, membership and part-of.", examples=["attributes"])
    ] = StaticTies.EDGES,
) -> NetworkFilter:
    return NetworkFilter(choice, part, roll_up, static_ties)


@dataclass(frozen=True, slots=True)
class Look:
    """What colours, sizes and labels say."""

    language: Language
    colour_by: ColourBy
    size_by: SizeBy

    def arguments(self) -> dict[str, Any]:  # Any: what json takes
        """Return what a worker is told."""
        return asdict(self)


def _choose_look(
    language: Annotated[Language, Query(description="The language of labels.", examples=["en"])] = Language.ARABIC,
    colour_by: Annotated[
        ColourBy, Query(description="What colours stand for.", examples=["community"])
    ] = ColourBy.KIND,
    size_by: Annotated[SizeBy, Query(description="What sizes stand for.", examples=["weight"])] = SizeBy.DEGREE,
) -> Look:
    return Look(language, colour_by, size_by)


NetworkNeeded = Annotated[NetworkFilter, Depends(_choose_network)]
LookNeeded = Annotated[Look, Depends(_choose_look)]
