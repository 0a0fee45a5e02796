"""Says which facts are wanted and in which order, and writes that as conditions on the tables of the index of facts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from ..model import Status

NumberOf = Callable[[str, str], "int | None"]
"""The number of an IRI in a table of the index, or None where it is not there."""


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list: by a key, the highest first where it is descending. Equal ones stand in order of IRIs."""

    key: str
    descending: bool = True

    @classmethod
    def read(cls, text: str) -> Order:
        """Read an order as it is written in an address: a key, with a minus before it where it is descending."""
        return cls(text.removeprefix("-"), text.startswith("-"))


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts are wanted; what is empty or None does not matter. Ends and documents are IRIs.

    `actor` is one of the two ends, `other` then the other one, and `direction` says whether the actor is the subject
    ("out") or the object ("in"). `kinds` are those of the other end. `since` and `until` are days, both included: a
    fact dated to a month or a year fits from its first day to its last, and one without a date is judged by its
    document's. What people have refused is left out unless `refused` or `statuses` ask for it.
    """

    subject: str | None = None
    object: str | None = None
    actor: str | None = None
    other: str | None = None
    direction: str | None = None
    document: str | None = None
    relations: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    least: float = 0.0
    refused: bool = False


class Conditions:
    """The conditions of a filter with their values; `none_fits` says that it names somebody whom no fact names."""

    def __init__(self, wanted: FactFilter, number_of: NumberOf) -> None:
        self.texts: list[str] = []
        self.values: list[object] = []
        self.none_fits = False
        self._number_of = number_of
        for column, table, iri in (
            ("subject", "node", wanted.subject),
            ("object", "node", wanted.object),
            ("document", "document", wanted.document),
        ):
            if iri is not None:
                self.add(f"{column} = ?", self._number(table, iri))
        if wanted.actor is not None:
            self._add_actor(wanted.actor, wanted)
        for column, names in (("relation", wanted.relations), ("status", wanted.statuses)):
            if names:
                self.add(f"{column} IN ({marks(names)})", *names)
        if not wanted.refused and not wanted.statuses:
            self.add("status <> ?", Status.REFUSED.value)
        if wanted.least > 0:
            self.add("confidence >= ?", wanted.least)
        for condition, day in (("latest >= ?", wanted.since), ("earliest <= ?", wanted.until)):
            if day:
                self.add(condition, day)

    def add(self, text: str, *values: object) -> None:
        """Add a condition."""
        self.texts.append(text)
        self.values += values

    def where(self) -> str:
        """Return the WHERE of all conditions, or nothing where there are none."""
        return f" WHERE {' AND '.join(self.texts)}" if self.texts else ""

    def _add_actor(self, actor: str, wanted: FactFilter) -> None:
        """Add the conditions on an actor, whichever end it is, and on the other end."""
        ends = [self._number("node", iri) for iri in (actor, wanted.other) if iri is not None]
        sides = {"out": ("subject",), "in": ("object",)}.get(wanted.direction or "", ("subject", "object"))
        alternatives, values = [], list[object]()
        for side in sides:
            other = "object" if side == "subject" else "subject"
            parts = [f"{side} = ?", *([f"{other} = ?"] if wanted.other is not None else [])]
            values += ends
            if wanted.kinds:
                parts.append(of_kinds(other, wanted.kinds))
                values += wanted.kinds
            alternatives.append(f"({' AND '.join(parts)})")
        self.add(f"({' OR '.join(alternatives)})", *values)

    def _number(self, table: str, iri: str) -> int | None:
        number = self._number_of(table, iri)
        self.none_fits = self.none_fits or number is None
        return number


def of_kinds(column: str, kinds: Collection[str]) -> str:
    """Return the condition that an end is of one of some kinds."""
    return f"{column} IN (SELECT id FROM node WHERE kind IN ({marks(kinds)}))"


def comes_after(key: str, order: Order, iri: str = "iri") -> str:
    """Return the condition on what follows a value of the key, given twice, and an IRI."""
    sign, other = ("<", ">") if order.descending else (">", "<")
    return f"({key} {sign} ? OR ({key} = ? AND {iri} {other} ?))"


def in_order(key: str, order: Order, iri: str = "iri") -> str:
    """Return what to order by; either way an index is walked along, forward or backward."""
    return f"{key} DESC, {iri}" if order.descending else f"{key}, {iri} DESC"


def marks(values: Collection[object]) -> str:
    """Return a question mark for each value."""
    return ",".join("?" * len(values))
