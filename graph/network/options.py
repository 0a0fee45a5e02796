"""What a reader of the graph may ask of a network; every default gives what has actually happened, all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ..errors import SettingsError
from ..model import EntityKind, Status

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
MAX_DEPTH = 6
STATIC_RELATIONS = frozenset({"holdsOffice", "memberOf", "partOf"})


class StaticTies(StrEnum):
    """What becomes of offices, membership and part-of: edges like the others, values of the node, or nothing."""

    EDGES = "edges"
    ATTRIBUTES = "attributes"
    NONE = "none"


class RollUp(StrEnum):
    """Whom a person's deeds are counted for: the person, the body whose office is held, or the state behind it."""

    NONE = "none"
    BODY = "body"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """Which facts enter the network and which part of it is kept.

    `relations` empty means all; `since`/`until` are YYYY, YYYY-MM or YYYY-MM-DD and both included; `kinds` empty means
    all kinds of node; `actor` is a node's id or IRI and keeps what lies within `depth` steps of it; `top` keeps the
    nodes with the highest degree; `min_weight` drops edges with fewer reports; `sentences` is how many sentences an
    edge carries.
    """

    relations: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None
    statuses: frozenset[Status] = frozenset({Status.ACTUAL})
    min_confidence: float = 0.0
    kinds: frozenset[EntityKind] = frozenset()
    actor: str | None = None
    depth: int = 1
    roll_up: RollUp = RollUp.NONE
    static_ties: StaticTies = StaticTies.EDGES
    largest_component: bool = False
    top: int | None = None
    min_weight: int = 1
    sentences: int = 3

    def __post_init__(self) -> None:
        for name, date in (("since", self.since), ("until", self.until)):
            if date is not None and not _DATE.fullmatch(date):
                raise SettingsError(f"{name}={date!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD.")
        if not 0 <= self.min_confidence <= 1:
            raise SettingsError(f"min_confidence={self.min_confidence}: give a number from 0 to 1.")
        if not 1 <= self.depth <= MAX_DEPTH:
            raise SettingsError(f"depth={self.depth}: give a number of steps from 1 to {MAX_DEPTH}.")
        for name, number in (("top", self.top), ("min_weight", self.min_weight)):
            if number is not None and number < 1:
                raise SettingsError(f"{name}={number}: give 1 or more.")
        if not self.statuses:
            raise SettingsError("statuses is empty: name at least one of actual, planned, possible, denied.")

    def title(self) -> str:
        """Return the filter in one line, so that a picture or a file says what it leaves out."""
        parts = ["+".join(sorted(self.statuses))]
        if self.relations:
            parts.append(", ".join(sorted(self.relations)))
        if self.since or self.until:
            parts.append(f"{self.since or '…'} – {self.until or '…'}")
        if self.kinds:
            parts.append(", ".join(sorted(self.kinds)))
        if self.actor:
            parts.append(f"{self.depth} step(s) around {self.actor}")
        if self.roll_up is not RollUp.NONE:
            parts.append(f"people counted for their {self.roll_up}")
        if self.static_ties is not StaticTies.EDGES:
            parts.append(f"static ties: {self.static_ties}")
        if self.min_confidence:
            parts.append(f"confidence ≥ {self.min_confidence:g}")
        if self.min_weight > 1:
            parts.append(f"≥ {self.min_weight} reports")
        if self.largest_component:
            parts.append("largest component")
        if self.top:
            parts.append(f"top {self.top} by degree")
        return " · ".join(parts)
