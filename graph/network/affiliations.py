"""Who speaks for whom at a date: person -> body whose office is held -> state that the body belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..model import EntityKind
from .options import RollUp
from .spells import days_of

LONGEST_CLIMB = 5


@dataclass(frozen=True, slots=True)
class Office:
    """A person's office at a body; `first` and `last` are dates or None where the text or seeds/ do not say."""

    holder: str
    body: str
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Affiliations:
    """Offices by holder, the whole that each body is part of, and the kind of everybody named in them."""

    offices: Mapping[str, tuple[Office, ...]] = field(default_factory=dict)
    wholes: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def gather(
        cls, offices: Iterable[Office], wholes: Iterable[tuple[str, str]], kinds: Mapping[str, str]
    ) -> Affiliations:
        """Sort offices by holder; of several wholes of one body the state wins, then the first in order of id."""
        by_holder: dict[str, list[Office]] = {}
        for office in offices:
            by_holder.setdefault(office.holder, []).append(office)
        best: dict[str, str] = {}
        for part, whole in sorted(wholes, key=lambda pair: (kinds.get(pair[1]) != EntityKind.COUNTRY, pair)):
            best.setdefault(part, whole)
        return cls({holder: tuple(sorted(held, key=_order)) for holder, held in by_holder.items()}, best, kinds)

    def roll_up(self, actor: str, level: RollUp, day: str | None = None) -> str:
        """Return whom an actor's deed on a day counts for; only people are rolled up, and only where it is known."""
        if level is RollUp.NONE or actor not in self.offices:
            return actor
        body = self.body_of(actor, day)
        return body if level is RollUp.BODY else self._state_of(body)

    def body_of(self, person: str, day: str | None = None) -> str:
        """Return the body whose office the person held on the day: the latest begun, else the office last known."""
        held = self.offices[person]
        if day is not None:
            running = [office for office in held if _covers(office, day)]
            begun = [office for office in held if _begin(office) <= day]
            return (running or begun or held)[-1].body
        return held[-1].body

    def _state_of(self, body: str) -> str:
        here = body
        for _ in range(LONGEST_CLIMB):
            if self.kinds.get(here) == EntityKind.COUNTRY:
                return here
            if here not in self.wholes:
                break
            here = self.wholes[here]
        return body


def _begin(office: Office) -> str:
    days = days_of(office.first) if office.first else None
    return days[0] if days else ""


def _end(office: Office) -> str:
    days = days_of(office.last) if office.last else None
    return days[1] if days else "9999"


def _covers(office: Office, day: str) -> bool:
    return _begin(office) <= day <= _end(office)


def _order(office: Office) -> tuple[str, str, str]:
    return _begin(office), _end(office), office.body
